// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace simmer::load {

/// Whoever presses on a device: starts a timer, adds a minute, pauses, resumes, cancels, then takes
/// the next timer. Each op is written by protocol::encode once; later ones have their ids, times
/// and counters put into that text, and are canonical as well.
class Cook
{
public:
    explicit Cook(const DeviceId &device);

    /// The next push, with this one op; valid until the next call.
    std::string_view push();
    /// The canonical bytes of the op in the newest push.
    std::string_view op() const;
    /// The hex id of that op.
    std::string_view id() const { return m_id; }

private:
    /// A push with the places of what changes.
    struct Template {
        std::string text;
        size_t id = 0;
        size_t subject = 0;
        size_t seen = 0; ///< npos: none
        size_t at = 0;
        size_t counter = 0;
        size_t op = 0; ///< where its canonical bytes begin
    };
    static constexpr size_t Kinds = 5;

    static Template makeTemplate(const DeviceId &device, size_t kind);

    std::array<Template, Kinds> m_templates;
    std::string m_id;
    std::string m_subject;
    std::string m_seen; ///< the op before, of the same timer
    long long m_pressed = 0;
};

} // namespace simmer::load

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

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
    /// Recipes: writes the same large recipe (4 KiB) again and again instead.
    enum class Habit { Timers, Recipes };

    explicit Cook(const DeviceId &device, Habit habit = Habit::Timers);

    /// The next push, with this one op; valid until the next call.
    std::string_view push();
    /// The canonical bytes of the op in the newest push.
    std::string_view op() const;
    /// The hex id of that op.
    std::string_view id() const { return m_id; }
    /// The hex id of what it is about, and its kitchen time, ms.
    std::string_view subject() const { return m_subject; }
    long long at() const { return m_at; }

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
    static Template makeTemplate(const DeviceId &device, const timers::Action &action);

    std::vector<Template> m_templates; ///< in the order in which they are pressed
    std::string m_id;
    std::string m_subject;
    std::string m_seen; ///< the op before, of the same timer
    long long m_at = 0;
    long long m_pressed = 0;
};

} // namespace simmer::load

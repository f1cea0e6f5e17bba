// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Cook.h"
#include "PressPath.h"
#include "Simmerd.h"

#include <array>

namespace simmer::load {

/// Two screens of one kitchen, pressing by turns. What others press in that kitchen is not looked
/// at.
class SimmerdPath final : public PressPath
{
public:
    SimmerdPath(Loop &loop, std::uint16_t port, const KnownDevice &ana, const KnownDevice &ben);

protected:
    int words() const override { return 3; } // acked, and a page to each
    void press() override;

private:
    void onPage(size_t screen, std::string_view page);

    std::array<std::shared_ptr<Screen>, 2> m_screens;
    std::array<Cook, 2> m_cooks;
    size_t m_turn = 1;
};

} // namespace simmer::load

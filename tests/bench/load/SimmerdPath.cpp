// SPDX-License-Identifier: GPL-3.0-or-later
#include "SimmerdPath.h"

namespace simmer::load {

SimmerdPath::SimmerdPath(Loop &loop, std::uint16_t port, const KnownDevice &ana,
                         const KnownDevice &ben)
    : m_screens{std::make_shared<Screen>(loop, ana), std::make_shared<Screen>(loop, ben)}
    , m_cooks{Cook(ana.id), Cook(ben.id)}
{
    for (size_t i = 0; i < m_screens.size(); ++i) {
        m_screens[i]->open(port);
        m_screens[i]->onPage = [this, i](std::string_view page) { onPage(i, page); };
        m_screens[i]->onAcked = [this](std::string_view acked) {
            if (acked.find(m_cooks[m_turn].id()) == std::string_view::npos)
                throw Failure("simmerd acked another op");
            heard();
        };
    }
    loop.until([&] { return m_screens[0]->isLevel() && m_screens[1]->isLevel(); }, "a welcome");
    loop.during(std::chrono::milliseconds(50)); // who is online is told meanwhile
}

void SimmerdPath::press()
{
    m_turn = 1 - m_turn;
    m_screens[m_turn]->push(m_cooks[m_turn].push());
}

void SimmerdPath::onPage(size_t screen, std::string_view page)
{
    if (page.find(m_cooks[m_turn].id()) == std::string_view::npos)
        return;
    if (screen == m_turn)
        heard();
    else
        arrived();
}

} // namespace simmer::load

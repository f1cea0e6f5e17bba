// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/Shift.h"

#include "supervision/Thrown.h"

namespace simmer::syncserver {

using supervision::Fence;

Shift::Shift(const Clock &clock, Outside outside)
    : m_clock(clock)
    , m_outside(std::move(outside))
    , m_fence(std::make_shared<Fence>(Fence::Report()))
    , m_doings(clock, m_fence)
    , m_outbox([this](std::function<void()> task) {
        this->outside([this, &task] { m_outside.inNetwork(std::move(task)); });
    })
    , m_deliver([this](const std::shared_ptr<Hatch> &hatch, std::function<void(Guest &)> what) {
        post(
            [hatch, what = std::move(what)](Kitchens &kitchens) { kitchens.deliver(hatch, what); });
    })
    , m_bootMs([this] { return m_clock.bootMs(); })
    , m_greet([this](std::shared_ptr<Hatch> hatch) {
        post([hatch = std::move(hatch)](Kitchens &kitchens) { kitchens.greet(hatch); });
    })
{
}

std::shared_ptr<Shift> Shift::begin(const Clock &clock, Outside outside)
{
    const std::shared_ptr<Shift> shift(new Shift(clock, std::move(outside)));
    shift->m_thread.start({[shift] { Fence::enclose(shift->m_fence); },
                           [shift] { shift->settle(); },
                           [shift] {
                               shift->m_kitchens.reset();
                               shift->m_isOver = true;
                           }});
    return shift;
}

Outcome Shift::open(const OpenStore &open, const std::shared_ptr<CrashBook> &book,
                    const supervision::Supervisor::Limits &limits,
                    const std::function<void(Kitchens &)> &ready)
{
    Outcome opened = done();
    m_thread.post([&] {
        auto store = open();
        if (!store) {
            opened = store.error();
            return;
        }
        m_kitchens = std::make_unique<Kitchens>(m_clock, m_thread, m_outbox, m_doings,
                                                *std::move(store), book, limits);
        ready(*m_kitchens);
    });
    while (!m_thread.finish(std::chrono::hours(1))) {
    }
    return opened;
}

void Shift::post(std::function<void(Kitchens &)> task)
{
    m_thread.post([this, task = std::move(task)] {
        if (m_kitchens)
            run(task);
    });
}

/// The last place where exceptions end: those of a kitchen's worker do so in LiveKitchens.
void Shift::run(const std::function<void(Kitchens &)> &task)
{
    const Doings::Task doing(m_doings, {});
    try {
        task(*m_kitchens);
    } catch (...) {
        if (!Fence::isDownHere())
            Q_EMIT m_kitchens->troubled(
                {ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}});
    }
}

void Shift::settle()
{
    if (!m_kitchens)
        return;
    run([](Kitchens &kitchens) { kitchens.settle(); });
    const auto next = m_kitchens->nextBeat();
    if (next && (m_beatAt < 0 || *next < m_beatAt)) {
        m_beatAt = *next;
        outside([this] { m_outside.beatAt(m_beatAt); });
    }
}

void Shift::beat()
{
    post([this](Kitchens &kitchens) {
        m_beatAt = -1;
        kitchens.beat();
    });
}

void Shift::outside(const std::function<void()> &what)
{
    const std::lock_guard lock(m_mutex);
    if (!m_left)
        what();
}

std::unique_ptr<Talker> Shift::greet(Socket &socket)
{
    return Hatch::open(socket, m_outbox, m_deliver, m_bootMs, m_greet);
}

void Shift::end()
{
    m_thread.join();
}

bool Shift::leave()
{
    if (!m_doings.shutOut())
        return false;
    cut();
    return true;
}

void Shift::leaveForGood()
{
    m_fence->abandon();
    cut();
}

/// Once this returns nothing outside hears of it.
void Shift::cut()
{
    {
        const std::lock_guard lock(m_mutex);
        m_left = true;
    }
    m_thread.abandon();
}

} // namespace simmer::syncserver

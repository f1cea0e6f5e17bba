// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/World.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPointer>

#include <cstdio>

namespace simmer::simulation {

namespace {

constexpr qint64 Evening = 1'795'280'400'000; // 2026-11-21 18:00 UTC
constexpr qint64 UpSinceMs = 3'600'000;

/// What was posted within one moment happens in it.
void settle()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
}

class SimulatedAlarm final : public Alarm
{
public:
    SimulatedAlarm(QObject *owner, const MachineClock &clock)
        : Alarm(owner)
        , m_clock(clock)
    {
    }
    void set(qint64 ms) override
    {
        m_set = true;
        const quint64 turn = ++m_turn;
        wait(m_clock.world().now() + std::max<qint64>(ms, 0), turn);
    }
    void stop() override
    {
        m_set = false;
        ++m_turn;
    }
    bool isSet() const override { return m_set; }

private:
    void wait(qint64 time, quint64 turn)
    {
        m_clock.world().at(std::max(time, m_clock.awakeAt()),
                           [self = QPointer<SimulatedAlarm>(this), turn] {
                               if (self && self->m_turn == turn)
                                   self->due(turn);
                           });
    }
    void due(quint64 turn)
    {
        if (m_clock.awakeAt() > m_clock.world().now()) {
            wait(m_clock.awakeAt(), turn);
            return;
        }
        m_set = false;
        Q_EMIT rang();
    }

    const MachineClock &m_clock;
    bool m_set = false;
    quint64 m_turn = 0;
};

} // namespace

World::World(quint64 seed, bool trace)
    : m_now(Evening)
    , m_trace(trace)
    , m_chance(seed)
{
}

void World::at(qint64 time, std::function<void()> what)
{
    m_events.push({std::max(time, m_now), ++m_number, std::move(what)});
}

void World::runUntil(qint64 time)
{
    while (!m_events.empty() && m_events.top().time <= time && m_failure.isEmpty()) {
        const Event next = m_events.top();
        m_events.pop();
        m_now = next.time;
        next.what();
        settle();
    }
    m_now = std::max(m_now, time);
}

void World::noteBreak()
{
    ++m_breaks;
    m_brokenAt = m_now;
    tell(QStringLiteral("kitchen"), QStringLiteral("time breaks"));
}

void World::tell(const QString &who, const QString &what) const
{
    if (m_trace)
        std::printf("%9.3f  %-8s %s\n", double(m_now - Evening) / 1000, qPrintable(who),
                    qPrintable(what));
}

void World::fail(const QString &what)
{
    if (!m_failure.isEmpty())
        return;
    m_failure = what;
    tell(QStringLiteral("FAILED"), what);
}

MachineClock::MachineClock(World &world, qint64 wallErrorMs, int driftPpm)
    : m_world(world)
    , m_wallError(wallErrorMs)
    , m_driftPpm(driftPpm)
    , m_bootedAt(world.now() - UpSinceMs)
    , m_boot(BootId::random())
{
}

qint64 MachineClock::wallMs() const
{
    return m_world.now() + m_wallError;
}

qint64 MachineClock::bootMs() const
{
    const qint64 up = m_world.now() - m_bootedAt;
    return up + up * m_driftPpm / 1'000'000;
}

std::optional<qint64> MachineClock::wallUncertaintyMs() const
{
    return m_byTimeServer ? std::optional<qint64>(std::abs(m_wallError) + 1) : std::nullopt;
}

void MachineClock::setWallError(qint64 ms, bool byTimeServer)
{
    m_wallError = ms;
    m_byTimeServer = byTimeServer;
}

Alarm *MachineClock::makeAlarm(QObject *owner) const
{
    return new SimulatedAlarm(owner, *this);
}

void MachineClock::reboot()
{
    m_bootedAt = m_world.now();
    m_boot = BootId::random();
    m_awakeAt = 0;
    m_byTimeServer = false;
}

} // namespace simmer::simulation

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"

#include <QPointer>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>

namespace simmer::fakes {

/// A clock whose hands the test holds, alarms included: they ring when the test lets time pass,
/// those of the test's own thread before advance() returns. Safe from any thread.
class WindUpClock final : public Clock
{
public:
    qint64 wallMs() const override { return 1'700'000'000'000 + m_boot; }
    qint64 bootMs() const override { return m_boot; }
    qint64 awakeMs() const override { return m_awake; }
    BootId boot() const override { return m_bootId; }
    std::optional<qint64> wallUncertaintyMs() const override
    {
        return m_vouched ? std::optional<qint64>(1) : std::nullopt;
    }
    /// A time server vouches for the wall clock, which is not so at first.
    void vouch() { m_vouched = true; }
    Alarm *makeAlarm(QObject *owner) const override { return new HandAlarm(*this, owner); }

    /// Each alarm that is due rings once.
    void advance(qint64 ms)
    {
        m_boot += ms;
        m_awake += ms;
        ringDue();
    }
    /// In steps, as a machine that runs.
    void run(qint64 ms, qint64 step)
    {
        for (qint64 passed = 0; passed < ms; passed += step)
            advance(step);
    }
    /// The machine sleeps.
    void suspend(qint64 ms) { m_boot += ms; }
    int alarmsSet() const
    {
        const std::lock_guard lock(m_mutex);
        return int(std::count_if(m_alarms.cbegin(), m_alarms.cend(),
                                 [](const HandAlarm *alarm) { return alarm->isSet(); }));
    }

private:
    class HandAlarm final : public Alarm
    {
    public:
        HandAlarm(const WindUpClock &clock, QObject *owner)
            : Alarm(owner)
            , m_clock(clock)
        {
            const std::lock_guard lock(m_clock.m_mutex);
            m_clock.m_alarms += this;
        }
        ~HandAlarm() override
        {
            const std::lock_guard lock(m_clock.m_mutex);
            m_clock.m_alarms.removeOne(this);
        }
        void set(qint64 ms) override { m_due = m_clock.awakeMs() + ms; }
        void stop() override { m_due = Never; }
        bool isSet() const override { return m_due != Never; }
        bool isDue() const { return m_due <= m_clock.awakeMs(); }
        void ring()
        {
            if (!isDue())
                return;
            stop();
            Q_EMIT rang();
        }

    private:
        static constexpr qint64 Never = std::numeric_limits<qint64>::max();
        const WindUpClock &m_clock;
        std::atomic<qint64> m_due = Never;
    };

    void ringDue()
    {
        QList<QPointer<HandAlarm>> here;
        {
            const std::lock_guard lock(m_mutex);
            for (HandAlarm *alarm : std::as_const(m_alarms)) {
                if (alarm->isDue() && alarm->thread() == QThread::currentThread())
                    here += alarm;
                else if (alarm->isDue())
                    QMetaObject::invokeMethod(
                        alarm, [alarm] { alarm->ring(); }, Qt::QueuedConnection);
            }
        }
        for (const QPointer<HandAlarm> &alarm : std::as_const(here))
            if (HandAlarm *there = alarm.data())
                there->ring();
    }

    std::atomic<qint64> m_boot = 1'000'000;
    std::atomic<qint64> m_awake = 700'000;
    std::atomic<bool> m_vouched = false;
    const BootId m_bootId = BootId::random();
    mutable std::mutex m_mutex; ///< guards m_alarms
    mutable QList<HandAlarm *> m_alarms;
};

} // namespace simmer::fakes

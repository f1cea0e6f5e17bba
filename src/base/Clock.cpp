// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"

#include <QFile>
#include <QTimer>

#include <chrono>
#include <ctime>
#ifdef Q_OS_LINUX
#include <sys/timex.h>
#endif

namespace simmer {

namespace {

BootId readBoot()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return BootId::random(); // unknown system: each start counts as a boot of its own
    return BootId(QUuid::fromString(QString::fromLatin1(file.readAll().trimmed())));
}

qint64 readClock(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

/// A precise QTimer that never repeats: a free-running one would drift.
class SystemAlarm final : public Alarm
{
public:
    explicit SystemAlarm(QObject *owner)
        : Alarm(owner)
        , m_timer(this)
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setSingleShot(true);
        connect(&m_timer, &QTimer::timeout, this, &Alarm::rang);
    }
    void set(qint64 ms) override { m_timer.start(int(ms)); }
    void stop() override { m_timer.stop(); }
    bool isSet() const override { return m_timer.isActive(); }

private:
    QTimer m_timer;
};

} // namespace

Alarm *Clock::makeAlarm(QObject *owner) const
{
    return new SystemAlarm(owner);
}

qint64 SystemClock::wallMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

qint64 SystemClock::bootMs() const
{
    return readClock(CLOCK_BOOTTIME);
}

qint64 SystemClock::awakeMs() const
{
    return readClock(CLOCK_MONOTONIC);
}

BootId SystemClock::boot() const
{
    static const BootId boot = readBoot();
    return boot;
}

/// The kernel's NTP state, as chrony, systemd-timesyncd and ntpd keep it; whoever sets the clock
/// by hand clears it (adjtimex(2), STA_UNSYNC; maxerror is in µs).
std::optional<qint64> SystemClock::wallUncertaintyMs() const
{
#ifdef Q_OS_LINUX
    timex state{};
    if (adjtimex(&state) != -1 && (state.status & STA_UNSYNC) == 0)
        return state.maxerror / 1000 + 1;
#endif
    return std::nullopt;
}

} // namespace simmer

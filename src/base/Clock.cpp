// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"

#include <QFile>

#include <chrono>
#include <ctime>

namespace simmer {

namespace {

BootId readBoot()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    if (!file.open(QIODevice::ReadOnly))
        return BootId::random(); // unknown system: each start counts as a boot of its own
    return BootId(QUuid::fromString(QString::fromLatin1(file.readAll().trimmed())));
}

} // namespace

qint64 SystemClock::wallMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

qint64 SystemClock::bootMs() const
{
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

BootId SystemClock::boot() const
{
    static const BootId boot = readBoot();
    return boot;
}

} // namespace simmer

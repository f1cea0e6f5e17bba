// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Alarm.h"
#include "base/Ids.h"

#include <QtGlobal>

#include <optional>

namespace simmer {

/// The two clocks of a machine, in milliseconds, and its alarms; passed in, so that tests can hold
/// the hands.
/// Safe to call from any thread.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock() = default;
    Q_DISABLE_COPY_MOVE(Clock)

    /// The wall clock since 1970-01-01 UTC; people and daemons may set it at will.
    virtual qint64 wallMs() const = 0;
    /// Since boot, suspend included (CLOCK_BOOTTIME); nobody can set it.
    virtual qint64 bootMs() const = 0;
    /// Like bootMs(), but stands still in suspend (CLOCK_MONOTONIC): how long somebody has had to
    /// do a thing. Machines without suspend need not tell the two apart.
    virtual qint64 awakeMs() const { return bootMs(); }
    /// Names this boot: boot times of different boots cannot be compared.
    virtual BootId boot() const = 0;
    /// How far the wall clock may be off by the system's own account, ms. Nothing when it was not
    /// set by a time server in this boot, or the system does not tell.
    virtual std::optional<qint64> wallUncertaintyMs() const { return std::nullopt; }
    /// A new alarm of this machine, which `owner` owns.
    virtual Alarm *makeAlarm(QObject *owner) const;
};

/// The machine's real clocks.
class SystemClock final : public Clock
{
public:
    qint64 wallMs() const override;
    qint64 bootMs() const override;
    qint64 awakeMs() const override;
    BootId boot() const override;
    std::optional<qint64> wallUncertaintyMs() const override;
};

} // namespace simmer

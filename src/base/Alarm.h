// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace simmer {

/// Calls once, `set` milliseconds from now at the earliest, on the whole millisecond where the
/// system can. Belongs to the thread of its owner. Made by a Clock, so that a simulated machine
/// has simulated alarms.
class Alarm : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Instead of what was set before. At most 24 days (QTimer's limit).
    virtual void set(qint64 ms) = 0;
    virtual void stop() = 0;
    virtual bool isSet() const = 0;

Q_SIGNALS:
    void rang();
};

} // namespace simmer

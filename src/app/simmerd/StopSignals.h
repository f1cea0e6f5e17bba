// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace simmer::app {

/// Turns SIGTERM and SIGINT into a signal of the event loop. One per process, in the main thread.
class StopSignals : public QObject
{
    Q_OBJECT

public:
    StopSignals();

Q_SIGNALS:
    void stopAsked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace simmer::app

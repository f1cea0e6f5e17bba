// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace simmer::app {

/// Turns the system's signals into signals of the event loop: SIGTERM and SIGINT ask to stop, and
/// the second of them ends the process at once (what was acked is on the disk); SIGHUP asks to read
/// the settings again. One per process, in the main thread.
class Signals : public QObject
{
    Q_OBJECT

public:
    Signals();

Q_SIGNALS:
    void stopAsked();
    void rereadAsked();

private:
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace simmer::app

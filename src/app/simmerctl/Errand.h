// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerctl/Arguments.h"
#include "app/simmerctl/Channel.h"
#include "app/simmerctl/Printer.h"

#include <QObject>

#include <functional>

namespace simmer::app {

/// One run of simmerctl that needs a device: get at it, hear the kitchen's news, ask, print, and
/// bring our own news to the kitchen. Ends the program by QCoreApplication::exit().
class Errand : public QObject
{
    Q_OBJECT

public:
    /// How long a command waits for a server on the way, before and after, ms.
    static constexpr qint64 OnTheWayMs = 1500;

    explicit Errand(const Arguments &arguments);

    /// `onLine` sees each line of the answer; by default it is printed.
    void run(const std::function<void(const QJsonObject &)> &onLine);
    const Printer &printer() const { return m_printer; }
    /// The program shall end with exit code 1 although the request succeeds.
    void noteFailure() { m_exitCode = 1; }

private:
    void syncOnTheWay(const std::function<void()> &then);
    void askIt();
    void finish(int exitCode);

    Arguments m_arguments;
    Printer m_printer;
    Channel m_channel;
    std::function<void(const QJsonObject &)> m_onLine;
    int m_exitCode = 0;
};

} // namespace simmer::app

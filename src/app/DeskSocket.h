// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Desk.h"

#include <QLocalServer>

class QLocalSocket;

namespace simmer::app {

/// The door through which other programs of the same user reach the device that holds a profile:
/// a local socket, one JSON request a connection, JSON lines back ({"line":…}, then {"end":true}
/// or {"error":…}).
class DeskSocket : public QObject
{
    Q_OBJECT

public:
    DeskSocket(Desk &desk, const QString &profile, QObject *parent = nullptr);

    /// Where the door of a profile is: inside it, unless its path is too long for a socket.
    static QString nameFor(const QString &profile);

private:
    void serve(QLocalSocket *socket);

    Desk &m_desk;
    QLocalServer m_server;
};

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QUrl>

#include <atomic>
#include <thread>
#include <vector>

namespace simmer::tests {

/// The first bytes of a TLS connection, as a device sends them. Needs an event loop.
QByteArray clientHello();

/// Many sockets from another address of this machine (127.0.0.2), which all say the same.
class Crowd
{
public:
    Crowd(const QUrl &server, int count, const QByteArray &words);
    ~Crowd();
    Q_DISABLE_COPY_MOVE(Crowd)

    /// How many the server has not closed.
    int open();
    static constexpr quint32 Address = 0x7f000002;

private:
    std::vector<int> m_sockets;
};

/// Speaks TLS well, and then asks for nothing but new keys, as fast as the line takes it. The
/// requests are made before, so that it is quicker than who has to follow them.
class KeyFlood
{
public:
    /// Done with the handshake when this returns.
    KeyFlood(const QUrl &server, int requests);
    ~KeyFlood();
    Q_DISABLE_COPY_MOVE(KeyFlood)

    void begin();
    qint64 sent() const { return m_sent; }
    /// There is more to be sent, and the server takes it.
    bool isSending() const { return m_sending; }

private:
    int m_socket;
    QByteArray m_requests;
    std::atomic<qint64> m_sent = 0;
    std::atomic<bool> m_sending = false;
    std::thread m_thread;
};

} // namespace simmer::tests

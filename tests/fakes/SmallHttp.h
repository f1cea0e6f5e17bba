// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <memory>

namespace simmer::fakes {

/// A web server that answers what the test gave it, in this thread.
class SmallHttp : public QObject
{
public:
    struct Request {
        QByteArray head;
        QByteArray body;
    };

    explicit SmallHttp(std::unique_ptr<QTcpServer> server = std::make_unique<QTcpServer>())
        : m_server(std::move(server))
    {
        m_server->listen(QHostAddress::LocalHost);
        connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket *socket = m_server->nextPendingConnection())
                serve(socket);
        });
    }

    quint16 port() const { return m_server->serverPort(); }
    QUrl url(const QString &path = QStringLiteral("/hook")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(port()).arg(path));
    }
    /// Answers of the next requests; the last one stays. Empty: silence.
    void willAnswer(const QList<QByteArray> &answers) { m_answers = answers; }
    const QList<Request> &requests() const { return m_requests; }

    static QByteArray status(int code, const QByteArray &more = {})
    {
        return "HTTP/1.1 " + QByteArray::number(code) + " Word\r\nContent-Length: 0\r\n" + more +
               "\r\n";
    }

private:
    void serve(QTcpSocket *socket)
    {
        auto in = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, in] {
            *in += socket->readAll();
            take(*in, *socket);
        });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    void take(QByteArray &in, QTcpSocket &socket)
    {
        const qsizetype end = in.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const QByteArray head = in.first(end);
        const qsizetype at = head.toLower().indexOf("content-length:");
        qsizetype length = 0;
        if (at >= 0)
            length = head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toLongLong();
        if (in.size() < end + 4 + length)
            return;
        m_requests += {head, in.mid(end + 4, length)};
        in.remove(0, end + 4 + length);
        const QByteArray answer = m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.value(0);
        socket.write(answer);
    }

    std::unique_ptr<QTcpServer> m_server;
    QList<QByteArray> m_answers{status(200)};
    QList<Request> m_requests;
};

} // namespace simmer::fakes

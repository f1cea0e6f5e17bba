// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Proxy.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <future>

namespace simmer::fakes {

namespace {

qint64 clockMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

/// One connection through the proxy.
class Proxy::Line : public QObject
{
public:
    Line(Proxy &proxy, QTcpSocket *device, const QUrl &server, QObject *parent)
        : QObject(parent)
        , m_proxy(proxy)
        , m_device(device)
        , m_server(new QTcpSocket(this))
    {
        device->setParent(this);
        for (QTcpSocket *socket : {m_device, m_server}) {
            socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
            connect(socket, &QTcpSocket::disconnected, this, &Line::end);
            connect(socket, &QTcpSocket::errorOccurred, this, &Line::end);
        }
        connect(m_device, &QTcpSocket::readyRead, this, [this] { pass(*m_device, m_up); });
        connect(m_server, &QTcpSocket::readyRead, this, [this] { pass(*m_server, m_down); });
        m_server->connectToHost(server.host(), quint16(server.port()));
    }

    void end()
    {
        m_device->abort();
        m_server->abort();
        deleteLater();
    }

private:
    /// Passes on what came, later but in its order.
    void pass(QTcpSocket &from, qint64 &last)
    {
        const QByteArray bytes = from.readAll();
        QTcpSocket *to = &from == m_device ? m_server : m_device;
        const int spread = m_proxy.m_jitter;
        const int jitter =
            spread > 0 ? int(QRandomGenerator::global()->bounded(2 * spread + 1)) - spread : 0;
        const qint64 now = clockMs();
        last = std::max(
            {last, now + std::max(0, m_proxy.m_delay + jitter), m_proxy.m_stalledUntil.load()});
        QTimer::singleShot(int(last - now), Qt::PreciseTimer, to, [to, bytes] {
            if (to->isOpen())
                to->write(bytes);
        });
    }

    Proxy &m_proxy;
    QTcpSocket *m_device;
    QTcpSocket *m_server;
    qint64 m_up = 0;
    qint64 m_down = 0;
};

class Proxy::Worker : public QObject
{
public:
    Worker(Proxy &proxy, const QUrl &server)
        : m_proxy(proxy)
        , m_server(server)
        , m_listener(this)
    {
        connect(&m_listener, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *device = m_listener.nextPendingConnection())
                m_lines += new Line(m_proxy, device, m_server, this);
        });
    }

    quint16 listen()
    {
        m_listener.listen(QHostAddress::LocalHost);
        return m_listener.serverPort();
    }
    void cut()
    {
        const auto lines = std::exchange(m_lines, {});
        for (const QPointer<Line> &line : lines)
            if (line)
                line->end();
    }

private:
    Proxy &m_proxy;
    QUrl m_server;
    QTcpServer m_listener;
    QList<QPointer<Line>> m_lines;
};

Proxy::Proxy(const QUrl &server)
    : m_url(server)
    , m_worker(new Worker(*this, server))
    , m_thread(startThread(QStringLiteral("proxy"), m_worker))
{
    std::promise<quint16> port;
    QMetaObject::invokeMethod(
        m_worker, [this, &port] { port.set_value(m_worker->listen()); }, Qt::QueuedConnection);
    m_url.setPort(port.get_future().get());
}

Proxy::~Proxy() = default;

void Proxy::setDelay(int delay, int jitter)
{
    m_delay = delay;
    m_jitter = jitter;
}

void Proxy::stall(int ms)
{
    m_stalledUntil = clockMs() + ms;
}

void Proxy::cut()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->cut(); }, Qt::QueuedConnection);
}

} // namespace simmer::fakes

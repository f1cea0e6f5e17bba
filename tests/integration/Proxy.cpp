// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Proxy.h"

#include <QDeadlineTimer>
#include <QPointer>
#include <QQueue>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <future>

namespace simmer::fakes {

namespace {

constexpr qint64 ReadAhead = 64 * 1024; // bytes of a connection that wait in the proxy, at most

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
            socket->setReadBufferSize(ReadAhead);
            connect(socket, &QTcpSocket::disconnected, this, &Line::end);
            connect(socket, &QTcpSocket::errorOccurred, this, &Line::end);
        }
        connect(m_device, &QTcpSocket::readyRead, this, &Line::takeUp);
        connect(m_server, &QTcpSocket::readyRead, this, &Line::takeDown);
        connect(&m_up.alarm, &QTimer::timeout, this, [this] { pass(m_up, *m_server); });
        connect(&m_down.alarm, &QTimer::timeout, this, [this] { pass(m_down, *m_device); });
        m_server->connectToHost(server.host(), quint16(server.port()));
    }

    void takeUp() { take(*m_device, m_up, m_proxy.m_sentUp, m_proxy.m_mostUp); }
    void takeDown() { take(*m_server, m_down, m_proxy.m_sentDown, m_proxy.m_mostDown); }
    void end()
    {
        m_device->abort();
        m_server->abort();
        deleteLater();
    }

private:
    struct Chunk {
        qint64 due = 0;
        QByteArray bytes;
    };
    /// What is on its way in one direction, in its order.
    struct Way {
        Way()
        {
            alarm.setSingleShot(true);
            alarm.setTimerType(Qt::PreciseTimer);
        }
        QQueue<Chunk> chunks;
        QTimer alarm;
    };

    void take(QTcpSocket &from, Way &way, std::atomic<qint64> &sent, qint64 most)
    {
        const QByteArray bytes = from.read(std::clamp<qint64>(most - sent, 0, ReadAhead));
        if (bytes.isEmpty())
            return;
        const int spread = m_proxy.m_jitter;
        const int jitter =
            spread > 0 ? int(QRandomGenerator::global()->bounded(2 * spread + 1)) - spread : 0;
        const qint64 due = std::max(clockMs() + std::max(0, m_proxy.m_delay + jitter),
                                    m_proxy.m_stalledUntil.load());
        const qint64 last = way.chunks.isEmpty() ? 0 : way.chunks.constLast().due;
        way.chunks.enqueue({std::max(due, last), bytes});
        sent += bytes.size();
        if (!way.alarm.isActive())
            wait(way);
    }

    static void wait(Way &way)
    {
        way.alarm.start(int(std::max<qint64>(0, way.chunks.constFirst().due - clockMs())));
    }

    static void pass(Way &way, QTcpSocket &to)
    {
        while (to.isOpen() && !way.chunks.isEmpty() && way.chunks.constFirst().due <= clockMs())
            to.write(way.chunks.dequeue().bytes);
        if (to.isOpen() && !way.chunks.isEmpty())
            wait(way);
    }

    Proxy &m_proxy;
    QTcpSocket *m_device;
    QTcpSocket *m_server;
    Way m_up;
    Way m_down;
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
    void takeMore()
    {
        for (const QPointer<Line> &line : m_lines) {
            if (line)
                line->takeUp();
            if (line)
                line->takeDown();
        }
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

void Proxy::setMostUp(qint64 bytes)
{
    m_mostUp = bytes;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->takeMore(); }, Qt::QueuedConnection);
}

void Proxy::setMostDown(qint64 bytes)
{
    m_mostDown = bytes;
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->takeMore(); }, Qt::QueuedConnection);
}

void Proxy::cut()
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker] { worker->cut(); }, Qt::QueuedConnection);
}

} // namespace simmer::fakes

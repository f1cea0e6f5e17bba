// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulation/World.h"
#include "syncclient/Wire.h"
#include "syncserver/net/Socket.h"

#include <QList>
#include <QPointer>

#include <functional>
#include <memory>
#include <set>

namespace simmer::simulation {

class Pipe;

/// The network between the devices and the server: slow, cut, and sometimes a liar.
class Net
{
public:
    explicit Net(World &world)
        : m_world(world)
    {
    }

    /// Who answers at the server; nobody while it is down.
    using Greet = std::function<std::unique_ptr<syncserver::Talker>(syncserver::Socket &)>;
    void listen(Greet greet) { m_greet = std::move(greet); }
    /// The server's process is gone: all its connections break.
    void dropAll();

    /// Between this device and the server nothing passes.
    void cut(const QString &device, bool isCut);
    bool isCut(const QString &device) const { return m_cut.count(device) > 0; }

    /// One way, ms: from `delay`, up to `jitter` more; messages of one connection keep their order.
    void setDelay(qint64 delay, qint64 jitter);
    qint64 delay() { return m_delay + m_world.below(m_jitter + 1); }
    /// One in so many messages is lost, doubled or swapped with the next, which no TCP does but a
    /// broken proxy might; 0 for none.
    void setLies(qint64 oneIn) { m_liesOneIn = oneIn; }
    bool lies() { return m_liesOneIn > 0 && m_world.oneIn(m_liesOneIn); }

    World &world() { return m_world; }
    const Greet &greeter() const { return m_greet; }
    void add(const std::shared_ptr<Pipe> &pipe);

private:
    World &m_world;
    Greet m_greet;
    std::set<QString> m_cut;
    qint64 m_delay = 1;
    qint64 m_jitter = 2;
    qint64 m_liesOneIn = 0;
    QList<std::weak_ptr<Pipe>> m_pipes;
};

/// A device's end of the network.
class SimulatedWire final : public syncclient::Wire
{
    Q_OBJECT

public:
    SimulatedWire(Net &net, QString device);
    ~SimulatedWire() override;

    void open(const QUrl &address) override;
    void send(const QByteArray &message) override;
    void close() override { abort(); }
    void abort() override;
    QString why() const override { return QStringLiteral("the line is down"); }

private:
    Net &m_net;
    QString m_device;
    std::shared_ptr<Pipe> m_pipe;
};

/// One connection: the server's socket and the way to the device's wire.
class Pipe final : public syncserver::Socket, public std::enable_shared_from_this<Pipe>
{
public:
    Pipe(Net &net, QString device, SimulatedWire *wire);

    void greet();
    bool isOpen() const { return m_open; }
    const QString &device() const { return m_device; }

    // From the device
    void toServer(const QByteArray &message);
    void hangUp();
    /// The line breaks: each end hears of it.
    void breakLine();
    /// The server's process is gone, and its end with it.
    void endTalk();

    // syncserver::Socket
    const syncserver::Peer &peer() const override { return m_peer; }
    void send(syncserver::Text message) override;
    qsizetype queuedBytes() const override { return m_queued; }
    void readNext(qint64 waitMs) override;
    void trust() override {}
    void finish(syncserver::Text lastWord) override;
    void cutOff(syncserver::Text lastWord) override { finish(std::move(lastWord)); }

private:
    qint64 arrival(qint64 &last);
    void deliver();
    void closeServerSide();
    void tellWire(std::function<void(SimulatedWire &)> what);

    Net &m_net;
    QString m_device;
    const syncserver::Peer m_peer; ///< the simulated line is plain
    QPointer<SimulatedWire> m_wire;
    std::unique_ptr<syncserver::Talker> m_talker;
    bool m_open = true;
    bool m_wanted = false;
    qint64 m_readFrom = 0;
    QList<QByteArray> m_inbox;
    qsizetype m_queued = 0;
    qint64 m_lastUp = 0;
    qint64 m_lastDown = 0;
};

} // namespace simmer::simulation

// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/Net.h"

#include <algorithm>

namespace simmer::simulation {

void Net::setDelay(qint64 delay, qint64 jitter)
{
    m_delay = delay;
    m_jitter = jitter;
}

void Net::add(const std::shared_ptr<Pipe> &pipe)
{
    m_pipes.removeIf([](const auto &known) { return known.expired(); });
    m_pipes += pipe;
}

void Net::dropAll()
{
    m_greet = nullptr;
    const auto pipes = std::exchange(m_pipes, {});
    for (const auto &known : pipes)
        if (const auto pipe = known.lock())
            pipe->endTalk();
}

void Net::cut(const QString &device, bool isCut)
{
    if (!isCut) {
        m_cut.erase(device);
        return;
    }
    m_cut.insert(device);
    const auto pipes = m_pipes;
    for (const auto &known : pipes)
        if (const auto pipe = known.lock(); pipe && pipe->device() == device)
            pipe->breakLine();
}

SimulatedWire::SimulatedWire(Net &net, QString device)
    : m_net(net)
    , m_device(std::move(device))
{
}

SimulatedWire::~SimulatedWire()
{
    if (m_pipe)
        m_pipe->hangUp();
}

void SimulatedWire::open(const QUrl &)
{
    abort();
    m_net.world().tell(m_device, QStringLiteral("connects"));
    m_pipe = std::make_shared<Pipe>(m_net, m_device, this);
    m_net.add(m_pipe);
    m_net.world().in(2 * m_net.delay(), [pipe = m_pipe] { pipe->greet(); });
}

void SimulatedWire::send(const QByteArray &message)
{
    if (m_pipe)
        m_pipe->toServer(message);
}

void SimulatedWire::abort()
{
    if (!m_pipe)
        return;
    const auto pipe = std::exchange(m_pipe, nullptr);
    pipe->hangUp();
    Q_EMIT closed();
}

Pipe::Pipe(Net &net, QString device, SimulatedWire *wire)
    : m_net(net)
    , m_device(std::move(device))
    , m_wire(wire)
{
}

void Pipe::greet()
{
    if (!m_open)
        return;
    if (!m_net.greeter() || m_net.isCut(m_device)) {
        breakLine();
        return;
    }
    m_talker = m_net.greeter()(*this);
    tellWire([](SimulatedWire &wire) { Q_EMIT wire.opened(); });
}

void Pipe::tellWire(std::function<void(SimulatedWire &)> what)
{
    if (m_wire && m_open)
        what(*m_wire);
}

/// When what is sent now arrives: not before what was sent earlier, unless the net lies.
qint64 Pipe::arrival(qint64 &last)
{
    const qint64 time = m_net.world().now() + m_net.delay();
    if (m_net.lies())
        return time + 50; // overtaken by the next
    last = std::max(last, time);
    return last;
}

void Pipe::toServer(const QByteArray &message)
{
    const int copies = m_net.lies() ? int(m_net.world().below(2)) * 2 : 1;
    for (int i = 0; i < copies; ++i)
        m_net.world().at(arrival(m_lastUp), [self = shared_from_this(), message] {
            if (!self->m_open || !self->m_talker)
                return;
            self->m_inbox += message;
            self->deliver();
        });
}

void Pipe::readNext(qint64 waitMs)
{
    m_wanted = true;
    m_readFrom = m_net.world().now() + waitMs;
    m_net.world().at(m_readFrom, [self = weak_from_this()] {
        if (const auto pipe = self.lock())
            pipe->deliver();
    });
}

void Pipe::deliver()
{
    if (!m_open || !m_wanted || m_inbox.isEmpty() || m_net.world().now() < m_readFrom)
        return;
    m_wanted = false;
    const auto self = shared_from_this();
    m_talker->received(m_inbox.takeFirst(), true);
}

void Pipe::send(syncserver::Text message)
{
    if (!m_open)
        return;
    const int copies = m_net.lies() ? int(m_net.world().below(2)) * 2 : 1;
    m_queued += message->size();
    for (int i = 0; i < copies; ++i)
        m_net.world().at(arrival(m_lastDown), [self = shared_from_this(), message] {
            self->tellWire([&](SimulatedWire &wire) { Q_EMIT wire.received(*message); });
        });
    m_net.world().at(m_lastDown, [self = shared_from_this(), size = message->size()] {
        self->m_queued -= size;
        if (self->m_open && self->m_talker)
            self->m_talker->tookOne(size);
    });
}

void Pipe::finish(syncserver::Text lastWord)
{
    send(std::move(lastWord));
    m_net.world().at(m_lastDown + 1, [self = shared_from_this()] { self->breakLine(); });
}

void Pipe::closeServerSide()
{
    m_inbox.clear();
    if (m_talker) // not while it is talking
        m_net.world().in(0, [self = shared_from_this()] { self->m_talker.reset(); });
}

void Pipe::endTalk()
{
    breakLine();
    m_talker.reset();
}

void Pipe::hangUp()
{
    m_wire = nullptr;
    if (!std::exchange(m_open, false))
        return;
    closeServerSide();
}

void Pipe::breakLine()
{
    if (!std::exchange(m_open, false))
        return;
    closeServerSide();
    if (m_wire)
        m_wire->abort();
}

} // namespace simmer::simulation

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Hatch.h"

#include "supervision/Fence.h"
#include "syncserver/sessions/Flow.h"

namespace simmer::syncserver {

Outbox::Outbox(Post post)
    : m_post(std::move(post))
{
}

void Outbox::flush()
{
    if (supervision::Fence::isDownHere())
        m_orders.clear(); // the sockets have other guests by now
    if (m_orders.empty())
        return;
    m_post([orders = std::make_shared<std::vector<Order>>(std::exchange(m_orders, {}))] {
        for (const Order &order : *orders)
            order.hatch->carryOut(order);
    });
}

/// The network thread's side.
class Hatch::Outside final : public Talker
{
public:
    Outside(std::shared_ptr<Hatch> hatch, const Deliver &deliver,
            const std::function<qint64()> &bootMs)
        : m_hatch(std::move(hatch))
        , m_deliver(deliver)
        , m_bootMs(bootMs)
    {
    }
    ~Outside() override
    {
        m_hatch->m_socket = nullptr;
        // The guest goes in its own thread, even if it is never asked anything again.
        m_deliver(m_hatch, [hatch = m_hatch](Guest &guest) {
            guest.gone();
            hatch->m_guest.reset();
        });
    }
    Q_DISABLE_COPY_MOVE(Outside)

    /// A device's pushes are read here: the kitchen thread has the most to do.
    void received(const QByteArray &message, bool isText) override
    {
        if (isText && m_hatch->m_isTrusted)
            if (auto push = protocol::readWrittenPush(message)) {
                m_deliver(m_hatch, [push = *std::move(push), message, at = m_bootMs()](
                                       Guest &guest) { guest.receivedPush(push, message, at); });
                return;
            }
        m_deliver(m_hatch, [message, isText, at = m_bootMs()](Guest &guest) {
            guest.received(message, isText, at);
        });
    }
    /// Told only when a full queue has emptied, so that a thousand screens which just listen wake
    /// nobody up.
    void tookOne(qsizetype bytes) override
    {
        const qint64 before = m_hatch->m_taken.fetch_add(bytes);
        const qint64 said = m_hatch->m_said;
        if (said - before > flow::LowBytes && said - before - bytes <= flow::LowBytes)
            m_deliver(m_hatch, [](Guest &guest) { guest.tookSome(); });
    }
    void stalled() override
    {
        m_deliver(m_hatch, [](Guest &guest) { guest.stalled(); });
    }
    void silent() override
    {
        m_deliver(m_hatch, [](Guest &guest) { guest.silent(); });
    }

private:
    std::shared_ptr<Hatch> m_hatch;
    const Deliver &m_deliver;
    const std::function<qint64()> &m_bootMs;
};

Hatch::Hatch(Socket &socket, Outbox &outbox)
    : m_peer(socket.peer())
    , m_outbox(outbox)
    , m_socket(&socket)
{
}

std::unique_ptr<Talker> Hatch::open(Socket &socket, Outbox &outbox, const Deliver &deliver,
                                    const std::function<qint64()> &bootMs,
                                    const std::function<void(std::shared_ptr<Hatch>)> &greet)
{
    const std::shared_ptr<Hatch> hatch(new Hatch(socket, outbox));
    greet(hatch);
    return std::make_unique<Outside>(hatch, deliver, bootMs);
}

void Hatch::send(Text message)
{
    m_said += message->size();
    m_outbox.add({shared_from_this(), Outbox::Kind::Send, std::move(message)});
}

void Hatch::readNext(qint64 waitMs)
{
    m_outbox.add({shared_from_this(), Outbox::Kind::Read, {}, waitMs});
}

void Hatch::trust()
{
    m_outbox.add({shared_from_this(), Outbox::Kind::Trust});
}

void Hatch::finish(Text lastWord)
{
    m_outbox.add({shared_from_this(), Outbox::Kind::Finish, std::move(lastWord)});
}

void Hatch::cutOff(Text lastWord)
{
    m_outbox.add({shared_from_this(), Outbox::Kind::CutOff, std::move(lastWord)});
}

void Hatch::dismiss(const Text &lastWord)
{
    m_guest.reset();
    finish(lastWord);
}

void Hatch::carryOut(const Outbox::Order &order)
{
    if (!m_socket)
        return;
    switch (order.kind) {
    case Outbox::Kind::Send:
        m_socket->send(order.text);
        return;
    case Outbox::Kind::Read:
        m_socket->readNext(order.waitMs);
        return;
    case Outbox::Kind::Trust:
        m_socket->trust();
        m_isTrusted = true;
        return;
    case Outbox::Kind::Finish:
        m_socket->finish(order.text);
        return;
    case Outbox::Kind::CutOff:
        m_socket->cutOff(order.text);
        return;
    }
}

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Socket.h"
#include "syncserver/sessions/Guest.h"

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace simmer::syncserver {

class Hatch;

/// What guests want of their sockets, gathered in the kitchen thread and handed to the network
/// thread all at once: one wake-up for a thousand screens.
class Outbox
{
public:
    enum class Kind : quint8 { Send, Read, Trust, Finish, CutOff };
    struct Order {
        std::shared_ptr<Hatch> hatch;
        Kind kind;
        Text text = {};
        qint64 waitMs = 0;
    };
    /// Runs a task in the network thread.
    using Post = std::function<void(std::function<void()>)>;

    explicit Outbox(Post post);

    void add(Order order) { m_orders.push_back(std::move(order)); }
    void flush();

private:
    Post m_post;
    std::vector<Order> m_orders;
};

/// The hatch between a socket, in the network thread, and its guest, in the kitchen thread, who
/// sees it as the socket.
class Hatch final : public Socket, public std::enable_shared_from_this<Hatch>
{
public:
    /// Runs a task in the kitchen thread that gives this hatch's guest something to do.
    using Deliver =
        std::function<void(const std::shared_ptr<Hatch> &, std::function<void(Guest &)>)>;

    /// In the network thread: makes the talker of a new socket. `bootMs` tells the time since boot
    /// and, as the other two, must outlive the sockets.
    static std::unique_ptr<Talker> open(Socket &socket, Outbox &outbox, const Deliver &deliver,
                                        const std::function<qint64()> &bootMs,
                                        const std::function<void(std::shared_ptr<Hatch>)> &greet);

    // In the kitchen thread
    const Peer &peer() const override { return m_peer; }
    void send(Text message) override;
    qsizetype queuedBytes() const override { return qsizetype(m_said - m_taken); }
    void readNext(qint64 waitMs) override;
    void trust() override;
    void finish(Text lastWord) override;
    void cutOff(Text lastWord) override;

    void setGuest(std::unique_ptr<Guest> guest) { m_guest = std::move(guest); }
    Guest *guest() const { return m_guest.get(); }
    /// Nobody talks here any more; the socket is closed with these words, unless it is closed.
    void dismiss(const Text &lastWord);

private:
    friend class Outbox;
    class Outside;

    Hatch(Socket &socket, Outbox &outbox);
    void carryOut(const Outbox::Order &order);

    const Peer m_peer;
    Outbox &m_outbox;
    Socket *m_socket;                ///< the network thread's; null when it is gone
    bool m_isTrusted = false;        ///< the same
    std::atomic<qint64> m_said = 0;  ///< bytes, ever
    std::atomic<qint64> m_taken = 0; ///< of these
    std::unique_ptr<Guest> m_guest;  ///< the kitchen thread's
};

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Hub.h"

#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "syncserver/Session.h"

#include <algorithm>

namespace simmer::syncserver {

namespace limits = protocol::limits;

Hub::Hub(const timers::KitchenClock &clock, OpStore &store, Post post,
         const QList<storage::Member> &members)
    : m_clock(clock)
    , m_store(store)
    , m_post(std::move(post))
    , m_members(members)
{
}

std::unique_ptr<Talker> Hub::greet(Socket &socket)
{
    auto session = std::make_unique<Session>(*this, socket, ++m_newest);
    m_sessions.insert(session->number(), session.get());
    return session;
}

void Hub::committed(const Committed &commit)
{
    for (const Committed::Push &push : commit.pushes)
        if (Session *session = m_sessions.value(push.session))
            session->pushed(push, commit.error);
    if (commit.error)
        Q_EMIT troubled(*commit.error);
    if (commit.fresh.isEmpty())
        return;
    const QList<Session *> online = m_online.values(); // a session may leave while it is told
    for (Session *session : online)
        session->grew(commit.fresh);
    Q_EMIT grew(commit.freshCount, commit.head);
}

void Hub::close()
{
    const QList<Session *> sessions = m_sessions.values();
    for (Session *session : sessions)
        session->bye(protocol::ByeReason::Closing, QStringLiteral("the server stops"));
}

void Hub::join(const storage::Member &device)
{
    const auto known = std::find_if(m_members.begin(), m_members.end(),
                                    [&](const auto &member) { return member.id == device.id; });
    if (known != m_members.end())
        known->name = device.name;
    else
        m_members += device;
    Q_EMIT joined(device.id, device.name);
    tellDevices();
}

void Hub::enter(Session &session)
{
    if (Session *older = m_online.value(session.device()))
        older->bye(protocol::ByeReason::Replaced,
                   QStringLiteral("this device connected once more"));
    m_online.insert(session.device(), &session);
    Q_EMIT connected(session.device(), nameOf(session.device()));
    tellDevices();
}

void Hub::leave(Session &session)
{
    m_sessions.remove(session.number());
    if (m_online.value(session.device()) != &session)
        return;
    m_online.remove(session.device());
    Q_EMIT disconnected(session.device(), nameOf(session.device()));
    tellDevices();
}

qint64 Hub::countOps(const DeviceId &device, qint64 ops)
{
    const auto rate =
        m_rates.try_emplace(device, limits::OpsPerSecond, limits::OpsBurst, now()).first;
    return rate->second.take(ops, now());
}

QString Hub::nameOf(const DeviceId &device) const
{
    for (const storage::Member &member : m_members)
        if (member.id == device)
            return member.name;
    return {};
}

void Hub::tellDevices()
{
    protocol::Devices all;
    for (const storage::Member &member : std::as_const(m_members))
        all.devices += {member.id, member.name, m_online.contains(member.id)};
    const auto text = std::make_shared<const QByteArray>(protocol::encode(all));
    const QList<Session *> online = m_online.values();
    for (Session *session : online)
        session->say(text);
}

} // namespace simmer::syncserver

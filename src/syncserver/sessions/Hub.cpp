// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/Hub.h"

#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "syncserver/sessions/Session.h"

#include <algorithm>

namespace simmer::syncserver {

namespace limits = protocol::limits;

namespace {

constexpr qint64 ListEveryMs = 250; // of the devices

} // namespace

Hub::Hub(timers::ServerClock &clock, OpStore &store, const QList<storage::Member> &members,
         int opsPerSecond)
    : m_clock(clock)
    , m_store(store)
    , m_members(members)
    , m_opsPerSecond(opsPerSecond)
{
}

std::unique_ptr<Session> Hub::greet(Socket &socket, const storage::Admission &admission,
                                    const protocol::Hello &hello, qint64 at)
{
    auto session = std::make_unique<Session>(*this, socket, ++m_newest, admission, hello, at);
    m_sessions.emplace(session->number(), session.get());
    return session;
}

void Hub::push(PushedOps ops)
{
    ++m_pushes;
    m_store.push(std::move(ops));
}

void Hub::committed(const Committed &commit)
{
    m_pushes = std::max(0, m_pushes - int(commit.pushes.size()));
    m_head = std::max(m_head, commit.head);
    const QList<Session *> pushers = tellOthers(commit);
    for (const Committed::Push &push : commit.pushes)
        if (Session *session = find(push.session))
            session->pushed(push, commit.error);
    if (commit.error)
        Q_EMIT troubled(*commit.error);
    if (commit.entries.isEmpty())
        return;
    for (Session *session : pushers)
        session->grew(commit.fresh);
    Q_EMIT grew(commit.entries.size(), commit.head);
}

/// Of what is new; gives those that pushed, who hear that it is saved before. The others come
/// first: they wait for news.
QList<Session *> Hub::tellOthers(const Committed &commit)
{
    QList<Session *> pushers;
    if (commit.entries.isEmpty())
        return pushers;
    QSet<SessionNumber> pushed;
    for (const Committed::Push &push : commit.pushes)
        pushed += push.session;
    for (Session *session : online())
        if (pushed.contains(session->number()))
            pushers += session;
        else
            session->grew(commit.fresh);
    return pushers;
}

void Hub::close(const QString &why)
{
    for (Session *session : sessions())
        session->bye(protocol::ByeReason::Closing, why);
}

void Hub::expel(const DeviceId &device)
{
    m_members.removeIf([&](const storage::Member &member) { return member.id == device; });
    for (Session *session : sessions())
        if (session->device() == device)
            session->bye(protocol::ByeReason::UnknownDevice,
                         QStringLiteral("this device was put out of the kitchen"));
    m_rates.erase(device);
    tellDevices();
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

void Hub::arrive(Session &session, const std::optional<timers::ClockClaim> &claim, qint64 bootMs)
{
    const bool wasSettled = m_clock.isSettled();
    m_clock.hear(session.device(), claim, bootMs);
    if (wasSettled && isUntouchedSince(m_settledAt) && m_clock.reconsider())
        clockMoved();
    if (wasSettled)
        session.letIn();
    else
        reviewClock();
}

void Hub::reviewClock()
{
    if (m_clock.settle(m_members.size())) {
        m_settledAt = m_head;
        for (Session *session : sessions())
            session->letIn();
    }
    if (m_clock.looksFarBehind())
        jumpWhenNothingRuns();
    tellClock();
    keepClock();
}

/// A jump would end every countdown at once, or never: it waits until there is none.
void Hub::jumpWhenNothingRuns()
{
    m_store.ask([this, now = m_clock.now()](storage::KitchenStore &store) {
        const Expected<bool> runs = anythingRuns(store.log(), now);
        if (!runs || *runs || !isUntouchedSince(store.log().head()))
            return;
        m_clock.catchUp();
        clockMoved();
    });
}

/// Everybody measures anew: a device does so when it connects.
void Hub::clockMoved()
{
    for (Session *session : online())
        session->bye(protocol::ByeReason::Closing, QStringLiteral("kitchen time was corrected"));
    tellClock();
    keepClock();
}

void Hub::tellClock()
{
    if (m_told == m_clock.status())
        return;
    m_told = m_clock.status();
    Q_EMIT clockJudged(*m_told);
}

/// Written until the disk takes it: the next start in this boot goes on with it.
void Hub::keepClock()
{
    const auto fresh = m_clock.unkept();
    if (!fresh || m_keeping)
        return;
    m_keeping = true;
    m_store.ask([this, fresh = *fresh](storage::KitchenStore &store) {
        m_keeping = false;
        if (store.keepClock(fresh))
            m_clock.markKept(fresh);
    });
}

void Hub::enter(Session &session)
{
    if (const auto older = m_online.find(session.device()); older != m_online.end())
        older->second->bye(protocol::ByeReason::Replaced,
                           QStringLiteral("this device connected once more"));
    m_online.insert_or_assign(session.device(), &session);
    Q_EMIT connected(session.device(), nameOf(session.device()));
    tellDevices();
    const QSet<BlobHash> wishes = m_blobWishes.all();
    for (const BlobHash &hash : wishes)
        session.say(protocol::BlobWanted{hash, 0});
}

void Hub::leave(Session &session)
{
    const auto known = m_online.find(session.device());
    const bool wasIn = known != m_online.end() && known->second == &session;
    forget(session);
    if (m_abandoned || !wasIn)
        return;
    Q_EMIT disconnected(session.device(), nameOf(session.device()));
    tellDevices();
}

void Hub::forget(const Session &session) noexcept
{
    m_sessions.erase(session.number());
    m_blobWishes.leave(session.number());
    const auto known = m_online.find(session.device());
    if (known != m_online.end() && known->second == &session)
        m_online.erase(known);
}

qint64 Hub::countOps(const DeviceId &device, qint64 ops)
{
    constexpr int BurstSeconds = limits::OpsBurst / limits::OpsPerSecond;
    const auto rate =
        m_rates.try_emplace(device, m_opsPerSecond, m_opsPerSecond * BurstSeconds, bootMs()).first;
    return rate->second.take(ops, bootMs());
}

Session *Hub::find(SessionNumber number) const
{
    const auto known = m_sessions.find(number);
    return known == m_sessions.end() ? nullptr : known->second;
}

/// As they are now: one may leave while it is told.
QList<Session *> Hub::sessions() const
{
    QList<Session *> all;
    for (const auto &[number, session] : m_sessions)
        all += session;
    return all;
}

QList<Session *> Hub::online() const
{
    QList<Session *> all;
    for (const auto &[device, session] : m_online)
        all += session;
    return all;
}

QString Hub::nameOf(const DeviceId &device) const
{
    for (const storage::Member &member : m_members)
        if (member.id == device)
            return member.name;
    return {};
}

/// At once, but not on each coming and going: a thousand that come back at once would be told a
/// thousand times of a thousand.
void Hub::tellDevices()
{
    if (m_listDue || m_online.empty())
        return;
    const qint64 now = bootMs();
    const qint64 due = m_listedAt ? *m_listedAt + ListEveryMs : now;
    if (due > now || m_members.size() > limits::DevicesListed)
        m_listDue = std::max(now, due);
    else
        listDevices();
}

void Hub::listDevices()
{
    m_listedAt = bootMs();
    protocol::Devices list;
    const bool all = m_members.size() <= limits::DevicesListed;
    for (const bool online : {true, false})
        for (const storage::Member &member : std::as_const(m_members))
            if (const bool isOnline = m_online.contains(member.id);
                (all ? online : isOnline == online) && list.devices.size() < limits::DevicesListed)
                list.devices += {member.id, member.name, isOnline};
    tellAll(list);
}

void Hub::beat(qint64 boot)
{
    if (!m_listDue || boot < *m_listDue)
        return;
    m_listDue.reset();
    listDevices();
}

bool Hub::isWatched() const
{
    return std::any_of(m_online.cbegin(), m_online.cend(),
                       [](const auto &one) { return one.second->watches(); });
}

void Hub::tellPulse(const protocol::Pulse &pulse, Hearers hearers)
{
    const auto text = std::make_shared<const QByteArray>(protocol::encode(pulse));
    for (Session *session : online())
        if (session->watches() || (hearers == Hearers::Everybody && session->knowsPulses()))
            session->say(text);
}

void Hub::wishBlob(SessionNumber session, const BlobHash &hash, qint64 from)
{
    if (m_blobWishes.add(session, hash))
        tellAll(protocol::BlobWanted{hash, from});
}

void Hub::blobArrived(const BlobHash &hash)
{
    m_blobWishes.fulfil(hash);
    tellAll(protocol::BlobKept{hash});
}

void Hub::tellAll(const protocol::FromServer &message)
{
    const auto text = std::make_shared<const QByteArray>(protocol::encode(message));
    for (Session *session : online())
        session->say(text);
}

} // namespace simmer::syncserver

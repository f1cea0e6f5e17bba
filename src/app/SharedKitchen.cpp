// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SharedKitchen.h"

#include "syncclient/PairLink.h"

#include <QHostAddress>
#include <QSysInfo>

namespace simmer::app {

namespace {

using State = ui::SharingStatus::State;

constexpr int MostMended = 3; // in a run: then the disk is broken, not the file
constexpr quint16 LastPort = 65535;
constexpr quint16 FirstOwnPort = 1024; // those below are the system's

bool isLoopback(const QUrl &server)
{
    return QHostAddress(server.host()).isLoopback();
}

} // namespace

SharedKitchen::SharedKitchen(Device &device, Reach reach, quint16 firstPort, QObject *parent)
    : Sharing(parent)
    , m_device(device)
    , m_codeEnds(m_clock.makeAlarm(this))
    , m_note(readSharing(device.profile()))
    , m_server(m_clock, device.profile(), reach, firstPort)
{
    storage::DeviceLog &log = device.log();
    connect(&log, &storage::DeviceLog::loaded, this, [this](const storage::LoadedLog &loaded) {
        m_me = loaded.device;
        m_membership = loaded.membership;
        if (std::exchange(m_isLoaded, true))
            return; // mended
        if (m_isReady)
            begin();
    });
    connect(&log, &storage::DeviceLog::renewed, this, [this](const DeviceId &id) { m_me = id; });
    connect(&log, &storage::DeviceLog::joined, this, &SharedKitchen::isJoined);
    connect(&device, &Device::ready, this, [this] {
        m_isReady = true;
        if (m_isLoaded) // both come from other threads, in any order
            begin();
    });
    connect(&device.sync(), &syncclient::SyncClient::pairingFailed, this,
            [this](const Error &error) {
                if (m_status.state == State::Starting)
                    fail(error);
            });
    connect(&device.sync(), &syncclient::SyncClient::statusChanged, this,
            [this](const syncclient::LinkStatus &link) {
                if (m_status.state != State::On)
                    return;
                readDevices();
                if (link.state == syncclient::LinkState::Removed &&
                    !std::exchange(m_rejoined, true))
                    joinOwn();
            });
    connect(&m_server, &HomeServer::noteFailed, this, &SharedKitchen::noteFailed);
    connect(&m_server, &HomeServer::troubled, this, &SharedKitchen::hear);
    connect(&m_server, &HomeServer::stuck, this, &SharedKitchen::giveUp);
    connect(&m_server, &HomeServer::membersMoved, this, &SharedKitchen::readDevices);
    connect(&m_server, &HomeServer::deviceJoined, this, &SharedKitchen::letIn);
    connect(m_codeEnds, &Alarm::rang, this, [this] {
        forgetCode();
        Q_EMIT changed();
    });
}

/// What other devices still say to this one is committed; they are told to come back.
SharedKitchen::~SharedKitchen() = default;

/// The device knows who it is.
void SharedKitchen::begin()
{
    if (m_membership && !isOurs(*m_membership)) {
        m_status.kitchen = m_membership->kitchenName;
        return setState(State::Elsewhere);
    }
    if (m_note.isOn)
        open();
    else
        setState(State::Off);
}

/// Known by its kitchen; by its address only until that is noted, should the program have ended in
/// between.
bool SharedKitchen::isOurs(const storage::Membership &membership) const
{
    if (!m_note.kitchen.isNull())
        return membership.kitchen == m_note.kitchen;
    return m_note.port != 0 && isLoopback(membership.server) &&
           membership.server.port() == m_note.port;
}

void SharedKitchen::switchOn()
{
    if (m_status.state == State::Off)
        open();
}

void SharedKitchen::takeOtherPort()
{
    if (m_status.state != State::Off || m_status.otherPort == 0)
        return;
    m_note.port = m_status.otherPort;
    open();
}

void SharedKitchen::open()
{
    m_status.trouble.reset();
    m_status.takenPort = m_status.otherPort = 0;
    m_url.clear();
    setState(State::Starting);
    SharingNote note = m_note;
    note.isOn = true;
    m_server.open(note, [this](const Expected<HomeServer::Place> &place) {
        place ? opened(*place) : failToOpen(place.error());
    });
}

void SharedKitchen::opened(const HomeServer::Place &place)
{
    m_url = place.url;
    m_note.isOn = true;
    m_note.port = quint16(m_url.port());
    m_status.key = place.key;
    m_status.addresses = place.addresses;
    if (m_membership && m_membership->server.port() == m_url.port())
        return becomeOn();
    joinOwn();
}

/// What was switched on before stays so in the note: the next start of the program tries again.
void SharedKitchen::failToOpen(const Error &error)
{
    if (error.code == ErrorCode::Refused && m_note.port != 0) {
        m_status.takenPort = m_note.port;
        m_status.otherPort = quint16(m_note.port == LastPort ? FirstOwnPort : m_note.port + 1);
    }
    m_status.trouble = error;
    setState(State::Off);
    Q_EMIT failed(error);
}

void SharedKitchen::fail(const Error &error)
{
    close();
    m_note.isOn = false;
    m_server.keep(m_note);
    m_status.trouble = error;
    setState(State::Off);
    Q_EMIT failed(error);
}

/// What cannot be noted is not shared: it would be forgotten.
void SharedKitchen::noteFailed(const Error &error)
{
    if (m_status.state == State::On || m_status.state == State::Starting)
        return fail(error);
    if (m_status.trouble && m_status.trouble->code == error.code)
        return; // said already
    if (m_status.state == State::Off)
        m_status.trouble = error;
    Q_EMIT changed();
    Q_EMIT failed(error);
}

/// Everybody goes on with what is on their disks. Switched on again, or at the next start of the
/// program, it is tried once more.
void SharedKitchen::giveUp(const Error &error)
{
    close();
    m_status.trouble = error;
    setState(State::Off);
    Q_EMIT failed(error);
}

/// The server's own words. A damaged file is mended by a new start.
void SharedKitchen::hear(const Error &trouble)
{
    if (trouble.code == ErrorCode::StoreDamaged)
        return mend();
    Q_EMIT failed(trouble);
}

void SharedKitchen::letIn(const DeviceId &device, const QString &name)
{
    if (m_status.state == State::On && device != m_me) {
        forgetCode();
        Q_EMIT joined(name);
    }
    readDevices();
}

/// By a code that never leaves this program.
void SharedKitchen::joinOwn()
{
    m_server.invite(Role::Owner, [this](const Expected<syncserver::Invite> &invite) {
        if (!invite)
            return fail(invite.error());
        m_device.sync().pair(m_url, invite->code, QSysInfo::machineHostName(), invite->key);
    });
}

void SharedKitchen::isJoined(const storage::Membership &membership)
{
    m_membership = membership;
    const bool isServing = m_status.state == State::Starting || m_status.state == State::On;
    const bool isHere =
        isServing && isLoopback(membership.server) && membership.server.port() == m_url.port();
    if (isHere) {
        m_note.kitchen = membership.kitchen;
        m_server.keep(m_note);
        if (m_status.state == State::Starting)
            becomeOn();
        return;
    }
    if (isOurs(membership))
        return;
    m_note.isOn = false; // somebody joined another kitchen meanwhile, by the menu or simmerctl
    close();
    m_server.keep(m_note);
    m_status.kitchen = membership.kitchenName;
    setState(State::Elsewhere);
}

void SharedKitchen::becomeOn()
{
    setState(State::On);
    readDevices();
}

void SharedKitchen::switchOff()
{
    if (m_status.state == State::Elsewhere)
        return;
    m_note.isOn = false;
    m_status.trouble.reset();
    m_status.takenPort = m_status.otherPort = 0;
    close();
    m_server.keep(m_note);
    setState(State::Off);
}

void SharedKitchen::close()
{
    m_server.close();
    m_status.addresses.clear();
    m_status.key.clear();
    forgetCode();
}

/// The file was found damaged while it served: a new start mends it.
void SharedKitchen::mend()
{
    close();
    if (++m_mended > MostMended)
        return fail({ErrorCode::StoreBroken, QStringLiteral("its file is damaged again"), {}});
    open();
}

void SharedKitchen::invite(Role role)
{
    if (m_status.state != State::On)
        return;
    m_server.invite(role, [this, role](const Expected<syncserver::Invite> &invite) {
        if (!invite)
            return Q_EMIT failed(invite.error());
        m_codeUntil = m_clock.bootMs() + invite->goodForMs;
        m_codeEnds->set(int(invite->goodForMs));
        const auto key = identity::Fingerprint::fromText(m_status.key);
        m_status.invitation = {
            invite->code,
            toText(syncclient::PairLink{hostOf(m_status.addresses.constFirst()),
                                        quint16(m_url.port()), invite->code, key}),
            role};
        Q_EMIT changed();
    });
}

qint64 SharedKitchen::codeLeftMs() const
{
    return m_status.invitation ? std::max<qint64>(0, m_codeUntil - m_clock.bootMs()) : 0;
}

void SharedKitchen::forgetCode()
{
    m_codeEnds->stop();
    m_status.invitation.reset();
}

void SharedKitchen::remove(const DeviceId &device)
{
    if (m_status.state != State::On)
        return;
    m_server.revoke(device, [this](const Outcome &removed) {
        if (!removed)
            Q_EMIT failed(removed.error());
        readDevices();
    });
}

void SharedKitchen::readDevices()
{
    if (m_status.state != State::On)
        return;
    m_server.readMembers([this](const Expected<QList<storage::Member>> &members) {
        if (members)
            take(*members);
        else
            Q_EMIT failed(members.error());
    });
}

void SharedKitchen::take(const QList<storage::Member> &members)
{
    QSet<DeviceId> here;
    for (const syncclient::KitchenDevice &device : m_device.sync().status().devices)
        if (device.online)
            here.insert(device.id);
    QList<ui::SharedDevice> devices;
    for (const storage::Member &member : members)
        devices +=
            {member.id,     member.name, member.role, member.id == m_me, here.contains(member.id),
             member.joined, member.seen};
    if (devices == m_status.devices)
        return;
    m_status.devices = devices;
    Q_EMIT changed();
}

void SharedKitchen::setState(State state)
{
    m_status.state = state;
    m_status.isPaused = state == State::Off && m_membership && isOurs(*m_membership);
    Q_EMIT changed();
}

} // namespace simmer::app

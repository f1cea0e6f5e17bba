// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SharedKitchen.h"

#include "syncclient/PairLink.h"

#include <QHostAddress>
#include <QSysInfo>

namespace simmer::app {

namespace {

using State = ui::SharingStatus::State;
using syncserver::SyncServer;

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
    , m_reach(reach)
    , m_firstPort(firstPort)
    , m_codeEnds(m_clock.makeAlarm(this))
    , m_note(readSharing(device.profile()))
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
    const Expected<QUrl> url = listen();
    if (!url)
        return failToListen(url.error());
    m_url = *url;
    m_url.setHost(QStringLiteral("127.0.0.1"));
    m_note.isOn = true;
    m_note.port = quint16(m_url.port());
    if (!keep())
        return;
    if (m_membership && m_membership->server.port() == m_url.port())
        return becomeOn();
    setState(State::Starting);
    joinOwn();
}

/// At the port that devices know; the first time, at the first that is free.
Expected<QUrl> SharedKitchen::listen()
{
    if (m_note.port != 0)
        return listenAt(m_note.port);
    const int tries = m_firstPort == 0 ? 1 : MostPorts;
    Expected<QUrl> url = listenAt(m_firstPort);
    for (int i = 1; i < tries && !url && url.error().code == ErrorCode::Refused; ++i)
        url = listenAt(quint16(m_firstPort + i));
    return url;
}

Expected<QUrl> SharedKitchen::listenAt(quint16 port)
{
    const auto options = serverOptions(m_device.profile(), m_reach, port);
    if (!options)
        return options.error();
    m_server = std::make_unique<SyncServer>(m_clock);
    const Expected<QUrl> url = m_server->start(*options);
    if (!url) {
        m_server.reset();
        return url;
    }
    if (options->identity) {
        const identity::Fingerprint &key = options->identity->fingerprint;
        m_status.key = key.toText();
        m_beacon = std::make_unique<syncserver::Beacon>(
            syncserver::Beacon::Sign{quint16(url->port()), key.toBytes().toHex()});
    }
    m_status.addresses = addressesOf(*options, quint16(url->port()));
    for (const auto change : {&SyncServer::deviceConnected, &SyncServer::deviceDisconnected})
        connect(m_server.get(), change, this, &SharedKitchen::readDevices);
    connect(m_server.get(), &SyncServer::deviceJoined, this,
            [this](const DeviceId &device, const QString &name) {
                if (m_status.state == State::On && device != m_me) {
                    forgetCode();
                    Q_EMIT joined(name);
                }
                readDevices();
            });
    const auto hear = [this](const Error &error) {
        if (error.code == ErrorCode::StoreDamaged)
            return mend();
        Q_EMIT failed(error);
    };
    // Later, for mending ends the server that calls.
    connect(m_server.get(), &SyncServer::troubled, this, hear, Qt::QueuedConnection);
    return url;
}

/// What was switched on before stays so in the note: the next start of the program tries again.
void SharedKitchen::failToListen(const Error &error)
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
    m_status.trouble = error;
    if (const Outcome kept = keepSharing(m_device.profile(), m_note); !kept)
        m_status.trouble = kept.error();
    setState(State::Off);
    Q_EMIT failed(*m_status.trouble);
}

/// Not from within a call of the server's, which it would end.
void SharedKitchen::failSoon(const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, error] { fail(error); }, Qt::QueuedConnection);
}

/// By a code that never leaves this program.
void SharedKitchen::joinOwn()
{
    m_server->invite(Role::Owner, [this](const Expected<syncserver::Invite> &invite) {
        if (!invite)
            return failSoon(invite.error());
        m_device.sync().pair(m_url, invite->code, QSysInfo::machineHostName(), invite->key);
    });
}

void SharedKitchen::isJoined(const storage::Membership &membership)
{
    m_membership = membership;
    const bool isHere =
        m_server && isLoopback(membership.server) && membership.server.port() == m_url.port();
    if (isHere) {
        m_note.kitchen = membership.kitchen;
        if (keep() && m_status.state == State::Starting)
            becomeOn();
        return;
    }
    if (isOurs(membership))
        return;
    m_note.isOn = false; // somebody joined another kitchen meanwhile, by the menu or simmerctl
    close();
    if (const Outcome kept = keepSharing(m_device.profile(), m_note); !kept)
        Q_EMIT failed(kept.error());
    m_status.kitchen = membership.kitchenName;
    setState(State::Elsewhere);
}

void SharedKitchen::becomeOn()
{
    setState(State::On);
    readDevices();
}

/// Whether the note is on the disk; if not, nothing is shared: it would be forgotten.
bool SharedKitchen::keep()
{
    const Outcome kept = keepSharing(m_device.profile(), m_note);
    if (!kept)
        fail(kept.error());
    return bool(kept);
}

void SharedKitchen::switchOff()
{
    if (m_status.state == State::Elsewhere)
        return;
    m_note.isOn = false;
    m_status.trouble.reset();
    m_status.takenPort = m_status.otherPort = 0;
    close();
    if (const Outcome kept = keepSharing(m_device.profile(), m_note); !kept) {
        m_status.trouble = kept.error();
        Q_EMIT failed(kept.error());
    }
    setState(State::Off);
}

void SharedKitchen::close()
{
    m_beacon.reset();
    m_server.reset();
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
    m_server->invite(role, [this, role](const Expected<syncserver::Invite> &invite) {
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
    m_server->revoke(device, [this](const Outcome &removed) {
        if (!removed)
            Q_EMIT failed(removed.error());
        readDevices();
    });
}

void SharedKitchen::readDevices()
{
    if (m_server)
        m_server->devices([this](const Expected<QList<storage::Member>> &members) {
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

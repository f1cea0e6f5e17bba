// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/HomeServer.h"

#include "syncserver/Beacon.h"
#include "syncserver/SyncServer.h"

namespace simmer::app {

using syncserver::SyncServer;

/// What lives in the thread.
class HomeServer::Room : public QObject
{
public:
    Room(const Clock &clock, const QString &profile, Reach reach, quint16 firstPort)
        : m_clock(clock)
        , m_profile(profile)
        , m_reach(reach)
        , m_firstPort(firstPort)
    {
    }

    /// What the server says goes to `ears`, in this thread.
    struct Ears {
        std::function<void(const DeviceId &, const QString &)> joined;
        std::function<void()> moved;
        std::function<void(const Error &)> troubled;
        std::function<void(const Error &)> stuck;
    };
    Expected<Place> open(SharingNote note, const Ears &ears);
    void close();
    Outcome keep(const SharingNote &note) const { return keepSharing(m_profile, note); }
    /// Null while it does not serve.
    SyncServer *server() { return m_server.get(); }

private:
    Expected<Place> listen(quint16 noted);
    Expected<Place> listenAt(quint16 port);

    const Clock &m_clock;
    const QString m_profile;
    const Reach m_reach;
    const quint16 m_firstPort;
    std::unique_ptr<SyncServer> m_server;         ///< while it serves
    std::unique_ptr<syncserver::Beacon> m_beacon; ///< while others can come
};

namespace {

Error notOpen()
{
    return {ErrorCode::NotFound, QStringLiteral("the server is not open"), {}};
}

} // namespace

Expected<HomeServer::Place> HomeServer::Room::open(SharingNote note, const Ears &ears)
{
    const Expected<Place> place = listen(note.port);
    if (!place)
        return place;
    note.port = quint16(place->url.port());
    if (const Outcome kept = keep(note); !kept) {
        close();
        return kept.error();
    }
    for (const auto change : {&SyncServer::deviceConnected, &SyncServer::deviceDisconnected})
        connect(m_server.get(), change, this, ears.moved);
    connect(m_server.get(), &SyncServer::deviceJoined, this, ears.joined);
    connect(m_server.get(), &SyncServer::troubled, this, ears.troubled);
    connect(m_server.get(), &SyncServer::stuck, this, ears.stuck);
    return place;
}

/// At the port that devices know; the first time, at the first that is free.
Expected<HomeServer::Place> HomeServer::Room::listen(quint16 noted)
{
    if (noted != 0)
        return listenAt(noted);
    const int tries = m_firstPort == 0 ? 1 : MostPorts;
    Expected<Place> place = listenAt(m_firstPort);
    for (int i = 1; i < tries && !place && place.error().code == ErrorCode::Refused; ++i)
        place = listenAt(quint16(m_firstPort + i));
    return place;
}

Expected<HomeServer::Place> HomeServer::Room::listenAt(quint16 port)
{
    const auto options = serverOptions(m_profile, m_reach, port);
    if (!options)
        return options.error();
    m_server = std::make_unique<SyncServer>(m_clock);
    const Expected<QUrl> url = m_server->start(*options);
    if (!url) {
        m_server.reset();
        return url.error();
    }
    const auto at = quint16(url->port());
    Place place{*url, addressesOf(*options, at), {}};
    place.url.setHost(QStringLiteral("127.0.0.1"));
    if (options->identity) {
        const identity::Fingerprint &key = options->identity->fingerprint;
        place.key = key.toText();
        m_beacon = std::make_unique<syncserver::Beacon>(
            syncserver::Beacon::Sign{at, key.toBytes().toHex()});
    }
    return place;
}

void HomeServer::Room::close()
{
    m_beacon.reset();
    m_server.reset();
}

HomeServer::HomeServer(const Clock &clock, const QString &profile, Reach reach, quint16 firstPort)
    : m_room(new Room(clock, profile, reach, firstPort))
    , m_thread(startThread(QStringLiteral("sharing"), m_room))
{
}

/// What other devices still say is committed.
HomeServer::~HomeServer()
{
    close();
}

void HomeServer::inRoom(std::function<void(Room &)> work)
{
    QMetaObject::invokeMethod(
        m_room, [room = m_room, work = std::move(work)] { work(*room); }, Qt::QueuedConnection);
}

/// An answer that may be given in any thread, and comes here.
template<class Said>
std::function<void(const Said &)> HomeServer::here(std::function<void(const Said &)> answer)
{
    return [this, opened = m_opened, answer = std::move(answer)](const Said &said) {
        QMetaObject::invokeMethod(
            this,
            [this, opened, answer, said] {
                if (opened == m_opened)
                    answer(said);
            },
            Qt::QueuedConnection);
    };
}

void HomeServer::open(const SharingNote &note, const Answer<Place> &answer)
{
    ++m_opened;
    struct Newcomer {
        DeviceId device;
        QString name;
    };
    const auto came =
        here<Newcomer>([this](const Newcomer &who) { Q_EMIT deviceJoined(who.device, who.name); });
    const auto moved = here<bool>([this](bool) { Q_EMIT membersMoved(); });
    const Room::Ears ears{[came](const DeviceId &device, const QString &name) {
                              came({device, name});
                          },
                          [moved] { moved(true); },
                          here<Error>([this](const Error &error) { Q_EMIT troubled(error); }),
                          here<Error>([this](const Error &error) { Q_EMIT stuck(error); })};
    inRoom([note, ears, told = here<Expected<Place>>(answer)](Room &room) {
        told(room.open(note, ears));
    });
}

void HomeServer::close()
{
    ++m_opened;
    inRoom([](Room &room) { room.close(); });
}

void HomeServer::keep(const SharingNote &note)
{
    inRoom([this, note](Room &room) {
        if (const Outcome kept = room.keep(note); !kept)
            QMetaObject::invokeMethod(
                this, [this, error = kept.error()] { Q_EMIT noteFailed(error); },
                Qt::QueuedConnection);
    });
}

void HomeServer::invite(Role role, const Answer<syncserver::Invite> &answer)
{
    inRoom([role, told = here<Expected<syncserver::Invite>>(answer)](Room &room) {
        room.server() ? room.server()->invite(role, told) : told(notOpen());
    });
}

void HomeServer::readMembers(const Answer<QList<storage::Member>> &answer)
{
    inRoom([told = here<Expected<QList<storage::Member>>>(answer)](Room &room) {
        room.server() ? room.server()->devices(told) : told(notOpen());
    });
}

void HomeServer::revoke(const DeviceId &device, const std::function<void(const Outcome &)> &answer)
{
    inRoom([device, told = here<Outcome>(answer)](Room &room) {
        room.server() ? room.server()->revoke(device, told) : told(notOpen());
    });
}

} // namespace simmer::app

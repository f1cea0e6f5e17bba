// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/ServerCore.h"

#include "protocol/Limits.h"
#include "storage/safety/BackupKeeper.h"
#include "syncserver/Addresses.h"
#include "syncserver/ServerFile.h"
#include "syncserver/sessions/Farewell.h"

#include <QHostAddress>

#include <algorithm>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;

constexpr int LeastBeatMs = 50;    // beats that are due close together are one
constexpr qsizetype MostLeft = 16; // threads that hang, each with its kitchens in memory

Expected<QHostAddress> addressIn(const QString &text)
{
    const QHostAddress address(text == QLatin1String("localhost") ? QStringLiteral("127.0.0.1")
                                                                  : text);
    if (address.isNull())
        return Error{ErrorCode::BadArgument, QStringLiteral("“%1” is no IP address").arg(text), {}};
    return address;
}

/// Where to listen, in the system's words. Beyond this machine nothing is said in plain.
Expected<QList<ListenAt>> placesOf(const ServerOptions &options)
{
    QList<ListenAt> places;
    for (ListenAt place : options.at) {
        if (place.descriptor < 0) {
            const Expected<QHostAddress> address = addressIn(place.address);
            if (!address)
                return address.error();
            if (!address->isLoopback() && !options.identity && !options.behindProxy)
                return Error{ErrorCode::BadArgument,
                             QStringLiteral("%1 is not of this machine alone: use TLS, or put a"
                                            " proxy with TLS before it and say --behind-proxy")
                                 .arg(place.address),
                             {}};
            place.address = address->toString();
        }
        places += place;
    }
    return places;
}

supervision::Patience::Limits patience(qint64 longestMs)
{
    return {std::clamp<qint64>(longestMs / 5, 10, 1000), longestMs};
}

QUrl urlOf(const QString &address, bool isSecure)
{
    return QUrl((isSecure ? QStringLiteral("wss://") : QStringLiteral("ws://")) + address);
}

/// A store that many write to.
Expected<std::unique_ptr<storage::ServerStore>>
forMuch(Expected<std::unique_ptr<storage::ServerStore>> store)
{
    if (store)
        if (const Outcome prepared = (*store)->expectMuch(); !prepared)
            return prepared.error();
    return store;
}

} // namespace

/// What comes by HTTP goes to whoever takes new sockets.
void SyncServer::Core::makeOutward()
{
    const auto guests = [this](const QByteArray &token, auto then) {
        m_atDoor->post([token, shift = m_atDoor.get(), then = std::move(then)](Kitchens &kitchens) {
            kitchens.receive(token, [shift, then](std::optional<ApiGuest> guest) {
                if (!guest) // a token may be gone since just now
                    return shift->say([then] { then(std::nullopt); });
                guest->say = [shift](HeldWords::Word word) { shift->say(std::move(word)); };
                then(std::move(guest));
            });
        });
    };
    const auto counted = [this](std::function<void(const Metrics &)> then) {
        m_atDoor->post([shift = m_atDoor.get(), then = std::move(then)](Kitchens &) {
            shift->sayMetrics(then);
        });
    };
    m_outward = std::make_unique<Outward>(m_clock, m_options, guests, counted);
    connect(m_outward.get(), &Outward::warned, &m_face, &SyncServer::warned);
}

/// Of a shift that was left behind nobody hears any more.
Lookout::Reports SyncServer::Core::reports()
{
    Lookout::Reports reports = m_outward->reports();
    const auto guarded = [shift = m_shift.get()](auto report) {
        return [shift, report](const auto &what) { shift->say([report, what] { report(what); }); };
    };
    reports.event = guarded(reports.event);
    reports.cooked = guarded(reports.cooked);
    return reports;
}

/// The file is opened in the thread whose it is.
Outcome SyncServer::Core::openKitchens(const ServerOptions &options)
{
    auto folder = storage::DataFolder::take(options.dataDir);
    if (!folder)
        return folder.error();
    m_folder = *std::move(folder);
    makeOutward();
    std::optional<storage::Salvaged> salvaged;
    const Outcome opened = openShift([&]() -> Expected<std::unique_ptr<storage::ServerStore>> {
        auto store = storage::ServerStore::open(
            m_folder->file(StoreFile), Rules, todayBy(m_clock), storage::Compaction::HorizonMs,
            options.kitchenName.isEmpty() ? storage::ServerStore::StandardName
                                          : options.kitchenName);
        if (store) {
            m_isNew = (*store)->isNew();
            salvaged = (*store)->salvaged();
        }
        return forMuch(std::move(store));
    });
    if (!opened)
        return opened;
    if (salvaged)
        QMetaObject::invokeMethod(
            &m_face, [face = &m_face, salvaged] { Q_EMIT face->salvaged(*salvaged); },
            Qt::QueuedConnection);
    keepBackups();
    return opened;
}

Outcome SyncServer::Core::openShift(const Shift::OpenStore &open)
{
    m_ear = new QObject(&m_face);
    m_shift = Shift::begin(
        m_clock, {[this](std::function<void()> task) { m_endpoint->post(std::move(task)); },
                  [this](qint64 boot) { beatAt(boot); },
                  [ear = m_ear, this](const Error &error) {
                      QMetaObject::invokeMethod(
                          ear, [this, error] { giveUp(error); }, Qt::QueuedConnection);
                  }});
    const Outcome opened = m_shift->open(open, m_book, m_options.crashes,
                                         [this](Kitchens &kitchens) { listenTo(kitchens); });
    if (!opened)
        return opened;
    // The server's own kitchen tells at once how its clock stands; others wait to be needed.
    m_shift->post([](Kitchens &kitchens) {
        const auto first = kitchens.workers().live(kitchens.store().first().id);
        if (!first)
            Q_EMIT kitchens.troubled(first.error());
        kitchens.wakeAstir();
    });
    watch();
    return opened;
}

/// What the kitchens say reaches the face in its thread, also after we are gone; but nothing that
/// is not on the disk, or that a shift says which was left behind.
template<class... What>
void SyncServer::Core::passOn(Kitchens &kitchens, void (Kitchens::*said)(What...),
                              void (SyncServer::*told)(What...))
{
    connect(&kitchens, said, &kitchens,
            [shift = m_shift.get(), ear = m_ear, face = &m_face, told](const What &...what) {
                shift->say([ear, face, told, what...] {
                    QMetaObject::invokeMethod(
                        ear,
                        [face, told, what...] {
                            Q_EMIT(face->*told)
                            (what...);
                        },
                        Qt::QueuedConnection);
                });
            });
}

void SyncServer::Core::listenTo(Kitchens &kitchens)
{
    kitchens.setOwnKey(m_ownKey);
    kitchens.setReports(reports());
    kitchens.tellOpsIf(m_face.m_opsHeard);
    if (m_options.opsPerSecond > 0)
        kitchens.limitOps(m_options.opsPerSecond);
    passOn(kitchens, &Kitchens::deviceJoined, &SyncServer::deviceJoined);
    passOn(kitchens, &Kitchens::deviceConnected, &SyncServer::deviceConnected);
    passOn(kitchens, &Kitchens::deviceDisconnected, &SyncServer::deviceDisconnected);
    passOn(kitchens, &Kitchens::opsCommitted, &SyncServer::opsCommitted);
    passOn(kitchens, &Kitchens::clockJudged, &SyncServer::clockJudged);
    passOn(kitchens, &Kitchens::kitchenFailed, &SyncServer::kitchenFailed);
    passOn(kitchens, &Kitchens::kitchenSafe, &SyncServer::kitchenSafe);
    passOn(kitchens, &Kitchens::kitchenRests, &SyncServer::kitchenRests);
    passOn(kitchens, &Kitchens::kitchenWell, &SyncServer::kitchenWell);
    // Trouble does not wait for the disk, which may be what it is about.
    connect(&kitchens, &Kitchens::troubled, m_ear,
            [face = &m_face, file = m_folder->file(StoreFile)](const Error &error) {
                if (error.code == ErrorCode::StoreDamaged)
                    storage::ServerStore::suspect(file);
                Q_EMIT face->troubled(error);
            });
}

/// From the face's thread, which never waits for the kitchens.
void SyncServer::Core::watch()
{
    using supervision::Watch;
    const Doings &doings = m_shift->doings();
    m_taskWatch = std::make_unique<Watch>(m_clock, doings.tasks(), patience(m_options.hangMs));
    watchDisk(m_diskWatch, doings.uses());
    watchDisk(m_syncWatch, m_shift->syncs());
    // Queued: they replace the watch that tells them.
    connect(
        m_taskWatch.get(), &Watch::hung, m_alarm.get(),
        [this](const QUuid &key, qint64 sinceMs) { hung(KitchenId(key), sinceMs); },
        Qt::QueuedConnection);
}

void SyncServer::Core::watchDisk(std::unique_ptr<supervision::Watch> &watch,
                                 const supervision::Pulsebeat &beat)
{
    using supervision::Watch;
    watch = std::make_unique<Watch>(m_clock, beat, patience(m_options.diskMs));
    connect(
        watch.get(), &Watch::hung, m_alarm.get(),
        [this] {
            giveUp(
                {ErrorCode::TimedOut,
                 QStringLiteral("the disk has not answered for %1 s").arg(m_options.diskMs / 1000),
                 {}});
        },
        Qt::QueuedConnection);
}

/// All kitchens go on in a new thread; the one whose task hangs has failed once more.
void SyncServer::Core::hung(const KitchenId &kitchen, qint64 sinceMs)
{
    const auto doing = m_shift->doings().tasks().now();
    const bool isStill = doing && doing->key == kitchen.uuid() && doing->sinceMs == sinceMs;
    if (!isStill || !m_shift->leave())
        return; // it came back meanwhile
    const qint64 ms = m_clock.awakeMs() - sinceMs;
    leaveBehind(m_shift);
    m_book = m_book->copy();
    m_book->noteHang();
    Q_EMIT m_face.kitchenHung(kitchen, ms);
    if (qsizetype(m_face.m_left.size()) > MostLeft) {
        giveUp({ErrorCode::Crashed, QStringLiteral("too many threads of it hang"), {}});
        return;
    }
    const QString file = m_folder->file(StoreFile);
    if (const Outcome opened =
            openShift([file] { return forMuch(storage::ServerStore::openBeside(file, Rules)); });
        !opened) {
        giveUp(opened.error());
        return;
    }
    if (!kitchen.isNull())
        m_shift->post([kitchen, ms](Kitchens &kitchens) {
            kitchens.workers().hung(kitchen, QStringLiteral("it hung for %1 ms").arg(ms));
        });
    m_endpoint->post([this, shift = m_shift] { m_atDoor = shift; });
    m_endpoint->dismissAll(
        farewell(protocol::ByeReason::Closing, QStringLiteral("the server's kitchens start anew")));
    m_asked->failAll({ErrorCode::TimedOut, QStringLiteral("the server's kitchens hung"), {}});
}

/// Its thread may come to an end after all: then its memory is taken back.
void SyncServer::Core::leaveBehind(std::shared_ptr<Shift> shift)
{
    m_taskWatch.reset();
    m_diskWatch.reset();
    m_syncWatch.reset();
    delete std::exchange(m_ear, nullptr);
    auto &left = m_face.m_left;
    left.erase(
        std::remove_if(left.begin(), left.end(), [](const auto &one) { return one->isOver(); }),
        left.end());
    left.push_back(std::move(shift));
}

/// Nothing waits for the kitchens any more.
void SyncServer::Core::giveUp(const Error &error)
{
    if (m_ear) { // else it was left behind just now
        m_shift->leaveForGood();
        leaveBehind(m_shift);
    }
    m_asked->failAll(error);
    Q_EMIT m_face.stuck(error);
}

/// The daily copies from now on.
void SyncServer::Core::keepBackups()
{
    using storage::BackupKeeper;
    auto *keeper =
        new BackupKeeper(m_clock, {m_folder->file(StoreFile), storage::ServerStore::schema()});
    connect(keeper, &BackupKeeper::backupFailed, &m_face, &SyncServer::troubled);
    connect(keeper, &BackupKeeper::damageFound, &m_face, [this](const Error &error) {
        storage::ServerStore::suspect(m_folder->file(StoreFile));
        Q_EMIT m_face.troubled(error);
    });
    m_keeperThread = startThread(QStringLiteral("backups"), keeper);
    keeper->begin(m_isNew ? BackupKeeper::First::Later : BackupKeeper::First::Now);
}

Outcome SyncServer::Core::listen(const ServerOptions &options)
{
    const Expected<QList<ListenAt>> places = placesOf(options);
    if (!places)
        return places.error();
    m_atDoor = m_shift;
    EndpointOptions endpoint;
    endpoint.at = *places;
    endpoint.identity = options.identity;
    endpoint.hosts = options.hosts;
    endpoint.origins = options.origins;
    endpoint.behindProxy = options.behindProxy;
    endpoint.countLoopback = options.countLoopback;
    endpoint.handshakeMs = options.handshakeMs > 0 ? options.handshakeMs : limits::HandshakeMs;
    endpoint.stalledMs = options.stalledMs > 0 ? options.stalledMs : limits::StalledMs;
    endpoint.strangers = limits::UnauthenticatedSockets;
    const Expected<QList<ListenAt>> listening = m_endpoint->listen(
        endpoint, [this](Socket &socket) { return m_atDoor->greet(socket); },
        &m_outward->responder());
    if (!listening)
        return listening.error();
    if (options.announce)
        m_outward->announce(*listening, options.identity);
    m_places = *listening;
    return done();
}

QList<QUrl> SyncServer::Core::urls() const
{
    QList<QUrl> urls;
    const QStringList addresses = addressesOf(m_places);
    for (const QString &address : addresses)
        urls += urlOf(address, m_options.identity.has_value());
    return urls;
}

Expected<QUrl> SyncServer::Core::start(const ServerOptions &options)
{
    m_options = options;
    m_endpoint = std::make_unique<Endpoint>();
    if (options.identity)
        m_ownKey = options.identity->fingerprint;
    connect(m_alarm.get(), &Alarm::rang, &m_face, [this] { m_shift->beat(); });
    if (const Outcome opened = openKitchens(options); !opened)
        return opened.error();
    if (const Outcome listens = listen(options); !listens)
        return listens.error();
    m_url = urls().constFirst();
    return m_url;
}

/// The alarm lives in the face's thread.
void SyncServer::Core::beatAt(qint64 boot)
{
    QMetaObject::invokeMethod(
        m_alarm.get(),
        [this, boot] { m_alarm->set(std::max<qint64>(LeastBeatMs, boot - m_clock.bootMs())); },
        Qt::QueuedConnection);
}

/// Once more, when the kitchens' thread was replaced meanwhile.
void SyncServer::Core::probe(std::function<void()> answered)
{
    const quint64 number = m_asked->add([this, answered](const Error &) { probe(answered); });
    m_endpoint->post([this, number, asked = m_asked, answered = std::move(answered)] {
        m_atDoor->post(
            [shift = m_atDoor.get(), face = &m_face, number, asked, answered](Kitchens &) {
                shift->say([face, number, asked, answered] {
                    QMetaObject::invokeMethod(
                        face,
                        [asked, number, answered] {
                            if (asked->take(number))
                                answered();
                        },
                        Qt::QueuedConnection);
                });
            });
    });
}

void SyncServer::Core::stop()
{
    m_alarm->stop();
    m_taskWatch.reset();
    m_diskWatch.reset();
    m_syncWatch.reset();
    if (m_shift) {
        m_endpoint->quiesce();
        m_shift->post([](Kitchens &kitchens) { kitchens.close(); });
        // Then what came in is on the disk, and the goodbyes are on their way.
        const std::chrono::milliseconds longest(2 * m_options.hangMs);
        const bool isDone = m_ear && m_shift->finish(longest);
        if (m_ear && !isDone) {
            m_shift->leaveForGood();
            leaveBehind(m_shift);
        }
        m_endpoint->stop();
        m_endpoint.reset(); // with its sockets, whose guests go in the kitchen thread
        if (isDone) {
            m_shift->end();
            m_ear->deleteLater(); // behind what it has yet to hear
        }
    }
    m_outward.reset(); // with what it still writes down
    m_keeperThread.reset();
}

} // namespace simmer::syncserver

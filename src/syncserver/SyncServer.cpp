// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/SyncServer.h"

#include "base/OwnedThread.h"
#include "protocol/Limits.h"
#include "storage/DataFolder.h"
#include "storage/safety/BackupKeeper.h"
#include "syncserver/kitchen/Kitchens.h"
#include "syncserver/net/Endpoint.h"

#include <QDateTime>
#include <QHostAddress>
#include <QMetaMethod>

#include <algorithm>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;

constexpr QLatin1String StoreFile("kitchen.db");
constexpr int LeastBeatMs = 50; // beats that are due close together are one

constexpr storage::AdmissionRules Rules{limits::CodeLifetimeMs, limits::CodeTries,
                                        limits::DevicesPerKitchen};

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

Expected<LogSize> sizeOf(const storage::KitchenLog &log)
{
    const Expected<qint64> ops = log.count();
    const Expected<qint64> lives = log.countLives();
    if (!ops || !lives)
        return ops ? lives.error() : ops.error();
    return LogSize{*ops, log.head(), log.base(), *lives};
}

QDate todayBy(const Clock &clock)
{
    return QDateTime::fromMSecsSinceEpoch(clock.wallMs()).date();
}

QUrl urlOf(const ListenAt &place, bool isSecure)
{
    QUrl url;
    url.setScheme(isSecure ? QStringLiteral("wss") : QStringLiteral("ws"));
    url.setHost(place.address);
    url.setPort(place.port);
    return url;
}

} // namespace

/// Everything that exists only while the server runs.
class SyncServer::Core
{
public:
    Core(const Clock &clock, SyncServer &face)
        : m_clock(clock)
        , m_face(face)
        , m_alarm(clock.makeAlarm(nullptr))
    {
    }
    ~Core() { stop(); }
    Q_DISABLE_COPY_MOVE(Core)

    Expected<QUrl> start(const ServerOptions &options);
    /// Puts a question to the kitchens; the answer comes in the face's thread.
    template<class Answer>
    void ask(std::function<Expected<Answer>(Kitchens &)> question,
             std::function<void(const Expected<Answer> &)> answer)
    {
        m_thread->post([this, question = std::move(question), answer = std::move(answer)] {
            QMetaObject::invokeMethod(
                &m_face, [answer, said = question(*m_kitchens)] { answer(said); },
                Qt::QueuedConnection);
        });
    }
    void probe(std::function<void()> answered);
    const QUrl &url() const { return m_url; }

private:
    Outcome openKitchens(const ServerOptions &options);
    void makeKitchens(std::unique_ptr<storage::ServerStore> store, int opsPerSecond);
    void keepBackups(bool isNew);
    Expected<ListenAt> listen(const ServerOptions &options);
    std::unique_ptr<Talker> greet(Socket &socket);
    void settle();
    void beatAt(qint64 boot);
    void stop();

    // From the top down each uses those above it.
    const Clock &m_clock;
    SyncServer &m_face;
    const std::unique_ptr<Alarm> m_alarm; ///< for the kitchens' next beat
    QUrl m_url;
    std::unique_ptr<storage::DataFolder> m_folder;
    std::unique_ptr<KitchenThread> m_thread;
    // Called by sockets, for as long as there are any
    Hatch::Deliver m_deliver;
    std::function<qint64()> m_bootMs;
    std::function<void(std::shared_ptr<Hatch>)> m_greet;
    std::unique_ptr<Outbox> m_outbox;
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<Kitchens> m_kitchens; ///< the kitchen thread's
    qint64 m_beatAt = -1;                 ///< as last told; the kitchen thread's
    OwnedThread m_keeperThread;
};

/// The file is opened in the thread whose it is.
Outcome SyncServer::Core::openKitchens(const ServerOptions &options)
{
    auto folder = storage::DataFolder::take(options.dataDir);
    if (!folder)
        return folder.error();
    m_folder = *std::move(folder);
    m_thread = std::make_unique<KitchenThread>();
    m_thread->start([this] { settle(); });
    Outcome opened = done();
    bool isNew = false;
    m_thread->post([&] {
        auto store = storage::ServerStore::open(m_folder->file(StoreFile), Rules, todayBy(m_clock));
        if (!store) {
            opened = store.error();
            return;
        }
        if (const Outcome prepared = (*store)->expectMuch(); !prepared) {
            opened = prepared.error();
            return;
        }
        isNew = (*store)->isNew();
        makeKitchens(*std::move(store), options.opsPerSecond);
    });
    m_thread->finish();
    if (opened)
        keepBackups(isNew);
    return opened;
}

void SyncServer::Core::makeKitchens(std::unique_ptr<storage::ServerStore> store, int opsPerSecond)
{
    const std::optional<storage::Salvaged> salvaged = store->salvaged();
    m_kitchens = std::make_unique<Kitchens>(m_clock, *m_thread, *m_outbox, std::move(store));
    if (opsPerSecond > 0)
        m_kitchens->limitOps(opsPerSecond);
    const Kitchens *kitchens = m_kitchens.get();
    connect(kitchens, &Kitchens::deviceJoined, &m_face, &SyncServer::deviceJoined);
    connect(kitchens, &Kitchens::deviceConnected, &m_face, &SyncServer::deviceConnected);
    connect(kitchens, &Kitchens::deviceDisconnected, &m_face, &SyncServer::deviceDisconnected);
    connect(
        kitchens, &Kitchens::opsCommitted, &m_face,
        [this](qint64 count, qint64 head) {
            if (m_face.m_opsHeard) // a wake-up for each commit is for those that listen alone
                QMetaObject::invokeMethod(
                    &m_face, [this, count, head] { Q_EMIT m_face.opsCommitted(count, head); },
                    Qt::QueuedConnection);
        },
        Qt::DirectConnection);
    connect(kitchens, &Kitchens::clockJudged, &m_face, &SyncServer::clockJudged);
    connect(kitchens, &Kitchens::kitchenFailed, &m_face, &SyncServer::kitchenFailed);
    connect(kitchens, &Kitchens::troubled, &m_face, [this](const Error &error) {
        if (error.code == ErrorCode::StoreDamaged)
            storage::ServerStore::suspect(m_folder->file(StoreFile));
        Q_EMIT m_face.troubled(error);
    });
    // The server's own kitchen tells at once how its clock stands; others wait to be needed.
    m_thread->post([this] {
        const auto first = m_kitchens->live(m_kitchens->store().first().id);
        if (!first)
            Q_EMIT m_kitchens->troubled(first.error());
    });
    if (salvaged)
        QMetaObject::invokeMethod(
            &m_face, [this, salvaged] { Q_EMIT m_face.salvaged(*salvaged); }, Qt::QueuedConnection);
}

/// The daily copies from now on.
void SyncServer::Core::keepBackups(bool isNew)
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
    keeper->begin(isNew ? BackupKeeper::First::Later : BackupKeeper::First::Now);
}

/// In the network thread.
std::unique_ptr<Talker> SyncServer::Core::greet(Socket &socket)
{
    return Hatch::open(socket, *m_outbox, m_deliver, m_bootMs, m_greet);
}

Expected<ListenAt> SyncServer::Core::listen(const ServerOptions &options)
{
    const Expected<QList<ListenAt>> places = placesOf(options);
    if (!places)
        return places.error();
    m_bootMs = [this] { return m_clock.bootMs(); };
    m_deliver = [this](const std::shared_ptr<Hatch> &hatch, std::function<void(Guest &)> what) {
        m_thread->post([this, hatch, what = std::move(what)] {
            if (m_kitchens)
                m_kitchens->deliver(hatch, what);
        });
    };
    m_greet = [this](std::shared_ptr<Hatch> hatch) {
        m_thread->post([this, hatch = std::move(hatch)] {
            if (m_kitchens)
                m_kitchens->greet(hatch);
        });
    };
    EndpointOptions endpoint;
    endpoint.at = *places;
    endpoint.identity = options.identity;
    endpoint.hosts = options.hosts;
    endpoint.origins = options.origins;
    endpoint.behindProxy = options.behindProxy;
    endpoint.handshakeMs = options.handshakeMs > 0 ? options.handshakeMs : limits::HandshakeMs;
    endpoint.stalledMs = options.stalledMs > 0 ? options.stalledMs : limits::StalledMs;
    endpoint.strangers = limits::UnauthenticatedSockets;
    const Expected<QList<ListenAt>> listening =
        m_endpoint->listen(endpoint, [this](Socket &socket) { return greet(socket); });
    return listening ? Expected(listening->first()) : listening.error();
}

Expected<QUrl> SyncServer::Core::start(const ServerOptions &options)
{
    m_endpoint = std::make_unique<Endpoint>();
    m_outbox = std::make_unique<Outbox>(
        [this](std::function<void()> task) { m_endpoint->post(std::move(task)); });
    connect(m_alarm.get(), &Alarm::rang, &m_face, [this] {
        m_thread->post([this] {
            m_beatAt = -1;
            m_kitchens->beat();
        });
    });
    if (const Outcome opened = openKitchens(options); !opened)
        return opened.error();
    const Expected<ListenAt> place = listen(options);
    if (!place)
        return place.error();
    m_url = urlOf(*place, options.identity.has_value());
    return m_url;
}

/// After each round of the kitchen thread.
void SyncServer::Core::settle()
{
    if (!m_kitchens)
        return;
    m_kitchens->settle();
    if (const auto next = m_kitchens->nextBeat(); next && (m_beatAt < 0 || *next < m_beatAt))
        beatAt(*next);
}

/// The alarm lives in the face's thread.
void SyncServer::Core::beatAt(qint64 boot)
{
    m_beatAt = boot;
    QMetaObject::invokeMethod(
        m_alarm.get(),
        [this, boot] { m_alarm->set(std::max<qint64>(LeastBeatMs, boot - m_clock.bootMs())); },
        Qt::QueuedConnection);
}

void SyncServer::Core::probe(std::function<void()> answered)
{
    m_endpoint->post([this, answered = std::move(answered)] {
        m_thread->post([this, answered] {
            QMetaObject::invokeMethod(&m_face, answered, Qt::QueuedConnection);
        });
    });
}

void SyncServer::Core::stop()
{
    m_alarm->stop();
    if (m_thread) {
        m_endpoint->quiesce();
        m_thread->post([this] {
            if (m_kitchens)
                m_kitchens->close();
        });
        m_thread->finish(); // what came in is on the disk, and the goodbyes are on their way
        m_endpoint->stop();
        m_endpoint.reset(); // with its sockets, whose guests go in the kitchen thread
        m_thread->post([this] { m_kitchens.reset(); });
        m_thread.reset();
    }
    m_keeperThread.reset();
}

SyncServer::SyncServer(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<timers::ClockStatus>();
    qRegisterMetaType<storage::Salvaged>();
}

SyncServer::~SyncServer() = default;

void SyncServer::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&SyncServer::opsCommitted))
        m_opsHeard = true;
}

Expected<QUrl> SyncServer::start(const ServerOptions &options)
{
    Q_ASSERT(!m_core);
    m_core = std::make_unique<Core>(m_clock, *this);
    Expected<QUrl> url = m_core->start(options);
    if (!url)
        m_core.reset();
    return url;
}

void SyncServer::invite(Role role, std::function<void(const Expected<Invite> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<Invite>(
        [this, role](Kitchens &kitchens) -> Expected<Invite> {
            const Expected<QString> code =
                kitchens.admissions().invite(kitchens.store().first().id, role, m_clock.wallMs());
            if (!code)
                return code.error();
            return Invite{*code, m_core->url()};
        },
        std::move(answer));
}

void SyncServer::measure(std::function<void(const Expected<LogSize> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<LogSize>(
        [](Kitchens &kitchens) -> Expected<LogSize> {
            const auto first = kitchens.live(kitchens.store().first().id);
            return first ? sizeOf((*first)->store().log()) : first.error();
        },
        std::move(answer));
}

void SyncServer::devices(std::function<void(const Expected<QList<storage::Member>> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<QList<storage::Member>>(
        [](Kitchens &kitchens) {
            return kitchens.admissions().devices(kitchens.store().first().id);
        },
        std::move(answer));
}

void SyncServer::revoke(const DeviceId &device, std::function<void(const Outcome &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<std::monostate>([device](Kitchens &kitchens) { return kitchens.revoke(device); },
                                std::move(answer));
}

void SyncServer::probe(std::function<void()> answered)
{
    Q_ASSERT(m_core);
    m_core->probe(std::move(answered));
}

void SyncServer::stop()
{
    m_core.reset();
}

Expected<std::unique_ptr<AbsentServer>> AbsentServer::open(const QString &dataDir,
                                                           const Clock &clock)
{
    auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    auto store = storage::ServerStore::open((*folder)->file(StoreFile), Rules, todayBy(clock));
    if (!store)
        return store.error();
    return std::unique_ptr<AbsentServer>(
        new AbsentServer(clock, *std::move(folder), *std::move(store)));
}

AbsentServer::AbsentServer(const Clock &clock, std::unique_ptr<storage::DataFolder> folder,
                           std::unique_ptr<storage::ServerStore> store)
    : m_clock(clock)
    , m_folder(std::move(folder))
    , m_store(std::move(store))
{
}

AbsentServer::~AbsentServer() = default;

Expected<QString> AbsentServer::invite(Role role)
{
    return m_store->admissions().invite(m_store->first().id, role, m_clock.wallMs());
}

Expected<LogSize> AbsentServer::measure()
{
    const auto kitchen = m_store->kitchen(m_store->first().id);
    return kitchen ? sizeOf((*kitchen)->log()) : kitchen.error();
}

Expected<QList<storage::Member>> AbsentServer::devices()
{
    return m_store->admissions().devices(m_store->first().id);
}

Outcome AbsentServer::revoke(const DeviceId &device)
{
    const Expected<KitchenId> kitchen = m_store->admissions().revoke(device);
    return kitchen ? done() : Outcome(kitchen.error());
}

} // namespace simmer::syncserver

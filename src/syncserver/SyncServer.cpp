// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/SyncServer.h"

#include "base/OwnedThread.h"
#include "protocol/Limits.h"
#include "storage/DataFolder.h"
#include "storage/safety/BackupKeeper.h"
#include "syncserver/Endpoint.h"
#include "syncserver/Hub.h"
#include "syncserver/StoreThread.h"

#include <QDateTime>
#include <QHostAddress>

#include <atomic>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;

constexpr int UnsettledMs = 500; // between two looks at the clock, before it is settled
constexpr int SettledMs = timers::ServerClock::LookEveryMs;

constexpr QLatin1String StoreFile("kitchen.db");
constexpr qint64 CompactEveryMs = 24LL * 3600 * 1000;

Expected<QHostAddress> listenAddress(const ServerOptions &options)
{
    const QHostAddress address(options.address == QLatin1String("localhost")
                                   ? QStringLiteral("127.0.0.1")
                                   : options.address);
    if (address.isNull())
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("“%1” is no IP address").arg(options.address),
                     {}};
    if (!address.isLoopback() && !options.behindProxy)
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("%1 is not of this machine alone, and Simmer does not encrypt"
                                    " yet; listen on 127.0.0.1, or put a proxy with TLS before it"
                                    " and say --behind-proxy")
                         .arg(options.address),
                     {}};
    return address;
}

Expected<LogSize> sizeOf(storage::KitchenStore &store)
{
    const Expected<qint64> ops = store.log().count();
    const Expected<qint64> lives = store.log().countLives();
    if (!ops || !lives)
        return ops ? lives.error() : ops.error();
    return LogSize{*ops, store.log().head(), store.log().base(), *lives};
}

QDate todayBy(const Clock &clock)
{
    return QDateTime::fromMSecsSinceEpoch(clock.wallMs()).date();
}

QUrl urlOf(const QHostAddress &address, quint16 port)
{
    QUrl url;
    url.setScheme(QStringLiteral("ws"));
    url.setHost(address.toString());
    url.setPort(port);
    return url;
}

} // namespace

/// Everything that exists only while the server runs.
class SyncServer::Core
{
public:
    explicit Core(const Clock &clock)
        : m_clock(clock)
        , m_daily(clock.makeAlarm(nullptr))
    {
    }
    ~Core() { stop(); }
    Q_DISABLE_COPY_MOVE(Core)

    Expected<QUrl> start(const ServerOptions &options, SyncServer &face);
    void invite(std::function<void(const Expected<Invite> &)> answer, SyncServer &face);
    void measure(std::function<void(const Expected<LogSize> &)> answer, SyncServer &face);
    void probe(std::function<void()> answered, SyncServer &face);

private:
    Outcome openStore(const QString &dataDir);
    Outcome makeHub(SyncServer &face);
    void keepBackups(SyncServer &face);
    void watchClock(SyncServer &face);
    void compactDaily(SyncServer &face);
    void compactSome(SyncServer &face);
    void stop();

    // From the top down each uses those above it.
    const Clock &m_clock;
    const std::unique_ptr<Alarm> m_daily;
    std::atomic<bool> m_stopping = false;
    QUrl m_url;
    std::unique_ptr<storage::DataFolder> m_folder;
    std::unique_ptr<timers::ServerClock> m_kitchenTime; ///< the network thread's
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<StoreThread> m_store;
    std::unique_ptr<Alarm> m_reviewAlarm;
    bool m_settled = false; ///< the clock, as far as is known here
    OwnedThread m_keeperThread;
};

Outcome SyncServer::Core::openStore(const QString &dataDir)
{
    auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    m_folder = *std::move(folder);
    auto store = StoreThread::start(
        m_folder->file(StoreFile), todayBy(m_clock), [this](const Committed &commit) {
            m_endpoint->post([this, commit] { m_hub->committed(commit); });
        });
    if (!store)
        return store.error();
    m_store = *std::move(store);
    return done();
}

/// What the store tells of its opening, and the daily copies from now on.
void SyncServer::Core::keepBackups(SyncServer &face)
{
    std::optional<storage::Salvaged> salvaged;
    bool isNew = false;
    m_store->ask([&](storage::KitchenStore &store) {
        salvaged = store.salvaged();
        isNew = store.log().head() == 0;
    });
    m_store->finish();
    if (salvaged)
        Q_EMIT face.salvaged(*salvaged);
    using storage::BackupKeeper;
    auto *keeper =
        new BackupKeeper(m_clock, {m_folder->file(StoreFile), storage::KitchenStore::schema()});
    connect(keeper, &BackupKeeper::backupFailed, &face, &SyncServer::troubled);
    connect(keeper, &BackupKeeper::damageFound, &face, &SyncServer::troubled);
    m_keeperThread = startThread(QStringLiteral("backups"), keeper);
    keeper->begin(isNew ? BackupKeeper::First::Later : BackupKeeper::First::Now);
}

Outcome SyncServer::Core::makeHub(SyncServer &face)
{
    Expected<QList<storage::Member>> members = QList<storage::Member>();
    Expected<timers::ServerClock::Past> past = timers::ServerClock::Past();
    m_store->ask([&members, &past](storage::KitchenStore &store) {
        members = store.admissions().devices(store.kitchen().id);
        past = store.past();
    });
    m_store->finish();
    if (!members)
        return members.error();
    if (!past)
        return past.error();
    m_kitchenTime = std::make_unique<timers::ServerClock>(m_clock, *past);
    m_hub = std::make_unique<Hub>(
        *m_kitchenTime, *m_store,
        [this](std::function<void()> task) { m_endpoint->post(std::move(task)); }, *members);
    connect(m_hub.get(), &Hub::joined, &face, &SyncServer::deviceJoined);
    connect(m_hub.get(), &Hub::connected, &face, &SyncServer::deviceConnected);
    connect(m_hub.get(), &Hub::disconnected, &face, &SyncServer::deviceDisconnected);
    connect(m_hub.get(), &Hub::grew, &face, &SyncServer::opsCommitted);
    connect(m_hub.get(), &Hub::troubled, &face, &SyncServer::troubled);
    connect(m_hub.get(), &Hub::clockJudged, &face, &SyncServer::clockJudged);
    return done();
}

/// The hub has no alarms of its own: the network thread has no event loop of Qt.
void SyncServer::Core::watchClock(SyncServer &face)
{
    const auto review = [this] { m_endpoint->post([hub = m_hub.get()] { hub->reviewClock(); }); };
    m_reviewAlarm.reset(m_clock.makeAlarm(nullptr));
    connect(m_reviewAlarm.get(), &Alarm::rang, &face, [this, review] {
        m_reviewAlarm->set(m_settled ? SettledMs : UnsettledMs);
        review();
    });
    connect(&face, &SyncServer::clockJudged, m_reviewAlarm.get(),
            [this, &face](const timers::ClockStatus &status) {
                const bool wasSettled =
                    std::exchange(m_settled, status.source != timers::ClockSource::Nothing);
                if (m_settled && !wasSettled)
                    compactDaily(face);
            });
    m_reviewAlarm->set(UnsettledMs);
    review();
}

Expected<QUrl> SyncServer::Core::start(const ServerOptions &options, SyncServer &face)
{
    const Expected<QHostAddress> address = listenAddress(options);
    if (!address)
        return address.error();
    m_endpoint = std::make_unique<Endpoint>();
    if (const Outcome opened = openStore(options.dataDir); !opened)
        return opened.error();
    keepBackups(face);
    if (const Outcome made = makeHub(face); !made)
        return made.error();
    const Expected<quint16> port =
        m_endpoint->listen({address->toString(), options.port,
                            options.handshakeMs > 0 ? options.handshakeMs : limits::HandshakeMs,
                            options.stalledMs > 0 ? options.stalledMs : limits::StalledMs,
                            limits::UnauthenticatedSockets},
                           [this](Socket &socket) { return m_hub->greet(socket); });
    if (!port)
        return port.error();
    m_url = urlOf(*address, *port);
    connect(m_daily.get(), &Alarm::rang, &face, [this, &face] { compactDaily(face); });
    watchClock(face);
    return m_url;
}

void SyncServer::Core::compactDaily(SyncServer &face)
{
    m_daily->set(CompactEveryMs);
    compactSome(face);
}

/// One step in the store thread; the next one waits behind whatever else was asked meanwhile.
/// Kitchen time is asked in the network thread, whose it is.
void SyncServer::Core::compactSome(SyncServer &face)
{
    m_endpoint->post([this, &face] {
        if (!m_kitchenTime->isSettled())
            return; // begins when it is
        m_store->ask([this, &face, now = m_kitchenTime->now()](storage::KitchenStore &store) {
            const Expected<bool> more = store.compaction().step(now);
            if (!more)
                QMetaObject::invokeMethod(
                    &face, [&face, error = more.error()] { Q_EMIT face.troubled(error); },
                    Qt::QueuedConnection);
            else if (*more && !m_stopping)
                compactSome(face);
        });
    });
}

void SyncServer::Core::invite(std::function<void(const Expected<Invite> &)> answer,
                              SyncServer &face)
{
    m_store->ask([this, answer = std::move(answer), &face](storage::KitchenStore &store) {
        const Expected<QString> code =
            store.admissions().invite(store.kitchen().id, m_clock.wallMs());
        const Expected<Invite> invite =
            code ? Expected<Invite>(Invite{*code, m_url}) : Expected<Invite>(code.error());
        QMetaObject::invokeMethod(
            &face, [answer, invite] { answer(invite); }, Qt::QueuedConnection);
    });
}

void SyncServer::Core::measure(std::function<void(const Expected<LogSize> &)> answer,
                               SyncServer &face)
{
    m_store->ask([answer = std::move(answer), &face](storage::KitchenStore &store) {
        const Expected<LogSize> size = sizeOf(store);
        QMetaObject::invokeMethod(
            &face, [answer, size] { answer(size); }, Qt::QueuedConnection);
    });
}

void SyncServer::Core::probe(std::function<void()> answered, SyncServer &face)
{
    m_endpoint->post([this, answered = std::move(answered), &face] {
        m_store->ask([answered, &face](storage::KitchenStore &) {
            QMetaObject::invokeMethod(&face, answered, Qt::QueuedConnection);
        });
    });
}

void SyncServer::Core::stop()
{
    m_reviewAlarm.reset();
    m_stopping = true;
    if (m_hub) {
        m_endpoint->quiesce();
        m_store->finish(); // what came in so far is on the disk and its acks are on their way
        m_endpoint->post([hub = m_hub.get()] { hub->close(); });
        m_endpoint->stop();
    }
    m_keeperThread.reset();
    m_store.reset(); // posts its last answers, which nobody runs any more
    m_endpoint.reset();
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

Expected<QUrl> SyncServer::start(const ServerOptions &options)
{
    Q_ASSERT(!m_core);
    m_core = std::make_unique<Core>(m_clock);
    Expected<QUrl> url = m_core->start(options, *this);
    if (!url)
        m_core.reset();
    return url;
}

void SyncServer::invite(std::function<void(const Expected<Invite> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->invite(std::move(answer), *this);
}

void SyncServer::measure(std::function<void(const Expected<LogSize> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->measure(std::move(answer), *this);
}

void SyncServer::probe(std::function<void()> answered)
{
    Q_ASSERT(m_core);
    m_core->probe(std::move(answered), *this);
}

void SyncServer::stop()
{
    m_core.reset();
}

Expected<QString> SyncServer::inviteWithoutServer(const QString &dataDir, const Clock &clock)
{
    const auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    const auto store =
        storage::KitchenStore::open((*folder)->file(StoreFile), StoreThread::Rules, todayBy(clock));
    if (!store)
        return store.error();
    return (*store)->admissions().invite((*store)->kitchen().id, clock.wallMs());
}

Expected<LogSize> SyncServer::measureWithoutServer(const QString &dataDir)
{
    const auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    const auto store = storage::KitchenStore::open((*folder)->file(StoreFile), StoreThread::Rules);
    if (!store)
        return store.error();
    return sizeOf(**store);
}

} // namespace simmer::syncserver

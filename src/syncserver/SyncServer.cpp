// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/SyncServer.h"

#include "base/OwnedThread.h"
#include "protocol/Limits.h"
#include "storage/BackupKeeper.h"
#include "storage/DataFolder.h"
#include "syncserver/Endpoint.h"
#include "syncserver/Hub.h"
#include "syncserver/StoreThread.h"

#include <QDateTime>
#include <QHostAddress>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;

constexpr QLatin1String StoreFile("kitchen.db");

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
        : m_machine(clock)
        , m_clock(clock)
    {
    }
    ~Core() { stop(); }
    Q_DISABLE_COPY_MOVE(Core)

    Expected<QUrl> start(const ServerOptions &options, SyncServer &face);
    void invite(std::function<void(const Expected<Invite> &)> answer, SyncServer &face);

private:
    Outcome openStore(const QString &dataDir);
    void keepBackups(SyncServer &face);
    Expected<QList<storage::Member>> members();
    void makeHub(const QList<storage::Member> &members, SyncServer &face);
    void stop();

    // From the top down each uses those above it.
    const Clock &m_machine;
    const timers::KitchenClock m_clock; ///< never steered, so all threads may read it
    QUrl m_url;
    std::unique_ptr<storage::DataFolder> m_folder;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<StoreThread> m_store;
    OwnedThread m_keeperThread;
};

Outcome SyncServer::Core::openStore(const QString &dataDir)
{
    auto folder = storage::DataFolder::take(dataDir);
    if (!folder)
        return folder.error();
    m_folder = *std::move(folder);
    auto store = StoreThread::start(
        m_folder->file(StoreFile), todayBy(m_machine), [this](const Committed &commit) {
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
        new BackupKeeper(m_machine, {m_folder->file(StoreFile), storage::KitchenStore::schema()});
    connect(keeper, &BackupKeeper::backupFailed, &face, &SyncServer::troubled);
    connect(keeper, &BackupKeeper::damageFound, &face, &SyncServer::troubled);
    m_keeperThread = startThread(QStringLiteral("backups"), keeper);
    keeper->begin(isNew ? BackupKeeper::First::Later : BackupKeeper::First::Now);
}

Expected<QList<storage::Member>> SyncServer::Core::members()
{
    Expected<QList<storage::Member>> members = QList<storage::Member>();
    m_store->ask([&members](storage::KitchenStore &store) {
        members = store.admissions().devices(store.kitchen().id);
    });
    m_store->finish();
    return members;
}

void SyncServer::Core::makeHub(const QList<storage::Member> &members, SyncServer &face)
{
    m_hub = std::make_unique<Hub>(
        m_clock, *m_store,
        [this](std::function<void()> task) { m_endpoint->post(std::move(task)); }, members);
    connect(m_hub.get(), &Hub::joined, &face, &SyncServer::deviceJoined);
    connect(m_hub.get(), &Hub::connected, &face, &SyncServer::deviceConnected);
    connect(m_hub.get(), &Hub::disconnected, &face, &SyncServer::deviceDisconnected);
    connect(m_hub.get(), &Hub::grew, &face, &SyncServer::opsCommitted);
    connect(m_hub.get(), &Hub::troubled, &face, &SyncServer::troubled);
}

Expected<QUrl> SyncServer::Core::start(const ServerOptions &options, SyncServer &face)
{
    const Expected<QHostAddress> address = listenAddress(options);
    if (!address)
        return address.error();
    m_endpoint = std::make_unique<Endpoint>();
    if (const Outcome opened = openStore(options.dataDir); !opened)
        return opened.error();
    const auto joined = members();
    if (!joined)
        return joined.error();
    keepBackups(face);
    makeHub(*joined, face);
    const Expected<quint16> port =
        m_endpoint->listen({address->toString(), options.port,
                            options.handshakeMs > 0 ? options.handshakeMs : limits::HandshakeMs,
                            options.stalledMs > 0 ? options.stalledMs : limits::StalledMs,
                            limits::UnauthenticatedSockets},
                           [this](Socket &socket) { return m_hub->greet(socket); });
    if (!port)
        return port.error();
    m_url = urlOf(*address, *port);
    return m_url;
}

void SyncServer::Core::invite(std::function<void(const Expected<Invite> &)> answer,
                              SyncServer &face)
{
    m_store->ask([this, answer = std::move(answer), &face](storage::KitchenStore &store) {
        const Expected<QString> code = store.admissions().invite(store.kitchen().id, m_clock.now());
        const Expected<Invite> invite =
            code ? Expected<Invite>(Invite{*code, m_url}) : Expected<Invite>(code.error());
        QMetaObject::invokeMethod(
            &face, [answer, invite] { answer(invite); }, Qt::QueuedConnection);
    });
}

void SyncServer::Core::stop()
{
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

} // namespace simmer::syncserver

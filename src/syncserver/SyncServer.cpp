// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/SyncServer.h"

#include "base/OwnedThread.h"
#include "protocol/Limits.h"
#include "storage/DataFolder.h"
#include "storage/safety/BackupKeeper.h"
#include "supervision/Thrown.h"
#include "syncserver/Addresses.h"
#include "syncserver/Outward.h"
#include "syncserver/ServerFile.h"
#include "syncserver/kitchen/Farewell.h"
#include "syncserver/kitchen/Shift.h"
#include "syncserver/net/Endpoint.h"

#include <QHostAddress>
#include <QMetaMethod>

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

QUrl urlOf(const QString &address, bool isSecure)
{
    return QUrl((isSecure ? QStringLiteral("wss://") : QStringLiteral("ws://")) + address);
}

} // namespace

/// Questions to the kitchens that are not answered yet. In the face's thread.
class Asked
{
public:
    using Failed = std::function<void(const Error &)>;

    quint64 add(Failed failed)
    {
        m_open.insert(++m_newest, std::move(failed));
        return m_newest;
    }
    /// Whether an answer is still wanted; it is the last one.
    bool take(quint64 number) { return m_open.remove(number) > 0; }
    /// Whoever would have answered is gone.
    void failAll(const Error &error)
    {
        const QHash<quint64, Failed> open = std::exchange(m_open, {});
        for (const Failed &failed : open)
            failed(error);
    }

private:
    QHash<quint64, Failed> m_open;
    quint64 m_newest = 0;
};

/// What a question throws is its answer.
template<class Answer>
Expected<Answer> answerTo(const std::function<Expected<Answer>(Kitchens &)> &question,
                          Kitchens &kitchens)
{
    try {
        return question(kitchens);
    } catch (...) {
        return Error{ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}};
    }
}

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
        if (!m_ear) {
            answer(
                Error{ErrorCode::Crashed, QStringLiteral("the server's kitchens are stuck"), {}});
            return;
        }
        const quint64 number = m_asked->add([answer](const Error &error) { answer(error); });
        m_shift->post([shift = m_shift.get(), face = &m_face, asked = m_asked, number,
                       question = std::move(question),
                       answer = std::move(answer)](Kitchens &kitchens) {
            const Expected<Answer> said = answerTo(question, kitchens);
            shift->outside([&] {
                QMetaObject::invokeMethod(
                    face,
                    [asked, number, answer, said] {
                        if (asked->take(number))
                            answer(said);
                    },
                    Qt::QueuedConnection);
            });
        });
    }
    void probe(std::function<void()> answered);
    const QUrl &url() const { return m_url; }
    QList<QUrl> urls() const;
    bool isNew() const { return m_isNew; }
    const std::optional<identity::Fingerprint> &ownKey() const { return m_ownKey; }
    WorkerCounts workers() const { return m_book->counts(); }

private:
    void makeOutward();
    Lookout::Reports reports();
    Outcome openKitchens(const ServerOptions &options);
    Outcome openShift(const Shift::OpenStore &open);
    void listenTo(Kitchens &kitchens);
    template<class... What>
    void passOn(Kitchens &kitchens, void (Kitchens::*said)(What...),
                void (SyncServer::*told)(What...));
    void watch();
    void hung(const KitchenId &kitchen, qint64 sinceMs);
    void leaveBehind(std::shared_ptr<Shift> shift);
    void giveUp(const Error &error);
    void keepBackups();
    Outcome listen(const ServerOptions &options);
    void beatAt(qint64 boot);
    void stop();

    // From the top down each uses those above it.
    const Clock &m_clock;
    SyncServer &m_face;
    ServerOptions m_options;
    const std::unique_ptr<Alarm> m_alarm; ///< for the kitchens' next beat
    std::optional<identity::Fingerprint> m_ownKey;
    QList<ListenAt> m_places;
    QUrl m_url;
    bool m_isNew = false;
    std::unique_ptr<storage::DataFolder> m_folder;
    const std::shared_ptr<Asked> m_asked = std::make_shared<Asked>();
    std::shared_ptr<CrashBook> m_book = std::make_shared<CrashBook>();
    std::unique_ptr<Outward> m_outward; ///< which the shift and the network thread call
    QObject *m_ear = nullptr;           ///< hears the shift in the face's thread; the face's child
    std::shared_ptr<Shift> m_shift;
    std::shared_ptr<Shift> m_atDoor; ///< who takes new sockets; the network thread's
    std::unique_ptr<Endpoint> m_endpoint;
    std::unique_ptr<supervision::Watch> m_taskWatch;
    std::unique_ptr<supervision::Watch> m_diskWatch;
    OwnedThread m_keeperThread;
};

/// What comes by HTTP goes to whoever takes new sockets.
void SyncServer::Core::makeOutward()
{
    const auto guests = [this](const QByteArray &token, auto then) {
        m_atDoor->post(
            [token, then = std::move(then)](Kitchens &kitchens) { kitchens.receive(token, then); });
    };
    const auto counted = [this](std::function<void(const Metrics &)> then) {
        m_atDoor->post([shift = m_atDoor.get(), then = std::move(then)](Kitchens &kitchens) {
            shift->outside([&] { then(kitchens.metrics()); });
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
        return [shift, report](const auto &what) { shift->outside([&] { report(what); }); };
    };
    reports.event = guarded(reports.event);
    reports.cooked = guarded(reports.cooked);
    return reports;
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
    m_shift = Shift::begin(
        m_clock, {[this](std::function<void()> task) { m_endpoint->post(std::move(task)); },
                  [this](qint64 boot) { beatAt(boot); }});
    m_ear = new QObject(&m_face);
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
/// a shift says which was left behind.
template<class... What>
void SyncServer::Core::passOn(Kitchens &kitchens, void (Kitchens::*said)(What...),
                              void (SyncServer::*told)(What...))
{
    connect(&kitchens, said, m_ear, [face = &m_face, told](What... what) {
        Q_EMIT(face->*told)(what...);
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
    using supervision::Patience;
    using supervision::Watch;
    const auto limits = [](qint64 longestMs) {
        return Patience::Limits{std::clamp<qint64>(longestMs / 5, 10, 1000), longestMs};
    };
    const Doings &doings = m_shift->doings();
    m_taskWatch = std::make_unique<Watch>(m_clock, doings.tasks(), limits(m_options.hangMs));
    m_diskWatch = std::make_unique<Watch>(m_clock, doings.uses(), limits(m_options.diskMs));
    // Queued: they replace the watch that tells them.
    connect(
        m_taskWatch.get(), &Watch::hung, m_alarm.get(),
        [this](const QUuid &key, qint64 sinceMs) { hung(KitchenId(key), sinceMs); },
        Qt::QueuedConnection);
    connect(
        m_diskWatch.get(), &Watch::hung, m_alarm.get(),
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
                shift->outside([&] {
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

SyncServer::SyncServer(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<KitchenId>();
    qRegisterMetaType<timers::ClockStatus>();
    qRegisterMetaType<storage::Salvaged>();
}

SyncServer::~SyncServer() = default;

void SyncServer::connectNotify(const QMetaMethod &signal)
{
    if (signal == QMetaMethod::fromSignal(&SyncServer::opsCommitted))
        *m_opsHeard = true;
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

bool SyncServer::isNew() const
{
    return m_core && m_core->isNew();
}

QList<QUrl> SyncServer::urls() const
{
    return m_core ? m_core->urls() : QList<QUrl>();
}

void SyncServer::invite(Role role, std::function<void(const Expected<Invite> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<Invite>(
        [role, url = m_core->url(), key = m_core->ownKey(), wallMs = m_clock.wallMs()](
            Kitchens &kitchens) -> Expected<Invite> { // also while the server stops
            const Expected<QString> code =
                kitchens.admissions().invite(kitchens.store().first().id, role, wallMs);
            if (!code)
                return code.error();
            return Invite{*code, url, limits::CodeLifetimeMs, key};
        },
        std::move(answer));
}

void SyncServer::measure(std::function<void(const Expected<LogSize> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<LogSize>(
        [](Kitchens &kitchens) -> Expected<LogSize> {
            const auto first = kitchens.workers().live(kitchens.store().first().id);
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

void SyncServer::kitchens(std::function<void(const Expected<QList<KitchenState>> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<QList<KitchenState>>([](Kitchens &kitchens) { return kitchens.states(); },
                                     std::move(answer));
}

void SyncServer::issueToken(const QString &name, Role role,
                            std::function<void(const Expected<QByteArray> &)> answer)
{
    Q_ASSERT(m_core);
    m_core->ask<QByteArray>([name, role](Kitchens &kitchens) { return kitchens.issue(name, role); },
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

WorkerCounts SyncServer::workers() const
{
    return m_core ? m_core->workers() : WorkerCounts();
}

bool SyncServer::isHaunted() const
{
    return std::any_of(m_left.begin(), m_left.end(),
                       [](const auto &shift) { return !shift->isOver(); });
}

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/Server.h"

#include "syncserver/house/HeldWords.h"
#include "syncserver/sessions/Hatch.h"
#include "syncserver/sessions/Session.h"
#include "syncserver/sessions/Stranger.h"
#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::simulation {

namespace {

constexpr storage::AdmissionRules Rules{300'000, 5, 256};
constexpr qint64 ReviewMs = 500;
const QDate Today(2026, 11, 21);

timers::StampedOp stampedOf(const storage::LogEntry &entry)
{
    return {*timers::opFromBytes(entry.body), entry.kt, entry.seq};
}
constexpr qint64 JumpMs = timers::KitchenClock::SlewLimitMs;

} // namespace

/// The store's thread: one task after the other, each taking the disk's time.
class Server::Store final : public syncserver::OpStore
{
public:
    using OnCommit = std::function<void(const syncserver::Committed &)>;

    /// `settle` is called after each task.
    Store(World &world, storage::KitchenStore &store, OnCommit onCommit,
          std::function<void()> settle)
        : m_world(world)
        , m_store(store)
        , m_onCommit(std::move(onCommit))
        , m_settle(std::move(settle))
        , m_alive(std::make_shared<bool>(true))
    {
    }
    ~Store() override { *m_alive = false; }

    void push(syncserver::PushedOps ops) override
    {
        m_waiting.push_back(std::move(ops));
        if (m_waiting.size() == 1)
            later([this] { m_onCommit(commit(m_store.log(), std::exchange(m_waiting, {}))); });
    }
    void ask(std::function<void(storage::KitchenStore &)> task) override
    {
        later([this, task = std::move(task)] { task(m_store); });
    }

private:
    void later(std::function<void()> what)
    {
        m_busyUntil = std::max(m_busyUntil, m_world.now()) + 1 + m_world.below(5);
        m_world.at(m_busyUntil, [this, alive = m_alive, what = std::move(what)] {
            if (!*alive)
                return;
            what();
            m_settle();
        });
    }

    World &m_world;
    storage::KitchenStore &m_store;
    OnCommit m_onCommit;
    std::function<void()> m_settle;
    std::deque<syncserver::PushedOps> m_waiting;
    qint64 m_busyUntil = 0;
    std::shared_ptr<bool> m_alive;
};

/// One process, from its start to its end. The reception of one kitchen. What its guests are told
/// goes through the hatches and the held words of the real server, whose disk takes its time.
struct Server::Run final : syncserver::Reception {
    Run(World &itsWorld, Disk &itsDisk, QString walPath, qint64 &itsTold, MachineClock &machine,
        std::unique_ptr<fakes::OneKitchen> opened, const timers::ServerClock::Past &past)
        : world(itsWorld)
        , told(itsTold)
        , disk(itsDisk)
        , wal(std::move(walPath))
        , clock(machine, past)
        , store(std::move(opened))
        , thread(
              world, store->store(),
              [this](const syncserver::Committed &done) { hub->committed(done); },
              [this] { settle(); })
    {
        const auto members = store->admissions().devices(store->kitchen().id);
        hub = std::make_unique<syncserver::Hub>(clock, thread,
                                                members ? *members : QList<storage::Member>());
    }

    std::optional<identity::Fingerprint> ownKey() const override { return std::nullopt; }
    qint64 wallMs() const override { return clock.machine().wallMs(); }
    storage::Admissions &admissions() override { return store->admissions(); }
    Expected<QString> nameOf(const KitchenId &) override { return store->kitchen().name; }
    void joined(const KitchenId &, const storage::Member &device) override { hub->join(device); }
    Expected<std::unique_ptr<syncserver::Guest>> seat(syncserver::Socket &socket,
                                                      const storage::Admission &admission,
                                                      const protocol::Hello &hello,
                                                      qint64 at) override
    {
        return std::unique_ptr<syncserver::Guest>(hub->greet(socket, admission, hello, at));
    }

    /// In the network: whoever talks at a new socket.
    std::unique_ptr<syncserver::Talker> greet(syncserver::Socket &socket)
    {
        return syncserver::Hatch::open(socket, outbox, deliver, bootMs, greetHatch);
    }
    /// After all that is done: what was said goes out once the disk has what was written.
    void settle()
    {
        outbox.flush();
        if (syncing || written() == onDisk)
            return;
        syncing = true;
        if (store->log().head() > headOnDisk && atNextSync)
            world.in(0, std::exchange(atNextSync, nullptr));
        world.in(1 + world.below(5),
                 [this, writes = written(), lives = std::weak_ptr<bool>(alive)] {
                     if (!lives.lock())
                         return;
                     syncing = false;
                     sync(writes);
                     settle();
                 });
    }
    /// As a sync does that began when so much was written.
    void sync(qint64 writes)
    {
        disk.sync(wal);
        onDisk = writes;
        headOnDisk = store->log().head();
        words.reached(writes);
    }
    qint64 written() const { return store->server().writes(); }
    void give(const std::shared_ptr<syncserver::Hatch> &hatch,
              const std::function<void(syncserver::Guest &)> &what)
    {
        if (syncserver::Guest *guest = hatch->guest())
            what(*guest);
        if (auto next = hatch->guest() ? hatch->guest()->successor() : nullptr)
            hatch->setGuest(std::move(next));
        settle();
    }

    World &world;
    qint64 &told; ///< the newest seq of which anybody may know
    Disk &disk;
    const QString wal;
    syncserver::HeldWords words;
    syncserver::Outbox outbox{[this](std::function<void()> task) {
        words.say(written(), [this, head = store->log().head(), task = std::move(task)] {
            told = std::max(told, head);
            task();
        });
    }};
    const syncserver::Hatch::Deliver deliver = [this](const auto &hatch, const auto &what) {
        give(hatch, what);
    };
    const std::function<qint64()> bootMs = [this] { return clock.machine().bootMs(); };
    const std::function<void(std::shared_ptr<syncserver::Hatch>)> greetHatch =
        [this](const auto &hatch) {
            hatch->setGuest(std::make_unique<syncserver::Stranger>(*this, *hatch));
            settle(); // it wants to be read
        };
    bool syncing = false;
    std::function<void()> atNextSync;
    qint64 onDisk = 0; ///< writes
    qint64 headOnDisk = 0;
    timers::ServerClock clock;
    timers::ClockSource source = timers::ClockSource::Nothing; ///< as last judged
    std::unique_ptr<fakes::OneKitchen> store;
    Store thread;
    std::shared_ptr<bool> alive = std::make_shared<bool>(true);
    std::unique_ptr<syncserver::Hub> hub;
};

Server::Server(World &world, Net &net, Disk &disk, qint64 horizonMs)
    : m_world(world)
    , m_net(net)
    , m_disk(disk)
    , m_folder(disk.folder(QStringLiteral("server")))
    , m_horizonMs(horizonMs)
    , m_clock(world, 0, 0)
{
    if (!world.oneIn(50))
        m_disk.makeBlank(m_folder + QStringLiteral("/kitchen.db"), storage::ServerStore::schema());
    m_disk.makeBlank(m_folder + QStringLiteral("/photos.db"), storage::BlobStore::schema());
}

Server::~Server()
{
    m_net.dropAll();
}

void Server::start()
{
    if (m_run)
        return;
    auto store = fakes::OneKitchen::open(m_folder + QStringLiteral("/kitchen.db"), Rules, Today,
                                         m_horizonMs);
    if (!store) {
        if (store.error().code != ErrorCode::DiskFull)
            m_world.fail(QStringLiteral("the server's store does not open: ") +
                         describe(store.error()));
        m_world.in(1000, [this] { start(); });
        return;
    }
    const auto past = (*store)->past();
    if (!past)
        return m_world.fail(QStringLiteral("kitchen time cannot be read: ") +
                            describe(past.error()));
    const QString wal = m_folder + QStringLiteral("/kitchen.db-wal");
    m_disk.sync(wal); // as WalSync::open: it may be what a killed process left
    if (const Outcome early = (*store)->server().commitEarly(); !early)
        return m_world.fail(QStringLiteral("the server does not begin: ") +
                            describe(early.error()));
    if ((*store)->log().head() < m_told)
        m_world.fail(QStringLiteral("entry %1 was told before the disk had it").arg(m_told));
    m_run = std::make_unique<Run>(m_world, m_disk, wal, m_told, m_clock, *std::move(store), *past);
    QObject::connect(m_run->hub.get(), &syncserver::Hub::clockJudged, m_run->hub.get(),
                     [this] { judgeClock(); });
    m_net.listen([this](syncserver::Socket &socket) { return m_run->greet(socket); });
    m_world.tell(QStringLiteral("server"), QStringLiteral("up"));
    reviewClock();
}

/// As SyncServer's alarm does.
void Server::reviewClock()
{
    m_run->hub->reviewClock();
    m_run->settle();
    judgeClock();
    m_world.in(ReviewMs, [this, alive = std::weak_ptr<bool>(m_run->alive)] {
        if (alive.lock())
            reviewClock();
    });
}

/// Follows what kitchen time does, in true time.
void Server::judgeClock()
{
    using timers::ClockSource;
    const timers::ClockStatus &status = m_run->clock.status();
    const ClockSource before = std::exchange(m_run->source, status.source);
    if (status.source == ClockSource::Nothing)
        return;
    const qint64 error = m_run->clock.now() - m_world.now();
    const bool jumped = m_error && std::abs(error - *m_error) > JumpMs;
    m_error = error;
    const bool guessed = before == ClockSource::Nothing && status.source != ClockSource::Kept &&
                         status.source != ClockSource::Devices;
    const bool reconsidered = status.source == ClockSource::Devices && before != status.source &&
                              before != ClockSource::Nothing;
    if (status.source != before || jumped)
        m_world.tell(QStringLiteral("server"), QStringLiteral("clock from %1, %2 s off")
                                                   .arg(int(status.source))
                                                   .arg(double(error) / 1000));
    if (jumped && (reconsidered || (guessed && !m_witnesses())))
        m_world.noteBreak();
    else if (jumped)
        m_world.noteJump();
}

void Server::compact()
{
    if (!m_run || !m_run->clock.isSettled())
        return;
    m_run->thread.ask([this](storage::KitchenStore &store) {
        const QList<storage::LogEntry> before = entries();
        for (const storage::LogEntry &entry : before)
            m_remembered.insert(entry.chain, entry);
        const auto more = store.compaction().step(m_run->clock.now());
        if (!more && more.error().code != ErrorCode::DiskFull)
            m_world.fail(QStringLiteral("compaction: ") + describe(more.error()));
        if (m_world.isTracing())
            m_world.tell(QStringLiteral("server"), QStringLiteral("folds %1 ops, base %2")
                                                       .arg(before.size() - entries().size())
                                                       .arg(store.log().base()));
        if (more && *more)
            compact();
    });
}

void Server::kill()
{
    if (!m_run)
        return;
    m_world.tell(QStringLiteral("server"), QStringLiteral("killed"));
    m_net.dropAll();
    const Disk::Files left = m_disk.image(m_folder);
    m_run.reset(); // closing tidies the files, which a killed process can't
    m_disk.restore(m_folder, left);
}

void Server::atNextSync(std::function<void()> what)
{
    if (m_run)
        m_run->atNextSync = std::move(what);
}

void Server::cutPower()
{
    kill();
    m_world.tell(QStringLiteral("server"), QStringLiteral("without power"));
    m_disk.cutPower(m_folder, m_world.chance());
    m_clock.reboot();
    ++m_boots;
}

void Server::restoreFrom(const Disk::Files &backup)
{
    kill();
    m_world.tell(QStringLiteral("server"), QStringLiteral("restored from a backup"));
    m_disk.restore(m_folder, backup);
    m_told = 0; // what is younger than the copy is lost, as everybody sees
}

std::optional<storage::Admission> Server::admit(const storage::Member &device)
{
    const qint64 now = m_clock.wallMs();
    const auto code =
        m_run->store->admissions().invite(m_run->store->kitchen().id, device.role, now);
    if (!code)
        return std::nullopt;
    const auto admission = m_run->store->redeem(*code, device, now);
    if (!admission)
        return std::nullopt;
    m_run->hub->join(device);
    m_run->sync(m_run->written()); // what the device holds then is on the disk
    m_run->settle();
    return *admission;
}

QString Server::kitchenName() const
{
    return m_run->store->kitchen().name;
}

KitchenId Server::kitchen() const
{
    return m_run->store->kitchen().id;
}

QList<storage::LogEntry> Server::entries()
{
    QList<storage::LogEntry> entries;
    while (true) {
        const auto page =
            m_run->store->log().page(entries.isEmpty() ? 0 : entries.constLast().seq, 256, 1 << 20);
        if (!page || page->entries.isEmpty())
            return entries;
        entries += page->entries;
    }
}

QList<timers::StampedOp> Server::ops()
{
    QList<timers::StampedOp> ops;
    for (const storage::LogEntry &entry : entries())
        ops += stampedOf(entry);
    std::sort(ops.begin(), ops.end(), timers::before);
    return ops;
}

QList<timers::StampedOp> Server::folded()
{
    QList<timers::StampedOp> folded;
    QSet<OpId> taken;
    for (const storage::LogEntry &entry : std::as_const(m_remembered)) {
        const timers::StampedOp stamped = stampedOf(entry);
        const auto known = m_run->store->log().isHistory(stamped.op.id);
        if (!known || !*known || taken.contains(stamped.op.id))
            continue;
        taken.insert(stamped.op.id);
        folded += stamped;
    }
    return folded;
}

} // namespace simmer::simulation

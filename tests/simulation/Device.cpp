// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/Device.h"

#include "fakes/Photos.h"
#include "recipes/RecipeCodec.h"
#include "storage/device/StoredRecipeBook.h"
#include "timers/Digest.h"

#include <QCoreApplication>

namespace simmer::simulation {

namespace {

constexpr qint64 SecondMs = 1000;
constexpr qint64 LargestPhoto = 70'000; // bytes: up to three pieces
// A correction of kitchen time beyond what is slewed may move all numbers at once.
constexpr qint64 AwayMs = 60'000; // no device is longer without the server in peace or trouble
constexpr qint64 JumpMs = timers::KitchenClock::SlewLimitMs;

} // namespace

/// One process, from its start to its end, and what its screen shows.
struct Device::Run {
    explicit Run(Device &owner);
    ~Run();
    Q_DISABLE_COPY_MOVE(Run)

    void ticked(qint64 now);
    void rang(const timers::Timer &timer);
    void photoKept(const BlobHash &photo);
    void checkTrueLength(const timers::Timer &timer);
    void noteStamps(const QList<timers::StampedOp> &ops);

    Device &device;
    std::unique_ptr<storage::DeviceLog> log;
    std::unique_ptr<storage::StoredRecipeBook> book;
    std::unique_ptr<timerserver::TimerWorker> worker;
    std::unique_ptr<timerserver::CookingSessions> cooking;
    std::unique_ptr<syncclient::Link> link;
    syncclient::LinkStatus status;
    std::optional<DeviceId> id;
    QHash<TimerId, timers::Timer> timers;
    QSet<TimerId> changed;          ///< since the last tick
    QHash<TimerId, qint64> numbers; ///< seconds left, as shown at the last tick
    qint64 offset = 0;
    bool jumped = false;
    bool met = false;    ///< the server's clock
    qint64 metSince = 0; ///< true time
    qint64 lastTick = 0;
    QSet<OpId> heard; ///< ring keys
    QSet<OpId> heardAhead;
    QHash<OpId, qint64> stamps;        ///< kitchen times of ops, as known here
    QHash<TimerId, qint64> knownSince; ///< when the screen came to show that end
    qint64 awakeSince = 0;
};

Device::Run::Run(Device &owner)
    : device(owner)
    , log(std::make_unique<storage::DeviceLog>(owner.m_clock, owner.m_folder, owner.m_name))
    , book(std::make_unique<storage::StoredRecipeBook>(*log))
    , worker(std::make_unique<timerserver::TimerWorker>(owner.m_clock, *log))
    , cooking(std::make_unique<timerserver::CookingSessions>(owner.m_clock, *log))
    , link(std::make_unique<syncclient::Link>(
          owner.m_clock, *log, std::make_unique<SimulatedWire>(owner.m_net, owner.m_name)))
    , awakeSince(owner.m_world.now())
{
    using timerserver::TimerWorker;
    World &world = owner.m_world;
    QObject::connect(log.get(), &storage::DeviceLog::openFailed, worker.get(),
                     [this, &world](const Error &error) {
                         if (error.code != ErrorCode::DiskFull)
                             world.fail(device.m_name + QStringLiteral(" does not open: ") +
                                        describe(error));
                         world.in(1000, [owner = &device] {
                             owner->stop();
                             owner->start();
                         });
                     });
    QObject::connect(log.get(), &storage::DeviceLog::loaded, worker.get(),
                     [this](const storage::LoadedLog &loaded) {
                         id = loaded.device;
                         met = loaded.met;
                         noteStamps(loaded.ops);
                     });
    QObject::connect(log.get(), &storage::DeviceLog::appended, worker.get(),
                     [this](const timers::StampedOp &stamped) { noteStamps({stamped}); });
    QObject::connect(
        log.get(), &storage::DeviceLog::merged, worker.get(),
        [this](const QList<timers::StampedOp> &ops, const timers::Cursor &) { noteStamps(ops); });
    QObject::connect(log.get(), &storage::DeviceLog::offsetKept, worker.get(),
                     [this](qint64, const QList<timers::StampedOp> &moved) { noteStamps(moved); });
    QObject::connect(worker.get(), &TimerWorker::loaded, worker.get(),
                     [this](const QList<timers::Timer> &all, qint64 offsetMs) {
                         for (const timers::Timer &timer : all)
                             timers.insert(timer.id, timer);
                         offset = offsetMs;
                     });
    QObject::connect(worker.get(), &TimerWorker::timerChanged, worker.get(),
                     [this, &world](const timers::Timer &timer) {
                         const timers::Timer before = timers.value(timer.id);
                         if (before.phase != timer.phase || before.endAt != timer.endAt)
                             knownSince.insert(timer.id, world.now());
                         timers.insert(timer.id, timer);
                         changed.insert(timer.id);
                         if (world.isTracing())
                             world.tell(device.m_name,
                                        QStringLiteral("%1 phase %2 end %3")
                                            .arg(timer.id.toHex().left(6))
                                            .arg(int(timer.phase))
                                            .arg(double(timer.endAt - world.now()) / 1000));
                     });
    QObject::connect(worker.get(), &TimerWorker::timerGone, worker.get(),
                     [this](const TimerId &timer) {
                         timers.remove(timer);
                         numbers.remove(timer);
                     });
    QObject::connect(worker.get(), &TimerWorker::ticked, worker.get(),
                     [this](qint64 now) { ticked(now); });
    QObject::connect(worker.get(), &TimerWorker::timerRang, worker.get(),
                     [this](const timers::Timer &timer) { rang(timer); });
    QObject::connect(worker.get(), &TimerWorker::steered, worker.get(), [this](qint64 offsetMs) {
        jumped = jumped || std::abs(offsetMs - offset) > JumpMs;
        if (offset - offsetMs > JumpMs)
            heardAhead = heard; // by a clock that was ahead: may come again at its time
        offset = offsetMs;
        if (!std::exchange(met, true))
            metSince = device.m_world.now();
    });
    QObject::connect(worker.get(), &TimerWorker::pressKept, worker.get(), [this](const OpId &op) {
        device.m_confirmed.insert(op);
        device.m_world.tell(device.m_name, QStringLiteral("kept %1").arg(op.toHex().left(6)));
    });
    QObject::connect(log.get(), &storage::DeviceLog::appended, cooking.get(),
                     [this](const timers::StampedOp &stamped) { // the faces have shown it by now
                         if (timers::recipeOf(stamped.op) || timers::cookedIn(stamped.op))
                             device.m_confirmed.insert(stamped.op.id);
                     });
    QObject::connect(link.get(), &syncclient::Link::statusChanged, worker.get(),
                     [this](const syncclient::LinkStatus &now) {
                         if (now.state != status.state)
                             device.m_world.tell(device.m_name,
                                                 QStringLiteral("link %1, %2 wait; %3")
                                                     .arg(int(now.state))
                                                     .arg(now.waiting)
                                                     .arg(now.trouble));
                         status = now;
                         if (now.state == syncclient::LinkState::Level)
                             worker->settle();
                     });
    QObject::connect(&log->blobs(), &storage::BlobShelf::kept, worker.get(),
                     [this](const BlobHash &photo) { photoKept(photo); });
    QObject::connect(
        &log->blobs(), &storage::BlobShelf::arrived, worker.get(), [this](const BlobHash &photo) {
            device.m_world.tell(device.m_name,
                                QStringLiteral("has photo %1").arg(photo.toHex().left(6)));
        });
    log->open();
}

/// Its bytes are on the disk: now a recipe names it.
void Device::Run::photoKept(const BlobHash &photo)
{
    device.m_world.tell(device.m_name, QStringLiteral("keeps photo %1").arg(photo.toHex().left(6)));
    device.m_photos.insert(photo);
    recipes::Recipe recipe;
    recipe.id = RecipeId(QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12));
    recipe.photos = book->recipes().value(recipe.id).photos;
    recipe.title = QStringLiteral("Dal");
    recipe.photos += photo;
    if (recipe.photos.size() <= recipes::MostPhotos)
        book->save(recipe);
}

Device::Run::~Run()
{
    link.reset();
    cooking.reset();
    book.reset();
    worker.reset();
    log.reset();
}

/// No number rises by itself: only a press, or a first meeting with the server's clock, raises it.
void Device::Run::ticked(qint64 now)
{
    if (now % SecondMs != 0 || now == lastTick)
        device.m_world.fail(device.m_name + QStringLiteral(" ticked beside the second"));
    lastTick = now;
    for (const timers::Timer &timer : std::as_const(timers)) {
        if (timer.phase != timers::Phase::Running)
            continue;
        const qint64 left = (timer.endAt - now + 999) / SecondMs;
        const auto before = numbers.constFind(timer.id);
        if (before != numbers.cend() && left > *before && !changed.contains(timer.id) && !jumped)
            device.m_world.fail(QStringLiteral("%1: a number rose from %2 to %3 by itself")
                                    .arg(device.m_name)
                                    .arg(*before)
                                    .arg(left));
        numbers.insert(timer.id, left);
    }
    changed.clear();
    jumped = false;
}

void Device::Run::rang(const timers::Timer &timer)
{
    device.m_world.tell(device.m_name, QStringLiteral("%1 rings").arg(timer.id.toHex().left(6)));
    if (heard.contains(timer.ringKey) && !heardAhead.remove(timer.ringKey))
        device.m_world.fail(device.m_name + QStringLiteral(": one ring sounded twice"));
    heard.insert(timer.ringKey);
    checkTrueLength(timer);
}

void Device::Run::noteStamps(const QList<timers::StampedOp> &ops)
{
    for (const timers::StampedOp &stamped : ops)
        stamps.insert(stamped.op.id, stamped.kt);
}

/// Whatever the clocks did, a countdown has its true length, from the press that set its end: no
/// ring is early, and none is late on a device that was awake and knew.
void Device::Run::checkTrueLength(const timers::Timer &timer)
{
    const World &world = device.m_world;
    const qint64 pressed = world.pressedAt(timer.ringKey);
    if (!met || pressed == 0 || !stamps.contains(timer.ringKey))
        return;
    if (world.brokenAt() > pressed - AwayMs)
        return; // pressed by a time that ended, perhaps by a device that did not know yet
    if (world.jumpedAt() > pressed && knownSince.value(timer.id) > world.jumpedAt())
        return; // nobody could know that it ran when kitchen time jumped
    const qint64 due = pressed + timer.endAt - stamps.value(timer.ringKey);
    const qint64 late = world.now() - std::max({due, knownSince.value(timer.id), awakeSince,
                                                metSince, device.m_wokeAt});
    const QString what = QStringLiteral("%1: %2 rang %3 s after its true end")
                             .arg(device.m_name, timer.id.toHex().left(6))
                             .arg(double(world.now() - due) / 1000);
    if (world.now() < due - 2 * JumpMs || late > timerserver::TimerWorker::PatienceMs + 2 * JumpMs)
        device.m_world.fail(what);
}

Device::Device(World &world, Net &net, Disk &disk, const QString &name, qint64 wallErrorMs,
               int driftPpm)
    : m_world(world)
    , m_net(net)
    , m_disk(disk)
    , m_name(name)
    , m_folder(disk.folder(name))
    , m_clock(world, wallErrorMs, driftPpm)
{
    if (!world.oneIn(50))
        m_disk.makeBlank(m_folder + QStringLiteral("/device.db"), storage::DeviceStore::schema());
}

Device::~Device() = default;

void Device::start()
{
    if (m_run)
        return;
    m_world.tell(m_name, QStringLiteral("starts"));
    m_run = std::make_unique<Run>(*this);
}

void Device::stop()
{
    m_run.reset();
}

void Device::kill()
{
    if (!m_run)
        return;
    m_world.tell(m_name, QStringLiteral("killed"));
    const Disk::Files left = m_disk.image(m_folder);
    m_run.reset();
    m_disk.restore(m_folder, left);
}

void Device::cutPower()
{
    kill();
    m_world.tell(m_name, QStringLiteral("without power"));
    m_disk.cutPower(m_folder, m_world.chance());
    m_clock.reboot();
}

void Device::sleepFor(qint64 ms)
{
    m_world.tell(m_name, QStringLiteral("sleeps %1 s").arg(ms / 1000));
    m_clock.sleepUntil(std::max(m_clock.awakeAt(), m_world.now() + ms));
    m_net.cut(m_name, true);
    m_wokeAt = m_clock.awakeAt();
    m_world.in(ms, [this] { m_net.cut(m_name, false); });
}

void Device::setDiskFull(bool full)
{
    m_world.tell(m_name, full ? QStringLiteral("disk full") : QStringLiteral("disk has room"));
    m_disk.setFull(m_folder, full);
}

void Device::restoreFrom(const Disk::Files &backup)
{
    kill();
    m_world.tell(m_name, QStringLiteral("restored from a backup"));
    m_disk.restore(m_folder, backup);
    m_confirmed.clear(); // what came after the backup may be lost
    m_photos.clear();
}

void Device::join(Server &server)
{
    if (const auto admission = server.admit({*m_run->id, m_name}))
        m_run->log->join({QUrl(QStringLiteral("ws://server/sync")), admission->kitchen,
                          server.kitchenName(), admission->token});
}

void Device::pairIfNeeded(Server &server)
{
    using syncclient::LinkState;
    if (!m_run || !m_run->id || !server.isUp())
        return;
    const LinkState state = m_run->status.state;
    if (state == LinkState::Alone)
        join(server);
    if (state != LinkState::Copied && state != LinkState::Removed)
        return;
    m_world.tell(m_name, QStringLiteral("becomes a device of its own"));
    QObject::connect(m_run->log.get(), &storage::DeviceLog::renewed, m_run->worker.get(),
                     [this, &server](const DeviceId &fresh) {
                         m_run->id = fresh;
                         join(server);
                     });
    m_run->log->renew();
}

void Device::wish(const TimerId &timer, const timers::Action &action)
{
    const OpId op = OpId::random();
    m_world.tell(m_name, QStringLiteral("presses %1 on %2 (op %3)")
                             .arg(action.index())
                             .arg(timer.toHex().left(6), op.toHex().left(6)));
    if (m_run->met)
        m_world.notePress(op);
    m_run->worker->wish({op, timer, action});
}

void Device::pressSomething()
{
    if (!m_run || m_clock.awakeAt() > m_world.now())
        return;
    const RecipeId recipe(QUuid(uint(1 + m_world.below(2)), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    switch (m_world.below(6)) {
    case 0:
        return pressRecipe(recipe);
    case 1:
        return pressCooking(recipe);
    default:
        return pressTimer();
    }
}

void Device::pressRecipe(const RecipeId &id)
{
    const auto was = m_run->book->recipes().constFind(id);
    m_world.tell(m_name, QStringLiteral("edits recipe %1").arg(id.toHex().left(6)));
    recipes::Recipe now;
    now.id = id;
    now.title = QStringLiteral("Soup");
    now.prepMinutes = 5;
    if (was == m_run->book->recipes().cend())
        return m_run->book->save(now);
    now = *was;
    const QString word = QString::number(m_world.below(1000));
    switch (m_world.below(7)) {
    case 0:
        return m_run->book->remove(id);
    case 1:
        now.title = word;
        break;
    case 2:
        now.summary = m_world.oneIn(3) ? QString() : word;
        break;
    case 3:
        now.ingredients += word;
        break;
    case 4:
        now.steps += recipes::Step{word, {}, {}};
        now.prepMinutes.reset();
        break;
    default:
        now.tags = {word};
    }
    if (m_world.oneIn(2))
        m_run->book->save(now);
    else // the editor was open for a while
        m_world.in(m_world.below(3000), [this, was = *was, now] {
            if (m_run)
                m_run->book->edit(was, now);
        });
}

void Device::pressCooking(const RecipeId &recipe)
{
    m_world.tell(m_name, QStringLiteral("cooks %1").arg(recipe.toHex().left(6)));
    timerserver::CookingSessions &cooking = *m_run->cooking;
    switch (m_world.below(8)) {
    case 0:
        return cooking.begin(recipe);
    case 1:
        return cooking.end(recipe);
    case 2:
        return cooking.setStep(recipe, int(m_world.below(5)));
    case 3:
        return cooking.setScale(recipe, {int(1 + m_world.below(5)), 1});
    default:
        return cooking.tick(recipe,
                            {timers::Box::Kind(int(m_world.below(2))), int(m_world.below(4))},
                            !m_world.oneIn(3));
    }
}

void Device::pressTimer()
{
    const auto below = [this](qint64 bound) { return m_world.below(bound); };
    if (below(50) == 0) {
        m_run->log->blobs().keep(fakes::photo(100 + below(LargestPhoto), quint32(below(1 << 30))));
        return;
    }
    QList<TimerId> known = m_run->timers.keys();
    std::sort(known.begin(), known.end());
    if (known.isEmpty() || below(4) == 0) {
        timers::Start start{QStringLiteral("Eggs"), 0, 1000 * (5 + below(90)), {}};
        start.checkMs = below(2) == 0 ? start.totalMs : std::max<qint64>(1000, start.totalMs / 2);
        if (below(6) == 0)
            start.cues = {{timers::Cue::Kind::Every, 10'000, QStringLiteral("Stir")}};
        if (below(6) == 0)
            start.then = {{QStringLiteral("Rest"), 8000, 8000}};
        const timers::Place place{RecipeId(QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), 0,
                                  int(below(4))};
        start.place = place;
        wish(timers::timerAt(place), start);
        return;
    }
    const TimerId timer = known.at(below(known.size()));
    const QList<timers::Action> actions{timers::Pause{},
                                        timers::Resume{},
                                        timers::Add{1000 * 60},
                                        timers::Add{-1000 * below(60) - 1},
                                        timers::Cancel{},
                                        timers::Acknowledge{},
                                        timers::Acknowledge{},
                                        timers::Snooze{{}, 7000},
                                        timers::Rename{QStringLiteral("Eggs, soft")}};
    wish(timer, actions.at(below(actions.size())));
}

DeviceId Device::id() const
{
    return m_run ? m_run->id.value_or(DeviceId()) : DeviceId();
}

bool Device::isWitness() const
{
    return m_run && m_run->met && m_run->status.state != syncclient::LinkState::Removed &&
           m_run->status.state != syncclient::LinkState::Copied &&
           m_run->status.state != syncclient::LinkState::Alone && !m_net.isCut(m_name) &&
           m_clock.awakeAt() <= m_world.now();
}

bool Device::isLevel() const
{
    return m_run && m_run->status.state == syncclient::LinkState::Level;
}

QString Device::link() const
{
    return m_run ? QStringLiteral("state %1, %2 wait; %3")
                       .arg(int(m_run->status.state))
                       .arg(m_run->status.waiting)
                       .arg(m_run->status.trouble)
                 : QStringLiteral("down");
}

const QHash<TimerId, timers::Timer> &Device::timers() const
{
    static const QHash<TimerId, timers::Timer> none;
    return m_run ? m_run->timers : none;
}

const QHash<RecipeId, recipes::Recipe> &Device::recipes() const
{
    return m_run->book->recipes();
}

const QHash<RecipeId, timers::Cooking> &Device::cookings() const
{
    return m_run->cooking->all();
}

QByteArray Device::digest(const QSet<TimerId> &without) const
{
    timers::TimerBoard board;
    QObject::connect(
        m_run->log.get(), &storage::DeviceLog::allRead, m_run->worker.get(),
        [&board](const QList<timers::StampedOp> &ops) { board.put(ops); },
        Qt::SingleShotConnection);
    m_run->log->readAll();
    QCoreApplication::sendPostedEvents();
    QList<timers::Timer> all = board.timers();
    all.removeIf([&](const timers::Timer &timer) { return without.contains(timer.id); });
    return timers::digest(all, m_run->book->canonical(), m_run->cooking->canonical());
}

QSet<OpId> Device::onDisk(QSet<OpId> &listed)
{
    m_run.reset();
    QSet<OpId> ids;
    const auto store = storage::DeviceStore::open(m_folder);
    if (!store) {
        m_world.fail(m_name + QStringLiteral(" does not open at the end: ") +
                     describe(store.error()));
        return ids;
    }
    const auto refusals = (*store)->refused();
    for (const auto &ops : {(*store)->all(), (*store)->apart()}) {
        if (!ops || !refusals) {
            m_world.fail(m_name + QStringLiteral(" cannot be read at the end"));
            return ids;
        }
        for (const timers::StampedOp &stamped : *ops)
            ids.insert(stamped.op.id);
    }
    for (const storage::RefusedOp &refusal : *refusals)
        listed.insert(refusal.op.id);
    return ids;
}

QSet<BlobHash> Device::namedPhotos() const
{
    QSet<BlobHash> named;
    if (m_run)
        for (const recipes::Recipe &recipe : m_run->book->recipes())
            named.unite(QSet<BlobHash>(recipe.photos.cbegin(), recipe.photos.cend()));
    return named;
}

QSet<BlobHash> Device::photosOnDisk()
{
    m_run.reset();
    QSet<BlobHash> photos;
    const auto store = storage::BlobStore::open(m_folder);
    const auto errands =
        store ? (*store)->errands(std::numeric_limits<qint64>::max(), m_clock.wallMs())
              : Expected<storage::BlobErrands>(store.error());
    if (!errands) {
        m_world.fail(m_name + QStringLiteral(": the photos do not open at the end: ") +
                     describe(errands.error()));
        return photos;
    }
    for (const storage::BlobOffer &whole : errands->offers) {
        const auto bytes = (*store)->bytes(whole.hash);
        if (!bytes || BlobHash::of(*bytes) != whole.hash)
            m_world.fail(m_name + QStringLiteral(": a photo is not what its name says"));
        photos.insert(whole.hash);
    }
    return photos;
}

qint64 Device::kitchenNow() const
{
    return m_run ? m_clock.bootMs() + m_run->offset : 0;
}

void Device::checkRings()
{
    if (!m_run)
        return;
    const qint64 now = kitchenNow();
    for (const timers::Timer &timer : std::as_const(m_run->timers))
        if (timers::stateAt(timer, now - 5000) == timers::State::Ringing &&
            !m_run->heard.contains(timer.ringKey))
            m_world.fail(QStringLiteral("%1: %2 is over and nobody heard it")
                             .arg(m_name, timer.id.toHex().left(6)));
}

} // namespace simmer::simulation

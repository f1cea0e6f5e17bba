// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/Schedule.h"

#include "recipes/RecipeCodec.h"
#include "simulation/Device.h"
#include "timers/Fold.h"
#include "unit/storage/NaiveRecipe.h"
#include "unit/timers/NaiveCooking.h"
#include "unit/timers/NaiveFold.h"

#include <algorithm>

namespace simmer::simulation {

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;
constexpr qint64 Year = 365 * 24 * Hour;
constexpr qint64 PeaceMs = 10 * Second; // within which all must be equal again

QString inWords(const timers::Timer &timer)
{
    return QStringLiteral("“%1” phase %2 start %3 changed %4 total %5 end %6 left %7 ring %8")
        .arg(timer.name)
        .arg(int(timer.phase))
        .arg(timer.startedAt)
        .arg(timer.changedAt)
        .arg(timer.totalMs)
        .arg(timer.endAt)
        .arg(timer.leftMs)
        .arg(timer.ringKey.toHex().left(6));
}

/// The timers that only the kitchen's history knows: screens that saw them may still show them.
QSet<TimerId> wentOf(const QList<timers::StampedOp> &log, const QList<timers::StampedOp> &folded)
{
    QSet<TimerId> went;
    for (const timers::StampedOp &stamped : folded)
        went.insert(TimerId(stamped.op.subject));
    for (const timers::StampedOp &stamped : log)
        went.remove(TimerId(stamped.op.subject));
    return went;
}

QHash<TimerId, timers::Timer> without(QHash<TimerId, timers::Timer> timers,
                                      const QSet<TimerId> &went)
{
    for (const TimerId &id : went)
        timers.remove(id);
    return timers;
}

/// The first timer in which two screens differ.
QString difference(const QHash<TimerId, timers::Timer> &one,
                   const QHash<TimerId, timers::Timer> &other)
{
    for (const timers::Timer &timer : one)
        if (!other.contains(timer.id))
            return QStringLiteral("it lacks ") + timer.id.toHex().left(6) + inWords(timer);
        else if (inWords(other.value(timer.id)) != inWords(timer))
            return timer.id.toHex().left(6) + QLatin1Char(' ') + inWords(other.value(timer.id)) +
                   QStringLiteral(" not ") + inWords(timer);
    return one.size() == other.size() ? QString() : QStringLiteral("it has more");
}

/// One schedule: who is there, what happens to them, and what must be true at the end.
class Evening
{
public:
    Evening(Disk &disk, quint64 seed, bool trace);
    Result run();

private:
    void arrive();
    void press();
    void trouble();
    void troubleDevice(Device &device);
    void troubleServer();
    void blackOut();
    void startServerSoon();
    void heal();
    bool isTurning() const;
    void check();
    void compactOften();
    void checkScreens(const QSet<TimerId> &went);
    void checkTimers(const Device &device, const QList<timers::StampedOp> &ops,
                     const QSet<TimerId> &went);
    void checkRecipes(const QList<timers::StampedOp> &log);
    void checkOps(const QSet<OpId> &log);
    void checkPhotos();
    QHash<TimerId, timers::Timer> comparable(const Device &device) const;
    qint64 mostlyShort(qint64 most);
    qint64 wallError();
    void setServerClock();
    bool hasWitness() const;
    Device &anyDevice() { return *m_devices[size_t(m_world.below(qint64(m_devices.size())))]; }

    Disk &m_disk;
    World m_world;
    Net m_net;
    std::unique_ptr<Server> m_server;
    std::vector<std::unique_ptr<Device>> m_devices;
    std::optional<Disk::Files> m_serverBackup;
    qint64 m_serverBackupAt = 0;
    qint64 m_horizonMs = 0;
    Device *m_backedUp = nullptr;
    Disk::Files m_deviceBackup;
    bool m_copied = false;
    bool m_liar = false;
    qint64 m_until = 0;
    Result m_result;
};

Evening::Evening(Disk &disk, quint64 seed, bool trace)
    : m_disk(disk)
    , m_world(seed, trace)
    , m_net(m_world)
{
    m_disk.clear();
}

/// Half are below an eighth of `most`: faults show with few presses, and time buys many evenings.
qint64 Evening::mostlyShort(qint64 most)
{
    return m_world.below(m_world.below(m_world.below(most) + 1) + 1);
}

/// Most clocks are right; some are hours off, some are years off.
qint64 Evening::wallError()
{
    switch (m_world.below(6)) {
    case 0:
        return m_world.below(6 * Hour) - 3 * Hour;
    case 1:
        return m_world.below(20 * Year) - 10 * Year;
    default:
        return m_world.below(400) - 200;
    }
}

/// Right by a time server, or whatever a machine without a clock battery, or a person, makes of it.
/// A time server may find it later.
void Evening::setServerClock()
{
    const qint64 error = wallError();
    const bool right = std::abs(error) <= 200;
    m_server->clock().setWallError(error, right && !m_world.oneIn(4));
    m_world.tell(QStringLiteral("server"),
                 QStringLiteral("wall clock is %1 s off").arg(double(error) / 1000));
    if (!right && m_world.oneIn(2))
        m_world.in(m_world.below(60 * Second), [this] {
            if (m_world.now() > m_until) // trouble too: none once the evening is over
                return;
            m_world.tell(QStringLiteral("server"), QStringLiteral("meets a time server"));
            m_server->clock().setWallError(m_world.below(100) - 50, true);
        });
}

/// A copied device and its original have one vote, and either may have used it.
bool Evening::hasWitness() const
{
    return std::any_of(m_devices.begin(), m_devices.end(), [this](const auto &device) {
        const auto same = std::count_if(m_devices.begin(), m_devices.end(), [&](const auto &other) {
            return other->id() == device->id();
        });
        return device->isWitness() && same == 1;
    });
}

void Evening::arrive()
{
    m_net.setDelay(m_world.below(40), m_world.below(20));
    m_liar = m_world.oneIn(4);
    if (m_liar)
        m_net.setLies(20 + m_world.below(200));
    m_horizonMs = 15 * Second + m_world.below(25 * Second); // stands for thirty days
    m_server = std::make_unique<Server>(m_world, m_net, m_disk, m_horizonMs);
    m_server->setWitnesses([this] { return !m_liar && hasWitness(); }); // a lie may eat its word
    setServerClock();
    m_server->start();
    compactOften();
    const qint64 count = 2 + m_world.below(3);
    for (qint64 i = 0; i < count; ++i) {
        m_devices.push_back(std::make_unique<Device>(m_world, m_net, m_disk,
                                                     QStringLiteral("device%1").arg(i), wallError(),
                                                     int(m_world.below(200)) - 100));
        Device &device = *m_devices.back();
        device.start();
        // some cook alone for a while before they share the kitchen
        m_world.in(m_world.oneIn(3) ? m_world.below(20 * Second) : 50,
                   [this, &device] { device.pairIfNeeded(*m_server); });
    }
}

void Evening::compactOften()
{
    m_server->compact();
    m_world.in(2 * Second + m_world.below(18 * Second), [this] { compactOften(); });
}

void Evening::press()
{
    if (m_world.now() > m_until)
        return;
    ++m_result.presses;
    anyDevice().pressSomething();
    m_world.in(m_world.below(4 * Second), [this] { press(); });
}

void Evening::trouble()
{
    if (m_world.now() > m_until)
        return;
    ++m_result.faults;
    if (m_world.oneIn(3))
        troubleServer();
    else
        troubleDevice(anyDevice());
    m_world.in(2 * Second + m_world.below(15 * Second), [this] { trouble(); });
}

void Evening::troubleDevice(Device &device)
{
    const auto later = [this, &device](auto what) {
        m_world.in(m_world.below(8 * Second), [&device, what] { what(device); });
    };
    const auto start = [](Device &again) { again.start(); };
    switch (m_world.below(9)) {
    case 0:
        device.kill();
        return later(start);
    case 1:
        device.cutPower();
        return later(start);
    case 2:
    case 3:
        m_world.tell(device.name(), QStringLiteral("cut off"));
        m_net.cut(device.name(), true);
        return later([this](Device &back) { m_net.cut(back.name(), false); });
    case 4:
        m_world.tell(device.name(), QStringLiteral("wall clock set"));
        return device.clock().setWallError(wallError());
    case 5:
        return device.sleepFor(m_world.below(30 * Second));
    case 6:
        device.setDiskFull(true);
        return later([](Device &back) { back.setDiskFull(false); });
    case 7:
        if (!m_backedUp) {
            m_backedUp = &device;
            m_deviceBackup = device.backup();
            return;
        }
        m_backedUp->restoreFrom(m_deviceBackup);
        m_world.in(m_world.below(3 * Second), [back = m_backedUp] { back->start(); });
        m_backedUp = nullptr;
        return;
    default:
        if (m_copied || !device.isLevel())
            return;
        // somebody copies the folder to another computer and starts it there
        m_copied = true;
        m_devices.push_back(std::make_unique<Device>(m_world, m_net, m_disk, QStringLiteral("copy"),
                                                     wallError(), 0));
        m_devices.back()->restoreFrom(device.backup());
        m_devices.back()->start();
    }
}

void Evening::troubleServer()
{
    switch (m_world.below(8)) {
    case 6:
        return blackOut();
    case 0:
        m_server->kill();
        break;
    case 1:
        m_server->cutPower();
        setServerClock();
        break;
    case 2:
        return m_server->atNextSync([this] {
            m_server->cutPower();
            setServerClock();
            startServerSoon();
        });
    case 3:
        return setServerClock();
    case 4:
        // no backup is kept as long as the horizon (Compaction::HorizonMs)
        if (!m_serverBackup || m_world.now() - m_serverBackupAt >= m_horizonMs) {
            m_serverBackup = m_server->backup();
            m_serverBackupAt = m_world.now();
            return;
        }
        m_server->restoreFrom(*m_serverBackup);
        m_serverBackup.reset();
        break;
    default:
        m_world.tell(QStringLiteral("server"), QStringLiteral("disk full for a while"));
        m_server->setDiskFull(true);
        m_world.in(m_world.below(5 * Second), [this] { m_server->setDiskFull(false); });
        return;
    }
    startServerSoon();
}

void Evening::startServerSoon()
{
    m_world.in(m_world.below(6 * Second), [this] { m_server->start(); });
}

/// The house is without power: only what has a battery knows how time went on.
void Evening::blackOut()
{
    m_server->cutPower();
    setServerClock();
    startServerSoon();
    for (const auto &each : m_devices) {
        if (m_world.oneIn(4))
            continue;
        each->cutPower();
        each->clock().setWallError(wallError());
        m_world.in(m_world.below(8 * Second), [device = each.get()] { device->start(); });
    }
}

/// All faults end; everybody is up and joined.
void Evening::heal()
{
    m_world.tell(QStringLiteral("all"), QStringLiteral("peace"));
    m_server->atNextSync(nullptr);
    m_net.setLies(0);
    m_server->setDiskFull(false);
    m_server->start();
    for (const auto &device : m_devices) {
        if (m_liar) // the broken proxy is replaced, and with it every connection
            m_net.cut(device->name(), true);
        m_net.cut(device->name(), false);
        device->setDiskFull(false);
        device->clock().sleepUntil(0);
        device->start();
    }
}

Result Evening::run()
{
    arrive();
    m_world.runUntil(m_world.now() + Second);
    m_until = m_world.now() + 10 * Second + mostlyShort(50 * Second);
    press();
    m_world.in(m_world.below(10 * Second), [this] { trouble(); });
    m_world.runUntil(m_until + 30 * Second); // what was to come back has come back
    heal();
    for (int i = 0; i < 6; ++i) { // a person sees what the screens say
        m_world.runUntil(m_world.now() + Second);
        for (const auto &device : m_devices)
            device->pairIfNeeded(*m_server);
    }
    m_world.runUntil(m_world.now() + PeaceMs);
    // Two clocks are some milliseconds apart, and who heard of a jump comes back at once.
    while (isTurning() || m_world.jumpedAt() > m_world.now() - PeaceMs)
        m_world.runUntil(m_world.now() + Second);
    if (m_world.failure().isEmpty())
        check();
    m_result.failure = m_world.failure();
    m_result.powerCuts = m_disk.powerCuts();
    m_result.reboots = m_server->boots() - 1;
    m_result.breaks = m_world.breaks();
    m_devices.clear();
    m_server.reset();
    return m_result;
}

/// Whether a stage hands over to the next just now: one screen may be there before the other.
bool Evening::isTurning() const
{
    for (const auto &device : m_devices)
        for (const timers::Timer &timer : device->timers())
            if (!timer.handovers.isEmpty() &&
                std::abs(timer.endAt - device->kitchenNow()) < Second / 2)
                return true;
    return false;
}

void Evening::check()
{
    for (const auto &device : m_devices) {
        if (!device->isLevel())
            return m_world.fail(device->name() + QStringLiteral(" is not level: ") +
                                device->link());
        device->checkRings();
    }
    const QList<timers::StampedOp> log = m_server->ops();
    const QList<timers::StampedOp> folded = m_server->folded();
    const QSet<TimerId> went = wentOf(log, folded);
    QList<timers::StampedOp> all = log + folded;
    std::sort(all.begin(), all.end(), timers::before);
    checkScreens(went);
    for (const auto &device : m_devices)
        checkTimers(*device, all, went);
    checkRecipes(log);
    QSet<OpId> ids;
    for (const timers::StampedOp &stamped : std::as_const(all))
        ids.insert(stamped.op.id);
    checkPhotos();
    checkOps(ids);
}

/// Everybody has what recipes name and anybody has; nobody lost what was kept.
void Evening::checkPhotos()
{
    QSet<BlobHash> named;
    QSet<BlobHash> somewhere;
    bool any = false;
    for (const auto &device : m_devices) {
        named.unite(device->namedPhotos());
        any = any || !device->keptPhotos().isEmpty();
    }
    if (!any && named.isEmpty())
        return;
    QHash<const Device *, QSet<BlobHash>> kept;
    for (const auto &device : m_devices) {
        kept.insert(device.get(), device->photosOnDisk());
        somewhere.unite(kept.value(device.get()));
        if (!kept.value(device.get()).contains(device->keptPhotos()))
            return m_world.fail(device->name() + QStringLiteral(" lost a photo"));
    }
    m_result.photos += somewhere.size();
    for (const auto &device : m_devices)
        if (!kept.value(device.get()).contains(named & somewhere))
            return m_world.fail(device->name() + QStringLiteral(" lacks a photo"));
}

/// What ended a day ago is not read at a start (TimerWorker::RestAfterMs): after a break of kitchen
/// time that depends on who started when.
QHash<TimerId, timers::Timer> Evening::comparable(const Device &device) const
{
    QHash<TimerId, timers::Timer> timers = device.timers();
    if (m_world.breaks() > 0)
        timers.removeIf([](const auto &entry) {
            return entry->phase == timers::Phase::Done || entry->phase == timers::Phase::Cancelled;
        });
    return timers;
}

/// All screens show the same, and so do all disks.
void Evening::checkScreens(const QSet<TimerId> &went)
{
    const QByteArray digest = m_devices.front()->digest(went);
    const auto shown = without(comparable(*m_devices.front()), went);
    for (const auto &device : m_devices) {
        if (device == m_devices.front())
            continue;
        const QString other = difference(shown, without(comparable(*device), went));
        if (device->digest(went) != digest || !other.isEmpty())
            return m_world.fail(device->name() + QStringLiteral(" shows something else: ") + other);
    }
}

/// Every screen shows the recipes and cookings that the rules make of the server's log.
void Evening::checkRecipes(const QList<timers::StampedOp> &log)
{
    QHash<RecipeId, QList<timers::StampedOp>> written;
    QHash<RecipeId, QList<timers::StampedOp>> cooked;
    for (const timers::StampedOp &stamped : log) {
        if (const auto recipe = timers::recipeOf(stamped.op))
            written[*recipe] += stamped;
        if (const auto recipe = timers::cookedIn(stamped.op))
            cooked[*recipe] += stamped;
    }
    for (const auto &device : m_devices) {
        for (auto it = written.cbegin(); it != written.cend(); ++it) {
            const auto shown = device->recipes().constFind(it.key());
            const auto judged = tests::naiveRecipe(it.value());
            const bool isShown = shown != device->recipes().cend();
            if (isShown != judged.has_value() || (isShown && recipes::toJson(*shown) != *judged))
                return m_world.fail(device->name() + QStringLiteral(" shows another recipe ") +
                                    it.key().toHex().left(6));
        }
        for (auto it = cooked.cbegin(); it != cooked.cend(); ++it)
            if (device->cookings().value(it.key()) !=
                tests::naiveCooking(it.value()).value_or(timers::Cooking()))
                return m_world.fail(device->name() + QStringLiteral(" shows another cooking of ") +
                                    it.key().toHex().left(6));
        if (device->recipes().size() > written.size() || device->cookings().size() > cooked.size())
            return m_world.fail(device->name() + QStringLiteral(" shows what is in no log"));
    }
}

/// A screen shows what the table makes of all ops that ever were in the kitchen, folded or not.
void Evening::checkTimers(const Device &device, const QList<timers::StampedOp> &ops,
                          const QSet<TimerId> &went)
{
    QHash<TimerId, QList<timers::StampedOp>> byTimer;
    for (const timers::StampedOp &stamped : ops)
        if (const auto timer = timers::timerOf(stamped.op))
            byTimer[*timer] += stamped;
    for (auto it = byTimer.cbegin(); it != byTimer.cend(); ++it) {
        const auto judged = tests::naiveFold(it.value());
        const auto shown = device.timers().constFind(it.key());
        const bool isShown = shown != device.timers().cend();
        if (!judged || (isShown && shown->follows))
            continue; // a stage's start is in no log
        const bool isOver =
            judged->phase == timers::Phase::Done || judged->phase == timers::Phase::Cancelled;
        if (went.contains(it.key()) && !isOver)
            return m_world.fail(
                QStringLiteral("%1 was folded and is not over").arg(it.key().toHex().left(6)));
        if (!isShown && (went.contains(it.key()) || m_world.breaks() > 0))
            continue; // it ended
        if (!isShown || tests::naive(*shown) != *judged)
            return m_world.fail(QStringLiteral("the table says something else of %1 than %2")
                                    .arg(it.key().toHex().left(6), device.name()));
    }
}

/// Nothing that a screen confirmed is missing, neither there nor in the kitchen; what came too late
/// is on that device's list.
void Evening::checkOps(const QSet<OpId> &log)
{
    for (const auto &device : m_devices) {
        QSet<OpId> listed;
        const QSet<OpId> kept = device->onDisk(listed);
        for (const OpId &op : device->confirmed()) {
            if (!kept.contains(op))
                return m_world.fail(device->name() + QStringLiteral(" lost ") + op.toHex());
            if (!log.contains(op) && !listed.contains(op))
                return m_world.fail(QStringLiteral("the server lacks ") + op.toHex());
        }
    }
}

} // namespace

Result runSchedule(Disk &disk, quint64 seed, bool trace)
{
    return Evening(disk, seed, trace).run();
}

} // namespace simmer::simulation

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/Lookout.h"

#include "protocol/Limits.h"

#include <algorithm>
#include <cmath>

namespace simmer::syncserver {

namespace {

namespace limits = protocol::limits;
using timers::StampedOp;
using timers::Timer;

constexpr qsizetype OpsAStep = 50;      // 1 ms here: others hardly notice (bench_server crash)
constexpr qsizetype ListedAStep = 2000; // of the log, without their bodies
constexpr qint64 StandEveryOps = 1000;  // what a worker after a crash reads again at most
constexpr qint64 WorthAStand = 100; // ops that were read: whoever fails again and again reads few
constexpr double Hundredths = 100;

protocol::Pulse toProtocol(const PulseState &pulse)
{
    const auto score = qint64(std::lround(pulse.score * Hundredths));
    return {std::clamp<qint64>(score, 0, limits::PulseScore), pulse.mood};
}

} // namespace

Lookout::Lookout(storage::KitchenStore &store, const timers::ServerClock &clock, Hub &hub,
                 Reports reports)
    : m_store(store)
    , m_clock(clock)
    , m_hub(hub)
    , m_reports(std::move(reports))
    , m_lively([&store](const TimerId &id, const QList<StampedOp> &atHand) {
        return store.log().opsOf(id, atHand);
    })
    , m_displays(m_lively)
    , m_notes(m_lively, store.kitchen().id,
              [this](const storage::Cooked &cooked) { m_reports.cooked(cooked); })
{
    m_all.add(m_lively);
    m_all.add(m_displays);
    m_all.add(m_notes);
    connect(&m_lively, &Liveliness::rang, this,
            [this](const Timer &timer) { note(timer, HookEvent::Kind::Ring); });
    connect(&m_lively, &Liveliness::unattended, this,
            [this](const Timer &timer) { note(timer, HookEvent::Kind::Unattended); });
    connect(&m_lively, &Liveliness::pulseChanged, this, &Lookout::moodChanged);
    connect(&m_lively, &Liveliness::troubled, this,
            [this](const Error &error) { m_reports.troubled(error); });
    connect(&hub, &Hub::pulseWanted, this, [this] {
        if (isReady())
            beat(m_lively.pulse(m_clock.now()), Hub::Hearers::Watching);
    });
    connect(&hub, &Hub::connected, this, [this] {
        if (isReady() && m_mood == Mood::Unattended)
            beat(m_lively.pulse(m_clock.now()), Hub::Hearers::Everybody);
    });
}

bool Lookout::readSome()
{
    switch (m_stage) {
    case Stage::Waiting:
        begin();
        break;
    case Stage::Listing:
        list();
        break;
    case Stage::Reading:
        read();
        break;
    case Stage::Ready:
        break;
    }
    return !isReady();
}

void Lookout::begin()
{
    m_stage = Stage::Listing;
    m_listUpTo = m_store.log().head();
    m_newestSeq = m_listUpTo;
    const Expected<storage::Stand> stand = m_store.stand();
    if (!stand)
        return m_reports.troubled(stand.error()); // then from the beginning
    m_stand = *stand;
    m_listed = std::min(m_stand.seq, m_listUpTo);
    m_toRead = m_stand.timers;
    m_known = QSet<TimerId>(m_toRead.cbegin(), m_toRead.cend());
}

void Lookout::list()
{
    const auto found = m_store.log().timersBetween(m_listed, m_listUpTo, ListedAStep);
    if (!found)
        m_reports.troubled(found.error());
    for (const auto &[seq, timer] : found ? *found : QList<std::pair<qint64, TimerId>>()) {
        m_listed = seq;
        if (m_known.contains(timer))
            continue;
        m_known.insert(timer);
        m_toRead += timer;
    }
    if (!found || found->size() < ListedAStep)
        m_stage = Stage::Reading;
}

void Lookout::read()
{
    QList<StampedOp> ops;
    while (!m_toRead.isEmpty() && ops.size() < OpsAStep) {
        const Expected<QList<StampedOp>> own = m_store.log().opsOf(m_toRead.takeLast());
        if (own)
            ops += *own;
        else
            m_reports.troubled(own.error());
    }
    std::sort(ops.begin(), ops.end(), timers::before);
    for (const StampedOp &stamped : std::as_const(ops))
        m_counter = std::max(m_counter, stamped.op.counter);
    m_lively.load(ops, m_clock.now());
    if (m_toRead.isEmpty())
        end();
}

void Lookout::end()
{
    m_stage = Stage::Ready;
    m_known = {};
    m_lively.loaded(m_clock.now());
    take(std::exchange(m_waiting, {}));
    if (m_hub.isWatched()) // who asked meanwhile had no answer
        beat(m_lively.pulse(m_clock.now()), Hub::Hearers::Watching);
    if (m_newestSeq - m_stand.seq >= WorthAStand)
        keepStand();
}

void Lookout::committed(const QList<StampedOp> &ops)
{
    if (isReady())
        take(ops);
    else if (m_stage != Stage::Waiting) // else it will find them in the log
        m_waiting += ops;
}

void Lookout::take(const QList<StampedOp> &ops)
{
    if (ops.isEmpty())
        return;
    for (const StampedOp &stamped : ops) {
        m_newestSeq = std::max(m_newestSeq, stamped.seq);
        m_counter = std::max(m_counter, stamped.op.counter);
        if (timers::recipeOf(stamped.op)) {
            m_heads.reset();
            ++m_recipeEdition;
        }
    }
    m_all.committed(ops, m_clock.now());
    if (m_newestSeq - m_stand.seq >= StandEveryOps)
        keepStand();
}

void Lookout::tick()
{
    if (!isReady())
        return;
    const qint64 now = m_clock.now();
    m_all.tick(now);
    if (m_pulseAt && now >= *m_pulseAt) {
        m_pulseAt.reset();
        if (m_hub.isWatched())
            beat(m_lively.pulse(now), Hub::Hearers::Watching);
    }
}

std::optional<qint64> Lookout::nextAt()
{
    if (!isReady())
        return std::nullopt;
    std::optional<qint64> next = m_all.nextAt();
    if (m_pulseAt)
        next = std::min(next.value_or(*m_pulseAt), *m_pulseAt);
    if (!next)
        return next;
    const qint64 boot = m_clock.machine().bootMs();
    return boot + std::max<qint64>(1, *next - m_clock.at(boot));
}

bool Lookout::isNeeded() const
{
    return !isReady() || m_displays.size() > 0 || m_lively.board().signs(m_clock.now()).running;
}

void Lookout::keepStand()
{
    if (!isReady())
        return;
    storage::Stand stand{m_newestSeq};
    const QList<Timer> all = m_lively.board().timers();
    for (const Timer &timer : all)
        stand.timers += timer.id;
    std::sort(stand.timers.begin(), stand.timers.end());
    if (m_lively.board().signs(m_clock.now()).running)
        stand.due = m_lively.nextAt();
    if (stand == m_stand)
        return;
    if (const Outcome kept = m_store.keepStand(stand); kept)
        m_stand = stand;
    else
        m_reports.troubled(kept.error());
}

void Lookout::note(const Timer &timer, HookEvent::Kind kind)
{
    const storage::Kitchen &kitchen = m_store.kitchen();
    m_reports.event({kind, kitchen.id, kitchen.name, timer, m_clock.now()});
}

/// Whoever watches hears each change at once; nobody may miss that a ring is unattended.
void Lookout::moodChanged(const PulseState &pulse)
{
    const bool concernsAll = pulse.mood == Mood::Unattended || m_mood == Mood::Unattended;
    m_mood = pulse.mood;
    beat(pulse, concernsAll ? Hub::Hearers::Everybody : Hub::Hearers::Watching);
}

void Lookout::beat(const PulseState &pulse, Hub::Hearers hearers)
{
    m_hub.tellPulse(toProtocol(pulse), hearers);
    if (m_hub.isWatched())
        m_pulseAt = m_clock.now() + limits::PulseEveryMs;
}

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/house/Shift.h"

#include "supervision/Thrown.h"

namespace simmer::syncserver {

using supervision::Fence;

namespace {

constexpr qsizetype FewPushes = 2; // of one commit
constexpr qint64 BusyMs = 20;      // after one of more

} // namespace

Shift::Shift(const Clock &clock, Outside outside)
    : m_clock(clock)
    , m_outside(std::move(outside))
    , m_fence(std::make_shared<Fence>(Fence::Report()))
    , m_doings(clock, m_fence)
    , m_outbox([this](std::function<void()> task) {
        say([this, task = std::move(task)] { m_outside.inNetwork(task); });
    })
    , m_deliver([this](const std::shared_ptr<Hatch> &hatch, std::function<void(Guest &)> what) {
        post(
            [hatch, what = std::move(what)](Kitchens &kitchens) { kitchens.deliver(hatch, what); });
    })
    , m_bootMs([this] { return m_clock.bootMs(); })
    , m_greet([this](std::shared_ptr<Hatch> hatch) {
        post([hatch = std::move(hatch)](Kitchens &kitchens) { kitchens.greet(hatch); });
    })
    , m_disk(clock)
{
}

std::shared_ptr<Shift> Shift::begin(const Clock &clock, Outside outside)
{
    const std::shared_ptr<Shift> shift(new Shift(clock, std::move(outside)));
    shift->m_thread.start({[shift] { Fence::enclose(shift->m_fence); },
                           [shift] { shift->settle(); },
                           [shift] {
                               shift->m_kitchens.reset();
                               shift->m_disk.join();
                               shift->m_isOver = true;
                           }});
    return shift;
}

Outcome Shift::open(const OpenStore &open, const std::shared_ptr<CrashBook> &book,
                    const supervision::Supervisor::Limits &limits,
                    const std::function<void(Kitchens &)> &ready)
{
    Outcome opened = done();
    m_thread.post([&] {
        auto store = open();
        if (!store) {
            opened = store.error();
            return;
        }
        const auto wal = (*store)->openSync(); // before the first commit that needs it
        const Outcome early = wal ? (*store)->commitEarly() : wal.error();
        if (!early) {
            opened = early;
            return;
        }
        startDisk(*wal);
        m_kitchens = std::make_unique<Kitchens>(m_clock, m_thread, m_outbox, m_doings,
                                                *std::move(store), book, limits);
        m_kitchens->tellWhenWritten([this](qsizetype pushes, const QElapsedTimer &taking) {
            syncFor(pushes);
            say([this, taking] { m_commits.count(double(taking.nsecsElapsed()) / 1e9); });
        });
        ready(*m_kitchens);
    });
    while (!m_thread.finish(std::chrono::hours(1))) {
    }
    return opened;
}

/// It may outlive us, as what it holds.
void Shift::startDisk(std::shared_ptr<const storage::WalSync> wal)
{
    m_disk.start({[wal = std::move(wal)] { return wal->sync(); },
                  [words = m_words](qint64 writes) { words->reached(writes); },
                  [words = m_words, failed = m_outside.diskFailed](const Error &error) {
                      words->sayNow([&] { failed(error); });
                      words->cut();
                  }});
}

/// Who pushes alone waits for the disk only, not for a thread too. Where many push, the next ones
/// come meanwhile.
void Shift::syncFor(qsizetype pushes)
{
    const qint64 now = m_clock.bootMs();
    if (pushes > FewPushes || m_thread.hasMore())
        m_busyUntil = now + BusyMs;
    if (now < m_busyUntil || !m_doings.enter())
        return sync();
    m_disk.syncHere(m_kitchens->store().writes());
    m_doings.leave();
}

/// Of what was written up to now.
void Shift::sync()
{
    m_disk.want(m_kitchens->store().writes());
}

void Shift::post(std::function<void(Kitchens &)> task)
{
    m_thread.post([this, task = std::move(task)] {
        if (m_kitchens)
            run(task);
    });
}

/// The last place where exceptions end: those of a kitchen's worker do so in LiveKitchens.
void Shift::run(const std::function<void(Kitchens &)> &task)
{
    const Doings::Task doing(m_doings, {});
    try {
        task(*m_kitchens);
    } catch (...) {
        if (!Fence::isDownHere())
            Q_EMIT m_kitchens->troubled(
                {ErrorCode::Crashed, supervision::wordsOf(std::current_exception()), {}});
    }
}

void Shift::settle()
{
    if (!m_kitchens)
        return;
    run([](Kitchens &kitchens) { kitchens.settle(); });
    sync();
    const auto next = m_kitchens->nextBeat();
    if (next && (m_beatAt < 0 || *next < m_beatAt)) {
        m_beatAt = *next;
        m_words->sayNow([this] { m_outside.beatAt(m_beatAt); });
    }
}

void Shift::beat()
{
    post([this](Kitchens &kitchens) {
        m_beatAt = -1;
        kitchens.beat();
    });
}

void Shift::say(HeldWords::Word word)
{
    m_words->say(m_kitchens ? m_kitchens->store().writes() : 0, std::move(word));
}

void Shift::sayMetrics(const std::function<void(const Metrics &)> &then)
{
    say([this, then, metrics = m_kitchens->metrics()]() mutable {
        metrics.commits = m_commits;
        then(metrics);
    });
}

bool Shift::finish(std::chrono::milliseconds longest)
{
    return m_thread.finish(longest) && m_disk.finish(longest);
}

std::unique_ptr<Talker> Shift::greet(Socket &socket)
{
    return Hatch::open(socket, m_outbox, m_deliver, m_bootMs, m_greet);
}

void Shift::end()
{
    m_thread.join();
}

bool Shift::leave()
{
    if (!m_doings.shutOut())
        return false;
    cut();
    return true;
}

void Shift::leaveForGood()
{
    m_fence->abandon();
    cut();
}

/// Once this returns nothing outside hears of it.
void Shift::cut()
{
    m_words->cut();
    m_disk.abandon();
    m_thread.abandon();
}

} // namespace simmer::syncserver

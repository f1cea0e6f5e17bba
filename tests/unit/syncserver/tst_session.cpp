// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "syncserver/Session.h"
#include "syncserver/StoreThread.h"
#include "timers/OpCodec.h"
#include "timers/Timer.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <deque>
#include <mutex>

using namespace simmer;
using namespace simmer::syncserver;
namespace limits = protocol::limits;

namespace {

/// A socket whose other side takes messages only when the test says so.
class HeldSocket final : public Socket
{
public:
    const Peer &peer() const override { return itsPeer; }
    void send(Text message) override
    {
        queued += message->size();
        waiting += message;
    }
    qsizetype queuedBytes() const override { return queued; }
    void readNext(qint64 waitMs) override { reads += waitMs; }
    void trust() override { trusted = true; }
    void finish(Text word) override { lastWord = word; }
    void cutOff(Text word) override
    {
        wasCutOff = true;
        lastWord = word;
    }

    /// The other side takes one message.
    protocol::FromServer take(Talker &session)
    {
        const Text first = waiting.takeFirst();
        queued -= first->size();
        session.tookOne();
        return *protocol::decodeFromServer(*first);
    }
    std::optional<protocol::ByeReason> bye() const
    {
        if (!lastWord)
            return std::nullopt;
        return std::get<protocol::Bye>(*protocol::decodeFromServer(*lastWord)).reason;
    }

    Peer itsPeer;
    QList<Text> waiting;
    qsizetype queued = 0;
    QList<qint64> reads;
    bool trusted = false;
    bool wasCutOff = false;
    Text lastWord;
};

} // namespace

/// One session against a socket, a network thread and a clock that the test moves.
class TestSession : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void strangerIsNotTrustedBeforeItsHello();
    void whoVerifiedAnotherLogBeginsAnew();
    void fullQueueFallsBackToPages();
    void opsDuringAPageAreNeitherLostNorDoubled();
    void pongFloodIsCutOff();
    void stalledIsCutOff();
    void silenceIsToldSo();
    void brokenStoreAcksNothing();
    void pushesUnderWayAreBounded();
    void answersForTheGoneAreDropped();
    void clockIsKeptInTheFile();
    void timeJumpsOnlyWhenNothingRuns();
    void pongTellsWhatWentOut();
    void whoWasAwayLongGetsASnapshot();
    void snapshotsAreInBoundedMessages();
    void foldingMeanwhileEndsTheTalk();
    void oldVersionsAreToldToUpdate();
    void foldedOpsAreSettledAndLateOnesRefused();

private:
    QList<timers::Op> endedTimer(int slot);
    void foldAll();
    template<class Message>
    std::optional<Message> next(HeldSocket &socket, Talker &session)
    {
        while (!socket.waiting.isEmpty()) {
            const protocol::FromServer message = socket.take(session);
            settleStore();
            if (const auto *found = std::get_if<Message>(&message))
                return *found;
        }
        return std::nullopt;
    }

    /// Runs what the store thread posted, until `done` holds.
    template<class Done>
    bool settle(Done done)
    {
        return QTest::qWaitFor([&] {
            std::deque<std::function<void()>> tasks;
            {
                const std::scoped_lock lock(m_mutex);
                tasks.swap(m_tasks);
            }
            for (const auto &task : tasks)
                task();
            return done();
        });
    }
    void settleStore()
    {
        m_store->finish();
        settle([] { return true; });
    }
    Talker &open(HeldSocket &socket)
    {
        m_sessions.push_back(m_hub->greet(socket));
        return *m_sessions.back();
    }
    void say(Talker &session, const protocol::FromDevice &message)
    {
        session.received(protocol::encode(message), true);
    }
    Talker &comeIn(HeldSocket &socket);
    timers::Op op(const timers::Action &action = timers::Pause{})
    {
        timers::Op made = m_maker.make(QUuid::createUuid(), action, m_clock.wallMs()).op;
        made.device = m_device;
        return made;
    }
    timers::Op bigOp(qsizetype bytes)
    {
        return op(
            timers::WriteRecipe{{{QStringLiteral("title"), QString(bytes, QLatin1Char('x'))}}});
    }
    /// As if another device had pushed it.
    void commit(const QList<timers::Op> &ops)
    {
        PushedOps pushed;
        for (const timers::Op &one : ops)
            pushed.arrivals +=
                {one.id, one.at, one.at, timers::canonical(one), timers::timerOf(one)};
        m_store->push(pushed);
        settleStore();
    }
    QList<qint64> takeAll(HeldSocket &socket, Talker &session);

    fakes::ManualClock m_clock;
    timers::ServerClock m_kitchenClock{m_clock, {}};
    fakes::OpMaker m_maker;
    DeviceId m_device;
    QByteArray m_token;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<StoreThread> m_store;
    std::unique_ptr<Hub> m_hub;
    std::mutex m_mutex; ///< guards m_tasks
    std::deque<std::function<void()>> m_tasks;
    std::vector<std::unique_ptr<Talker>> m_sessions;
};

void TestSession::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    const auto post = [this](std::function<void()> task) {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
    };
    auto store = StoreThread::start(m_folder->filePath(QStringLiteral("k.db")), QDate(2026, 11, 21),
                                    [this, post](const Committed &commit) {
                                        post([this, commit] { m_hub->committed(commit); });
                                    });
    QVERIFY(store);
    m_store = *std::move(store);
    m_hub = std::make_unique<Hub>(m_kitchenClock, *m_store, post, QList<storage::Member>());
    m_device = DeviceId::random();
    m_store->ask([&](storage::KitchenStore &kept) {
        const auto code = kept.admissions().invite(kept.kitchen().id, m_clock.wallMs());
        m_token = kept.admissions()
                      .redeem(*code, {m_device, QStringLiteral("t")}, m_clock.wallMs())
                      ->token;
    });
    m_store->finish();
}

void TestSession::cleanup()
{
    m_sessions.clear();
    m_store.reset();
    m_tasks.clear();
    m_hub.reset();
}

Talker &TestSession::comeIn(HeldSocket &socket)
{
    Talker &session = open(socket);
    say(session, protocol::Hello{1, m_device, m_token, {}});
    settle([&] { return socket.trusted; });
    return session;
}

/// The seqs of all entries that came, in their order.
QList<qint64> TestSession::takeAll(HeldSocket &socket, Talker &session)
{
    QList<qint64> seqs;
    do {
        while (!socket.waiting.isEmpty()) {
            const protocol::FromServer message = socket.take(session);
            if (const auto *page = std::get_if<protocol::Page>(&message))
                for (const protocol::Entry &entry : page->entries)
                    seqs += entry.seq;
        }
        settleStore();
    } while (!socket.waiting.isEmpty());
    return seqs;
}

void TestSession::strangerIsNotTrustedBeforeItsHello()
{
    HeldSocket socket;
    Talker &session = open(socket);
    QCOMPARE(socket.reads, QList<qint64>{0}); // one message, and no more until it is answered
    say(session, protocol::Hello{1, m_device, QByteArray(32, 'x'), {}});
    QVERIFY(settle([&] { return socket.bye().has_value(); }));
    QCOMPARE(socket.bye(), protocol::ByeReason::UnknownDevice);
    QVERIFY(!socket.trusted);
    QCOMPARE(socket.reads.size(), 1);
}

/// A server that was restored from a copy has other entries behind the same number.
void TestSession::whoVerifiedAnotherLogBeginsAnew()
{
    commit({op(), op()});
    HeldSocket before;
    Talker &first = open(before);
    say(first, protocol::Hello{2, m_device, m_token, {}});
    settle([&] { return before.trusted; });
    const EpochId epoch = next<protocol::Welcome>(before, first)->epoch;
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{2, m_device, m_token, {epoch, 2, QByteArray(32, 'o')}});
    settle([&] { return socket.trusted; });
    const auto welcome = next<protocol::Welcome>(socket, session);
    QVERIFY(welcome && welcome->restart);
    QCOMPARE(takeAll(socket, session), (QList<qint64>{1, 2}));
}

void TestSession::fullQueueFallsBackToPages()
{
    HeldSocket socket;
    Talker &session = comeIn(socket);
    QList<qint64> all;
    for (int i = 1; i <= 20; ++i) {
        commit({bigOp(100'000)});
        all += i;
    }
    QVERIFY(socket.queued < 512 * 1024); // the other 1.5 MB wait on the disk, not in memory
    QVERIFY(!socket.wasCutOff);
    QCOMPARE(takeAll(socket, session), all);
    commit({op()}); // level again: comes at once
    QCOMPARE(takeAll(socket, session), QList<qint64>{21});
}

void TestSession::opsDuringAPageAreNeitherLostNorDoubled()
{
    commit({op(), op(), op()});
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{1, m_device, m_token, {}});
    // The ops below commit before and after the store answers Hello and page; the answers are
    // delivered only later, all in one go.
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    m_store->finish();
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    m_store->finish();
    settle([&] { return socket.trusted; });
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    settleStore();
    QCOMPARE(takeAll(socket, session), (QList<qint64>{1, 2, 3, 4, 5, 6}));
}

void TestSession::pongFloodIsCutOff()
{
    HeldSocket socket;
    Talker &session = comeIn(socket);
    int pings = 0;
    while (!socket.wasCutOff && pings < 100'000) {
        say(session, protocol::Ping{++pings});
        QVERIFY(socket.queued < limits::QueuedBytes + 1024);
    }
    QVERIFY(socket.wasCutOff);
    QCOMPARE(socket.bye(), protocol::ByeReason::TooSlow);
    const qsizetype before = socket.waiting.size();
    say(session, protocol::Ping{1}); // nobody listens any more
    commit({op()});
    QCOMPARE(socket.waiting.size(), before);
}

void TestSession::stalledIsCutOff()
{
    HeldSocket socket;
    QSignalSpy gone(m_hub.get(), &Hub::disconnected);
    comeIn(socket).stalled();
    QVERIFY(socket.wasCutOff);
    QCOMPARE(socket.bye(), protocol::ByeReason::TooSlow);
    QCOMPARE(gone.size(), 1);
}

void TestSession::silenceIsToldSo()
{
    HeldSocket socket;
    open(socket).silent();
    QVERIFY(!socket.wasCutOff);
    QCOMPARE(socket.bye(), protocol::ByeReason::TooSlow);
}

void TestSession::brokenStoreAcksNothing()
{
    HeldSocket socket;
    Talker &session = comeIn(socket);
    QSignalSpy troubled(m_hub.get(), &Hub::troubled);
    socket.waiting.clear();
    Committed failed;
    failed.pushes = {{1, {OpId::random()}}};
    failed.error = Error{ErrorCode::DiskFull, QStringLiteral("disk full"), {}};
    m_hub->committed(failed);
    QCOMPARE(socket.bye(), protocol::ByeReason::Closing);
    QVERIFY(socket.waiting.isEmpty());
    QCOMPARE(troubled.size(), 1);
    say(session, protocol::Ping{1});
    QVERIFY(socket.waiting.isEmpty());
}

void TestSession::pushesUnderWayAreBounded()
{
    HeldSocket socket;
    Talker &session = comeIn(socket);
    socket.reads.clear();
    say(session, protocol::Push{{op()}});
    QCOMPARE(socket.reads.size(), 1);
    say(session, protocol::Push{{op()}});
    QCOMPARE(socket.reads.size(), 1); // waits for the disk
    settleStore();
    QCOMPARE(socket.reads.size(), 2);
    for (int i = 0; i < 4; ++i) {
        say(session, protocol::Push{QList<timers::Op>(limits::OpsPerPush, op())});
        settleStore();
    }
    QVERIFY(socket.reads.constLast() > 0); // beyond the burst: the device waits
}

void TestSession::answersForTheGoneAreDropped()
{
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{1, m_device, m_token, {}});
    m_sessions.clear();
    settleStore();
    QVERIFY(!socket.trusted);
    QVERIFY(socket.waiting.isEmpty());
}

void TestSession::clockIsKeptInTheFile()
{
    QSignalSpy judged(m_hub.get(), &Hub::clockJudged);
    m_hub->reviewClock();
    m_hub->reviewClock();
    settleStore();
    QCOMPARE(judged.size(), 1); // what did not change is told once
    std::optional<timers::KeptClock> kept;
    m_store->ask([&](storage::KitchenStore &store) { kept = store.past()->kept; });
    m_store->finish();
    QVERIFY(kept);
    QCOMPARE(kept->boot, m_clock.boot());
    QCOMPARE(kept->aheadMs, m_clock.wallMs() - m_clock.bootMs());
    QVERIFY(!m_kitchenClock.unkept());
}

/// A time server says that kitchen time is two hours behind: running countdowns come first.
void TestSession::timeJumpsOnlyWhenNothingRuns()
{
    HeldSocket socket;
    Talker &session = comeIn(socket);
    const TimerId eggs = TimerId::random();
    const auto start = m_maker.make(eggs, timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                                    m_clock.wallMs());
    commit({start.op});
    m_clock.setWall(m_clock.wallMs() + 2 * 3'600'000);
    const auto review = [&] {
        m_clock.advance(timers::ServerClock::LookEveryMs);
        m_hub->reviewClock();
        settleStore();
    };
    review();
    review();
    QVERIFY(m_clock.wallMs() - m_kitchenClock.now() > 3'600'000);
    commit({m_maker.make(eggs, timers::Cancel{}, m_kitchenClock.now(), {start.op.id}).op});
    QVERIFY(!socket.bye());
    // A press that is on its way to the disk came by the old time.
    m_clock.advance(timers::ServerClock::LookEveryMs);
    m_hub->reviewClock();
    say(session, protocol::Push{{op(timers::Start{QStringLiteral("Peas"), 1000, 1000, {}})}});
    settleStore();
    QVERIFY(m_clock.wallMs() - m_kitchenClock.now() > 3'600'000);
    m_clock.advance(2 * timers::MissedAfterMs); // it rang, and nobody came
    review();
    QCOMPARE(m_kitchenClock.now(), m_clock.wallMs());
    QCOMPARE(socket.bye(), protocol::ByeReason::Closing); // it connects again, and measures
}

void TestSession::pongTellsWhatWentOut()
{
    commit({op(), op()});
    HeldSocket socket;
    Talker &session = comeIn(socket);
    const auto pong = [&] {
        say(session, protocol::Ping{7});
        return std::get<protocol::Pong>(*protocol::decodeFromServer(*socket.waiting.constLast()));
    };
    QCOMPARE(pong().seq, 0); // the page is still being read
    settleStore();
    QCOMPARE(pong().seq, 2);
    commit({op()});
    QCOMPARE(pong().seq, 3);
}

/// A start and the cancel that saw it.
QList<timers::Op> TestSession::endedTimer(int slot)
{
    const timers::Place place{RecipeId(QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), 0, slot};
    const timers::Start start{QStringLiteral("Eggs"), 60'000, 60'000, place};
    const timers::Op first = m_maker.make(timers::timerAt(place), start, m_clock.wallMs()).op;
    return {first,
            m_maker.make(timers::timerAt(place), timers::Cancel{}, m_clock.wallMs() + 1, {first.id})
                .op};
}

/// As if a month passed.
void TestSession::foldAll()
{
    m_store->ask([this](storage::KitchenStore &store) {
        const qint64 now = m_clock.wallMs();
        while (*store.compaction().step(now)) {
        }
        while (*store.compaction().step(now + storage::Compaction::HorizonMs)) {
        }
    });
    settleStore();
}

void TestSession::whoWasAwayLongGetsASnapshot()
{
    const timers::Op living = op();
    commit(QList<timers::Op>{living} + endedTimer(0));
    foldAll();
    const timers::Op later = op();
    commit({later});
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{2, m_device, m_token, {}});
    settle([&] { return socket.trusted; });
    const auto welcome = next<protocol::Welcome>(socket, session);
    QVERIFY(welcome && welcome->restart);
    QCOMPARE(welcome->snapshot, std::optional<qint64>(1));
    const timers::Op during = op();
    commit({during}); // waits for its turn after the snapshot
    const auto kept = next<protocol::SnapshotPage>(socket, session);
    QCOMPARE(kept->entries.size(), 1);
    QCOMPARE(kept->entries.constFirst().op, living);
    QCOMPARE(kept->entries.constFirst().seq, 1);
    const auto base = next<protocol::Base>(socket, session);
    QCOMPARE(base->cursor.seq, 3);
    const auto page = next<protocol::Page>(socket, session);
    QCOMPARE(page->entries.size(), 2);
    QCOMPARE(page->entries.constFirst().chain,
             timers::nextLink(base->cursor.chain, timers::canonical(later),
                              page->entries.constFirst().kt));

    HeldSocket again; // whoever has come past the base gets pages as ever
    Talker &second = open(again);
    say(second, protocol::Hello{2, m_device, m_token, base->cursor});
    settle([&] { return again.trusted; });
    const auto known = next<protocol::Welcome>(again, second);
    QVERIFY(!known->restart && !known->snapshot);
    QCOMPARE(takeAll(again, second), (QList<qint64>{4, 5}));
}

void TestSession::snapshotsAreInBoundedMessages()
{
    for (int i = 0; i < 300; ++i)
        commit({i % 30 == 0 ? bigOp(100'000) : op()});
    commit(endedTimer(0));
    foldAll();
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{2, m_device, m_token, {}});
    settle([&] { return socket.trusted; });
    settleStore();
    QVERIFY(socket.queued < 512 * 1024); // the rest waits on the disk
    QList<qint64> seqs;
    while (const auto kept = next<protocol::SnapshotPage>(socket, session)) {
        for (const auto &entry : kept->entries)
            seqs += entry.seq;
        if (seqs.size() == 300)
            break;
    }
    QCOMPARE(seqs.size(), 300);
    QVERIFY(std::is_sorted(seqs.begin(), seqs.end()));
    QCOMPARE(next<protocol::Base>(socket, session)->cursor.seq, 302);
}

void TestSession::foldingMeanwhileEndsTheTalk()
{
    for (int i = 0; i < 10; ++i)
        commit({bigOp(100'000)});
    commit(endedTimer(0));
    foldAll();
    commit(endedTimer(1));
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{2, m_device, m_token, {}});
    settle([&] { return socket.trusted; });
    m_clock.advance(2 * storage::Compaction::HorizonMs);
    foldAll();
    takeAll(socket, session);
    QCOMPARE(socket.bye(), protocol::ByeReason::Closing);
}

void TestSession::oldVersionsAreToldToUpdate()
{
    commit(endedTimer(0));
    foldAll();
    HeldSocket socket;
    say(open(socket), protocol::Hello{1, m_device, m_token, {}});
    QVERIFY(settle([&] { return socket.bye().has_value(); }));
    QCOMPARE(socket.bye(), protocol::ByeReason::BadVersion);
    QVERIFY(!socket.trusted);
}

void TestSession::foldedOpsAreSettledAndLateOnesRefused()
{
    const QList<timers::Op> ended = endedTimer(0);
    commit(ended);
    foldAll();
    HeldSocket socket;
    Talker &session = open(socket);
    say(session, protocol::Hello{2, m_device, m_token, {}});
    settle([&] { return socket.trusted; });
    const timers::Op late =
        m_maker.make(ended[0].subject, timers::Add{1000}, m_clock.wallMs() + 2).op;
    const timers::Op fresh = op();
    say(session, protocol::Push{{ended[0], late, ended[1], fresh}});
    settleStore();
    QCOMPARE(next<protocol::Acked>(socket, session)->ops, QList<OpId>{fresh.id});
    QCOMPARE(next<protocol::Settled>(socket, session)->ops,
             (QList<OpId>{ended[0].id, ended[1].id}));
    const auto refused = next<protocol::OpRefused>(socket, session);
    QCOMPARE(refused->op, late.id);
    QVERIFY(refused->why.contains(QStringLiteral("start the timer again")));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "SessionTalk.h"

/// One session against a socket, a store and a clock that the test moves.
class TestSession : public QObject, protected SessionTalk
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void strangerIsNotTrustedBeforeItsHello();
    void whoVerifiedAnotherLogBeginsAnew();
    void fullQueueFallsBackToPages();
    void opsDuringAPageAreNeitherLostNorDoubled();
    void pongFloodIsCutOff();
    void stalledIsCutOff();
    void devicesThatComeTogetherAreListedTogether();
    void largeKitchenIsListedNowAndThen();
    void rateIsTheServers();
    void silenceIsToldSo();
    void brokenStoreAcksNothing();
    void pushesUnderWayAreBounded();
    void pushesMayBeReadOnTheirWay();
    void pushesReadOnTheirWayWaitForTheWelcome();
    void strangersPushesAreReadByNobody();
    void answersForTheGoneAreDropped();
    void clockIsKeptInTheFile();
    void timeJumpsOnlyWhenNothingRuns();
    void pongTellsWhatWentOut();
    void whoWasAwayLongGetsASnapshot();
    void snapshotsAreInBoundedMessages();
    void foldingMeanwhileEndsTheTalk();
    void oldVersionsAreToldToUpdate();
    void foldedOpsAreSettledAndLateOnesRefused();
};

void TestSession::strangerIsNotTrustedBeforeItsHello()
{
    HeldSocket socket;
    Guest &session = open(socket);
    QCOMPARE(socket.reads, QList<qint64>{0}); // one message, and no more until it is answered
    say(session, protocol::Hello{3, m_device, QByteArray(32, 'x'), {}});
    settle();
    QVERIFY(socket.bye().has_value());
    QCOMPARE(socket.bye(), protocol::ByeReason::UnknownDevice);
    QVERIFY(!socket.trusted);
    QCOMPARE(socket.reads.size(), 1);
}

/// A server that was restored from a copy has other entries behind the same number.
void TestSession::whoVerifiedAnotherLogBeginsAnew()
{
    commit({op(), op()});
    HeldSocket before;
    Guest &first = open(before);
    say(first, protocol::Hello{3, m_device, m_token, {}});
    settle();
    const EpochId epoch = next<protocol::Welcome>(before, first)->epoch;
    HeldSocket socket;
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {epoch, 2, QByteArray(32, 'o')}});
    settle();
    const auto welcome = next<protocol::Welcome>(socket, session);
    QVERIFY(welcome && welcome->restart);
    QCOMPARE(takeAll(socket, session), (QList<qint64>{1, 2}));
}

void TestSession::fullQueueFallsBackToPages()
{
    HeldSocket socket;
    Guest &session = comeIn(socket);
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
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    // The ops below commit before and after the store answers Hello and page; the answers are
    // delivered only later, all in one go.
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    settle();
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    settle();
    settle();
    m_store->push({0, {{OpId::random(), 1, 1, timers::canonical(op())}}});
    settle();
    QCOMPARE(takeAll(socket, session), (QList<qint64>{1, 2, 3, 4, 5, 6}));
}

void TestSession::pongFloodIsCutOff()
{
    HeldSocket socket;
    Guest &session = comeIn(socket);
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

/// The first comer at once, the others together.
void TestSession::devicesThatComeTogetherAreListedTogether()
{
    HeldSocket socket;
    Guest &session = comeIn(socket);
    QVERIFY(next<protocol::Devices>(socket, session));
    QVERIFY(!m_hub->nextBeat());
    for (int i = 0; i < 3; ++i)
        m_hub->join({DeviceId::random(), QStringLiteral("Screen %1").arg(i)});
    QVERIFY(!next<protocol::Devices>(socket, session));
    const auto due = m_hub->nextBeat();
    QVERIFY(due && *due > m_clock.bootMs());
    m_clock.advance(*due - m_clock.bootMs());
    m_hub->beat(*due);
    const auto list = next<protocol::Devices>(socket, session);
    QVERIFY(list);
    QCOMPARE(list->devices.size(), 3);
    QVERIFY(!next<protocol::Devices>(socket, session));
    m_clock.advance(1000);
    m_hub->expel(list->devices.constLast().id);
    QVERIFY(next<protocol::Devices>(socket, session));
}

/// A thousand that come at once are not told a thousand times of a thousand.
void TestSession::largeKitchenIsListedNowAndThen()
{
    QList<storage::Member> members;
    for (int i = 0; i < 100; ++i)
        members += storage::Member{DeviceId::random(), QStringLiteral("Screen %1").arg(i)};
    members += storage::Member{m_device, QStringLiteral("t")};
    m_hub = std::make_unique<Hub>(m_kitchenClock, *m_store, members);
    HeldSocket socket;
    Guest &session = comeIn(socket);
    QVERIFY(next<protocol::Welcome>(socket, session));
    QVERIFY(!next<protocol::Devices>(socket, session));
    const auto due = m_hub->nextBeat();
    QVERIFY(due);
    m_hub->beat(*due - 1);
    QVERIFY(!next<protocol::Devices>(socket, session));
    m_hub->beat(*due);
    const auto list = next<protocol::Devices>(socket, session);
    QVERIFY(list);
    QCOMPARE(list->devices.size(), limits::DevicesListed);
    QCOMPARE(list->devices.constFirst().id, m_device); // who is there comes first
    QVERIFY(list->devices.constFirst().online && !list->devices[1].online);
    QVERIFY(!m_hub->nextBeat());
    m_hub->join({DeviceId::random(), QStringLiteral("late")});
    QVERIFY(m_hub->nextBeat() && *m_hub->nextBeat() > *due);
}

void TestSession::rateIsTheServers()
{
    m_hub = std::make_unique<Hub>(m_kitchenClock, *m_store, QList<storage::Member>(), 1000);
    QCOMPARE(m_hub->countOps(m_device, 4000), 0);
    QVERIFY(m_hub->countOps(m_device, 1) > 0);
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
    Guest &session = comeIn(socket);
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
    Guest &session = comeIn(socket);
    socket.reads.clear();
    say(session, protocol::Push{{op()}});
    QCOMPARE(socket.reads.size(), 1);
    say(session, protocol::Push{{op()}});
    QCOMPARE(socket.reads.size(), 1); // waits for the disk
    settle();
    QCOMPARE(socket.reads.size(), 2);
    for (int i = 0; i < 4; ++i) {
        say(session, protocol::Push{QList<timers::Op>(limits::OpsPerPush, op())});
        settle();
    }
    QVERIFY(socket.reads.constLast() > 0); // beyond the burst: the device waits
}

void TestSession::pushesMayBeReadOnTheirWay()
{
    HeldSocket socket;
    Guest &session = comeIn(socket);
    const timers::Op one = op();
    handOn(session, one);
    settle();
    const auto acked = next<protocol::Acked>(socket, session);
    QVERIFY(acked);
    QCOMPARE(acked->ops, QList<OpId>{one.id});
    const auto page = m_kitchen->log().page(0, 10, limits::PageBytes);
    QVERIFY(page);
    QCOMPARE(page->entries.constLast().body, timers::canonical(one));
}

void TestSession::pushesReadOnTheirWayWaitForTheWelcome()
{
    HeldSocket socket;
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    QVERIFY(socket.trusted);
    handOn(session, op());
    settle();
    QVERIFY(socket.bye() == protocol::ByeReason::BadMessage);
    QCOMPARE(m_kitchen->log().head(), 0);
}

void TestSession::strangersPushesAreReadByNobody()
{
    HeldSocket socket;
    Guest &stranger = open(socket);
    handOn(stranger, op());
    settle();
    QVERIFY(socket.bye());
    QCOMPARE(m_kitchen->log().head(), 0);
}

void TestSession::answersForTheGoneAreDropped()
{
    HeldSocket socket;
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    m_guests.clear();
    settle();
    QVERIFY(socket.waiting.isEmpty());
}

void TestSession::clockIsKeptInTheFile()
{
    QSignalSpy judged(m_hub.get(), &Hub::clockJudged);
    m_hub->reviewClock();
    m_hub->reviewClock();
    settle();
    QCOMPARE(judged.size(), 1); // what did not change is told once
    std::optional<timers::KeptClock> kept;
    m_store->ask([&](storage::KitchenStore &store) { kept = store.past()->kept; });
    settle();
    QVERIFY(kept);
    QCOMPARE(kept->boot, m_clock.boot());
    QCOMPARE(kept->aheadMs, m_clock.wallMs() - m_clock.bootMs());
    QVERIFY(!m_kitchenClock.unkept());
}

/// A time server says that kitchen time is two hours behind: running countdowns come first.
void TestSession::timeJumpsOnlyWhenNothingRuns()
{
    HeldSocket socket;
    Guest &session = comeIn(socket);
    const TimerId eggs = TimerId::random();
    const auto start = m_maker.make(eggs, timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                                    m_clock.wallMs());
    commit({start.op});
    m_clock.setWall(m_clock.wallMs() + 2 * 3'600'000);
    const auto review = [&] {
        m_clock.advance(timers::ServerClock::LookEveryMs);
        m_hub->reviewClock();
        settle();
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
    settle();
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
    Guest &session = comeIn(socket);
    const auto pong = [&] {
        say(session, protocol::Ping{7});
        return std::get<protocol::Pong>(*protocol::decodeFromServer(*socket.waiting.constLast()));
    };
    QCOMPARE(pong().seq, 0); // the page is still being read
    settle();
    QCOMPARE(pong().seq, 2);
    commit({op()});
    QCOMPARE(pong().seq, 3);
}

/// A start and the cancel that saw it.
QList<timers::Op> SessionTalk::endedTimer(int slot)
{
    const timers::Place place{RecipeId(QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), 0, slot};
    const timers::Start start{QStringLiteral("Eggs"), 60'000, 60'000, place};
    const timers::Op first = m_maker.make(timers::timerAt(place), start, m_clock.wallMs()).op;
    return {first,
            m_maker.make(timers::timerAt(place), timers::Cancel{}, m_clock.wallMs() + 1, {first.id})
                .op};
}

/// As if a month passed.
void SessionTalk::foldAll()
{
    m_store->ask([this](storage::KitchenStore &store) {
        const qint64 now = m_clock.wallMs();
        while (*store.compaction().step(now)) {
        }
        while (*store.compaction().step(now + storage::Compaction::HorizonMs)) {
        }
    });
    settle();
}

void TestSession::whoWasAwayLongGetsASnapshot()
{
    const timers::Op living = op();
    commit(QList<timers::Op>{living} + endedTimer(0));
    foldAll();
    const timers::Op later = op();
    commit({later});
    HeldSocket socket;
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    settleUntilHeard(socket);
    const timers::Op during = op();
    commit({during}); // waits for its turn after the snapshot
    const auto welcome = next<protocol::Welcome>(socket, session);
    QVERIFY(welcome && welcome->restart);
    QCOMPARE(welcome->snapshot, std::optional<qint64>(1));
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
    Guest &second = open(again);
    say(second, protocol::Hello{3, m_device, m_token, base->cursor});
    settle();
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
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    settle();
    settle();
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
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    settle();
    m_clock.advance(2 * storage::Compaction::HorizonMs);
    foldAll();
    takeAll(socket, session);
    QCOMPARE(socket.bye(), protocol::ByeReason::Closing);
}

void TestSession::oldVersionsAreToldToUpdate()
{
    HeldSocket socket;
    say(open(socket), protocol::Hello{1, m_device, m_token, {}});
    QCOMPARE(socket.bye(), protocol::ByeReason::BadVersion);
}

void TestSession::foldedOpsAreSettledAndLateOnesRefused()
{
    const QList<timers::Op> ended = endedTimer(0);
    commit(ended);
    foldAll();
    HeldSocket socket;
    Guest &session = open(socket);
    say(session, protocol::Hello{3, m_device, m_token, {}});
    settle();
    const timers::Op late =
        m_maker.make(ended[0].subject, timers::Add{1000}, m_clock.wallMs() + 2).op;
    const timers::Op fresh = op();
    say(session, protocol::Push{{ended[0], late, ended[1], fresh}});
    settle();
    QCOMPARE(next<protocol::Acked>(socket, session)->ops, QList<OpId>{fresh.id});
    QCOMPARE(next<protocol::Settled>(socket, session)->ops,
             (QList<OpId>{ended[0].id, ended[1].id}));
    const auto refused = next<protocol::OpRefused>(socket, session);
    QCOMPARE(refused->op, late.id);
    QVERIFY(refused->why.contains(QStringLiteral("start the timer again")));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"

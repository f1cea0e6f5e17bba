// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"
#include "fakes/OpMaker.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{5 * 60 * 1000, 5, 3};
constexpr qint64 Now = 1'700'000'000'000;

Arrival arrivalOf(const timers::Op &op, qint64 notAfter = Now + 50)
{
    return {op.id, op.at, notAfter, timers::canonical(op)};
}

Arrival anyArrival(qint64 at = Now, qint64 notAfter = Now + 50)
{
    static fakes::OpMaker maker;
    return arrivalOf(maker.make(TimerId::random(), timers::Pause{}, at).op, notAfter);
}

Arrival bigArrival(qsizetype bytes)
{
    static fakes::OpMaker maker;
    const QJsonObject recipe{{QStringLiteral("title"), QString(bytes, QLatin1Char('x'))}};
    return arrivalOf(maker.make(QUuid::createUuid(), timers::WriteRecipe{recipe}, Now).op);
}

Member anyDevice(const char *name = "phone")
{
    return {DeviceId::random(), QString::fromLatin1(name)};
}

} // namespace

/// The kitchen server's store, on a real SQLite file.
class TestKitchenStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        reopen();
    }
    void cleanup() { m_store.reset(); }

    void makesOneKitchenAndKeepsIt();
    void fileIsPrivate();
    void appendChainsInOrder();
    void futureStampsAreClampedAndPastOnesHonoured();
    void sameOpIsWrittenOnce();
    void sameOpTwiceInOneBatch();
    void manyOpsAreFoundById();
    void opsOfATimerAreFoundInBothParts();
    void unfinishedCommitIsForgotten();
    void kitchensHaveNumbersOfTheirOwn();
    void logSurvivesReopening();
    void pagesAreBoundedByEntries();
    void pagesAreBoundedByBytes();
    void oversizedEntryStillGetsItsPage();
    void linkOfUnknownEntryIsNotFound();
    void newestIsNotAlwaysTheLast();
    void clockIsKeptOnce();
    void whateverWritesIsCounted();
    void whatReadsIsNotCounted();
    void whatDoesNotWaitIsSyncedByAnother();
    void aWalThatIsNotThereCannotBeSynced();

private:
    void reopen()
    {
        m_store.reset();
        auto opened = fakes::OneKitchen::open(m_folder->filePath(QStringLiteral("k.db")), Rules);
        QVERIFY2(bool(opened), opened ? "" : qPrintable(describe(opened.error())));
        m_store = *std::move(opened);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<fakes::OneKitchen> m_store;
};

void TestKitchenStore::makesOneKitchenAndKeepsIt()
{
    const Kitchen first = m_store->kitchen();
    QVERIFY(!first.id.isNull());
    QVERIFY(!first.epoch.isNull());
    QCOMPARE(first.name, QStringLiteral("Kitchen"));
    reopen();
    QCOMPARE(m_store->kitchen(), first);
    QCOMPARE(m_store->log().head(), 0);
}

void TestKitchenStore::fileIsPrivate()
{
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                        QFileDevice::WriteOther;
    QVERIFY(m_store->log().append({anyArrival()}));
    const QDir folder(m_folder->path());
    const QFileInfoList files = folder.entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 2); // the WAL is there too
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void TestKitchenStore::appendChainsInOrder()
{
    const QList<Arrival> arrivals{anyArrival(), anyArrival(), anyArrival()};
    const auto appended = m_store->log().append(arrivals);
    QVERIFY(appended);
    QCOMPARE(appended->size(), 3);
    QByteArray link;
    for (qsizetype i = 0; i < 3; ++i) {
        const LogEntry &entry = appended->at(i).entry;
        QVERIFY(appended->at(i).fresh);
        QCOMPARE(entry.seq, i + 1);
        QCOMPARE(entry.body, arrivals[i].body);
        link = timers::nextLink(link, entry.body, entry.kt);
        QCOMPARE(entry.chain, link);
    }
    QCOMPARE(m_store->log().head(), 3);
    QCOMPARE(*m_store->log().linkAt(3), link);
    QCOMPARE(*m_store->log().linkAt(1), appended->at(0).entry.chain);
    QCOMPARE(*m_store->log().linkAt(0), QByteArray());
}

void TestKitchenStore::futureStampsAreClampedAndPastOnesHonoured()
{
    const auto appended = m_store->log().append({anyArrival(Now + 3'600'000), anyArrival(Now + 20),
                                                 anyArrival(Now - 86'400'000), anyArrival(-5)});
    QVERIFY(appended);
    QCOMPARE(appended->at(0).entry.kt, Now + 50);
    QCOMPARE(appended->at(1).entry.kt, Now + 20);
    QCOMPARE(appended->at(2).entry.kt, Now - 86'400'000);
    QCOMPARE(appended->at(3).entry.kt, -5);
}

void TestKitchenStore::sameOpIsWrittenOnce()
{
    const Arrival arrival = anyArrival(Now + 1000, Now);
    const auto first = m_store->log().append({arrival});
    QVERIFY(first);
    Arrival later = arrival;
    later.notAfter = Now + 900; // its first kitchen time stays
    const auto second = m_store->log().append({anyArrival(), later});
    QVERIFY(second);
    QVERIFY(second->at(0).fresh);
    QVERIFY(!second->at(1).fresh);
    QCOMPARE(second->at(1).entry, first->at(0).entry);
    QCOMPARE(m_store->log().head(), 2);
}

void TestKitchenStore::sameOpTwiceInOneBatch()
{
    const Arrival arrival = anyArrival();
    const auto appended = m_store->log().append({arrival, arrival});
    QVERIFY(appended);
    QVERIFY(appended->at(0).fresh);
    QVERIFY(!appended->at(1).fresh);
    QCOMPARE(appended->at(0).entry, appended->at(1).entry);
    QCOMPARE(m_store->log().head(), 1);
}

/// More than are kept in memory, pushed again before and after the server starts anew.
void TestKitchenStore::manyOpsAreFoundById()
{
    constexpr int Most = 700;
    QList<Arrival> arrivals;
    for (int i = 0; i < Most; ++i)
        arrivals += anyArrival();
    for (const qsizetype size : {1, 255, 256, 1, 187})
        QVERIFY(m_store->log().append(arrivals.mid(m_store->log().head(), size)));
    QCOMPARE(m_store->log().head(), Most);
    for (int round = 0; round < 2; ++round) {
        const auto again = m_store->log().append(arrivals);
        QVERIFY(again);
        for (int i = 0; i < Most; ++i) {
            QVERIFY(!again->at(i).fresh);
            QCOMPARE(again->at(i).entry.seq, i + 1);
            QCOMPARE(again->at(i).entry.body, arrivals[i].body);
        }
        reopen();
    }
    QCOMPARE(m_store->log().head(), Most);
    QVERIFY(m_store->log().prove());
}

void TestKitchenStore::opsOfATimerAreFoundInBothParts()
{
    fakes::OpMaker maker;
    const TimerId timer = TimerId::random();
    const auto arrival = [&](const TimerId &id, qint64 at) {
        Arrival made = arrivalOf(maker.make(id, timers::Pause{}, at).op, Now + 1000);
        made.timer = id;
        return made;
    };
    QList<qint64> seqs;
    for (int i = 0; i < 600; ++i) {
        const bool isOurs = i % 100 / 3 == 7; // three in a row
        QVERIFY(m_store->log().append({arrival(isOurs ? timer : TimerId::random(), Now + i)}));
        if (isOurs)
            seqs += m_store->log().head();
    }
    for (int round = 0; round < 2; ++round) {
        const auto ops = m_store->log().opsOf(timer);
        QVERIFY(ops);
        QList<qint64> found;
        for (const timers::StampedOp &op : *ops)
            found += op.seq;
        QCOMPARE(found, seqs);
        reopen();
    }
    const timers::StampedOp atHand{maker.make(timer, timers::Resume{}, Now + 9).op, Now + 9,
                                   seqs.at(seqs.size() - 2)}; // amid three
    const auto ops = m_store->log().opsOf(timer, {atHand});
    QVERIFY(ops);
    QCOMPARE(ops->size(), seqs.size());
    QVERIFY(ops->contains(atHand)); // and not what the file has there
}

/// What was rolled back can be pushed again.
void TestKitchenStore::unfinishedCommitIsForgotten()
{
    const Arrival good = anyArrival();
    Arrival bad = anyArrival();
    bad.op = OpId();
    bad.body = QByteArray(); // null: the file takes no such entry
    QVERIFY(!m_store->log().append({good, bad}));
    QCOMPARE(m_store->log().head(), 0);
    const auto again = m_store->log().append({good});
    QVERIFY(again && again->constFirst().fresh);
    QCOMPARE(again->constFirst().entry.seq, 1);
}

void TestKitchenStore::kitchensHaveNumbersOfTheirOwn()
{
    const auto other = m_store->server().make(QStringLiteral("Barn"), Now);
    QVERIFY(other);
    const auto barn = m_store->server().kitchen(other->id);
    QVERIFY(barn);
    const Arrival shared = anyArrival();
    const auto appended = m_store->server().append(
        {{&m_store->log(), {anyArrival(), shared}}, {&(*barn)->log(), {shared, anyArrival()}}});
    QVERIFY(appended); // one op may be in two kitchens
    QCOMPARE(appended->at(0).constLast().entry.seq, 2);
    QCOMPARE(appended->at(1).constFirst().entry.seq, 1);
    QCOMPARE((*barn)->log().page(0, 10, 1 << 20)->entries.size(), 2);
    QCOMPARE(*m_store->log().count(), 2);
    QVERIFY(m_store->log().prove() && (*barn)->log().prove());
}

void TestKitchenStore::logSurvivesReopening()
{
    const auto before = m_store->log().append({anyArrival(), anyArrival()});
    QVERIFY(before);
    reopen();
    QCOMPARE(m_store->log().head(), 2);
    const auto after = m_store->log().append({anyArrival()});
    QVERIFY(after);
    const LogEntry &entry = after->at(0).entry;
    QCOMPARE(entry.seq, 3);
    QCOMPARE(entry.chain, timers::nextLink(before->at(1).entry.chain, entry.body, entry.kt));
}

void TestKitchenStore::pagesAreBoundedByEntries()
{
    QList<Arrival> arrivals;
    for (int i = 0; i < 10; ++i)
        arrivals += anyArrival();
    QVERIFY(m_store->log().append(arrivals));
    const auto page = m_store->log().page(3, 4, 1 << 20);
    QVERIFY(page);
    QCOMPARE(page->head, 10);
    QCOMPARE(page->entries.size(), 4);
    QCOMPARE(page->entries.constFirst().seq, 4);
    QCOMPARE(page->entries.constLast().seq, 7);
    QCOMPARE(page->entries.constFirst().body, arrivals[3].body);
    QCOMPARE(m_store->log().page(10, 4, 1 << 20)->entries.size(), 0);
}

void TestKitchenStore::pagesAreBoundedByBytes()
{
    QVERIFY(m_store->log().append({bigArrival(40'000), bigArrival(40'000), bigArrival(40'000)}));
    QCOMPARE(m_store->log().page(0, 100, 100'000)->entries.size(), 2);
}

void TestKitchenStore::oversizedEntryStillGetsItsPage()
{
    QVERIFY(m_store->log().append({bigArrival(40'000), anyArrival()}));
    const auto page = m_store->log().page(0, 100, 1000);
    QVERIFY(page);
    QCOMPARE(page->entries.size(), 1);
}

void TestKitchenStore::linkOfUnknownEntryIsNotFound()
{
    QVERIFY(m_store->log().append({anyArrival()}));
    const auto link = m_store->log().linkAt(2);
    QVERIFY(!link);
    QCOMPARE(link.error().code, ErrorCode::NotFound);
}

void TestKitchenStore::newestIsNotAlwaysTheLast()
{
    QVERIFY(!m_store->past()->newest);
    QVERIFY(m_store->log().append({anyArrival(Now), anyArrival(Now + 20), anyArrival(Now - 5000)}));
    QCOMPARE(m_store->past()->newest, std::optional(Now + 20));
}

void TestKitchenStore::clockIsKeptOnce()
{
    QVERIFY(!m_store->past()->kept);
    const timers::KeptClock first{BootId::random(), Now, Now + 1, false};
    QVERIFY(m_store->keepClock(first));
    QCOMPARE(m_store->past()->kept, std::optional(first));
    const timers::KeptClock next{BootId::random(), -7, Now + 2, true};
    QVERIFY(m_store->keepClock(next));
    reopen();
    QCOMPARE(m_store->past()->kept, std::optional(next));
}

/// Nobody may hear of any of these before the disk has them.
void TestKitchenStore::whateverWritesIsCounted()
{
    ServerStore &server = m_store->server();
    qint64 before = server.writes();
    const auto grew = [&] { return std::exchange(before, server.writes()) < server.writes(); };
    QVERIFY(server.append({{&m_store->log(), {anyArrival()}}}));
    QVERIFY(grew());
    QVERIFY(m_store->keepClock({BootId::random(), Now, Now + 1, false}));
    QVERIFY(grew());
    QVERIFY(m_store->store().keepStand({1, {}, {}}));
    QVERIFY(grew());
    QVERIFY(server.make(QStringLiteral("Another"), Now));
    QVERIFY(grew());
    const auto code = m_store->admissions().invite(m_store->kitchen().id, Role::Cook, Now);
    QVERIFY(code);
    QVERIFY(grew());
    const Member device = anyDevice();
    QVERIFY(m_store->redeem(*code, device, Now));
    QVERIFY(grew());
    QVERIFY(m_store->admissions().revoke(device.id)); // a statement that gives rows, too
    QVERIFY(grew());
}

void TestKitchenStore::whatReadsIsNotCounted()
{
    QVERIFY(m_store->log().append({anyArrival()}));
    const qint64 before = m_store->server().writes();
    QVERIFY(m_store->log().page(0, 10, 1000));
    QVERIFY(m_store->log().prove());
    QVERIFY(m_store->past());
    QVERIFY(m_store->admissions().devices(m_store->kitchen().id));
    QCOMPARE(m_store->server().writes(), before);
}

void TestKitchenStore::whatDoesNotWaitIsSyncedByAnother()
{
    QVERIFY(m_store->server().expectMuch());
    const auto wal = m_store->server().openSync();
    QVERIFY(wal);
    QVERIFY(m_store->server().commitEarly());
    const Arrival arrival = anyArrival();
    QVERIFY(m_store->log().append({arrival}));
    QVERIFY((*wal)->sync());
    reopen();
    QCOMPARE(m_store->log().page(0, 10, 1000)->entries.constFirst().body, arrival.body);
    QVERIFY((*wal)->sync()); // also of a WAL that is gone: its ops moved into the file
}

void TestKitchenStore::aWalThatIsNotThereCannotBeSynced()
{
    const auto wal = WalSync::open(m_folder->filePath(QStringLiteral("none.db")));
    QVERIFY(!wal);
    QCOMPARE(wal.error().code, ErrorCode::FileUnreadable);
}

QTEST_GUILESS_MAIN(TestKitchenStore)
#include "tst_kitchenstore.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "storage/device/DeviceLog.h"
#include "timers/OpCodec.h"
#include "timerserver/CookingSessions.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::timerserver;
using timers::Box;
using timers::Cook;
using timers::StampedOp;

namespace {

constexpr Box Salt{Box::Kind::Ingredient, 1};
constexpr Box Leek{Box::Kind::Ingredient, 0};

} // namespace

/// The face of the cooking sessions, on a real log in this thread.
class TestCookingSessions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { close(); }

    void firstTickBegins();
    void tickShowsWhenItIsDurable();
    void pressesBeforeTheLogIsReadAreKept();
    void quickPressesFollowOneAnother();
    void sessionSurvivesARestart();
    void beginAnewForgetsTheTicks();
    void endNeedsACooking();
    void forgottenSessionBeginsAnew();
    void senselessWishesAreRefused_data();
    void senselessWishesAreRefused();
    void othersTicksArrive();
    void sessionsDoNotRestWithTimers();

private:
    void make()
    {
        m_log =
            std::make_unique<storage::DeviceLog>(m_clock, m_folder->path(), QStringLiteral("Ana"));
        m_cooking = std::make_unique<CookingSessions>(m_clock, *m_log);
        connect(m_log.get(), &storage::DeviceLog::appended, m_cooking.get(),
                [this](const StampedOp &op) { m_written += op; });
    }
    void open()
    {
        make();
        QSignalSpy loaded(m_cooking.get(), &CookingSessions::loaded);
        m_log->open();
        QVERIFY(loaded.wait(PatienceMs));
    }
    void close()
    {
        m_cooking.reset();
        m_log.reset();
        m_written.clear();
    }
    template<class Press>
    void press(Press press)
    {
        QSignalSpy kept(m_cooking.get(), &CookingSessions::kept);
        press();
        QVERIFY(kept.wait(PatienceMs));
    }
    void tick(const Box &box)
    {
        press([&] { m_cooking->tick(m_recipe, box, true); });
    }
    Cook lastWritten() const { return std::get<Cook>(m_written.constLast().op.action); }

    std::unique_ptr<QTemporaryDir> m_folder;
    fakes::ManualClock m_clock;
    RecipeId m_recipe = RecipeId::random();
    std::unique_ptr<storage::DeviceLog> m_log;
    std::unique_ptr<CookingSessions> m_cooking;
    QList<StampedOp> m_written;
};

void TestCookingSessions::firstTickBegins()
{
    QVERIFY(!m_cooking->current(m_recipe));
    tick(Salt);
    QCOMPARE(lastWritten().turn, std::optional(Cook::Turn::Begin));
    QCOMPARE(m_cooking->current(m_recipe)->ticked, QSet<Box>{Salt});
    tick(Leek);
    QVERIFY(!lastWritten().turn);
    QCOMPARE(m_written[1].op.seen, QList<OpId>{m_written[0].op.id});
    QCOMPARE(m_cooking->current(m_recipe)->ticked, (QSet<Box>{Salt, Leek}));
}

void TestCookingSessions::tickShowsWhenItIsDurable()
{
    QSignalSpy changed(m_cooking.get(), &CookingSessions::cookingChanged);
    m_cooking->tick(m_recipe, Salt, true);
    QVERIFY(!m_cooking->current(m_recipe)); // not yet
    QVERIFY(changed.wait(PatienceMs));
    QVERIFY(m_cooking->current(m_recipe));
    QCOMPARE(changed.size(), 1);
}

void TestCookingSessions::pressesBeforeTheLogIsReadAreKept()
{
    tick(Salt);
    close();
    make();
    QSignalSpy kept(m_cooking.get(), &CookingSessions::kept);
    m_cooking->tick(m_recipe, Leek, true);
    m_log->open();
    QVERIFY(kept.wait(PatienceMs));
    QCOMPARE(m_cooking->current(m_recipe)->ticked, (QSet<Box>{Salt, Leek}));
}

void TestCookingSessions::quickPressesFollowOneAnother()
{
    QSignalSpy kept(m_cooking.get(), &CookingSessions::kept);
    m_cooking->tick(m_recipe, Salt, true);
    m_cooking->setScale(m_recipe, {3, 2});
    m_cooking->setStep(m_recipe, 4);
    m_cooking->tick(m_recipe, Salt, false);
    QTRY_COMPARE(kept.size(), 4);
    const auto cooking = m_cooking->current(m_recipe);
    QVERIFY(cooking->ticked.isEmpty());
    QCOMPARE(cooking->scale, (timers::Scale{3, 2}));
    QCOMPARE(cooking->step, 4);
    QCOMPARE(m_written[3].op.seen, QList<OpId>{m_written[2].op.id});
    m_cooking->end(m_recipe);
    QTRY_COMPARE(kept.size(), 5);
    QVERIFY(!m_cooking->current(m_recipe));
    QVERIFY(m_cooking->all().value(m_recipe).ended);
}

void TestCookingSessions::sessionSurvivesARestart()
{
    tick(Salt);
    const auto before = m_cooking->canonical();
    close();
    open();
    QCOMPARE(m_cooking->current(m_recipe)->ticked, QSet<Box>{Salt});
    QCOMPARE(m_cooking->canonical(), before);
    tick(Leek);
    QVERIFY(m_cooking->canonical() != before);
}

void TestCookingSessions::beginAnewForgetsTheTicks()
{
    tick(Salt);
    press([&] { m_cooking->begin(m_recipe); });
    QVERIFY(m_cooking->current(m_recipe)->ticked.isEmpty());
}

void TestCookingSessions::endNeedsACooking()
{
    QSignalSpy refused(m_cooking.get(), &CookingSessions::notKept);
    m_cooking->end(m_recipe);
    QCOMPARE(refused.size(), 1);
    QVERIFY(m_written.isEmpty());
}

void TestCookingSessions::forgottenSessionBeginsAnew()
{
    tick(Salt);
    m_clock.advance(timers::IdleCookingMs + 1);
    QVERIFY(!m_cooking->current(m_recipe));
    tick(Leek);
    QCOMPARE(lastWritten().turn, std::optional(Cook::Turn::Begin));
    QCOMPARE(m_cooking->current(m_recipe)->ticked, QSet<Box>{Leek});
}

void TestCookingSessions::senselessWishesAreRefused_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("times");
    QTest::addColumn<int>("boxes");
    QTest::newRow("no such step") << -1 << 1 << 1;
    QTest::newRow("no scale") << 1 << 0 << 1;
    QTest::newRow("too many boxes") << 1 << 1 << 257;
}

void TestCookingSessions::senselessWishesAreRefused()
{
    QFETCH(int, step);
    QFETCH(int, times);
    QFETCH(int, boxes);
    Cook wish{m_recipe, {}, step, timers::Scale{times, 1}};
    for (int i = 0; i < boxes; ++i)
        wish.ticks.insert({Box::Kind::Step, i}, true);
    QSignalSpy refused(m_cooking.get(), &CookingSessions::notKept);
    m_cooking->cook(wish);
    QCOMPARE(refused.size(), 1);
    QVERIFY(m_written.isEmpty());
}

void TestCookingSessions::othersTicksArrive()
{
    tick(Salt);
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const QList<StampedOp> ops{m_written[0], ben.make(timers::sessionOf(m_recipe).uuid(),
                                                      Cook{m_recipe, {}, {}, {}, {{Leek, true}}},
                                                      m_clock.wallMs() + 5, {m_written[0].op.id})};
    QList<timers::LogEntry> log;
    QByteArray link;
    for (const StampedOp &stamped : ops) {
        link = timers::nextLink(link, timers::canonical(stamped.op), stamped.kt);
        log += {log.size() + 1, stamped.kt, link, stamped.op};
    }
    QSignalSpy changed(m_cooking.get(), &CookingSessions::cookingChanged);
    m_log->merge(log);
    QVERIFY(changed.wait(PatienceMs));
    QCOMPARE(m_cooking->current(m_recipe)->ticked, (QSet<Box>{Salt, Leek}));
}

/// What the timer thread lets rest are timers; a session's ops stay, however old.
void TestCookingSessions::sessionsDoNotRestWithTimers()
{
    tick(Salt);
    m_log->append({OpId::random(),
                   TimerId::random().uuid(),
                   timers::Start{QStringLiteral("Eggs"), 1000, 1000, {}},
                   {},
                   {}});
    QTRY_COMPARE(m_written.size(), 2);
    m_log->rest({TimerId(m_written[1].op.subject)});
    close();
    m_clock.advance(400LL * 24 * 3'600'000);
    open();
    QCOMPARE(m_cooking->all().value(m_recipe).ticked, QSet<Box>{Salt});
}

QTEST_GUILESS_MAIN(TestCookingSessions)
#include "tst_cookingsessions.moc"

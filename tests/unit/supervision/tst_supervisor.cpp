// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "supervision/Supervisor.h"

#include <QSignalSpy>
#include <QTest>

#include <malloc.h>
#include <stdexcept>

using namespace simmer;
using namespace simmer::supervision;

namespace {

const QString Ana = QStringLiteral("ana");
const QString Ben = QStringLiteral("ben");
const QString Why = QStringLiteral("soup boiled over");

} // namespace

class TestSupervisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_started.clear(); }

    void intensityCountsWithinItsTime();
    void intensityForgets();
    void startsAndRestarts();
    void aKeyHasOneChild();
    void theFourthCrashWithinHalfAMinuteGoesSafe();
    void crashesFarApartGoOnForEver();
    void siblingsAreNeverTouched();
    void theLevelAboveIsAskedOnce();
    void theLevelAboveThatCannotHelp();
    void theLevelAboveIsAskedAgainAfterQuiet();
    void safeModeEndsAfterQuiet();
    void safeModeEndsByHand();
    void whoCrashesInSafeModeTooRests();
    void anotherSupervisorGoesOn();
    void whoWasStoppedIsWokenInItsMode();
    void aStartThatThrowsIsACrash();
    void aStartThatAlwaysThrowsRests();
    void theRemovedStayAway();
    void childrenMayComeAndGoMeanwhile();
    void manyChildrenCostLittle();

private:
    Supervisor::Start start(const QString &key)
    {
        return [this, key](Mode mode) { m_started[key] += mode; };
    }
    QList<Mode> started(const QString &key) const { return m_started.value(key); }

    fakes::ManualClock m_clock;
    QHash<QString, QList<Mode>> m_started;
};

void TestSupervisor::intensityCountsWithinItsTime()
{
    RestartIntensity crashes;
    QVERIFY(crashes.allows(0));
    QVERIFY(crashes.allows(10'000));
    QVERIFY(crashes.allows(20'000));
    QVERIFY(!crashes.allows(29'999));
    QVERIFY(crashes.allows(30'000)); // the first is 30 s ago
    QVERIFY(!crashes.allows(39'999));
    QVERIFY(crashes.allows(40'000));
}

void TestSupervisor::intensityForgets()
{
    RestartIntensity crashes({1, 1000});
    QVERIFY(crashes.allows(0));
    QVERIFY(!crashes.allows(999));
    crashes.forget();
    QVERIFY(crashes.allows(999));
}

void TestSupervisor::startsAndRestarts()
{
    Supervisor supervisor(m_clock);
    QSignalSpy restarted(&supervisor, &Supervisor::restarted);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    QCOMPARE(started(Ana), QList<Mode>{Mode::Normal});
    QCOMPARE(restarted.size(), 0);
    supervisor.crashed(Ana, Why);
    QCOMPARE(started(Ana).size(), 2);
    QCOMPARE(restarted.size(), 1);
    QCOMPARE(restarted[0][0].toString(), Ana);
    QCOMPARE(restarted[0][1].toString(), Why);
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal);
    QVERIFY(!supervisor.nextTend());
}

void TestSupervisor::aKeyHasOneChild()
{
    Supervisor supervisor(m_clock);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    QVERIFY(!supervisor.add(Ana, start(Ben)));
    QVERIFY(started(Ben).isEmpty());
    QCOMPARE(supervisor.size(), 1);
    QVERIFY(!supervisor.modeOf(Ben));
}

void TestSupervisor::theFourthCrashWithinHalfAMinuteGoesSafe()
{
    Supervisor supervisor(m_clock);
    QSignalSpy safe(&supervisor, &Supervisor::wentSafe);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 3; ++crash) {
        supervisor.crashed(Ana, Why);
        m_clock.advance(9999);
    }
    QCOMPARE(safe.size(), 0);
    supervisor.crashed(Ana, Why);
    QCOMPARE(safe.size(), 1);
    QCOMPARE(safe[0][0].toString(), Ana);
    QCOMPARE(started(Ana),
             (QList<Mode>{Mode::Normal, Mode::Normal, Mode::Normal, Mode::Normal, Mode::Safe}));
    QCOMPARE(supervisor.modeOf(Ana), Mode::Safe);
}

void TestSupervisor::crashesFarApartGoOnForEver()
{
    Supervisor supervisor(m_clock);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 100; ++crash) {
        supervisor.crashed(Ana, Why);
        m_clock.advance(10'000);
    }
    QCOMPARE(started(Ana), QList<Mode>(101, Mode::Normal));
}

void TestSupervisor::siblingsAreNeverTouched()
{
    Supervisor supervisor(m_clock);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    QVERIFY(supervisor.add(Ben, start(Ben)));
    for (int crash = 0; crash < 20; ++crash)
        supervisor.crashed(Ana, Why);
    m_clock.advance(3'600'000);
    supervisor.tend();
    QCOMPARE(started(Ben), QList<Mode>{Mode::Normal});
}

void TestSupervisor::theLevelAboveIsAskedOnce()
{
    QStringList asked;
    Supervisor supervisor(m_clock, {}, [&](const QString &key, const QString &why) {
        asked += key + why;
        return true; // and restarts it by itself
    });
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(asked, QStringList{Ana + Why});
    QCOMPARE(started(Ana).size(), 4); // the fourth crash was the other level's
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal);
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(supervisor.modeOf(Ana), Mode::Safe);
}

void TestSupervisor::theLevelAboveThatCannotHelp()
{
    int asked = 0;
    Supervisor supervisor(m_clock, {}, [&](const QString &, const QString &) {
        ++asked;
        return false;
    });
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(asked, 1);
    QCOMPARE(supervisor.modeOf(Ana), Mode::Safe);
}

void TestSupervisor::theLevelAboveIsAskedAgainAfterQuiet()
{
    int asked = 0;
    Supervisor supervisor(m_clock, {}, [&](const QString &, const QString &) {
        ++asked;
        return true;
    });
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(supervisor.nextTend(), m_clock.bootMs() + 600'000);
    m_clock.advance(600'000);
    supervisor.tend();
    QVERIFY(!supervisor.nextTend());
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(asked, 2);
}

void TestSupervisor::safeModeEndsAfterQuiet()
{
    Supervisor supervisor(m_clock);
    QSignalSpy left(&supervisor, &Supervisor::leftSafe);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    m_clock.advance(300'000);
    supervisor.crashed(Ana, Why); // not quiet yet
    m_clock.advance(599'999);
    supervisor.tend();
    QCOMPARE(supervisor.modeOf(Ana), Mode::Safe);
    QCOMPARE(supervisor.nextTend(), m_clock.bootMs() + 1);
    m_clock.advance(1);
    supervisor.tend();
    QCOMPARE(left.size(), 1);
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal);
    QCOMPARE(started(Ana).constLast(), Mode::Normal);
}

void TestSupervisor::safeModeEndsByHand()
{
    Supervisor supervisor(m_clock);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    supervisor.leaveSafeMode(Ana); // which it is not in
    QCOMPARE(started(Ana).size(), 1);
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    supervisor.leaveSafeMode(Ana);
    QCOMPARE(started(Ana).constLast(), Mode::Normal);
    const qsizetype before = started(Ana).size();
    supervisor.crashed(Ana, Why);
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal); // it begins anew
    QCOMPARE(started(Ana).size(), before + 1);
}

void TestSupervisor::whoCrashesInSafeModeTooRests()
{
    Supervisor supervisor(m_clock);
    QSignalSpy rests(&supervisor, &Supervisor::rests);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 8; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(rests.size(), 1);
    QCOMPARE(started(Ana).size(), 8); // the eighth crash started nothing
    QCOMPARE(supervisor.nextTend(), m_clock.bootMs() + 30'000);
    m_clock.advance(29'999);
    supervisor.tend();
    QCOMPARE(started(Ana).size(), 8);
    m_clock.advance(1);
    supervisor.tend();
    QCOMPARE(started(Ana).size(), 9);
    QCOMPARE(started(Ana).constLast(), Mode::Safe);
}

void TestSupervisor::anotherSupervisorGoesOn()
{
    std::optional<Supervisor::Record> record;
    {
        Supervisor first(m_clock);
        QVERIFY(!first.recordOf(Ana));
        QVERIFY(first.add(Ana, start(Ana)));
        for (int crash = 0; crash < 3; ++crash)
            first.crashed(Ana, Why);
        record = first.recordOf(Ana);
    }
    QVERIFY(record);
    m_started.clear();
    Supervisor second(m_clock);
    QVERIFY(second.resume(Ana, start(Ana), record));
    QVERIFY(!second.resume(Ana, start(Ana), record));
    QVERIFY(started(Ana).isEmpty());
    second.crashed(Ana, Why); // the fourth
    QCOMPARE(started(Ana), QList<Mode>{Mode::Safe});
    Supervisor third(m_clock);
    QVERIFY(third.resume(Ana, start(Ana), second.recordOf(Ana)));
    m_clock.advance(600'000);
    third.tend();
    QCOMPARE(started(Ana).constLast(), Mode::Normal); // its quiet time is over there
    QVERIFY(third.resume(Ben, start(Ben), std::nullopt));
    third.crashed(Ben, Why);
    QCOMPARE(started(Ben), QList<Mode>{Mode::Normal});
}

void TestSupervisor::whoWasStoppedIsWokenInItsMode()
{
    Supervisor supervisor(m_clock);
    supervisor.wake(Ana); // a stranger
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    m_started.clear();
    supervisor.wake(Ana);
    QCOMPARE(started(Ana), QList<Mode>{Mode::Safe});
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    m_started.clear();
    supervisor.wake(Ana); // it rests
    QVERIFY(started(Ana).isEmpty());
}

void TestSupervisor::aStartThatThrowsIsACrash()
{
    Supervisor supervisor(m_clock);
    QSignalSpy restarted(&supervisor, &Supervisor::restarted);
    int left = 2;
    QVERIFY(supervisor.add(Ana, [&](Mode) {
        if (left-- > 0)
            throw std::runtime_error("no pot");
    }));
    QCOMPARE(left, -1);
    QCOMPARE(restarted.size(), 1);
    QCOMPARE(restarted[0][1].toString(), QStringLiteral("no pot"));
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal);
}

void TestSupervisor::aStartThatAlwaysThrowsRests()
{
    Supervisor supervisor(m_clock);
    QSignalSpy rests(&supervisor, &Supervisor::rests);
    int starts = 0;
    QVERIFY(supervisor.add(Ana, [&](Mode) {
        ++starts;
        throw 7; // even that
    }));
    QCOMPARE(starts, 8); // one, three restarts, safe mode, three restarts
    QCOMPARE(rests.size(), 1);
    m_clock.advance(30'000);
    supervisor.tend();
    QCOMPARE(starts, 12);
    QCOMPARE(rests.size(), 2);
}

void TestSupervisor::theRemovedStayAway()
{
    Supervisor supervisor(m_clock);
    QVERIFY(supervisor.add(Ana, start(Ana)));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    supervisor.remove(Ana);
    supervisor.crashed(Ana, Why);
    supervisor.leaveSafeMode(Ana);
    QCOMPARE(started(Ana).size(), 5);
    QVERIFY(!supervisor.nextTend());
    QVERIFY(supervisor.add(Ana, start(Ana))); // a new one has no past
    QCOMPARE(supervisor.modeOf(Ana), Mode::Normal);
}

void TestSupervisor::childrenMayComeAndGoMeanwhile()
{
    Supervisor supervisor(m_clock);
    connect(&supervisor, &Supervisor::wentSafe, this,
            [&](const QString &key) { supervisor.remove(key); });
    int starts = 0;
    QVERIFY(supervisor.add(Ana, [&](Mode) {
        for (int more = 0; more < 100; ++more) // moves everything in the table
            QVERIFY(supervisor.add(QString::number(1000 * starts + more), [](Mode) {}));
        ++starts;
    }));
    for (int crash = 0; crash < 4; ++crash)
        supervisor.crashed(Ana, Why);
    QCOMPARE(starts, 4);
    QVERIFY(!supervisor.modeOf(Ana));
    QCOMPARE(supervisor.size(), 400);
}

void TestSupervisor::manyChildrenCostLittle()
{
    constexpr int Many = 10'000;
    const auto used = [] { return mallinfo2().uordblks; }; // 0 under the address sanitizer
    const size_t before = used();
    Supervisor supervisor(m_clock);
    int starts = 0;
    for (int kitchen = 0; kitchen < Many; ++kitchen)
        QVERIFY(supervisor.add(QStringLiteral("%1").arg(kitchen, 32), [&](Mode) { ++starts; }));
    QCOMPARE(starts, Many);
    const double each = double(used() - before) / Many;
    QVERIFY2(each <= 512, qPrintable(QStringLiteral("%1 bytes each").arg(each)));
}

QTEST_APPLESS_MAIN(TestSupervisor)
#include "tst_supervisor.moc"

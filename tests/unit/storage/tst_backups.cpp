// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "fakes/SmallDisk.h"
#include "storage/Database.h"
#include "storage/Files.h"
#include "storage/device/DeviceStore.h"
#include "storage/safety/BackupDates.h"
#include "storage/safety/BackupKeeper.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer;
using namespace simmer::storage;

namespace {

const QDate Today(2026, 11, 21);

QList<QDate> sorted(QList<QDate> dates)
{
    std::sort(dates.begin(), dates.end());
    return dates;
}

/// Makes what Backups::tidy() makes of the shelf after a copy of that date.
void backUp(QList<QDate> &shelf, const QDate &date)
{
    if (!shelf.contains(date))
        shelf += date;
    shelf = backupsToKeep(shelf, date);
}

} // namespace

/// Which copies stay, and how one is taken.
class TestBackups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void sevenDaysAndFourWeeks();
    void aYearWithGaps();
    void clockTenYearsAhead();
    void clockTenYearsBehind();
    void anyShelfKeepsItsNewest();
    void copyIsWholeAndPrivate();
    void oneADay();
    void fullDiskLeavesTheOlderOnes();
    void damagedFileIsNotCopied();
    void newestGoodPassesOverBadOnes();

private:
    std::unique_ptr<DeviceStore> store(int ops);
    Backups backups() const
    {
        return {DeviceStore::fileIn(m_folder->path()), DeviceStore::schema()};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    fakes::OpMaker m_ana;
};

std::unique_ptr<DeviceStore> TestBackups::store(int ops)
{
    auto opened = DeviceStore::open(m_folder->path(), Today);
    if (!opened)
        return nullptr;
    for (int i = 0; i < ops; ++i)
        if (!(*opened)->append(
                m_ana.make(TimerId::random(), timers::Pause{}, 1'700'000'000'000 + i).op))
            return nullptr;
    return *std::move(opened);
}

void TestBackups::sevenDaysAndFourWeeks()
{
    QList<QDate> shelf;
    for (QDate day = Today.addDays(-60); day <= Today; day = day.addDays(1))
        backUp(shelf, day);
    // 21 November 2026 is a Saturday: seven days reach back to Sunday the 15th.
    QList<QDate> expected{QDate(2026, 11, 1), QDate(2026, 11, 8)};
    for (int day = 15; day <= 21; ++day)
        expected += QDate(2026, 11, day);
    QCOMPARE(sorted(shelf), expected);
    QCOMPARE(backupsToKeep({}, Today), QList<QDate>());
}

void TestBackups::aYearWithGaps()
{
    std::mt19937 chance(20261121);
    QList<QDate> shelf;
    QList<QDate> taken;
    for (QDate day = Today; day < Today.addDays(365);
         day = day.addDays(chance() % 10 == 0 ? int(chance() % 40) : 1)) {
        backUp(shelf, day);
        taken += day;
        const QList<QDate> newest = taken.mid(std::max<qsizetype>(0, taken.size() - DailyBackups));
        for (const QDate &date : newest)
            QVERIFY(shelf.contains(date));
        QVERIFY(shelf.size() <= DailyBackups + WeeklyBackups);
        if (taken.size() > 40)
            QVERIFY(shelf.constLast().daysTo(day) >= 14);
    }
}

void TestBackups::clockTenYearsAhead()
{
    QList<QDate> shelf;
    for (int day = 0; day < 40; ++day)
        backUp(shelf, Today.addDays(day));
    const QDate last = Today.addDays(39);
    backUp(shelf, last.addYears(10));
    QVERIFY(shelf.contains(last)); // one wrong day costs at most the oldest
    QVERIFY(shelf.contains(last.addDays(-5)));
    for (int day = 1; day < 30; ++day)
        backUp(shelf, last.addYears(10).addDays(day));
    const QDate back = last.addDays(30); // somebody sets it right
    for (int day = 0; day < 20; ++day) {
        backUp(shelf, back.addDays(day));
        QVERIFY(shelf.contains(back.addDays(day)));
        QVERIFY(shelf.contains(back.addDays(std::max(0, day - 6))));
    }
    QVERIFY(shelf.size() <= 2 * (DailyBackups + WeeklyBackups));
}

void TestBackups::clockTenYearsBehind()
{
    QList<QDate> shelf;
    for (int day = 0; day < 40; ++day)
        backUp(shelf, Today.addDays(day));
    for (int day = 0; day < 40; ++day) {
        const QDate wrong = Today.addYears(-10).addDays(day);
        backUp(shelf, wrong);
        QVERIFY(shelf.contains(wrong));
    }
    for (int day = 33; day < 40; ++day)
        QVERIFY(shelf.contains(Today.addDays(day)));
}

void TestBackups::anyShelfKeepsItsNewest()
{
    std::mt19937 chance(7);
    for (int round = 0; round < 2000; ++round) {
        QList<QDate> shelf;
        for (auto i = chance() % 40; i > 0; --i)
            shelf += Today.addDays(int(chance() % 8000) - 4000);
        const QDate now = Today.addDays(int(chance() % 8000) - 4000);
        shelf += now;
        const QList<QDate> kept = backupsToKeep(shelf, now);
        const QSet<QDate> different(shelf.cbegin(), shelf.cend());
        QVERIFY(kept.contains(now));
        QVERIFY(kept.contains(*std::max_element(shelf.cbegin(), shelf.cend())));
        QVERIFY(kept.size() >= std::min<qsizetype>(DailyBackups, different.size()));
        QVERIFY(kept.size() <= 2 * (DailyBackups + WeeklyBackups));
        QCOMPARE(QSet<QDate>(kept.cbegin(), kept.cend()).size(), kept.size());
        QCOMPARE(sorted(backupsToKeep(kept, now)), sorted(kept)); // and then rests
    }
}

/// While the file is open and being written.
void TestBackups::copyIsWholeAndPrivate()
{
    const auto open = store(100);
    QVERIFY(open);
    const Outcome taken = backups().take(Today);
    QVERIFY2(taken, taken ? "" : qPrintable(describe(taken.error())));
    const QString copy = backups().pathOf(Today);
    QVERIFY(copy.endsWith(QLatin1String("/backups/device-2026-11-21.db")));
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFileInfo(copy).permissions() & others));
    QVERIFY(!(QFileInfo(QFileInfo(copy).path()).permissions() & others));
    QCOMPARE(Files::used().list(QFileInfo(copy).path()).size(), 1); // nothing beside it
    QVERIFY(open->append(m_ana.make(TimerId::random(), timers::Pause{}, 1).op));
    QCOMPARE(open->all()->size(), 101);
    const QTemporaryDir restored; // as docs/safety.md tells people to do
    QVERIFY(QFile::copy(copy, DeviceStore::fileIn(restored.path())));
    const auto again = DeviceStore::open(restored.path());
    QVERIFY(again);
    QCOMPARE((*again)->all()->size(), 100);
    QCOMPARE((*again)->device(), open->device());
    QVERIFY(!(*again)->salvaged());
}

void TestBackups::oneADay()
{
    const auto open = store(3);
    fakes::ManualClock clock(QDateTime(Today, QTime(12, 0)).toMSecsSinceEpoch());
    for (int start = 0; start < 3; ++start) {
        BackupKeeper keeper(clock, backups());
        QSignalSpy taken(&keeper, &BackupKeeper::backedUp);
        keeper.begin(BackupKeeper::First::Later);
        QCoreApplication::processEvents();
        QCOMPARE(taken.size(), 0);
        keeper.begin(BackupKeeper::First::Now);
        QCoreApplication::processEvents();
        QCOMPARE(taken.size(), start == 1 ? 0 : 1);
        if (start == 1)
            clock.advance(24LL * 3600 * 1000);
    }
    QCOMPARE(sorted(backups().dates()), (QList<QDate>{Today, Today.addDays(1)}));
}

void TestBackups::fullDiskLeavesTheOlderOnes()
{
    const auto open = store(200);
    QVERIFY(backups().take(Today.addDays(-1)));
    fakes::ManualClock clock(QDateTime(Today, QTime(12, 0)).toMSecsSinceEpoch());
    BackupKeeper keeper(clock, backups());
    QSignalSpy failed(&keeper, &BackupKeeper::backupFailed);
    {
        const fakes::SmallDisk disk(20'000);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no backup today")));
        keeper.begin(BackupKeeper::First::Now);
        QTRY_COMPARE(failed.size(), 1);
    }
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::DiskFull);
    QCOMPARE(backups().dates(), QList<QDate>{Today.addDays(-1)});
    QCOMPARE(Files::used().list(m_folder->filePath(QStringLiteral("backups"))).size(), 1);
    QSignalSpy taken(&keeper, &BackupKeeper::backedUp);
    keeper.begin(BackupKeeper::First::Now); // what the alarm does an hour later
    QTRY_COMPARE(taken.size(), 1);
}

void TestBackups::damagedFileIsNotCopied()
{
    store(400);
    QVERIFY(backups().take(Today.addDays(-1)));
    QFile file(DeviceStore::fileIn(m_folder->path()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.seek(3 * 4096);
    file.write(QByteArray(4 * 4096, 'x'));
    file.close();
    fakes::ManualClock clock(QDateTime(Today, QTime(12, 0)).toMSecsSinceEpoch());
    BackupKeeper keeper(clock, backups());
    QSignalSpy found(&keeper, &BackupKeeper::damageFound);
    keeper.begin(BackupKeeper::First::Now);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(backups().dates(), QList<QDate>{Today.addDays(-1)});
}

void TestBackups::newestGoodPassesOverBadOnes()
{
    QCOMPARE(backups().newestGood(Today).database, nullptr);
    const auto open = store(10);
    for (int days : {-2, -1, 0, 3650})
        QVERIFY(backups().take(Today.addDays(days)));
    QFile newest(backups().pathOf(Today));
    QVERIFY(newest.open(QIODevice::WriteOnly));
    newest.write("not a database");
    newest.close();
    const auto good = backups().newestGood(Today);
    QVERIFY(good.database);
    QCOMPARE(good.date, Today.addDays(-1)); // not the one of a wrong clock
}

QTEST_GUILESS_MAIN(TestBackups)
#include "tst_backups.moc"

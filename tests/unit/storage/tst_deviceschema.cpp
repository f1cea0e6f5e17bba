// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "fakes/SchemaFiles.h"
#include "storage/device/DeviceStore.h"
#include "timers/TimerBoard.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

} // namespace

/// Files of every schema that a device ever had (tests/fixtures/storage/device-N.db, each written
/// by the program of its time: a recipe, eggs paused at 7:00, rice stopped), and what rests.
class TestDeviceSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyVersionIsReadAndKept_data();
    void everyVersionIsReadAndKept();
    void restingTimersWakeWithAllTheirOps();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestDeviceSchema::everyVersionIsReadAndKept_data()
{
    QTest::addColumn<int>("version");
    const QStringList files = QDir(fakes::SchemaFiles).entryList({QStringLiteral("device-*.db")});
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.section(u'-', 1).section(u'.', 0, 0).toInt();
    QVERIFY(files.size() >= 2);
}

void TestDeviceSchema::everyVersionIsReadAndKept()
{
    QFETCH(int, version);
    const QString path = m_folder->filePath(QStringLiteral("device.db"));
    QVERIFY(
        QFile::copy(QStringLiteral("%1/device-%2.db").arg(fakes::SchemaFiles).arg(version), path));
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QCOMPARE(fakes::versionOf(path), version);
    {
        const auto store = DeviceStore::open(m_folder->path());
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        QCOMPARE(*(*store)->waiting(), 5);
        timers::TimerBoard board;
        board.put(*(*store)->awake());
        QHash<QString, timers::Phase> phases;
        for (const timers::Timer &timer : board.timers())
            phases.insert(timer.name, timer.phase);
        QCOMPARE(phases.size(), 2);
        QCOMPARE(phases.value(QStringLiteral("Eggs")), timers::Phase::Paused);
        QCOMPARE(phases.value(QStringLiteral("Rice")), timers::Phase::Cancelled);
        QVERIFY((*store)->append(
            fakes::OpMaker().make(TimerId::random(), timers::Pause{}, 1'700'000'000'000).op));
    }
    QVERIFY(fakes::versionOf(path) > version);
    QCOMPARE(fakes::versionOf(QStringLiteral("%1.schema-%2").arg(path).arg(version)), version);
}

void TestDeviceSchema::restingTimersWakeWithAllTheirOps()
{
    const auto opened = DeviceStore::open(m_folder->path());
    QVERIFY(opened);
    DeviceStore &store = **opened;
    fakes::OpMaker ana;
    const TimerId eggs = TimerId::random();
    const auto start = ana.make(eggs, timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                                1'700'000'000'000);
    const auto cancel = ana.make(eggs, timers::Cancel{}, 1'700'000'001'000, {start.op.id});
    const auto rice = ana.make(TimerId::random(), timers::Pause{}, 1'700'000'002'000);
    for (const auto &stamped : {start, cancel, rice})
        QVERIFY(store.append(stamped.op));
    QVERIFY(store.rest({eggs.uuid()}));
    QCOMPARE(store.awake()->size(), 1);
    QCOMPARE(store.all()->size(), 3);
    QVERIFY(store.wake({rice.op})->isEmpty());
    const auto again = ana.make(eggs, timers::Add{1000}, 1'700'000'003'000, {start.op.id});
    QCOMPARE(store.wake({again.op})->size(), 2);
    QVERIFY(store.wake({again.op})->isEmpty());
    QCOMPARE(store.awake()->size(), 3);
}

QTEST_GUILESS_MAIN(TestDeviceSchema)
#include "tst_deviceschema.moc"

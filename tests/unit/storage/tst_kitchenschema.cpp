// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"
#include "fakes/OpMaker.h"
#include "fakes/SchemaFiles.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{300'000, 5, 256};
constexpr qint64 T0 = 1'700'000'000'000;

} // namespace

/// Files of every schema that a kitchen ever had (tests/fixtures/storage/kitchen-N.db, each written
/// by the program of its time: a recipe, eggs paused, rice stopped; one device).
class TestKitchenSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVersionIsReadAndKept_data();
    void everyVersionIsReadAndKept();
};

void TestKitchenSchema::everyVersionIsReadAndKept_data()
{
    QTest::addColumn<int>("version");
    const QStringList files = QDir(fakes::SchemaFiles).entryList({QStringLiteral("kitchen-*.db")});
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << file.section(u'-', 1).section(u'.', 0, 0).toInt();
    QVERIFY(!files.isEmpty());
}

void TestKitchenSchema::everyVersionIsReadAndKept()
{
    QFETCH(int, version);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("kitchen.db"));
    QVERIFY(
        QFile::copy(QStringLiteral("%1/kitchen-%2.db").arg(fakes::SchemaFiles).arg(version), path));
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    QCOMPARE(fakes::versionOf(path), version);
    {
        const auto store = fakes::OneKitchen::open(path, Rules);
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        QCOMPARE((*store)->log().head(), 5);
        QCOMPARE((*store)->admissions().devices((*store)->kitchen().id)->size(), 1);
        QCOMPARE((*store)->past()->newest, std::optional(T0 + 80'000));
        const timers::Op op = fakes::OpMaker().make(TimerId::random(), timers::Pause{}, T0).op;
        QVERIFY((*store)->log().append({{op.id, op.at, op.at, timers::canonical(op)}}));
        QVERIFY((*store)->keepClock({BootId::random(), 1, T0, false}));
    }
    QVERIFY(fakes::versionOf(path) > version);
    QCOMPARE(fakes::versionOf(QStringLiteral("%1.schema-%2").arg(path).arg(version)), version);
}

QTEST_GUILESS_MAIN(TestKitchenSchema)
#include "tst_kitchenschema.moc"

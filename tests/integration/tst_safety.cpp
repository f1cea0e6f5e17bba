// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "integration/Programs.h"
#include "storage/Database.h"
#include "storage/device/DeviceStore.h"
#include "storage/safety/Backups.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace simmer;
using namespace simmer::fakes;

namespace {

using K = QLatin1String;

constexpr int KillRounds = 30;
constexpr int ManyOps = 4000;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

void spoil(const QString &path, qint64 at, qint64 length)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite) || !file.seek(at))
        qFatal("%s cannot be spoilt", qPrintable(path));
    file.write(QByteArray(length, 'x'));
}

Run runServer(const QString &folder)
{
    QProcess process;
    process.start(QStringLiteral(SIMMER_BIN "/simmerd"),
                  {QStringLiteral("--data-dir"), folder, QStringLiteral("--listen"),
                   QStringLiteral("127.0.0.1:0")});
    process.waitForFinished(PatienceMs);
    const QString trouble = QString::fromUtf8(process.readAllStandardError());
    return {process.exitCode(), false, {}, {}, trouble};
}

} // namespace

/// The real programs on files that are damaged, newer, or being copied when they are killed.
class TestSafety : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void killedBackupLeavesWholeCopies();
    void damagedDeviceIsMendedAndTold();
    void damagedKitchenGetsBackWhatDevicesHave();
    void hopelessKitchenDoesNotStart();
    void newerFileIsOnlyRead();
    void refusedOpsAreListed();

private:
    QString file() const { return storage::DeviceStore::fileIn(profile()); }
    QString profile() const { return m_folder->filePath(QStringLiteral("device")); }
    void makeNewer(const QString &path, const storage::Schema &schema);

    std::unique_ptr<QTemporaryDir> m_folder;
};

/// A copy appears whole under its name or not at all, and the next command makes it.
void TestSafety::killedBackupLeavesWholeCopies()
{
    OpMaker ana;
    {
        const auto store = storage::DeviceStore::open(profile());
        QVERIFY(store);
        QList<timers::LogEntry> log;
        QByteArray link;
        for (int i = 0; i < ManyOps; ++i) {
            const auto op = ana.make(TimerId::random(), timers::Pause{}, 1'700'000'000'000 + i).op;
            link = timers::nextLink(link, timers::canonical(op), op.at);
            log += {i + 1, op.at, link, op};
        }
        QVERIFY((*store)->merge(log));
    }
    const storage::Backups backups(file(), storage::DeviceStore::schema());
    const Ctl device(profile());
    QElapsedTimer clock; // how long it takes undisturbed
    clock.start();
    QCOMPARE(device.run(words("timers --offline")).exitCode, 0);
    const auto whole = unsigned(clock.elapsed());
    std::mt19937 chance(20261121);
    int unfinished = 0;
    for (int round = 0; round < KillRounds; ++round) {
        for (const QDate &date : backups.dates())
            QVERIFY(QFile::remove(backups.pathOf(date)));
        device.runKilled(words("timers --offline"), int(chance() % whole));
        unfinished += backups.dates().isEmpty();
        for (const QDate &date : backups.dates())
            QCOMPARE(backups.newestGood(date).date, date);
    }
    const Run run = device.run(words("timers --offline"));
    QVERIFY2(run.exitCode == 0 && run.trouble.isEmpty(), qPrintable(run.trouble));
    QCOMPARE(backups.dates().size(), 1);
    QCOMPARE(QDir(profile() + QStringLiteral("/backups")).entryList(QDir::Files).size(), 1);
    QVERIFY(unfinished > 0);
    qInfo("%d of %d copies were cut short by the kill, none under a copy's name", unfinished,
          KillRounds);
}

void TestSafety::damagedDeviceIsMendedAndTold()
{
    const Ctl device(profile());
    QCOMPARE(device.run(words("start --name Rice 50min")).exitCode, 0);
    QCOMPARE(device.run(words("start --name Eggs 50min")).exitCode, 0);
    spoil(file(), 0, 4096);
    const Run run = device.run({QStringLiteral("timers")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines.size(), 2);
    QCOMPARE(run.trouble.count(QLatin1Char('\n')), 1);
    QVERIFY2(run.trouble.contains(QLatin1String("2 entries were saved")), qPrintable(run.trouble));
    QVERIFY(run.trouble.contains(QLatin1String("device.db.damaged-")));
    QVERIFY(device.run({QStringLiteral("timers")}).trouble.isEmpty()); // told once
}

void TestSafety::damagedKitchenGetsBackWhatDevicesHave()
{
    KitchenServer server(m_folder->filePath(QStringLiteral("server")));
    QVERIFY(server.start());
    const Ctl device(profile());
    QVERIFY(join(device, server, QStringLiteral("Laptop")));
    for (int i = 0; i < 20; ++i)
        QCOMPARE(device
                     .run({QStringLiteral("start"), QStringLiteral("--name"),
                           QStringLiteral("T%1").arg(i), QStringLiteral("50min")})
                     .exitCode,
                 0);
    QCOMPARE(device.run({QStringLiteral("sync")}).exitCode, 0);
    QCOMPARE(server.stop(), 0);
    QFile kitchen(server.file());
    QVERIFY(kitchen.open(QIODevice::ReadOnly));
    const QByteArray bytes = kitchen.readAll();
    kitchen.close();
    const qint64 page = bytes.indexOf("\"T5\"") / 4096 * 4096;
    spoil(server.file(), page, 4096);
    QVERIFY(server.start());
    QVERIFY(!QDir(m_folder->filePath(QStringLiteral("server")))
                 .entryList({QStringLiteral("kitchen.db.damaged-*")})
                 .isEmpty());
    QCOMPARE(device.run({QStringLiteral("sync")}).exitCode, 0);
    const Ctl other(m_folder->filePath(QStringLiteral("other")));
    QVERIFY(join(other, server, QStringLiteral("Study")));
    QCOMPARE(other.run({QStringLiteral("sync")}).exitCode, 0);
    QCOMPARE(other.run({QStringLiteral("timers")}).lines.size(), 20);
    QCOMPARE(other.run({QStringLiteral("digest")}).output,
             device.run({QStringLiteral("digest")}).output);
}

void TestSafety::hopelessKitchenDoesNotStart()
{
    const QString folder = m_folder->filePath(QStringLiteral("server"));
    QVERIFY(QDir().mkpath(folder));
    QFile noise(folder + QStringLiteral("/kitchen.db"));
    QVERIFY(noise.open(QIODevice::WriteOnly));
    noise.write(QByteArray(20'000, 'x'));
    noise.close();
    const Run run = runServer(folder);
    QCOMPARE(run.exitCode, 1);
    QVERIFY2(run.trouble.contains(QLatin1String("Put a copy of kitchen.db in its place")),
             qPrintable(run.trouble));
    QCOMPARE(QFile(noise.fileName()).size(), 20'000);
}

void TestSafety::makeNewer(const QString &path, const storage::Schema &schema)
{
    const auto database = storage::Database::open(path, schema);
    QVERIFY(database);
    QVERIFY((*database)->run(QStringLiteral("PRAGMA user_version=999")));
}

void TestSafety::newerFileIsOnlyRead()
{
    KitchenServer server(m_folder->filePath(QStringLiteral("server")));
    QVERIFY(server.start());
    const Ctl device(profile());
    QCOMPARE(device.run(words("start --name Rice 50min")).exitCode, 0);
    makeNewer(file(), storage::DeviceStore::schema());
    QCOMPARE(device.run({QStringLiteral("timers")}).lines.size(), 1);
    const Run press = device.run(words("start --name Eggs 5min"));
    QCOMPARE(press.exitCode, 1);
    QVERIFY2(press.trouble.contains(QLatin1String("not saved: this kitchen's file was written by "
                                                  "a newer Simmer; update")),
             qPrintable(press.trouble));
    const Run pairing = device.run({QStringLiteral("pair"), server.url(), server.invite()});
    QCOMPARE(pairing.exitCode, 1);
    QVERIFY(pairing.trouble.contains(QLatin1String("newer Simmer")));
    QCOMPARE(server.stop(), 0);
    makeNewer(server.file(), storage::Schema{QStringLiteral("kitchen"), 0x53696d4b});
    const Run refused = runServer(m_folder->filePath(QStringLiteral("server")));
    QCOMPARE(refused.exitCode, 1);
    QVERIFY2(refused.trouble.contains(QLatin1String("newer Simmer; update")),
             qPrintable(refused.trouble));
}

void TestSafety::refusedOpsAreListed()
{
    OpMaker ana;
    const auto op =
        ana.make(TimerId::random(), timers::Start{QStringLiteral("Rice"), 1000, 1000, {}},
                 1'700'000'000'000)
            .op;
    {
        const auto store = storage::DeviceStore::open(profile());
        QVERIFY((*store)->append(op));
        QVERIFY((*store)->refuse(op.id, QStringLiteral("too many timers")));
    }
    const Run run = Ctl(profile()).run({QStringLiteral("refused")});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines.size(), 1);
    const QJsonObject &line = run.lines.constFirst();
    QCOMPARE(line.value(K("id")).toString(), op.id.toHex());
    QCOMPARE(line.value(K("what")).toString(), QStringLiteral("start"));
    QCOMPARE(line.value(K("name")).toString(), QStringLiteral("Rice"));
    QCOMPARE(line.value(K("why")).toString(), QStringLiteral("too many timers"));
}

QTEST_GUILESS_MAIN(TestSafety)
#include "tst_safety.moc"

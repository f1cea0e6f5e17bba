// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OneKitchen.h"
#include "fakes/OpMaker.h"
#include "fakes/Photos.h"
#include "fakes/SmallDisk.h"
#include "storage/DataFolder.h"
#include "storage/kitchen/DeviceList.h"
#include "storage/safety/Backups.h"
#include "storage/safety/ServerCopy.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr AdmissionRules Rules{5 * 60 * 1000, 5, 10};
constexpr qint64 Now = 1'700'000'000'000;
const QString Mark = QStringLiteral("2026-11-21-161037");

/// One statement on a file, past all our rules.
bool execute(const QString &path, const QString &sql)
{
    bool worked = false;
    {
        QSqlDatabase file =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("raw"));
        file.setDatabaseName(path);
        worked = file.open() && QSqlQuery(file).exec(sql);
        file.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("raw"));
    return worked;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

/// Looking at a server's folder, copying it while it is written, and going back to a copy.
class TestServerCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("server")));
        open();
        append(20);
    }
    void cleanup() { m_store.reset(); }

    void provesEveryLink();
    void findsDamagedLinks_data();
    void findsDamagedLinks();
    void everyKitchenIsLookedAt();
    void olderFilesAreRead();
    void newerFilesAreNot();
    void entriesOfNobodyAreDamage();
    void copiesWhileItIsWritten();
    void copyHasPhotosAndKeys();
    void damagedServerIsNotCopied();
    void copyNeverReplaces();
    void fullDiskLeavesNoHalfCopy();
    void restoresWhatWasThere();
    void restoresAKitchenFileAlone();
    void damagedCopyChangesNothing_data();
    void damagedCopyChangesNothing();
    void unfinishedFileIsNoCopy();
    void fullDiskRestoresNothing();
    void tellsOfTheNewestDailyCopy();
    void listsDevices();
    void removedDeviceIsOut();
    void tellsWhoHasTheFolder();

private:
    QString dir() const { return m_folder->filePath(QStringLiteral("server")); }
    QString kitchen() const { return kitchenFileIn(dir()); }
    QString copyPath() const { return m_folder->filePath(QStringLiteral("copy")); }
    void open()
    {
        m_store.reset();
        auto opened = fakes::OneKitchen::open(kitchen(), Rules);
        QVERIFY2(bool(opened), opened ? "" : qPrintable(describe(opened.error())));
        m_store = *std::move(opened);
    }
    void append(int count)
    {
        QList<Arrival> arrivals;
        for (int i = 0; i < count; ++i) {
            const timers::Op op = m_maker.make(TimerId::random(), timers::Pause{}, Now).op;
            arrivals += Arrival{op.id, op.at, Now, timers::canonical(op)};
        }
        QVERIFY(bool(m_store->log().append(arrivals)));
    }
    DeviceId admit(const char *name)
    {
        const DeviceId id = DeviceId::random();
        const auto code = m_store->admissions().invite(m_store->kitchen().id, Role::Cook, Now);
        const bool in = code && m_store->redeem(*code, {id, QString::fromLatin1(name)}, Now);
        return in ? id : DeviceId();
    }
    QByteArray copied()
    {
        const auto copy = copyServer(dir(), copyPath());
        return copy ? QByteArray() : describe(copy.error()).toUtf8();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<fakes::OneKitchen> m_store;
    fakes::OpMaker m_maker;
};

void TestServerCopy::provesEveryLink()
{
    const auto chains = proveKitchens(kitchen(), Rest::Living);
    QVERIFY(bool(proven(chains)));
    const QList<ProvenChain> expected{
        {m_store->kitchen().id, QStringLiteral("Kitchen"), 20, 20, std::nullopt}};
    QCOMPARE(*chains, expected);
}

void TestServerCopy::findsDamagedLinks_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<qint64>("at");
    QTest::newRow("body") << QStringLiteral("UPDATE log SET body = x'00' WHERE seq = 7") << 7LL;
    QTest::newRow("time") << QStringLiteral("UPDATE log SET kt = kt + 1 WHERE seq = 1") << 1LL;
    QTest::newRow("link") << QStringLiteral("UPDATE log SET chain = zeroblob(32) WHERE seq = 20")
                          << 20LL;
    QTest::newRow("gap") << QStringLiteral("DELETE FROM log WHERE seq = 12") << 12LL;
    QTest::newRow("first") << QStringLiteral("DELETE FROM log WHERE seq = 1") << 1LL;
}

void TestServerCopy::findsDamagedLinks()
{
    QFETCH(const QString, sql);
    QFETCH(const qint64, at);
    m_store.reset();
    QVERIFY(execute(kitchen(), sql));
    const auto chains = proveKitchens(kitchen(), Rest::Living);
    QVERIFY(bool(chains));
    QCOMPARE(chains->value(0).damagedAt, std::optional(at));
    QCOMPARE(proven(chains).error().code, ErrorCode::StoreDamaged);
    QVERIFY(proven(chains).error().context.contains(QStringLiteral("entry %1 ").arg(at)));
}

void TestServerCopy::everyKitchenIsLookedAt()
{
    m_store.reset();
    QVERIFY(execute(kitchen(), QStringLiteral("INSERT INTO kitchens (id, name, epoch, number)"
                                              " VALUES (zeroblob(16), 'Barn', zeroblob(16), 2)")));
    QVERIFY(
        execute(kitchen(), QStringLiteral("INSERT INTO log (entry, kitchen, seq, op, kt, newest,"
                                          " chain, body) SELECT (2 << 40) + seq, zeroblob(16),"
                                          " seq, op, kt, newest, chain, body"
                                          " FROM log WHERE seq < 10")));
    auto chains = proveKitchens(kitchen(), Rest::Living);
    QVERIFY(bool(proven(chains)));
    QCOMPARE(chains->size(), 2);
    QCOMPARE(chains->value(0).name, QStringLiteral("Barn"));
    QCOMPARE(chains->value(0).head, 9);
    QVERIFY(execute(kitchen(), QStringLiteral("DELETE FROM log WHERE kitchen = zeroblob(16) AND"
                                              " seq = 5")));
    chains = proveKitchens(kitchen(), Rest::Living);
    QCOMPARE(chains->value(0).damagedAt, std::optional<qint64>(5));
    QCOMPARE(chains->value(1).damagedAt, std::nullopt); // one of them
}

void TestServerCopy::olderFilesAreRead()
{
    for (const QString &name : {QStringLiteral("kitchen-1.db"), QStringLiteral("kitchen-2.db"),
                                QStringLiteral("kitchen-4.db")}) {
        const auto chains =
            proveKitchens(QStringLiteral(SIMMER_FIXTURES "/storage/") + name, Rest::Still);
        QVERIFY2(bool(proven(chains)), qPrintable(name));
        QVERIFY(!chains->isEmpty() && chains->value(0).entries > 0);
    }
}

void TestServerCopy::newerFilesAreNot()
{
    m_store.reset();
    QVERIFY(execute(kitchen(), QStringLiteral("PRAGMA user_version = 900")));
    QVERIFY(QFile::rename(kitchen(), copyPath()));
    open(); // a fresh one
    const auto restored = restoreServer(dir(), copyPath(), Mark);
    QVERIFY(!restored);
    QCOMPARE(m_store->log().head(), 0);
}

void TestServerCopy::entriesOfNobodyAreDamage()
{
    m_store.reset();
    QVERIFY(execute(kitchen(), QStringLiteral("DELETE FROM kitchens")));
    QCOMPARE(proveKitchens(kitchen(), Rest::Living).error().code, ErrorCode::StoreDamaged);
}

void TestServerCopy::copiesWhileItIsWritten()
{
    const auto copy = copyServer(dir(), copyPath()); // the store has the file open
    QVERIFY2(bool(copy), copy ? "" : qPrintable(describe(copy.error())));
    QCOMPARE(copy->chains.value(0).head, 20);
    QVERIFY(copy->bytes > 0);
    append(5);
    QCOMPARE(m_store->log().head(), 25);
    QVERIFY(bool(proven(proveKitchens(kitchenFileIn(copyPath()), Rest::Still))));
    const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(!(QFileInfo(copyPath()).permissions() & others));
    QVERIFY(!(QFileInfo(kitchenFileIn(copyPath())).permissions() & others));
}

void TestServerCopy::copyHasPhotosAndKeys()
{
    const QByteArray photo = fakes::photo(5000);
    QVERIFY(bool(m_store->blobs().keep(photo, Now)));
    write(dir() + QStringLiteral("/server.key"), "key");
    write(dir() + QStringLiteral("/server.json"), "{}");
    write(dir() + QStringLiteral("/lock"), {});
    QCOMPARE(copied(), QByteArray());
    const QStringList names = QDir(copyPath()).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral("kitchen.db photos.db server.key"));
    const auto photos = BlobStore::open(copyPath());
    QVERIFY(bool(photos));
    QCOMPARE(*(*photos)->bytes(BlobHash::of(photo)), photo);
}

void TestServerCopy::damagedServerIsNotCopied()
{
    m_store.reset();
    QVERIFY(execute(kitchen(), QStringLiteral("DELETE FROM log WHERE seq = 3")));
    QCOMPARE(copyServer(dir(), copyPath()).error().code, ErrorCode::StoreDamaged);
    QCOMPARE(
        QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{QStringLiteral("server")});
}

void TestServerCopy::copyNeverReplaces()
{
    write(copyPath(), "something dear");
    QCOMPARE(copyServer(dir(), copyPath()).error().code, ErrorCode::Refused);
    QCOMPARE(contents(copyPath()), QByteArray("something dear"));
}

void TestServerCopy::fullDiskLeavesNoHalfCopy()
{
    {
        const fakes::SmallDisk disk(16 * 1024);
        QCOMPARE(copyServer(dir(), copyPath()).error().code, ErrorCode::DiskFull);
    }
    QCOMPARE(
        QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList{QStringLiteral("server")});
    QCOMPARE(copied(), QByteArray()); // once there is room
}

void TestServerCopy::restoresWhatWasThere()
{
    const QByteArray photo = fakes::photo(5000);
    QVERIFY(bool(m_store->blobs().keep(photo, Now)));
    write(dir() + QStringLiteral("/server.key"), "old key");
    QCOMPARE(copied(), QByteArray());
    append(7);
    write(dir() + QStringLiteral("/server.key"), "new key");
    m_store.reset();
    const auto restored = restoreServer(dir(), copyPath(), Mark);
    QVERIFY2(bool(restored), restored ? "" : qPrintable(describe(restored.error())));
    QCOMPARE(restored->chains.value(0).head, 20);
    QCOMPARE(restored->setAside.size(), 3);
    QCOMPARE(contents(dir() + QStringLiteral("/server.key")), QByteArray("old key"));
    const QString aside = kitchen() + QStringLiteral(".before-restore-") + Mark;
    QCOMPARE(restored->setAside.value(0), aside);
    QCOMPARE(proveKitchens(aside, Rest::Living)->value(0).head, 27); // nothing is lost
    open();
    QCOMPARE(m_store->log().head(), 20);
    QVERIFY(!m_store->salvaged()); // a copy is no damage
    append(1);
    QVERIFY(bool(proven(proveKitchens(kitchen(), Rest::Living))));
    QCOMPARE(*m_store->blobs().bytes(BlobHash::of(photo)), photo);
}

void TestServerCopy::restoresAKitchenFileAlone()
{
    QVERIFY(bool(Backups(kitchen(), ServerStore::schema()).take(QDate(2026, 11, 21))));
    append(7);
    m_store.reset();
    const auto restored =
        restoreServer(dir(), dir() + QStringLiteral("/backups/kitchen-2026-11-21.db"), Mark);
    QVERIFY(bool(restored));
    QCOMPARE(restored->setAside.size(), 1); // the photos stay
    open();
    QCOMPARE(m_store->log().head(), 20);
}

void TestServerCopy::damagedCopyChangesNothing_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("link") << QStringLiteral("UPDATE log SET body = x'00' WHERE seq = 7");
    QTest::newRow("other program's") << QStringLiteral("PRAGMA application_id = 1");
    QTest::newRow("newer") << QStringLiteral("PRAGMA user_version = 900");
}

void TestServerCopy::damagedCopyChangesNothing()
{
    QFETCH(const QString, sql);
    QCOMPARE(copied(), QByteArray());
    QVERIFY(execute(kitchenFileIn(copyPath()), sql));
    m_store.reset();
    const QStringList before = QDir(dir()).entryList(QDir::Files | QDir::Hidden);
    const QByteArray bytes = contents(kitchen());
    QVERIFY(!restoreServer(dir(), copyPath(), Mark));
    QCOMPARE(QDir(dir()).entryList(QDir::Files | QDir::Hidden), before);
    QCOMPARE(contents(kitchen()), bytes);
}

void TestServerCopy::unfinishedFileIsNoCopy()
{
    QCOMPARE(copied(), QByteArray());
    write(kitchenFileIn(copyPath()) + QStringLiteral("-wal"), "more");
    const auto restored = restoreServer(dir(), copyPath(), Mark);
    QCOMPARE(restored.error().code, ErrorCode::Refused);
    QVERIFY(restored.error().context.contains(QLatin1String("simmerd backup")));
}

void TestServerCopy::fullDiskRestoresNothing()
{
    QCOMPARE(copied(), QByteArray());
    append(7);
    m_store.reset();
    {
        const fakes::SmallDisk disk(16 * 1024);
        QCOMPARE(restoreServer(dir(), copyPath(), Mark).error().code, ErrorCode::DiskFull);
    }
    open();
    QCOMPARE(m_store->log().head(), 27);
    m_store.reset();
    QVERIFY(bool(restoreServer(dir(), copyPath(), Mark)));
}

void TestServerCopy::tellsOfTheNewestDailyCopy()
{
    QVERIFY(!newestDailyCopy(dir()));
    const Backups backups(kitchen(), ServerStore::schema());
    QVERIFY(bool(backups.take(QDate(2026, 11, 20))));
    QVERIFY(bool(backups.take(QDate(2026, 11, 21))));
    QCOMPARE(newestDailyCopy(dir())->date, QDate(2026, 11, 21));
    QVERIFY(newestDailyCopy(dir())->isWhole);
    QVERIFY(execute(backups.pathOf(QDate(2026, 11, 21)),
                    QStringLiteral("DELETE FROM log WHERE seq = 4")));
    QVERIFY(!newestDailyCopy(dir())->isWhole);
}

void TestServerCopy::listsDevices()
{
    QVERIFY(listDevices(kitchen())->isEmpty());
    const DeviceId phone = admit("Phone");
    const DeviceId tablet = admit("Tablet");
    const auto devices = listDevices(kitchen());
    QCOMPARE(devices->size(), 2);
    QSet<DeviceId> ids;
    for (const ListedDevice &device : *devices) {
        ids.insert(device.id);
        QCOMPARE(device.kitchen, QStringLiteral("Kitchen"));
        QCOMPARE(device.name,
                 device.id == phone ? QStringLiteral("Phone") : QStringLiteral("Tablet"));
        QCOMPARE(device.joined, Now);
        QCOMPARE(device.seen, std::nullopt);
        QCOMPARE(device.role, Role::Cook);
    }
    QCOMPARE(ids, QSet<DeviceId>({phone, tablet}));
    QCOMPARE(listDevices(QStringLiteral("/nonexistent/k.db")).error().code, ErrorCode::NotFound);
}

void TestServerCopy::removedDeviceIsOut()
{
    const DeviceId phone = admit("Phone");
    const DeviceId tablet = admit("Tablet");
    m_store.reset();
    QVERIFY(bool(removeDevice(kitchen(), phone)));
    QCOMPARE(removeDevice(kitchen(), phone).error().code, ErrorCode::NotFound);
    QCOMPARE(listDevices(kitchen())->size(), 1);
    QCOMPARE(listDevices(kitchen())->value(0).id, tablet);
    open(); // and the log is sound
    QCOMPARE(m_store->log().head(), 20);
}

void TestServerCopy::tellsWhoHasTheFolder()
{
    QVERIFY(!DataFolder::isTaken(dir()));
    QVERIFY(!QFile::exists(dir() + QStringLiteral("/lock"))); // it left no trace
    {
        const auto folder = DataFolder::take(dir());
        QVERIFY(bool(folder));
        QVERIFY(DataFolder::isTaken(dir()));
    }
    QVERIFY(!DataFolder::isTaken(dir()));
}

QTEST_GUILESS_MAIN(TestServerCopy)
#include "tst_servercopy.moc"

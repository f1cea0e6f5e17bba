// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OneKitchen.h"
#include "fakes/OpMaker.h"
#include "storage/Database.h"
#include "storage/device/DeviceLog.h"
#include "storage/device/DeviceStore.h"
#include "storage/safety/Backups.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace simmer;
using namespace simmer::storage;

namespace {

const QDate Today(2026, 11, 21);
constexpr qint64 T0 = 1'700'000'000'000;
constexpr AdmissionRules Rules{300'000, 5, 256};
constexpr int Rounds = 500;
constexpr int KitchenRounds = 200;
constexpr int Page = 4096;

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

/// Where a file differs from what it was, in pages counted from 0.
QSet<qsizetype> changedPages(const QByteArray &before, const QByteArray &after)
{
    QSet<qsizetype> pages;
    for (qsizetype at = 0; at < before.size(); at += Page)
        if (before.mid(at, Page) != after.mid(at, Page))
            pages.insert(at / Page);
    return pages;
}

/// Random bytes, zeros or whole pages anywhere, or an end that is missing.
QByteArray damaged(QByteArray bytes, std::mt19937 &chance)
{
    const auto below = [&](qsizetype bound) { return qsizetype(chance() % quint32(bound)); };
    if (chance() % 6 == 0)
        return bytes.left(below(bytes.size()));
    for (auto times = 1 + chance() % 3; times > 0; --times) {
        const bool pages = chance() % 3 == 0;
        const qsizetype length =
            std::min(pages ? Page * (1 + below(4)) : 1 + below(200), bytes.size());
        qsizetype at = below(bytes.size() - length + 1);
        if (pages)
            at -= at % Page;
        const bool zeros = chance() % 4 == 0;
        for (qsizetype b = at; b < std::min(at + length, bytes.size()); ++b)
            bytes[b] = zeros ? '\0' : char(chance());
    }
    return bytes;
}

} // namespace

/// Files with damaged bytes: what can be read is there afterwards, and people are told.
class TestSalvage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void anyDamageOfADevice();
    void anyDamageOfAKitchen();
    void anyDamageAfterFolding();
    void lostHeaderLosesNothing();
    void opThatNobodyWroteSoIsLeft();
    void damagedWalLosesNothing();
    void emptiedFileComesFromTheBackup();
    void crashWhileMending();
    void olderDamagedFilesStay();
    void logMendsWhatItComesUpon();
    void logTriesAgainWhenThereIsRoom();
    void kitchenIsNeverSilentlyEmpty();
    void kitchenKeepsWhatItsChainProves();

private:
    QString file() const { return DeviceStore::fileIn(m_folder->path()); }
    QString kitchenFile() const { return m_folder->filePath(QStringLiteral("kitchen.db")); }
    timers::StampedOp op();
    QHash<OpId, QByteArray> makeDevice(int ops);
    QList<Arrival> makeKitchen(int ops, Kitchen &kitchen);

    std::unique_ptr<QTemporaryDir> m_folder;
    fakes::OpMaker m_ana;
    int m_made = 0;
};

/// Timers, and now and then a recipe that fills several pages.
timers::StampedOp TestSalvage::op()
{
    const qint64 at = T0 + ++m_made;
    if (m_made % 10 != 0)
        return m_ana.make(TimerId::random(),
                          timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}}, at);
    const QJsonObject recipe{
        {QStringLiteral("title"), QStringLiteral("Soup")},
        {QStringLiteral("notes"), QString(1000 * (m_made % 11), QLatin1Char('s'))}};
    return m_ana.make(QUuid::createUuid(), timers::WriteRecipe{recipe}, at);
}

/// Their ids and bytes; half of them came from a server.
QHash<OpId, QByteArray> TestSalvage::makeDevice(int ops)
{
    QHash<OpId, QByteArray> made;
    const auto store = DeviceStore::open(m_folder->path(), Today);
    if (!store)
        return made;
    QByteArray link;
    QList<timers::LogEntry> log;
    for (int i = 0; i < ops; ++i) {
        const timers::Op next = op().op;
        made.insert(next.id, timers::canonical(next));
        if (i % 2 == 0) {
            link = timers::nextLink(link, timers::canonical(next), next.at);
            log += {log.size() + 1, next.at, link, next};
        } else if (!(*store)->append(next)) {
            return {};
        }
    }
    const bool whole =
        (*store)->merge(log) &&
        (*store)->join({QUrl(QStringLiteral("ws://127.0.0.1:1/sync")), KitchenId::random(),
                        QStringLiteral("Home"), QByteArray(32, 't')}) &&
        (*store)->noteRing({OpId::random(), TimerId::random(), {}, T0});
    return whole ? made : QHash<OpId, QByteArray>();
}

void TestSalvage::anyDamageOfADevice()
{
    const QHash<OpId, QByteArray> made = makeDevice(120);
    QCOMPARE(made.size(), 120);
    const QByteArray sound = read(file());
    const DeviceId device = (*DeviceStore::open(m_folder->path(), Today))->device();
    std::mt19937 chance(20261121);
    int mended = 0;
    qint64 lost = 0;
    qint64 slowest = 0;
    for (int round = 0; round < Rounds; ++round) {
        const QTemporaryDir folder;
        const QString path = DeviceStore::fileIn(folder.path());
        const QByteArray bytes = damaged(sound, chance);
        write(path, bytes);
        write(path + QStringLiteral("-wal"), QByteArray(1, '\0')); // it was not closed
        QElapsedTimer clock;
        clock.start();
        const auto store = DeviceStore::open(folder.path(), Today);
        slowest = std::max(slowest, clock.elapsed());
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        const auto ops = (*store)->all();
        QVERIFY(ops);
        QSet<OpId> found;
        for (const auto &stamped : *ops) { // and nothing that was never written
            QVERIFY(made.contains(stamped.op.id));
            found.insert(stamped.op.id);
        }
        const auto changed = changedPages(sound, bytes);
        for (auto it = made.cbegin(); it != made.cend(); ++it) {
            if (found.contains(it.key()))
                continue;
            ++lost;
            bool touched = it->size() > Page; // it lies on pages all over the file
            for (qsizetype at = 0; (at = sound.indexOf(it->left(60), at)) >= 0; ++at)
                touched = touched || changed.contains(at / Page) ||
                          changed.contains((at + it->size()) / Page);
            QVERIFY2(touched, "an op on sound pages is missing");
        }
        const auto &told = (*store)->salvaged();
        QVERIFY(told || found.size() == made.size());
        if (!told)
            continue;
        ++mended;
        QCOMPARE(read(told->damagedFile), bytes);
        QCOMPARE(told->ops, qint64(found.size()));
        QVERIFY(told->unreadable > 0 || found.size() == made.size());
        QCOMPARE((*store)->cursor().seq, 0);
        QCOMPARE(*(*store)->waiting(), qint64(found.size()));
        QVERIFY(told->identityLost || (*store)->device() == device);
        QVERIFY((*store)->append(op().op));
    }
    qInfo("%d of %d damaged files were mended, %lld of %lld ops lost, %lld ms at most", mended,
          Rounds, qlonglong(lost), qlonglong(made.size() * Rounds), qlonglong(slowest));
    QVERIFY(mended > Rounds / 2);
    QVERIFY(lost < made.size() * Rounds / 5);
    QVERIFY(slowest < 5000);
}

QList<Arrival> TestSalvage::makeKitchen(int ops, Kitchen &kitchen)
{
    QList<Arrival> made;
    const auto store = fakes::OneKitchen::open(kitchenFile(), Rules, Today);
    if (!store)
        return made;
    kitchen = (*store)->kitchen();
    for (int i = 0; i < ops; ++i) {
        const timers::Op next = op().op;
        made += {next.id, next.at, next.at, timers::canonical(next)};
    }
    const auto code = (*store)->admissions().invite(kitchen.id, Role::Cook, T0);
    const bool whole = (*store)->log().append(made) && code &&
                       (*store)->redeem(*code, {DeviceId::random(), QStringLiteral("Laptop")}, T0);
    return whole ? made : QList<Arrival>();
}

void TestSalvage::anyDamageOfAKitchen()
{
    Kitchen kitchen;
    const QList<Arrival> made = makeKitchen(100, kitchen);
    QCOMPARE(made.size(), 100);
    const QByteArray sound = read(kitchenFile());
    QSet<OpId> known;
    for (const Arrival &arrival : made)
        known.insert(arrival.op);
    std::mt19937 chance(20261122);
    int mended = 0;
    int refused = 0;
    qint64 lost = 0;
    for (int round = 0; round < KitchenRounds; ++round) {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("kitchen.db"));
        write(path, damaged(sound, chance));
        const auto store = fakes::OneKitchen::open(path, Rules, Today);
        if (!store) { // its very name is gone
            ++refused;
            QCOMPARE(store.error().code, ErrorCode::StoreDamaged);
            QVERIFY(QFile::exists(path));
            continue;
        }
        const bool empty = (*store)->log().head() == 0;
        QVERIFY(!empty || (*store)->salvaged() || read(path).isEmpty());
        const auto page = (*store)->log().page(0, 1000, 1 << 30);
        QVERIFY(page);
        QSet<OpId> found;
        for (const LogEntry &entry : page->entries)
            found.insert(timers::opFromBytes(entry.body)->id);
        QVERIFY(known.contains(found));
        QVERIFY((*store)->log().prove());
        lost += known.size() - found.size();
        QVERIFY(found.size() == known.size() || (*store)->salvaged());
        mended += (*store)->salvaged() ? 1 : 0;
        QVERIFY((*store)->kitchen().epoch == kitchen.epoch || found.isEmpty() ||
                (*store)->salvaged());
    }
    qInfo("%d of %d damaged kitchens were mended, %d refused, %lld of %lld ops lost", mended,
          KitchenRounds, refused, qlonglong(lost), qlonglong(known.size() * KitchenRounds));
    QVERIFY(mended > KitchenRounds / 2);
    QVERIFY(refused < KitchenRounds / 4);
}

/// Half of the timers were folded into history before the damage: what is left is still one log
/// without gaps, and what was folded is known again where its row could be read.
void TestSalvage::anyDamageAfterFolding()
{
    constexpr qint64 Horizon = 1000;
    QSet<OpId> live;
    QSet<OpId> ended;
    {
        const auto store = fakes::OneKitchen::open(kitchenFile(), Rules, Today, Horizon);
        fakes::OpMaker cook;
        for (int i = 0; i < 100; ++i) {
            const timers::Place place{RecipeId(QUuid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), i, 0};
            const TimerId timer = timers::timerAt(place);
            const auto start = cook.make(
                timer, timers::Start{QStringLiteral("Eggs"), 9'000'000, 9'000'000, place}, T0);
            const auto end = i % 2 ? cook.make(timer, timers::Cancel{}, T0 + 1, {start.op.id})
                                   : cook.make(timer, timers::Pause{}, T0 + 1, {start.op.id});
            for (const timers::StampedOp &made : {start, end}) {
                (i % 2 ? ended : live).insert(made.op.id);
                QVERIFY((*store)->log().append(
                    {{made.op.id, made.kt, made.kt, timers::canonical(made.op), timer}}));
            }
        }
        for (const qint64 now : {T0 + 2, T0 + 2 + 2 * Horizon})
            while (*(*store)->compaction().step(now)) {
            }
        QCOMPARE(*(*store)->log().count(), qint64(live.size()));
    }
    const QByteArray sound = read(kitchenFile());
    std::mt19937 chance(20261123);
    qint64 kept = 0;
    qint64 known = 0;
    int mended = 0;
    for (int round = 0; round < KitchenRounds; ++round) {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("kitchen.db"));
        write(path, damaged(sound, chance));
        const auto store = fakes::OneKitchen::open(path, Rules, Today, Horizon);
        if (!store) {
            QCOMPARE(store.error().code, ErrorCode::StoreDamaged);
            continue;
        }
        KitchenLog &log = (*store)->log();
        QVERIFY(log.prove());
        const auto page = log.page(0, 1000, 1 << 30);
        QVERIFY(page);
        for (const LogEntry &entry : page->entries)
            QVERIFY(live.contains(timers::opFromBytes(entry.body)->id) ||
                    ended.contains(timers::opFromBytes(entry.body)->id));
        for (const OpId &op : std::as_const(ended))
            known += *log.isHistory(op);
        kept += page->entries.size();
        mended += (*store)->salvaged() ? 1 : 0;
    }
    qInfo("%d of %d mended; of %lld ops %lld are there, of %lld folded ones %lld are known", mended,
          KitchenRounds, qlonglong(live.size() * KitchenRounds), qlonglong(kept),
          qlonglong(ended.size() * KitchenRounds), qlonglong(known));
    QVERIFY(mended > KitchenRounds / 2);
    QVERIFY(kept > live.size() * KitchenRounds * 3 / 4);
    QVERIFY(known > ended.size() * KitchenRounds / 2);
}

/// Without its first page SQLite knows of nothing; every op that lies elsewhere is there.
void TestSalvage::lostHeaderLosesNothing()
{
    const auto made = makeDevice(60);
    QByteArray bytes = read(file());
    std::fill_n(bytes.begin(), Page, 'x');
    write(file(), bytes);
    const auto store = DeviceStore::open(m_folder->path(), Today);
    QVERIFY(store);
    QCOMPARE((*store)->all()->size(), made.size());
    QVERIFY((*store)->membership());
    QVERIFY(!(*store)->salvaged()->identityLost);
}

/// Damage that can be read as an op is damage all the same: no program wrote a number like that.
void TestSalvage::opThatNobodyWroteSoIsLeft()
{
    const auto made = makeDevice(60);
    const auto eggs = std::find_if(made.cbegin(), made.cend(),
                                   [](const QByteArray &body) { return body.contains("60000"); });
    const OpId changed = eggs.key();
    QByteArray body = *eggs;
    QByteArray bytes = read(file());
    std::fill_n(bytes.begin(), Page, 'x');
    const qsizetype at = bytes.indexOf(body);
    QVERIFY(at > 0 && bytes.indexOf(body, at + 1) < 0);
    body.replace("60000", "6.0e4");
    QVERIFY(body != *eggs && timers::opFromBytes(body));
    bytes.replace(at, body.size(), body);
    write(file(), bytes);
    const auto store = DeviceStore::open(m_folder->path(), Today);
    QVERIFY(store);
    const auto all = (*store)->all();
    QCOMPARE(all->size(), made.size() - 1);
    for (const timers::StampedOp &stamped : *all)
        QVERIFY(stamped.op.id != changed);
}

/// SQLite ends at a frame that does not add up, and says nothing of what comes after it.
void TestSalvage::damagedWalLosesNothing()
{
    const QTemporaryDir killed;
    QSet<OpId> made;
    {
        const auto store = DeviceStore::open(m_folder->path(), Today);
        for (int i = 0; i < 30; ++i) {
            const timers::Op next = op().op;
            QVERIFY((*store)->append(next));
            made.insert(next.id);
        }
        for (const QString &end : {QString(), QStringLiteral("-wal")})
            QVERIFY(QFile::copy(file() + end, DeviceStore::fileIn(killed.path()) + end));
    }
    const QString wal = DeviceStore::fileIn(killed.path()) + QStringLiteral("-wal");
    QByteArray bytes = read(wal);
    const qsizetype middle = bytes.size() / 2;
    bytes[middle] = char(bytes[middle] ^ 0x40);
    write(wal, bytes);
    const auto store = DeviceStore::open(killed.path(), Today);
    QVERIFY(store);
    QVERIFY((*store)->salvaged());
    QSet<OpId> found;
    const auto ops = (*store)->all();
    for (const auto &stamped : *ops)
        found.insert(stamped.op.id);
    QVERIFY(found.size() >= made.size() - 1);
    QCOMPARE(read((*store)->salvaged()->damagedFile + QStringLiteral("-wal")), bytes);
}

void TestSalvage::emptiedFileComesFromTheBackup()
{
    const auto made = makeDevice(40);
    QVERIFY(Backups(file(), DeviceStore::schema()).take(Today));
    for (const bool gone : {false, true}) {
        if (gone)
            QVERIFY(QFile::remove(file()));
        else
            write(file(), {});
        const auto store = DeviceStore::open(m_folder->path(), Today);
        QVERIFY(store);
        QCOMPARE((*store)->all()->size(), made.size());
        QVERIFY((*store)->salvaged());
        QCOMPARE((*store)->salvaged()->backup, Today);
        QCOMPARE((*store)->salvaged()->opsFromBackup, qint64(made.size()));
        QCOMPARE((*store)->salvaged()->damagedFile.isEmpty(), gone);
        QVERIFY(describe(*(*store)->salvaged()).contains(QLatin1String("2026-11-21")));
    }
}

/// Killed between the two renames: the new file is whole, and takes its place at the next start.
void TestSalvage::crashWhileMending()
{
    const auto made = makeDevice(20);
    QVERIFY(QFile::copy(file(), file() + QStringLiteral(".mended")));
    write(file(), "half moved");
    write(file() + QStringLiteral("-wal"), "of the old one");
    write(file() + QStringLiteral(".mending"), "never finished");
    {
        const auto store = DeviceStore::open(m_folder->path(), Today);
        QVERIFY(store);
        QCOMPARE((*store)->all()->size(), made.size());
    }
    const QString aside = file() + QStringLiteral(".damaged-2026-11-21");
    QCOMPARE(read(aside), QByteArray("half moved"));
    QCOMPARE(read(aside + QStringLiteral("-wal")), QByteArray("of the old one"));
    QVERIFY(!QFile::exists(file() + QStringLiteral(".mended")));
}

void TestSalvage::olderDamagedFilesStay()
{
    const auto made = makeDevice(20);
    for (int time = 1; time <= 3; ++time) {
        QByteArray bytes = read(file());
        std::fill_n(bytes.begin(), Page, char('0' + time));
        write(file(), bytes);
        const auto store = DeviceStore::open(m_folder->path(), Today);
        QVERIFY(store);
        QCOMPARE((*store)->all()->size(), made.size());
        QCOMPARE(read((*store)->salvaged()->damagedFile), bytes);
    }
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("device.db.damaged-*")}).size(), 3);
}

/// Damage under an open file: the log notices at a statement, mends, and goes on.
void TestSalvage::logMendsWhatItComesUpon()
{
    const auto made = makeDevice(300);
    QByteArray bytes = read(file());
    const fakes::ManualClock clock;
    DeviceLog log(clock, m_folder->path(), QStringLiteral("Ana"));
    QList<LoadedLog> loaded;
    QList<Salvaged> told;
    QList<OpId> kept;
    QList<OpId> failed;
    connect(&log, &DeviceLog::loaded, this, [&](const LoadedLog &all) { loaded += all; });
    connect(&log, &DeviceLog::salvaged, this, [&](const Salvaged &what) { told += what; });
    connect(&log, &DeviceLog::appended, this,
            [&](const timers::StampedOp &stamped) { kept += stamped.op.id; });
    connect(&log, &DeviceLog::appendFailed, this, [&](const OpId &id, const Error &error) {
        QCOMPARE(error.code, ErrorCode::StoreDamaged);
        failed += id;
    });
    std::fill_n(bytes.begin() + 2 * Page, bytes.size() - 2 * Page, 'x');
    write(file(), bytes.left(2 * Page) + bytes.mid(2 * Page));
    log.open();
    const OpId press = OpId::random();
    log.append({press, QUuid::createUuid(), timers::Pause{}, {}, {}});
    QTRY_COMPARE(loaded.size(), 1);
    QTRY_COMPARE(kept.size() + failed.size(), 1);
    QTRY_COMPARE(told.size(), 1);
    QVERIFY(loaded.constLast().ops.size() < made.size());
    const OpId next = OpId::random();
    log.append({next, QUuid::createUuid(), timers::Pause{}, {}, {}});
    QTRY_VERIFY(kept.contains(next));
    log.mend(); // as the keeper of the backups asks for
    QTRY_COMPARE(told.size(), 2);
    QTRY_COMPARE(loaded.size(), 2);
    QVERIFY(std::any_of(loaded.constLast().ops.cbegin(), loaded.constLast().ops.cend(),
                        [&](const auto &stamped) { return stamped.op.id == next; }));
}

void TestSalvage::logTriesAgainWhenThereIsRoom()
{
    const fakes::ManualClock clock;
    const QString blocked = m_folder->filePath(QStringLiteral("profile"));
    write(blocked, "a file where the folder should be");
    DeviceLog log(clock, blocked, QStringLiteral("Ana"));
    int opened = 0;
    int failures = 0;
    QList<OpId> kept;
    connect(&log, &DeviceLog::loaded, this, [&] { ++opened; });
    connect(&log, &DeviceLog::openFailed, this, [&] { ++failures; });
    connect(&log, &DeviceLog::appended, this,
            [&](const timers::StampedOp &stamped) { kept += stamped.op.id; });
    log.open();
    QTRY_COMPARE(failures, 1);
    QVERIFY(QFile::remove(blocked));
    const OpId press = OpId::random();
    log.append({press, QUuid::createUuid(), timers::Pause{}, {}, {}});
    QTRY_COMPARE(kept, QList<OpId>{press});
    QCOMPARE(opened, 1);
}

void TestSalvage::kitchenIsNeverSilentlyEmpty()
{
    Kitchen kitchen;
    QCOMPARE(makeKitchen(30, kitchen).size(), 30);
    const QByteArray noise(40'000, 'x');
    write(kitchenFile(), noise);
    const auto none = fakes::OneKitchen::open(kitchenFile(), Rules, Today);
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::StoreDamaged);
    QVERIFY(describe(none.error()).contains(QLatin1String("copy of kitchen.db")));
    QCOMPARE(read(kitchenFile()), noise); // nothing was moved
    QVERIFY(QFile::remove(kitchenFile()));
    QCOMPARE(makeKitchen(30, kitchen).size(), 30);
    QVERIFY(Backups(kitchenFile(), ServerStore::schema()).take(Today));
    write(kitchenFile(), noise);
    const auto store = fakes::OneKitchen::open(kitchenFile(), Rules, Today);
    QVERIFY(store);
    QCOMPARE((*store)->kitchen(), kitchen);
    QCOMPARE((*store)->log().head(), 30);
    QCOMPARE((*store)->admissions().devices(kitchen.id)->size(), 1);
    QCOMPARE((*store)->salvaged()->opsFromBackup, 30);
}

/// An entry in the middle was altered: those before keep their links, those after come anew.
void TestSalvage::kitchenKeepsWhatItsChainProves()
{
    Kitchen kitchen;
    const auto made = makeKitchen(30, kitchen);
    QByteArray link;
    {
        const auto store = fakes::OneKitchen::open(kitchenFile(), Rules, Today);
        link = *(*store)->log().linkAt(14);
    }
    QByteArray bytes = read(kitchenFile());
    const qsizetype at = bytes.indexOf(made[14].body);
    QVERIFY(at > 0);
    const qsizetype name = bytes.indexOf("Ana", at);
    bytes.replace(name, 3, "Eve");
    write(kitchenFile(), bytes);
    const auto store = fakes::OneKitchen::open(kitchenFile(), Rules, Today);
    QVERIFY(store);
    QVERIFY((*store)->salvaged());
    QCOMPARE(*(*store)->log().linkAt(14), link);
    QVERIFY((*store)->log().prove());
    QCOMPARE((*store)->log().head(), 30);
    QCOMPARE((*store)->kitchen(), kitchen);
}

QTEST_GUILESS_MAIN(TestSalvage)
#include "tst_salvage.moc"

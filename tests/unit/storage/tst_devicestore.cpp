// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "storage/DataFolder.h"
#include "storage/Database.h"
#include "storage/device/DeviceLog.h"
#include "storage/device/DeviceStore.h"
#include "storage/device/StoredRecipeBook.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using fakes::OpMaker;
using timers::LogEntry;
using timers::StampedOp;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;

timers::Start plain()
{
    return {QStringLiteral("Eggs"), 60'000, 60'000, {}};
}

/// A log as a server would write it.
QList<LogEntry> logOf(const QList<StampedOp> &ops, qint64 shift = 0)
{
    QList<LogEntry> log;
    QByteArray link;
    for (const StampedOp &stamped : ops) {
        link = timers::nextLink(link, timers::canonical(stamped.op), stamped.kt + shift);
        log += {log.size() + 1, stamped.kt + shift, link, stamped.op};
    }
    return log;
}

/// Every file of a folder, by name.
QMap<QString, QByteArray> contents(const QString &folder)
{
    QMap<QString, QByteArray> all;
    for (const QString &name : QDir(folder).entryList(QDir::Files)) {
        QFile file(folder + QLatin1Char('/') + name);
        if (file.open(QIODevice::ReadOnly))
            all.insert(name, file.readAll());
    }
    return all;
}

} // namespace

/// The device's store on real SQLite files.
class TestDeviceStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void newDeviceKeepsItsId();
    void filesArePrivate();
    void opsSurviveReopening();
    void sameOpTwiceIsOnce();
    void mergeEmptiesTheOutbox();
    void mergeRefusesABrokenChain_data();
    void mergeRefusesABrokenChain();
    void mergeSkipsWhatItHas();
    void restartGivesEverythingBack();
    void refusedOpsLeaveTheOutbox();
    void membershipIsKept();
    void newerFileIsOnlyRead_data();
    void newerFileIsOnlyRead();
    void newerFileTakesNoPress();
    void refusedOpsAreListed();
    void foreignFileIsRefused();
    void folderBelongsToOneHolder();
    void recipesAreLastWriterWins();
    void removalThatMissedAnEditLoses();
    void oversizedRecipeIsNotSaved();

private:
    QString path() const { return m_folder->path() + QStringLiteral("/device"); }
    std::unique_ptr<DeviceStore> open() const
    {
        auto store = DeviceStore::open(path());
        if (!store)
            qFatal("%s", qPrintable(describe(store.error())));
        return *std::move(store);
    }
    StampedOp op(qint64 kt = T0) { return m_maker.make(TimerId::random(), plain(), kt); }

    std::unique_ptr<QTemporaryDir> m_folder;
    OpMaker m_maker;
};

void TestDeviceStore::newDeviceKeepsItsId()
{
    const DeviceId id = open()->device();
    QVERIFY(!id.isNull());
    QCOMPARE(open()->device(), id);
}

void TestDeviceStore::filesArePrivate()
{
    const auto store = open();
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup |
                        QFileDevice::WriteOther | QFileDevice::ExeGroup | QFileDevice::ExeOther;
    QVERIFY(!(QFile::permissions(path()) & others));
    const QStringList files = QDir(path()).entryList(QDir::Files);
    QVERIFY(files.contains(QStringLiteral("device.db")));
    for (const QString &file : files)
        QVERIFY2(!(QFile::permissions(path() + QLatin1Char('/') + file) & others),
                 qPrintable(file));
}

void TestDeviceStore::opsSurviveReopening()
{
    const StampedOp one = op();
    QVERIFY(open()->append(one.op));
    const auto all = open()->all();
    QVERIFY(all);
    QCOMPARE(*all, QList<StampedOp>{one});
}

void TestDeviceStore::sameOpTwiceIsOnce()
{
    const auto store = open();
    const StampedOp one = op();
    QVERIFY(store->append(one.op));
    QVERIFY(store->append(one.op));
    QCOMPARE(*store->waiting(), 1);
}

void TestDeviceStore::mergeEmptiesTheOutbox()
{
    const auto store = open();
    QVERIFY(store->restart(EpochId::random()));
    const StampedOp own = op();
    const StampedOp foreign = op(T0 + 5);
    QVERIFY(store->append(own.op));
    QCOMPARE(store->outbox(10)->size(), 1);
    const auto log = logOf({foreign, own}, -7);
    const auto fresh = store->merge(log);
    QVERIFY(fresh);
    QCOMPARE(fresh->size(), 2);
    QCOMPARE((*fresh)[1].kt, T0 - 7);
    QCOMPARE(*store->waiting(), 0);
    QVERIFY(store->outbox(10)->isEmpty());
    QCOMPARE(store->cursor().seq, 2);
    QCOMPARE(open()->cursor(), store->cursor());
    QCOMPARE(store->cursor().chain, log[1].chain);
}

void TestDeviceStore::mergeRefusesABrokenChain_data()
{
    QTest::addColumn<int>("damage");
    QTest::newRow("stamp changed") << 0;
    QTest::newRow("link changed") << 1;
    QTest::newRow("op changed") << 2;
    QTest::newRow("entry left out") << 3;
}

void TestDeviceStore::mergeRefusesABrokenChain()
{
    QFETCH(int, damage);
    const auto store = open();
    QList<LogEntry> log = logOf({op(), op(), op()});
    switch (damage) {
    case 0:
        log[1].kt += 1;
        break;
    case 1:
        log[1].chain[0] = char(log[1].chain[0] + 1);
        break;
    case 2:
        log[1].op.cook = QStringLiteral("Mallory");
        break;
    default:
        log.removeAt(1);
    }
    const auto fresh = store->merge(log);
    QVERIFY(!fresh);
    QCOMPARE(fresh.error().code, ErrorCode::BadChain);
    QVERIFY(store->all()->isEmpty());
    QCOMPARE(store->cursor().seq, 0);
}

void TestDeviceStore::mergeSkipsWhatItHas()
{
    const auto store = open();
    const QList<LogEntry> log = logOf({op(), op(), op()});
    QVERIFY(store->merge(log.mid(0, 2)));
    const auto fresh = store->merge(log);
    QVERIFY(fresh);
    QCOMPARE(fresh->size(), 1);
    QVERIFY(store->merge(log)->isEmpty());
}

void TestDeviceStore::restartGivesEverythingBack()
{
    const auto store = open();
    const QList<StampedOp> ops{op(), op(T0 + 1)};
    QVERIFY(store->merge(logOf(ops)));
    QCOMPARE(*store->waiting(), 0);
    const EpochId epoch = EpochId::random();
    QVERIFY(store->restart(epoch));
    QCOMPARE(*store->waiting(), 2);
    QCOMPARE(store->cursor(), (timers::Cursor{epoch, 0, {}}));
    QVERIFY(store->merge(logOf({ops[1]})));
    QCOMPARE(store->outbox(10).operator*().constFirst().id, ops[0].op.id);
}

void TestDeviceStore::refusedOpsLeaveTheOutbox()
{
    const auto store = open();
    const StampedOp bad = op();
    QVERIFY(store->append(bad.op));
    QVERIFY(store->append(op().op));
    QVERIFY(store->refuse(bad.op.id, QStringLiteral("too large")));
    QVERIFY(store->refuse(OpId::random(), QStringLiteral("never heard of")));
    QCOMPARE(*store->waiting(), 1);
    QCOMPARE(store->all()->size(), 1);   // it is part of no timer any more, but
    QCOMPARE(store->apart()->size(), 1); // nothing is lost
    QCOMPARE(*store->refused(), (QList<RefusedOp>{{bad.op, QStringLiteral("too large")}}));
}

void TestDeviceStore::membershipIsKept()
{
    QVERIFY(!open()->membership());
    const Membership member{QUrl(QStringLiteral("ws://127.0.0.1:7464/sync")), KitchenId::random(),
                            QStringLiteral("Kitchen"), QByteArray(32, 'k')};
    QVERIFY(open()->join(member));
    QCOMPARE(open()->membership(), std::optional(member));
}

void TestDeviceStore::newerFileIsOnlyRead_data()
{
    QTest::addColumn<bool>("unclean");
    QTest::newRow("closed in order") << false;
    QTest::newRow("with a WAL beside it") << true;
}

void TestDeviceStore::newerFileIsOnlyRead()
{
    QFETCH(bool, unclean);
    const QString file = DeviceStore::fileIn(path());
    const StampedOp known = op();
    const QTemporaryDir copy;
    {
        QVERIFY(open()->append(known.op));
        const auto database = Database::open(file, DeviceStore::schema());
        QVERIFY(database);
        QVERIFY((*database)->run(QStringLiteral("PRAGMA user_version=999")));
        for (const QString &name : QDir(path()).entryList(QDir::Files))
            if (!name.endsWith(QLatin1String("-shm")))
                QVERIFY(QFile::copy(path() + u'/' + name, copy.filePath(name)));
    }
    const QString folder = unclean ? copy.path() : path();
    const auto before = contents(folder);
    QCOMPARE(before.contains(QStringLiteral("device.db-wal")), unclean);
    {
        const auto store = DeviceStore::open(folder);
        QVERIFY2(store, store ? "" : qPrintable(describe(store.error())));
        QVERIFY((*store)->isReadOnly());
        QCOMPARE((*store)->awake()->size(), 1);
        QVERIFY(!(*store)->append(op().op));
    }
    auto after = contents(folder);
    after.remove(QStringLiteral("device.db-shm")); // an index of the WAL, in no way its content
    QCOMPARE(after, before);
}

void TestDeviceStore::newerFileTakesNoPress()
{
    QVERIFY(open()->append(op().op));
    {
        const auto database = Database::open(DeviceStore::fileIn(path()), DeviceStore::schema());
        QVERIFY((*database)->run(QStringLiteral("PRAGMA user_version=999")));
    }
    const fakes::ManualClock clock;
    DeviceLog log(clock, path(), QStringLiteral("Ana"));
    QList<Error> errors;
    int rings = 0;
    std::optional<LoadedLog> loaded;
    connect(&log, &DeviceLog::loaded, this, [&](const LoadedLog &all) { loaded = all; });
    connect(&log, &DeviceLog::ringNoted, this, [&] { ++rings; });
    connect(&log, &DeviceLog::appendFailed, this,
            [&](const OpId &, const Error &error) { errors += error; });
    connect(&log, &DeviceLog::joinFailed, this, [&](const Error &error) { errors += error; });
    log.open();
    log.append({OpId::random(), QUuid::createUuid(), plain(), {}, {}});
    log.join({});
    log.noteRing({});
    QTRY_COMPARE(rings, 1);
    QVERIFY(loaded && loaded->readOnly);
    QCOMPARE(loaded->ops.size(), 1);
    QCOMPARE(errors.size(), 2);
    for (const Error &error : std::as_const(errors)) {
        QCOMPARE(error.code, ErrorCode::StoreNewer);
        QVERIFY(describe(error).contains(QLatin1String("update")));
    }
}

/// The list is read and announced by the log.
void TestDeviceStore::refusedOpsAreListed()
{
    const StampedOp bad = op();
    QVERIFY(open()->append(bad.op));
    const fakes::ManualClock clock;
    DeviceLog log(clock, path(), QStringLiteral("Ana"));
    QList<RefusedOp> list;
    QList<OpId> told;
    connect(&log, &DeviceLog::refusedRead, this, [&](const QList<RefusedOp> &all) { list = all; });
    connect(&log, &DeviceLog::opRefused, this, [&](const OpId &id) { told += id; });
    log.open();
    log.refuse(bad.op.id, QStringLiteral("too large"));
    log.readRefused();
    QTRY_COMPARE(list, (QList<RefusedOp>{{bad.op, QStringLiteral("too large")}}));
    QCOMPARE(told, QList<OpId>{bad.op.id});
}

void TestDeviceStore::foreignFileIsRefused()
{
    open();
    const Schema other{QStringLiteral("kitchen"), 0x1234};
    const auto database = Database::open(path() + QStringLiteral("/device.db"), other);
    QVERIFY(!database);
    QCOMPARE(database.error().code, ErrorCode::StoreBroken);
}

void TestDeviceStore::folderBelongsToOneHolder()
{
    auto first = DataFolder::take(path());
    QVERIFY(first);
    const auto second = DataFolder::take(path());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::StoreBusy);
    *first = nullptr;
    QVERIFY(DataFolder::take(path()));
}

/// A recipe book on a real log in this thread.
struct Shelf {
    explicit Shelf(const QString &path)
        : log(clock, path, QStringLiteral("Ana"))
        , book(log)
    {
        QSignalSpy loaded(&book, &recipes::RecipeBook::loaded);
        log.open();
        if (!loaded.wait(PatienceMs))
            qFatal("the book was not read");
    }

    fakes::ManualClock clock;
    DeviceLog log;
    StoredRecipeBook book;
};

recipes::Recipe soup(const RecipeId &id, const QString &title)
{
    recipes::Recipe recipe;
    recipe.id = id;
    recipe.title = title;
    return recipe;
}

void TestDeviceStore::recipesAreLastWriterWins()
{
    const RecipeId id = RecipeId::random();
    {
        Shelf shelf(path());
        QSignalSpy saved(&shelf.book, &recipes::RecipeBook::saved);
        shelf.book.save(soup(id, QStringLiteral("Soup")));
        QVERIFY(saved.wait(PatienceMs));
        shelf.clock.advance(1000);
        shelf.book.save(soup(id, QStringLiteral("Better soup")));
        QVERIFY(saved.wait(PatienceMs));
        QCOMPARE(shelf.book.recipes().value(id).title, QStringLiteral("Better soup"));
    }
    Shelf again(path());
    QCOMPARE(again.book.recipes().value(id).title, QStringLiteral("Better soup"));
    QSignalSpy removed(&again.book, &recipes::RecipeBook::recipeRemoved);
    again.book.remove(id);
    QVERIFY(removed.wait(PatienceMs));
    QVERIFY(again.book.recipes().isEmpty());
}

void TestDeviceStore::removalThatMissedAnEditLoses()
{
    const RecipeId id = RecipeId::random();
    const auto write = [&](const QString &title) {
        return timers::WriteRecipe{QJsonObject{{QLatin1String("title"), title},
                                               {QLatin1String("ingredients"), QJsonArray()},
                                               {QLatin1String("steps"), QJsonArray()}}};
    };
    OpMaker ben(QStringLiteral("Ben"));
    const StampedOp first = m_maker.make(id.uuid(), write(QStringLiteral("Soup")), T0);
    const StampedOp edit =
        ben.make(id.uuid(), write(QStringLiteral("Ben's soup")), T0 + 10, {first.op.id});
    const StampedOp removal =
        m_maker.make(id.uuid(), timers::RemoveRecipe{}, T0 + 20, {first.op.id});
    Shelf shelf(path());
    shelf.log.merge(logOf({first, edit, removal}));
    QTRY_COMPARE(shelf.book.recipes().value(id).title, QStringLiteral("Ben's soup"));
}

void TestDeviceStore::oversizedRecipeIsNotSaved()
{
    Shelf shelf(path());
    recipes::Recipe recipe = soup(RecipeId::random(), QStringLiteral("Endless"));
    recipe.ingredients = QStringList(900, QString(300, QLatin1Char('x')));
    QSignalSpy notSaved(&shelf.book, &recipes::RecipeBook::notSaved);
    shelf.book.save(recipe);
    QCOMPARE(notSaved.size(), 1);
    QVERIFY(shelf.book.recipes().isEmpty());
}

QTEST_GUILESS_MAIN(TestDeviceStore)
#include "tst_devicestore.moc"

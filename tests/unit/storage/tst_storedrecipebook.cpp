// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "recipes/RecipeCodec.h"
#include "recipes/times/TimeFinder.h"
#include "storage/device/StoredRecipeBook.h"
#include "timers/OpCodec.h"

#include <QDir>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using recipes::Edit;
using recipes::Recipe;
using recipes::RecipeBook;
using timers::StampedOp;

namespace {

Recipe soup()
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Soup");
    recipe.summary = QStringLiteral("Warm");
    recipe.ingredients = {QStringLiteral("1 leek")};
    return recipe;
}

} // namespace

/// The recipe book on a real log in this thread.
class TestStoredRecipeBook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_link.clear();
        m_seq = 0;
        open();
    }
    void cleanup() { close(); }

    void newRecipeIsWrittenWhole();
    void changedFieldsAreWrittenAlone();
    void nothingChangedIsSavedAtOnce();
    void editLeavesOthersFieldsAlone();
    void editOfARemovedRecipeBringsItBack();
    void savesOfOneRecipeFollowOneAnother();
    void savesBeforeTheLogIsReadAreKept();
    void removalOfNothingIsDone();
    void savedAgainAfterRemoval();
    void oldValueIsSavedAgain();
    void opDoesNotStandBeforeWhatItSaw();
    void correctedStampsAreShown();
    void logThatCannotBeOpenedSaysSo();
    void largeBookIsReadAside();
    void savesWaitForALargeBook();
    void endsWhileALargeBookIsRead();
    void originIsTheFirstWrite();
    void timesThatNobodyReadAreFound();

private:
    void make()
    {
        m_log = std::make_unique<DeviceLog>(m_clock, m_folder->path(), QStringLiteral("Ana"));
        m_book = std::make_unique<StoredRecipeBook>(*m_log);
        connect(m_log.get(), &DeviceLog::appended, m_book.get(),
                [this](const StampedOp &op) { m_written += op; });
    }
    void open()
    {
        make();
        QSignalSpy loaded(m_book.get(), &RecipeBook::loaded);
        m_log->open();
        QVERIFY(loaded.wait(PatienceMs));
    }
    void close()
    {
        m_book.reset();
        m_log.reset();
        m_written.clear();
    }
    void save(const Recipe &recipe)
    {
        QSignalSpy saved(m_book.get(), &RecipeBook::saved);
        m_book->save(recipe);
        QVERIFY(!saved.isEmpty() || saved.wait(PatienceMs));
    }
    /// From the kitchen's server.
    void merge(const QList<StampedOp> &ops)
    {
        QList<timers::LogEntry> log;
        for (const StampedOp &stamped : ops) {
            m_link = timers::nextLink(m_link, timers::canonical(stamped.op), stamped.kt);
            log += {++m_seq, stamped.kt, m_link, stamped.op};
        }
        QSignalSpy merged(m_log.get(), &DeviceLog::merged);
        m_log->merge(log);
        QVERIFY(merged.wait(PatienceMs));
    }
    /// From the server, too many to be read at once; returns the first.
    RecipeId fillLarge()
    {
        QList<StampedOp> ops;
        for (int i = 0; i < Large; ++i) {
            Recipe recipe = soup();
            recipe.title = QStringLiteral("Soup %1").arg(i);
            ops += m_ben.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)},
                              1000 + i);
        }
        merge(ops);
        return RecipeId(ops.constFirst().op.subject);
    }
    QJsonObject lastWritten() const
    {
        return std::get<timers::WriteRecipe>(m_written.constLast().op.action).recipe;
    }
    Recipe shown(const RecipeId &id) const { return m_book->recipes().value(id); }

    static constexpr int Large = 500;
    std::unique_ptr<QTemporaryDir> m_folder;
    fakes::ManualClock m_clock;
    std::unique_ptr<DeviceLog> m_log;
    std::unique_ptr<StoredRecipeBook> m_book;
    QList<StampedOp> m_written;
    fakes::OpMaker m_ben{QStringLiteral("Ben")};
    QByteArray m_link;
    qint64 m_seq = 0;
};

void TestStoredRecipeBook::newRecipeIsWrittenWhole()
{
    const Recipe recipe = soup();
    save(recipe);
    QCOMPARE(lastWritten(), recipes::toJson(recipe));
    QCOMPARE(shown(recipe.id), recipe);
}

void TestStoredRecipeBook::changedFieldsAreWrittenAlone()
{
    Recipe recipe = soup();
    save(recipe);
    recipe.prepMinutes = 10;
    recipe.summary.clear();
    save(recipe);
    const QJsonObject changed{{QLatin1String("prep"), 10},
                              {QLatin1String("summary"), QJsonValue()}};
    QCOMPARE(lastWritten(), changed);
    QCOMPARE(m_written[1].op.seen, QList<OpId>{m_written[0].op.id});
    QCOMPARE(shown(recipe.id), recipe);
    recipe.title = QStringLiteral("Stew");
    recipe.ingredients += QStringLiteral("1 carrot");
    recipe.steps += recipes::Step{QStringLiteral("Boil"), {}, {}};
    save(recipe);
    QCOMPARE(lastWritten(), recipes::toJson(recipe)); // read as whole, so it is
    close();
    open();
    QCOMPARE(shown(recipe.id), recipe);
}

void TestStoredRecipeBook::nothingChangedIsSavedAtOnce()
{
    const Recipe recipe = soup();
    save(recipe);
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->save(recipe);
    QCOMPARE(saved.size(), 1);
    QCOMPARE(m_written.size(), 1);
}

void TestStoredRecipeBook::editLeavesOthersFieldsAlone()
{
    const Recipe was = soup();
    save(was);
    merge({m_written[0],
           m_ben.make(was.id.uuid(),
                      timers::WriteRecipe{{{QLatin1String("summary"), QStringLiteral("Hot")}}},
                      m_clock.wallMs() + 5, {m_written[0].op.id})});
    QCOMPARE(shown(was.id).summary, QStringLiteral("Hot"));
    Recipe now = was; // the editor was open all the while
    now.title = QStringLiteral("Leek soup");
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->edit(was, now);
    QVERIFY(saved.wait(PatienceMs));
    QCOMPARE(lastWritten().keys(), QStringList{QStringLiteral("title")});
    QCOMPARE(shown(was.id).title, QStringLiteral("Leek soup"));
    QCOMPARE(shown(was.id).summary, QStringLiteral("Hot"));
}

void TestStoredRecipeBook::editOfARemovedRecipeBringsItBack()
{
    const Recipe was = soup();
    save(was);
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->remove(was.id);
    QVERIFY(saved.wait(PatienceMs));
    QVERIFY(m_book->recipes().isEmpty());
    Recipe now = was;
    now.title = QStringLiteral("Leek soup");
    m_book->edit(was, now);
    QVERIFY(saved.wait(PatienceMs));
    QCOMPARE(shown(was.id), now);
}

void TestStoredRecipeBook::savesOfOneRecipeFollowOneAnother()
{
    const Recipe first = soup();
    Recipe second = first;
    second.title = QStringLiteral("Stew");
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->save(first);
    m_book->save(second);
    m_book->save(first); // the cook thought better of it
    QTRY_COMPARE(saved.size(), 3);
    QCOMPARE(m_written.size(), 3);
    QCOMPARE(lastWritten().keys(), QStringList{QStringLiteral("title")});
    QCOMPARE(m_written[2].op.seen, QList<OpId>{m_written[1].op.id});
    QCOMPARE(shown(first.id), first);
}

void TestStoredRecipeBook::savesBeforeTheLogIsReadAreKept()
{
    Recipe recipe = soup();
    save(recipe);
    close();
    make();
    recipe.title = QStringLiteral("Stew");
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->save(recipe);
    m_log->open();
    QVERIFY(saved.wait(PatienceMs));
    QCOMPARE(lastWritten().keys(), QStringList{QStringLiteral("title")});
}

void TestStoredRecipeBook::removalOfNothingIsDone()
{
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->remove(RecipeId::random());
    QCOMPARE(saved.size(), 1);
    QVERIFY(m_written.isEmpty());
}

void TestStoredRecipeBook::savedAgainAfterRemoval()
{
    Recipe recipe = soup();
    save(recipe);
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_book->remove(recipe.id);
    QVERIFY(saved.wait(PatienceMs));
    recipe.summary.clear();
    save(recipe);
    QCOMPARE(shown(recipe.id), recipe); // without the summary of the removed one
}

void TestStoredRecipeBook::oldValueIsSavedAgain()
{
    Recipe recipe = soup();
    save(recipe);
    recipe.title = QStringLiteral("Stew");
    save(recipe);
    const QList<Edit> lines = m_book->history(recipe.id);
    QCOMPARE(lines.size(), 5);
    const Edit &old = lines[3];
    QCOMPARE(old.field, QStringLiteral("title"));
    QCOMPARE(old.fate, Edit::Fate::Replaced);
    QCOMPARE(lines[4].fate, Edit::Fate::Stands);
    recipe.title = old.value.toString();
    save(recipe);
    QCOMPARE(shown(recipe.id).title, QStringLiteral("Soup"));
    QVERIFY(m_book->history(RecipeId::random()).isEmpty());
}

void TestStoredRecipeBook::opDoesNotStandBeforeWhatItSaw()
{
    Recipe recipe = soup();
    const qint64 ahead = m_clock.wallMs() + 3'600'000;
    merge({m_ben.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)}, ahead)});
    recipe.title = QStringLiteral("Stew");
    save(recipe);
    QCOMPARE(shown(recipe.id).title, QStringLiteral("Stew"));
    QCOMPARE(m_written.constLast().kt, ahead);
}

void TestStoredRecipeBook::correctedStampsAreShown()
{
    Recipe recipe = soup();
    merge({m_ben.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)},
                      m_clock.wallMs() - 60'000)});
    recipe.title = QStringLiteral("Stew");
    save(recipe);
    QCOMPARE(shown(recipe.id).title, QStringLiteral("Stew"));
    QSignalSpy kept(m_log.get(), &DeviceLog::offsetKept);
    m_log->keepOffset(m_clock.wallMs() - m_clock.bootMs() - 3'600'000);
    QVERIFY(kept.wait(PatienceMs));
    QCOMPARE(shown(recipe.id).title, QStringLiteral("Soup")); // it was written an hour before
}

void TestStoredRecipeBook::logThatCannotBeOpenedSaysSo()
{
    close();
    const QString file = m_folder->path() + QStringLiteral("/device.db");
    QVERIFY(QFile::remove(file) && QDir().mkdir(file));
    make();
    QSignalSpy notSaved(m_book.get(), &RecipeBook::notSaved);
    m_book->save(soup());
    m_log->open();
    QVERIFY(notSaved.wait(PatienceMs));
}

void TestStoredRecipeBook::largeBookIsReadAside()
{
    fillLarge();
    close();
    make();
    QSignalSpy came(m_book.get(), &RecipeBook::recipesCame);
    QSignalSpy changed(m_book.get(), &RecipeBook::recipeChanged);
    QSignalSpy loaded(m_book.get(), &RecipeBook::loaded);
    m_log->open();
    QVERIFY(loaded.wait(PatienceMs));
    QVERIFY(m_book->isLoaded());
    QCOMPARE(m_book->recipes().size(), Large);
    QVERIFY(came.size() > 1);
    qsizetype told = 0;
    for (const auto &slice : came)
        told += slice[0].value<QList<Recipe>>().size();
    QCOMPARE(told, Large);
    QVERIFY(changed.isEmpty());
}

void TestStoredRecipeBook::savesWaitForALargeBook()
{
    const RecipeId id = fillLarge();
    Recipe recipe = shown(id);
    const Recipe was = recipe;
    close();
    make();
    recipe.notes = QStringLiteral("More salt");
    QSignalSpy saved(m_book.get(), &RecipeBook::saved);
    m_log->open();
    m_book->edit(was, recipe);
    QVERIFY(saved.wait(PatienceMs));
    QCOMPARE(shown(id), recipe);
    QCOMPARE(m_book->recipes().size(), Large);
    QCOMPARE(m_book->history(id).constLast().field, QStringLiteral("notes"));
}

void TestStoredRecipeBook::endsWhileALargeBookIsRead()
{
    fillLarge();
    close();
    make();
    QSignalSpy came(m_book.get(), &RecipeBook::recipesCame);
    m_log->open();
    QVERIFY(came.wait(PatienceMs));
    close(); // its thread ends with it
    open();
    QCOMPARE(m_book->recipes().size(), Large);
}

void TestStoredRecipeBook::originIsTheFirstWrite()
{
    Recipe mine = soup();
    save(mine);
    QVERIFY(m_book->origin(mine.id).isMine);
    QCOMPARE(m_book->origin(mine.id).cook, QStringLiteral("Ana"));
    const RecipeId bens = fillLarge();
    const auto before = m_book->origin(bens);
    QCOMPARE(before.kt, 1000);
    QCOMPARE(before.cook, QStringLiteral("Ben"));
    QVERIFY(!before.isMine);
    Recipe recipe = shown(bens);
    recipe.isFavourite = true;
    save(recipe); // makes nobody its author
    QCOMPARE(m_book->origin(bens), before);
    close();
    open();
    QCOMPARE(m_book->origin(bens), before);
    QVERIFY(m_book->origin(mine.id).isMine);
    QCOMPARE(m_book->origin(RecipeId::random()), recipes::Origin());
}

/// As programs wrote it that knew nothing of times; and a step whose time is denied stays so.
void TestStoredRecipeBook::timesThatNobodyReadAreFound()
{
    const QString text = QStringLiteral("Boil for 8 minutes.");
    QJsonObject plain{
        {QLatin1String("title"), QStringLiteral("Eggs")},
        {QLatin1String("ingredients"), QJsonArray()},
        {QLatin1String("steps"), QJsonArray{QJsonObject{{QLatin1String("text"), text}}}}};
    const RecipeId old = RecipeId::random();
    merge({m_ben.make(old.uuid(), timers::WriteRecipe{plain}, 1000)});
    QTRY_COMPARE(shown(old).steps.size(), 1);
    QCOMPARE(shown(old).steps[0].slots, recipes::findTimes(text));
    QCOMPARE(shown(old).steps[0].slots.size(), 1);
    Recipe denied = shown(old);
    denied.steps[0].slots.clear(); // "this is not a timer"
    m_book->edit(shown(old), denied);
    QTRY_VERIFY(shown(old).steps[0].slots.isEmpty());
    close();
    open(); // read at the start, too
    QVERIFY(shown(old).steps[0].slots.isEmpty());
}

QTEST_GUILESS_MAIN(TestStoredRecipeBook)
#include "tst_storedrecipebook.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ShelfBook.h"
#include "storage/search/CatalogueFile.h"
#include "storage/search/RecipeCatalogue.h"

#include <QFile>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using recipes::Catalogue;
using recipes::Entry;
using recipes::Findings;
using recipes::Recipe;

namespace {

Recipe dish(const char *title, const QStringList &ingredients = {}, const QStringList &tags = {},
            const char *notes = "")
{
    Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QString::fromUtf8(title);
    recipe.ingredients = ingredients;
    recipe.tags = tags;
    recipe.notes = QString::fromUtf8(notes);
    return recipe;
}

} // namespace

/// The file alone, then with its thread behind a book.
class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void findsInEveryField_data();
    void findsInEveryField();
    void titleComesFirst();
    void manyAreNotRanked();
    void partOfManyWordsIsFoundInAllOfThem();
    void lettersOfManyAreRemembered();
    void hostileSearches_data();
    void hostileSearches();
    void changedWordsAreFoundAnew();
    void unchangedCostsNothing();
    void entriesAreRemembered();
    void damagedFileIsMadeAgain();
    void fileOfTheFirstVersionLearnsItsTitles();
    void tidiesUp();
    void followsTheBook();
    void newestSearchIsAnswered();
    void whatIsGoneIsForgotten();
    void diskThatTakesNothing();

private:
    std::unique_ptr<CatalogueFile> opened(QList<Entry> *remembered = nullptr);
    void put(CatalogueFile &file, const QList<Recipe> &recipes, bool changes = true);
    QStringList found(CatalogueFile &file, const QString &text);
    /// Asks the file by a connection of its own; the first value of the answer, or −1.
    int asked(const QString &sql) const;
    QStringList titles(const QList<RecipeId> &recipes) const;
    QStringList found(Catalogue &catalogue, const QString &text);

    std::unique_ptr<QTemporaryDir> m_folder;
    QHash<RecipeId, QString> m_titles;
};

void TestCatalogue::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_titles.clear();
}

std::unique_ptr<CatalogueFile> TestCatalogue::opened(QList<Entry> *remembered)
{
    auto file = CatalogueFile::open(m_folder->path());
    if (!file)
        qFatal("%s", qPrintable(describe(file.error())));
    const Outcome loaded = (*file)->load([remembered](const QList<Entry> &entries) {
        if (remembered)
            *remembered += entries;
    });
    if (!loaded)
        qFatal("%s", qPrintable(describe(loaded.error())));
    return *std::move(file);
}

void TestCatalogue::put(CatalogueFile &file, const QList<Recipe> &recipes, bool changes)
{
    for (const Recipe &recipe : recipes)
        m_titles.insert(recipe.id, recipe.title);
    const auto changed = file.put(recipes, QList<recipes::Origin>(recipes.size()));
    QVERIFY(changed);
    QCOMPARE(*changed, changes);
}

int TestCatalogue::asked(const QString &sql) const
{
    int answer = -1;
    const QString name = QStringLiteral("test");
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        database.setDatabaseName(CatalogueFile::fileIn(m_folder->path()));
        QSqlQuery query(database);
        if (!database.open() || !query.exec(sql))
            qFatal("%s", qPrintable(sql));
        if (query.next())
            answer = query.value(0).toInt();
    }
    QSqlDatabase::removeDatabase(name);
    return answer;
}

QStringList TestCatalogue::titles(const QList<RecipeId> &recipes) const
{
    QStringList list;
    for (const RecipeId &id : recipes)
        list += m_titles.value(id);
    return list;
}

QStringList TestCatalogue::found(CatalogueFile &file, const QString &text)
{
    const auto findings = file.find(text);
    if (!findings)
        qFatal("%s", qPrintable(describe(findings.error())));
    return titles(findings->recipes);
}

void TestCatalogue::findsInEveryField_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const QStringList ragu{QStringLiteral("Ragù alla bolognese")};
    const QStringList cake{QStringLiteral("Käsekuchen")};
    QTest::newRow("title") << QStringLiteral("bolognese") << ragu;
    QTest::newRow("accents") << QStringLiteral("RAGU") << ragu;
    QTest::newRow("beginning") << QStringLiteral("bol") << ragu;
    QTest::newRow("one letter") << QStringLiteral("r") << ragu;
    QTest::newRow("umlaut") << QStringLiteral("kase") << cake;
    QTest::newRow("inside a word") << QStringLiteral("kuchen") << cake;
    QTest::newRow("end of a word") << QStringLiteral("uchen") << cake;
    QTest::newRow("too short inside") << QStringLiteral("en") << QStringList();
    QTest::newRow("ingredient") << QStringLiteral("quark") << cake;
    QTest::newRow("every word") << QStringLiteral("500 mince") << ragu;
    QTest::newRow("not every word") << QStringLiteral("500 quark") << QStringList();
    QTest::newRow("over fields") << QStringLiteral("ragu sunday mince wine") << ragu;
    QTest::newRow("tag") << QStringLiteral("sunday") << ragu;
    QTest::newRow("note") << QStringLiteral("strasse") << cake;
    QTest::newRow("clause without spaces")
        << QStringLiteral("煮") << QStringList{QStringLiteral("トマト煮込み")};
    QTest::newRow("nothing") << QStringLiteral("quince") << QStringList();
}

void TestCatalogue::findsInEveryField()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    const auto file = opened();
    put(*file,
        {dish("Ragù alla bolognese", {QStringLiteral("500 g mince")}, {QStringLiteral("Sunday")},
              "More wine than it says"),
         dish("Käsekuchen", {QStringLiteral("750 g Quark")}, {}, "From the Straße of bakers"),
         dish("トマト煮込み")});
    QCOMPARE(found(*file, text), expected);
}

void TestCatalogue::titleComesFirst()
{
    const auto file = opened();
    put(*file, {dish("Stew", {QStringLiteral("1 leek"), QStringLiteral("leek tops")}),
                dish("Pie", {}, {QStringLiteral("leek")}), dish("Leek soup"),
                dish("Salad", {}, {}, "Leek greens keep for a leek stock of leek")});
    const auto findings = file->find(QStringLiteral("leek"));
    QVERIFY(findings && findings->isRanked);
    QCOMPARE(findings->inTitle, 1);
    QCOMPARE(findings->recipes.size(), 4);
    QCOMPARE(titles(findings->recipes).constFirst(), QStringLiteral("Leek soup"));
}

void TestCatalogue::manyAreNotRanked()
{
    const auto file = opened();
    QList<Recipe> many;
    for (qsizetype i = 0; i <= CatalogueFile::MostRanked; ++i)
        many += dish("Stew", {QStringLiteral("salt")});
    many += dish("Salt");
    put(*file, many);
    const auto findings = file->find(QStringLiteral("salt"));
    QVERIFY(findings && !findings->isRanked);
    QCOMPARE(findings->recipes.size(), many.size());
    QCOMPARE(findings->inTitle, 1);
    QCOMPARE(titles(findings->recipes).constFirst(), QStringLiteral("Salt"));
}

/// More words around a part than FTS5 is asked for at a time.
void TestCatalogue::partOfManyWordsIsFoundInAllOfThem()
{
    const auto file = opened();
    QList<Recipe> all;
    for (int i = 0; i < 400; ++i) { // of 100 words
        const QString word = QChar(u'a' + i / 40) + QString(QChar(u'a' + i % 10));
        const QString apple = word + QStringLiteral("kuchen");
        all += i % 40 < 10 ? dish(apple.toLatin1()) : dish("Torte", {apple});
        all.last().tags = {word +
                           (i % 2 == 0 ? QStringLiteral("schnell") : QStringLiteral("fein"))};
    }
    put(*file, all);
    const auto count = [&](const char *text) {
        const auto findings = file->find(QString::fromLatin1(text));
        return findings ? std::pair(findings->recipes.size(), findings->inTitle)
                        : std::pair<qsizetype, qsizetype>(-1, -1);
    };
    const auto pair = [](qsizetype found, qsizetype inTitle) { return std::pair(found, inTitle); };
    QCOMPARE(count("kuchen"), pair(400, 100));
    QCOMPARE(count("kuchen schnell"), pair(200, 0)); // both are in many words
    QCOMPARE(count("torte kuchen"), pair(300, 0));   // one is in many
    QCOMPARE(count("kuchen aakuchen"), pair(4, 1));
    QCOMPARE(count("kuchen brot"), pair(0, 0));
}

/// What is answered from memory is what the index says, also after words changed.
void TestCatalogue::lettersOfManyAreRemembered()
{
    const auto file = opened();
    QList<Recipe> many;
    for (qsizetype i = 0; i <= CatalogueFile::ManyHits; ++i)
        many += dish(i % 3 == 0 ? "Stew" : "Pie", {QStringLiteral("salt")},
                     {i % 5 == 0 ? QStringLiteral("quick") : QStringLiteral("slow")});
    many += dish("Soup of leek");
    put(*file, many);
    const auto count = [&](const char *text) {
        const auto findings = file->find(QString::fromLatin1(text));
        return findings ? std::pair(findings->recipes.size(), findings->inTitle)
                        : std::pair<qsizetype, qsizetype>(-1, -1);
    };
    const qsizetype stews = (CatalogueFile::ManyHits + 3) / 3;
    const qsizetype all = many.size();
    QCOMPARE(count("s"), std::pair(all, stews + 1));
    QCOMPARE(count("s"), std::pair(all, stews + 1)); // known by now
    QCOMPARE(count("s s"), std::pair(all, stews + 1));
    QCOMPARE(count("leek s"), std::pair(qsizetype(1), qsizetype(1)));
    QCOMPARE(count("stew s").first, stews);
    QCOMPARE(count("p q").first, count("pie quick").first); // each letter in its own word
    int learned = 0;
    for (auto more = file->learnLetter(); more && *more && learned < 20; more = file->learnLetter())
        ++learned;
    QVERIFY(learned > 0 && learned < 20); // then all are
    QCOMPARE(count("s").first, all);
    many[1].title = QStringLiteral("Sauce");
    put(*file, {many[1]});
    QCOMPARE(count("s"), std::pair(all, stews + 2));
    QVERIFY(bool(file->remove({many[1].id})));
    QCOMPARE(count("s"), std::pair(all - 1, stews + 1));
}

void TestCatalogue::hostileSearches_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"\"", "a\"b", "*", "title:soup", "soup NEAR pie", "soup OR", "(soup",
                             "-soup", "^soup", "{title tags}: soup", "'; DROP TABLE words; --",
                             "\n\t", "🍲", "a b c d e f g h i j k l m n o"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("long") << QString(200'000, u'q');
    QTest::newRow("many words") << QStringLiteral("soup ").repeated(10'000);
    QTest::newRow("null") << QStringLiteral("so") + QChar(0) + QStringLiteral("up");
    QTest::newRow("half a pair") << QString(QChar(0xdc00));
}

void TestCatalogue::hostileSearches()
{
    QFETCH(QString, text);
    const auto file = opened();
    put(*file, {dish("Soup", {QString(5000, u'q')}), dish("\"Quoted\" OR 'not'")});
    QVERIFY(file->find(text));
    QCOMPARE(found(*file, QStringLiteral("soup")), QStringList{QStringLiteral("Soup")});
}

void TestCatalogue::changedWordsAreFoundAnew()
{
    const auto file = opened();
    Recipe soup = dish("Soup", {QStringLiteral("leek")});
    put(*file, {soup});
    soup.ingredients = {QStringLiteral("carrot")};
    put(*file, {soup});
    QCOMPARE(found(*file, QStringLiteral("leek")), QStringList());
    QCOMPARE(found(*file, QStringLiteral("carrot")), QStringList{QStringLiteral("Soup")});
    soup.isFavourite = true; // shown, not searched for
    put(*file, {soup});
    QCOMPARE(found(*file, QStringLiteral("carrot")), QStringList{QStringLiteral("Soup")});
    const auto removed = file->remove({soup.id, RecipeId::random()});
    QVERIFY(removed && *removed);
    QCOMPARE(found(*file, QStringLiteral("carrot")), QStringList());
}

void TestCatalogue::unchangedCostsNothing()
{
    const QList<Recipe> two{dish("Soup"), dish("Stew")};
    put(*opened(), two);
    const auto again = opened();
    put(*again, two, false);
    Recipe same = dish("Soup", {QStringLiteral("leek")});
    same.id = RecipeId();
    put(*again, {same});
    // The same in each run of the program: else all is written again at each start.
    QCOMPARE(
        asked(QStringLiteral("SELECT abs(words_print % 1000000) FROM recipes WHERE number = 3")),
        242108);
    QCOMPARE(
        asked(QStringLiteral("SELECT abs(entry_print % 1000000) FROM recipes WHERE number = 3")),
        111466);
    QCOMPARE(found(*again, QStringLiteral("s")).size(), 3);
}

void TestCatalogue::entriesAreRemembered()
{
    Recipe soup = dish("Soup", {}, {QStringLiteral("quick")});
    soup.totalMinutes = 20;
    soup.isFavourite = true;
    soup.photos = {BlobHash::of("photo")};
    soup.steps = {{QStringLiteral("Boil for 5 min"), {{9, 14, 300, 300, {}}}, {}}};
    const recipes::Origin origin{1234, QStringLiteral("Ana"), DeviceId::random(), true};
    QVERIFY(opened()->put({soup, dish("Stew")}, {origin, {}}));
    QList<Entry> entries;
    opened(&entries);
    QCOMPARE(entries.size(), 2);
    QVERIFY(entries.contains(recipes::entryOf(soup, origin)));
}

void TestCatalogue::damagedFileIsMadeAgain()
{
    put(*opened(), {dish("Soup")});
    {
        QFile file(CatalogueFile::fileIn(m_folder->path()));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(8192, 'x'));
    }
    QList<Entry> entries;
    const auto file = opened(&entries);
    QVERIFY(entries.isEmpty());
    put(*file, {dish("Stew")});
    QCOMPARE(found(*file, QStringLiteral("stew")), QStringList{QStringLiteral("Stew")});
}

void TestCatalogue::fileOfTheFirstVersionLearnsItsTitles()
{
    QList<Recipe> many;
    for (qsizetype i = 0; i <= CatalogueFile::MostRanked; ++i)
        many += dish("Stew", {QStringLiteral("salt")});
    many += dish("Salt");
    put(*opened(), many);
    asked(QStringLiteral("DROP TABLE titles"));
    asked(QStringLiteral("PRAGMA user_version = 1"));
    QList<Entry> entries;
    const auto file = opened(&entries);
    QCOMPARE(entries.size(), many.size());
    QCOMPARE(found(*file, QStringLiteral("salt")).constFirst(), QStringLiteral("Salt"));
    put(*file, many, false);
}

void TestCatalogue::tidiesUp()
{
    const auto file = opened();
    for (int i = 0; i < 40; ++i)
        put(*file, {dish("Soup"), dish("Stew")});
    int rounds = 0;
    for (auto more = file->tidy(); more && *more; more = file->tidy())
        QVERIFY(++rounds < 1000);
    QCOMPARE(found(*file, QStringLiteral("soup")).size(), 40);
    for (const char *table : {"words", "titles"})
        QCOMPARE(asked(QStringLiteral("SELECT count(DISTINCT segid) FROM %1_idx")
                           .arg(QLatin1String(table))),
                 1);
}

QStringList TestCatalogue::found(Catalogue &catalogue, const QString &text)
{
    QSignalSpy answers(&catalogue, &Catalogue::found);
    catalogue.search(text);
    if (answers.isEmpty() && !answers.wait(PatienceMs))
        return {QStringLiteral("no answer")};
    return titles(answers.constLast()[0].value<Findings>().recipes);
}

void TestCatalogue::followsTheBook()
{
    fakes::ShelfBook book;
    Recipe soup = dish("Soup");
    book.save(soup);
    RecipeCatalogue catalogue(m_folder->path(), book);
    m_titles.insert(soup.id, soup.title);
    QSignalSpy updated(&catalogue, &Catalogue::updated);
    QVERIFY(updated.wait(PatienceMs));
    QCOMPARE(found(catalogue, QStringLiteral("soup")), QStringList{soup.title});
    soup.notes = QStringLiteral("With leek");
    book.save(soup);
    QVERIFY(updated.wait(PatienceMs));
    QCOMPARE(found(catalogue, QStringLiteral("leek")), QStringList{soup.title});
    book.remove(soup.id);
    QVERIFY(updated.wait(PatienceMs));
    QCOMPARE(found(catalogue, QStringLiteral("leek")), QStringList());
}

void TestCatalogue::newestSearchIsAnswered()
{
    fakes::ShelfBook book;
    RecipeCatalogue catalogue(m_folder->path(), book);
    QSignalSpy answers(&catalogue, &Catalogue::found);
    for (const char *typed : {"s", "so", "sou", "soup"})
        catalogue.search(QString::fromLatin1(typed));
    QTRY_VERIFY(!answers.isEmpty() &&
                answers.constLast()[0].value<Findings>().text == QLatin1String("soup"));
    QVERIFY(answers.size() <= 4);
}

void TestCatalogue::whatIsGoneIsForgotten()
{
    put(*opened(), {dish("Soup"), dish("Stew")});
    struct LateBook : fakes::ShelfBook {
        using RecipeBook::tellLoaded;
    } book;
    RecipeCatalogue catalogue(m_folder->path(), book);
    QSignalSpy remembered(&catalogue, &Catalogue::remembered);
    QVERIFY(remembered.wait(PatienceMs));
    QCOMPARE(found(catalogue, QStringLiteral("s")).size(), 2);
    QSignalSpy updated(&catalogue, &Catalogue::updated);
    book.tellLoaded();
    QVERIFY(updated.wait(PatienceMs));
    QCOMPARE(found(catalogue, QStringLiteral("s")), QStringList());
}

void TestCatalogue::diskThatTakesNothing()
{
    fakes::ShelfBook book;
    const Recipe soup = dish("Soup");
    book.save(soup);
    m_titles.insert(soup.id, soup.title);
    RecipeCatalogue catalogue(m_folder->filePath(QStringLiteral("not/there")), book);
    QSignalSpy updated(&catalogue, &Catalogue::updated);
    QVERIFY(updated.wait(PatienceMs)); // in the system's temporary folder
    QCOMPARE(found(catalogue, QStringLiteral("soup")), QStringList{soup.title});
}

QTEST_GUILESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"

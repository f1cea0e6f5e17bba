// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "fakes/ShelfBook.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "library/GridPane.h"
#include "library/GridView.h"
#include "library/LibraryActs.h"
#include "library/SortButton.h"
#include "library/TagChips.h"
#include "models/LibraryModel.h"
#include "storage/search/RecipeCatalogue.h"
#include "theme/Theme.h"
#include "widgets/FieldEdit.h"
#include "widgets/FilterRow.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "words/LibraryWords.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

recipes::Recipe dish(const char *title, int minutes, const QStringList &ingredients = {},
                     const QStringList &tags = {})
{
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QString::fromUtf8(title);
    if (minutes > 0)
        recipe.totalMinutes = minutes;
    recipe.ingredients = ingredients;
    recipe.tags = tags;
    recipe.steps = {{QStringLiteral("Cook it for 5 minutes."), {{12, 21, 300, 300, {}}}, {}}};
    return recipe;
}

} // namespace

class TestUiLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init();

    void rowsStandByTitle();
    void changesComeOneByOne();
    void searchNarrowsTheList();
    void searchFollowsTheBook();
    void shelvesAndTags();
    void ordersOfTheList();
    void rememberedStandsUntilTheBookIsRead();
    void rowShowsTheTimer();
    void paneSaysThatNothingMatches();
    void wordsForNothing();
    void paneChoosesByClickAndEnter();
    void keysOfTheList();
    void menuOfARecipe();
    void tagsWithoutRoomStandInTheMenu();
    void longTagIsCut();
    void gridShowsTheSame();
    void manyRecipesStandInOrder();

private:
    QStringList titles(const QAbstractItemModel &model) const;
    RecipeId idOf(const char *title) const;
    recipes::Catalogue &catalogue();
    void search(LibraryModel &model, const char *text);
    static bool says(const QWidget &part, const char *text);

    QTemporaryDir m_folder;
    std::unique_ptr<storage::RecipeCatalogue> m_catalogue;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
    std::unique_ptr<fakes::ShelfBook> m_book;
};

void TestUiLibrary::init()
{
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
    m_catalogue.reset();
    m_book = std::make_unique<fakes::ShelfBook>();
    m_book->save(dish("Shakshuka", 30, {QStringLiteral("4 eggs")}, {QStringLiteral("breakfast")}));
    m_book->save(dish("Ragù alla bolognese", 240, {QStringLiteral("500 g mince")}));
    m_book->save(
        dish("Dal tadka", 50, {QStringLiteral("300 g lentils")}, {QStringLiteral("vegan")}));
    m_book->save(dish("Bread", 0, {QStringLiteral("500 g flour")}));
}

RecipeId TestUiLibrary::idOf(const char *title) const
{
    for (const recipes::Recipe &recipe : m_book->recipes())
        if (recipe.title == QString::fromUtf8(title))
            return recipe.id;
    return {};
}

/// Of the book, up to date.
recipes::Catalogue &TestUiLibrary::catalogue()
{
    m_catalogue = std::make_unique<storage::RecipeCatalogue>(m_folder.path(), *m_book);
    QSignalSpy updated(m_catalogue.get(), &recipes::Catalogue::updated);
    if (!updated.wait(PatienceMs))
        qFatal("no catalogue");
    return *m_catalogue;
}

void TestUiLibrary::search(LibraryModel &model, const char *text)
{
    model.setSearch(QString::fromUtf8(text));
    QTRY_COMPARE(model.search(), QString::fromUtf8(text));
}

bool TestUiLibrary::says(const QWidget &part, const char *text)
{
    const QList<InkLabel *> labels = part.findChildren<InkLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [text](const InkLabel *label) {
        return label->isVisible() && label->text() == QString::fromUtf8(text);
    });
}

QStringList TestUiLibrary::titles(const QAbstractItemModel &model) const
{
    QStringList list;
    for (int row = 0; row < model.rowCount(); ++row)
        list += model.index(row, 0).data().toString();
    return list;
}

void TestUiLibrary::rowsStandByTitle()
{
    LibraryModel model(*m_book, *m_timers);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(titles(model),
             QStringList({QStringLiteral("Bread"), QStringLiteral("Dal tadka"),
                          QStringLiteral("Ragù alla bolognese"), QStringLiteral("Shakshuka")}));
    QVERIFY(!model.index(0).data(LibraryModel::MinutesRole).isValid());
    QCOMPARE(model.index(1).data(LibraryModel::MinutesRole).toInt(), 50);
    QVERIFY(!model.indexOf(RecipeId::random()).isValid());
}

void TestUiLibrary::changesComeOneByOne()
{
    LibraryModel model(*m_book, *m_timers);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    recipes::Recipe apple = dish("Apple crumble", 60);
    m_book->save(apple);
    QTRY_COMPARE(inserted.size(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Apple crumble"));
    changed.clear();
    apple.totalMinutes = 55;
    m_book->save(apple);
    QCOMPARE(changed.size(), 1);
    apple.title = QStringLiteral("Zucchini, not apples");
    m_book->save(apple);
    QTRY_COMPARE(model.index(4).data().toString(), apple.title);
    m_book->remove(apple.id);
    QCOMPARE(model.rowCount(), 4);
    inserted.clear();
    for (int i = 0; i < 20; ++i)
        m_book->save(dish("One of many", i));
    QVERIFY(inserted.size() <= 1); // they are shown together
    QTRY_COMPARE(model.rowCount(), 24);
}

void TestUiLibrary::searchNarrowsTheList()
{
    LibraryModel model(*m_book, *m_timers);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!model.canSearch());
    model.offer(catalogue());
    search(model, "shak");
    QCOMPARE(titles(model), QStringList{QStringLiteral("Shakshuka")});
    QCOMPARE(model.order(), LibraryOrder::Match);
    search(model, "RAGU");
    QCOMPARE(titles(model), QStringList{QStringLiteral("Ragù alla bolognese")});
    search(model, "quince");
    QCOMPARE(model.rowCount(), 0);
    search(model, "500");
    QCOMPARE(model.rowCount(), 2);
    model.setOrder(LibraryOrder::Title);
    QCOMPARE(titles(model),
             QStringList({QStringLiteral("Bread"), QStringLiteral("Ragù alla bolognese")}));
    search(model, "");
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.order(), LibraryOrder::Cooked);
}

void TestUiLibrary::searchFollowsTheBook()
{
    LibraryModel model(*m_book, *m_timers);
    model.offer(catalogue());
    search(model, "leek");
    QCOMPARE(model.rowCount(), 0);
    m_book->save(dish("Pie", 60, {QStringLiteral("2 leeks")}));
    QTRY_COMPARE(titles(model), QStringList{QStringLiteral("Pie")});
}

void TestUiLibrary::shelvesAndTags()
{
    LibraryModel model(*m_book, *m_timers);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy otherwise(&model, &LibraryModel::chosenOtherwise);
    model.choose({LibraryShelf::HalfHour, {}});
    QCOMPARE(titles(model), QStringList{QStringLiteral("Shakshuka")});
    model.choose({LibraryShelf::Hour, {}});
    QCOMPARE(model.rowCount(), 2);
    model.toggleTag(QStringLiteral("vegan"));
    QCOMPARE(titles(model), QStringList{QStringLiteral("Dal tadka")});
    QCOMPARE(otherwise.size(), 3);
    model.toggleTag(QStringLiteral("vegan"));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.countOn(LibraryShelf::All), 4);
    QCOMPARE(model.countOn(LibraryShelf::HalfHour), 1);
    QCOMPARE(model.countOn(LibraryShelf::Favourites), 0);
    QCOMPARE(model.countOn(LibraryShelf::Mine), 0);
    const auto tags = model.tagsOfAll();
    QCOMPARE(tags.size(), 2);
    QCOMPARE(tags.constFirst(), std::pair(QStringLiteral("breakfast"), 1));
}

void TestUiLibrary::ordersOfTheList()
{
    m_kitchen->open();
    LibraryModel model(*m_book, *m_timers);
    model.offer(m_kitchen->cooking());
    QCOMPARE(titles(model).constFirst(), QStringLiteral("Bread"));
    m_kitchen->cooking().begin(idOf("Ragù alla bolognese"));
    QTRY_COMPARE(titles(model).constFirst(), QStringLiteral("Ragù alla bolognese"));
    model.setOrder(LibraryOrder::Time);
    QCOMPARE(titles(model).constFirst(), QStringLiteral("Shakshuka"));
    QCOMPARE(titles(model).constLast(), QStringLiteral("Bread")); // nobody knows how long
    model.setOrder(LibraryOrder::Title);
    QCOMPARE(titles(model).constFirst(), QStringLiteral("Bread"));
}

void TestUiLibrary::rememberedStandsUntilTheBookIsRead()
{
    struct Memory : recipes::Catalogue {
        void search(const QString &) override {}
    } memory;
    struct LateBook : recipes::RecipeBook {
        using RecipeBook::shelve;
        using RecipeBook::tellLoaded;
        void save(const recipes::Recipe &) override {}
        void edit(const recipes::Recipe &, const recipes::Recipe &) override {}
        void remove(const RecipeId &) override {}
        QList<recipes::Edit> history(const RecipeId &) const override { return {}; }
        QList<RecipeId> removed() const override { return {}; }
    } book;
    LibraryModel model(book, *m_timers);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.offer(memory);
    recipes::Recipe soup = dish("Soup", 20);
    recipes::Recipe gone = dish("Gone", 10);
    Q_EMIT memory.remembered({recipes::entryOf(soup, {}), recipes::entryOf(gone, {})});
    QCOMPARE(titles(model), QStringList({QStringLiteral("Gone"), QStringLiteral("Soup")}));
    soup.title = QStringLiteral("Better soup");
    book.shelve(soup, {});
    Q_EMIT book.recipesCame({soup});
    book.tellLoaded();
    QCOMPARE(titles(model), QStringList{QStringLiteral("Better soup")});
    Q_EMIT memory.remembered({recipes::entryOf(gone, {})}); // too late
    QCOMPARE(model.rowCount(), 1);
}

void TestUiLibrary::rowShowsTheTimer()
{
    m_kitchen->open();
    LibraryModel model(*m_book, *m_timers);
    const recipes::Recipe recipe = *m_book->recipes().cbegin();
    const QModelIndex row = model.indexOf(recipe.id);
    QVERIFY(!row.data(LibraryModel::FaceRole).isValid());
    m_timers->start({QStringLiteral("Cook"), 300'000, 300'000, timers::Place{recipe.id, 0, 0}});
    QTRY_VERIFY(row.data(LibraryModel::FaceRole).isValid());
    QCOMPARE(row.data(LibraryModel::FaceRole).value<TimerFace>().count, QStringLiteral("5:00"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    m_kitchen->pass(1000);
    QCOMPARE(row.data(LibraryModel::FaceRole).value<TimerFace>().count, QStringLiteral("4:59"));
    QCOMPARE(changed.size(), 1); // the other rows stood still
}

void TestUiLibrary::paneSaysThatNothingMatches()
{
    LibraryPane pane(*m_book, *m_timers);
    pane.model().offer(catalogue());
    pane.resize(280, 800);
    pane.show();
    auto *typed = pane.findChild<FieldEdit *>();
    QVERIFY(pane.view()->isVisible());
    pane.findChildren<FilterRow *>().at(4)->click(); // under an hour
    QTest::keyClicks(typed, QStringLiteral("mince"));
    QTRY_VERIFY(!pane.view()->isVisible());
    QVERIFY(says(pane, "No recipe with ‘mince’ under an hour."));
    const QList<FlatButton *> buttons = pane.findChildren<FlatButton *>();
    const auto all = std::find_if(buttons.cbegin(), buttons.cend(), [](const FlatButton *button) {
        return button->text() == QStringLiteral("Search all 4?");
    });
    QVERIFY(all != buttons.cend() && (*all)->isVisible());
    (*all)->click();
    QVERIFY(pane.view()->isVisible());
    QCOMPARE(titles(pane.model()), QStringList{QStringLiteral("Ragù alla bolognese")});
    QTest::keyClicks(typed, QStringLiteral("x"));
    QTRY_VERIFY(says(pane, "No recipe with ‘mincex’. Search by title, ingredient, tag or note."));
    QTest::keyClick(typed, Qt::Key_Escape);
    QVERIFY(pane.view()->isVisible());
}

void TestUiLibrary::wordsForNothing()
{
    for (const auto shelf : {LibraryShelf::All, LibraryShelf::Favourites, LibraryShelf::Mine,
                             LibraryShelf::HalfHour, LibraryShelf::Hour, LibraryShelf::Recent}) {
        QVERIFY(!LibraryWords::shelf(shelf).isEmpty());
        const QString typed = LibraryWords::nothing({shelf, {}}, QStringLiteral("quince"), 48);
        QVERIFY2(typed.contains(QStringLiteral("‘quince’")), qPrintable(typed));
        QVERIFY(!LibraryWords::nothing({shelf, {}}, {}, 48).contains(u'‘') ||
                shelf == LibraryShelf::All);
    }
    QVERIFY(LibraryWords::wayOut({}, QStringLiteral("quince"), 48).isEmpty());
    QCOMPARE(LibraryWords::wayOut({LibraryShelf::Mine, {}}, {}, 48), QStringLiteral("Show all 48"));
    QCOMPARE(LibraryWords::heading({}, QStringLiteral("leek"), 1),
             QStringLiteral("1 recipe with “leek”"));
}

void TestUiLibrary::paneChoosesByClickAndEnter()
{
    LibraryPane pane(*m_book, *m_timers);
    pane.resize(280, 800);
    pane.show();
    QSignalSpy chosen(&pane, &LibraryPane::chosen);
    auto *list = pane.view();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(chosen.last()[0].value<RecipeId>(), idOf("Dal tadka"));
    pane.focusList();
    const qsizetype before = chosen.size();
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(chosen.size(), before);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(chosen.last()[0].value<RecipeId>(), idOf("Ragù alla bolognese"));
}

void TestUiLibrary::keysOfTheList()
{
    LibraryPane pane(*m_book, *m_timers);
    pane.resize(280, 800);
    pane.show();
    QSignalSpy cook(&pane.acts(), &LibraryActs::cookWished);
    pane.select(idOf("Dal tadka"));
    QTest::keyClick(pane.view(), Qt::Key_D, Qt::ControlModifier);
    QVERIFY(m_book->recipes().value(idOf("Dal tadka")).isFavourite);
    QCOMPARE(pane.model().countOn(LibraryShelf::Favourites), 1);
    QTest::keyClick(pane.view(), Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(cook.size(), 1);
    QCOMPARE(cook[0][0].value<RecipeId>(), idOf("Dal tadka"));
    QTest::keyClick(pane.view(), Qt::Key_Delete);
    QCOMPARE(m_book->recipes().size(), 3);
    auto *undo = pane.findChild<NoticeBar *>();
    QCOMPARE(undo->text(), QStringLiteral("Removed: Dal tadka"));
    Q_EMIT undo->acted();
    QVERIFY(m_book->recipes().value(idOf("Dal tadka")).isFavourite);
}

void TestUiLibrary::menuOfARecipe()
{
    LibraryPane pane(*m_book, *m_timers);
    pane.resize(280, 800);
    pane.show();
    pane.select(idOf("Bread"));
    const auto texts = [&pane] {
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
        QCoreApplication::sendEvent(pane.view(), &event);
        auto *menu = pane.view()->findChildren<QMenu *>().constLast();
        QStringList list;
        for (const QAction *action : menu->actions())
            list += action->text().remove(u'&');
        menu->close();
        return list;
    };
    QVERIFY(!texts().contains(QStringLiteral("Cook")));
    pane.acts().offerCooking();
    pane.acts().offerEditing();
    const QStringList all = texts();
    for (const char *text : {"Open", "Cook", "Favourite", "Edit", "Remove"})
        QVERIFY2(all.contains(QString::fromLatin1(text)), text);
}

void TestUiLibrary::tagsWithoutRoomStandInTheMenu()
{
    TagChips chips(2, false);
    chips.resize(260, 60);
    TagChips::Tags tags;
    for (int i = 0; i < 40; ++i)
        tags.emplaceBack(QStringLiteral("tag number %1").arg(i), 40 - i);
    chips.setTags(tags);
    chips.show();
    QList<TagChip *> shown;
    const QList<TagChip *> all = chips.findChildren<TagChip *>();
    std::copy_if(all.cbegin(), all.cend(), std::back_inserter(shown),
                 [](const TagChip *chip) { return chip->isVisible(); });
    QVERIFY(shown.size() >= 3 && shown.size() < 8);
    for (const TagChip *chip : std::as_const(shown))
        QVERIFY(chip->geometry().right() < 260 && chip->geometry().bottom() < 60);
    const auto more = std::find_if(shown.cbegin(), shown.cend(), [](const TagChip *chip) {
        return chip->text().startsWith(u'+');
    });
    QVERIFY(more != shown.cend());
    QCOMPARE((*more)->text().mid(1).toInt(), 40 - int(shown.size()) + 1);
    chips.setChosen({QStringLiteral("tag number 39")}); // comes into sight
    const bool isSeen = std::any_of(all.cbegin(), all.cend(), [](const TagChip *chip) {
        return chip->isVisible() && chip->isChecked() &&
               chip->text() == QStringLiteral("tag number 39");
    });
    QVERIFY(isSeen);
    QSignalSpy toggled(&chips, &TagChips::toggled);
    (*more)->click();
    auto *menu = chips.findChild<QMenu *>();
    QCOMPARE(menu->actions().size(), 40);
    menu->actions().at(7)->trigger();
    QCOMPARE(toggled[0][0].toString(), QStringLiteral("tag number 7"));
}

void TestUiLibrary::longTagIsCut()
{
    TagChips chips(2, true);
    chips.resize(120, 60);
    chips.setTags({{QString(500, u'W'), 3}, {QStringLiteral("b"), 1}});
    chips.show();
    const QList<TagChip *> all = chips.findChildren<TagChip *>();
    for (const TagChip *chip : all)
        QVERIFY(!chip->isVisible() || chip->geometry().right() < 120);
}

void TestUiLibrary::gridShowsTheSame()
{
    for (const recipes::Recipe &recipe : m_book->recipes())
        m_kitchen->addRecipe(recipe);
    MainWindow window(m_kitchen->server(), m_kitchen->book(), m_kitchen->cooking(),
                      m_kitchen->client(), *m_theme);
    m_kitchen->open();
    window.offerCatalogue(m_kitchen->catalogue());
    window.resize(1440, 900);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window, PatienceMs));
    auto *grid = window.findChild<GridPane *>();
    auto *cards = window.findChild<GridView *>();
    QVERIFY(!grid->isVisible());
    auto *list = window.findChild<LibraryPane *>()->view();
    window.findChild<LibraryPane *>()->focusList();
    QTest::keyClicks(list, QStringLiteral("da")); // a title's beginning finds it
    QCOMPARE(list->current(), idOf("Dal tadka"));
    window.openRecipe(idOf("Dal tadka"));
    QTest::keyClick(&window, Qt::Key_G, Qt::ControlModifier);
    QVERIFY(grid->isVisible());
    QCOMPARE(window.windowTitle(), QStringLiteral("Library — Simmer"));
    QCOMPARE(cards->current(), idOf("Dal tadka"));
    QVERIFY(cards->visualRect(cards->model()->index(0, 0)).right() <
            cards->visualRect(cards->model()->index(1, 0)).left() + 24);
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    auto *typed = grid->findChild<FieldEdit *>();
    QTest::keyClicks(typed, QStringLiteral("flour"));
    QTRY_COMPARE(cards->model()->rowCount(), 1);
    QVERIFY(says(*grid, "1 recipe with “flour”"));
    QTest::keyClick(typed, Qt::Key_Return);
    QVERIFY(cards->hasFocus());
    QTest::keyClick(cards, Qt::Key_Return);
    QVERIFY(!grid->isVisible());
    QVERIFY(window.windowTitle().startsWith(QStringLiteral("Bread")));
}

void TestUiLibrary::manyRecipesStandInOrder()
{
    QList<recipes::Entry> entries;
    constexpr int Many = 100'000;
    for (int i = 0; i < Many; ++i)
        entries +=
            recipes::entryOf(dish(qPrintable(QStringLiteral("Dish %1").arg(
                                      int(qint64(i) * 7919 % Many), 5, 10, QLatin1Char('0'))),
                                  i % 90, {}, {QStringLiteral("tag %1").arg(i % 30)}),
                             {});
    LibraryRows rows;
    for (int i = 0; i < Many; i += 1000)
        rows.put(entries.mid(i, 1000));
    QCOMPARE(rows.count(), Many);
    QCOMPARE(rows.at(rows.byTitle().at(2)).entry.title, QStringLiteral("Dish 00002"));
    const auto shown = rows.chosen(rows.inOrder(LibraryOrder::Time),
                                   {LibraryShelf::Hour, {QStringLiteral("tag 3")}}, 0);
    QVERIFY(!shown.empty());
    const auto &first = rows.at(shown.front()).entry;
    QCOMPARE(*first.minutes, 3);
}

QTEST_MAIN(TestUiLibrary)
#include "tst_ui_library.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "fakes/ShelfBook.h"
#include "forms/LibraryPane.h"
#include "models/LibraryFilter.h"
#include "models/LibraryModel.h"
#include "theme/Theme.h"
#include "widgets/FieldEdit.h"
#include "widgets/FilterRow.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QListView>
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
    void searchFindsTitleIngredientAndTag();
    void searchIgnoresCaseAndAccents();
    void filtersByTime();
    void rowShowsTheTimer();
    void paneSaysThatNothingMatches();
    void paneChoosesByClickAndEnter();
    void thousandsOfRecipesFilterFast();

private:
    QStringList titles(const QAbstractItemModel &model) const;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    std::unique_ptr<LiveTimers> m_timers;
    std::unique_ptr<fakes::ShelfBook> m_book;
};

void TestUiLibrary::init()
{
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    m_timers = std::make_unique<LiveTimers>(m_kitchen->server());
    m_book = std::make_unique<fakes::ShelfBook>();
    m_book->save(dish("Shakshuka", 30, {QStringLiteral("4 eggs")}, {QStringLiteral("breakfast")}));
    m_book->save(dish("Ragù alla bolognese", 240, {QStringLiteral("500 g mince")}));
    m_book->save(
        dish("Dal tadka", 50, {QStringLiteral("300 g lentils")}, {QStringLiteral("vegan")}));
    m_book->save(dish("Bread", 0, {QStringLiteral("500 g flour")}));
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
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("Apple crumble"));
    apple.totalMinutes = 55;
    m_book->save(apple);
    QCOMPARE(changed.size(), 1);
    apple.title = QStringLiteral("Zucchini, not apples");
    m_book->save(apple);
    QCOMPARE(model.index(4).data().toString(), apple.title);
    m_book->remove(apple.id);
    QCOMPARE(model.rowCount(), 4);
}

void TestUiLibrary::searchFindsTitleIngredientAndTag()
{
    LibraryModel model(*m_book, *m_timers);
    LibraryFilter filter;
    filter.setSourceModel(&model);
    QAbstractItemModelTester tester(&filter,
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSearch(QStringLiteral("shak"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Shakshuka")});
    filter.setSearch(QStringLiteral("lentils"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Dal tadka")});
    filter.setSearch(QStringLiteral("breakfast"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Shakshuka")});
    filter.setSearch(QStringLiteral("500 flour"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Bread")});
    filter.setSearch(QStringLiteral("quince"));
    QCOMPARE(filter.rowCount(), 0);
    filter.setSearch({});
    QCOMPARE(filter.rowCount(), 4);
}

void TestUiLibrary::searchIgnoresCaseAndAccents()
{
    LibraryModel model(*m_book, *m_timers);
    LibraryFilter filter;
    filter.setSourceModel(&model);
    filter.setSearch(QStringLiteral("RAGU"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Ragù alla bolognese")});
}

void TestUiLibrary::filtersByTime()
{
    LibraryModel model(*m_book, *m_timers);
    LibraryFilter filter;
    filter.setSourceModel(&model);
    filter.setMostMinutes(30);
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Shakshuka")});
    filter.setMostMinutes(60);
    filter.setSearch(QStringLiteral("vegan"));
    QCOMPARE(titles(filter), QStringList{QStringLiteral("Dal tadka")});
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
    pane.resize(280, 800);
    pane.show();
    auto *search = pane.findChild<FieldEdit *>();
    auto *list = pane.findChild<QListView *>();
    QVERIFY(list->isVisible());
    QTest::keyClicks(search, QStringLiteral("quince"));
    QVERIFY(!list->isVisible());
    const QList<InkLabel *> labels = pane.findChildren<InkLabel *>();
    const bool told = std::any_of(labels.cbegin(), labels.cend(), [](const InkLabel *label) {
        return label->isVisible() &&
               label->text().contains(QStringLiteral("No recipe with ‘quince’"));
    });
    QVERIFY(told);
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(list->isVisible());
}

void TestUiLibrary::paneChoosesByClickAndEnter()
{
    LibraryPane pane(*m_book, *m_timers);
    pane.resize(280, 800);
    pane.show();
    QSignalSpy chosen(&pane, &LibraryPane::chosen);
    auto *list = pane.findChild<QListView *>();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 0)).center());
    QVERIFY(!chosen.isEmpty());
    QCOMPARE(m_book->recipes().value(chosen.last()[0].value<RecipeId>()).title,
             QStringLiteral("Dal tadka"));
    pane.focusList();
    const qsizetype before = chosen.size();
    QTest::keyClick(list, Qt::Key_Down);
    QCOMPARE(chosen.size(), before);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_book->recipes().value(chosen.last()[0].value<RecipeId>()).title,
             QStringLiteral("Ragù alla bolognese"));
}

void TestUiLibrary::thousandsOfRecipesFilterFast()
{
    for (int i = 0; i < 2000; ++i)
        m_book->save(dish(qPrintable(QStringLiteral("Dish %1").arg(i)), i));
    LibraryModel model(*m_book, *m_timers);
    LibraryFilter filter;
    filter.setSourceModel(&model);
    QElapsedTimer watch;
    watch.start();
    for (const char *typed : {"d", "di", "dis", "dish", "dish 1", "dish 19", "dish 199"})
        filter.setSearch(QString::fromLatin1(typed));
    QVERIFY(filter.rowCount() >= 11);
    QVERIFY2(watch.elapsed() < 7 * 200, qPrintable(QString::number(watch.elapsed())));
}

QTEST_MAIN(TestUiLibrary)
#include "tst_ui_library.moc"

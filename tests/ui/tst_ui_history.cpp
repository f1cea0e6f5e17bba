// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "editor/DiffView.h"
#include "editor/EditorWords.h"
#include "editor/HistoryDialog.h"
#include "recipes/RecipeCodec.h"
#include "theme/Theme.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QApplication>
#include <QJsonArray>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;
using recipes::Edit;
using recipes::Recipe;

namespace {

constexpr qint64 Hour = 3'600'000;

QString saidOf(const QListWidgetItem &item)
{
    return item.data(Qt::AccessibleTextRole).toString();
}

} // namespace

/// What was written into recipes, and how it comes back.
class TestUiHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }
    void init();
    void cleanup() { m_kitchen.reset(); }

    void tellsWhoWroteWhat();
    void lostValueComesBack();
    void removedRecipeIsListedAndComesBack();
    void removedRecipeShowsItsHistory();
    void hostileHistoriesAreShown();
    void fatesInWords();
    void valuesByLines_data();
    void valuesByLines();

private:
    int rowOf(const QListWidget &list, const char *words) const;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<fakes::UiKitchen> m_kitchen;
    Recipe m_soup;
};

/// Ana writes a soup; then both call it otherwise, and neither has seen the other do so.
void TestUiHistory::init()
{
    m_soup = {};
    m_soup.id = RecipeId::random();
    m_soup.title = QStringLiteral("Soup");
    m_soup.ingredients = {QStringLiteral("leek")};
    m_soup.steps = {{QStringLiteral("Boil."), {}, {}}};
    m_kitchen = std::make_unique<fakes::UiKitchen>();
    fakes::OpMaker ana(QStringLiteral("Ana"));
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const qint64 at = fakes::UiKitchen::evening();
    const auto title = [](const char *text) {
        return timers::WriteRecipe{{{QLatin1String("title"), QString::fromUtf8(text)}}};
    };
    const auto first =
        ana.make(m_soup.id.uuid(), timers::WriteRecipe{recipes::toJson(m_soup)}, at - 5 * Hour);
    m_kitchen->write(first);
    m_kitchen->write(
        ben.make(m_soup.id.uuid(), title("Soup of leek"), at - 3 * Hour, {first.op.id}));
    m_kitchen->write(ana.make(m_soup.id.uuid(), title("Leek soup"), at - 2 * Hour, {first.op.id}));
    m_kitchen->open();
}

int TestUiHistory::rowOf(const QListWidget &list, const char *words) const
{
    for (int row = 0; row < list.count(); ++row)
        if (saidOf(*list.item(row)).contains(QString::fromUtf8(words)))
            return row;
    return -1;
}

void TestUiHistory::tellsWhoWroteWhat()
{
    HistoryDialog dialog(m_kitchen->book(), m_soup.id);
    dialog.show();
    QVERIFY(dialog.windowTitle().contains(QStringLiteral("Leek soup")));
    const auto *list = dialog.findChild<QListWidget *>();
    QVERIFY(saidOf(*list->item(0)).startsWith(QLatin1String("The title, Ana, ")));
    QStringList said;
    const QList<InkLabel *> labels = dialog.findChildren<InkLabel *>();
    for (const InkLabel *label : labels)
        said += label->text();
    QVERIFY(said.join(u' ').contains(QStringLiteral("Ana wrote the title")));
    QVERIFY(said.contains(QStringLiteral("Stands.")));
    const QString shown = dialog.findChild<DiffView *>()->toPlainText();
    QVERIFY(shown.contains(QStringLiteral("− Soup of leek")));
    QVERIFY(shown.contains(QStringLiteral("+ Leek soup")));
}

void TestUiHistory::lostValueComesBack()
{
    HistoryDialog dialog(m_kitchen->book(), m_soup.id);
    dialog.show();
    auto *list = dialog.findChild<QListWidget *>();
    const int lost = rowOf(*list, "lost");
    QVERIFY(lost > 0);
    list->setCurrentRow(lost);
    const QList<FlatButton *> buttons = dialog.findChildren<FlatButton *>();
    FlatButton *back = nullptr;
    for (FlatButton *button : buttons)
        if (button->text() == QLatin1String("Bring back"))
            back = button;
    QVERIFY(back && back->isEnabled());
    const int before = list->count();
    QTest::mouseClick(back, Qt::LeftButton);
    QTRY_COMPARE(m_kitchen->book().recipes().value(m_soup.id).title,
                 QStringLiteral("Soup of leek"));
    QTRY_COMPARE(list->count(), before + 1); // an edit of its own
    QCOMPARE(list->currentRow(), 0);
    QVERIFY(!back->isEnabled()); // it stands already
}

void TestUiHistory::removedRecipeIsListedAndComesBack()
{
    {
        RemovedDialog none(m_kitchen->book());
        QCOMPARE(none.findChild<QListWidget *>()->count(), 0);
    }
    m_kitchen->book().remove(m_soup.id);
    QTRY_VERIFY(m_kitchen->book().recipes().isEmpty());
    RemovedDialog dialog(m_kitchen->book());
    dialog.show();
    QSignalSpy back(&dialog, &RemovedDialog::broughtBack);
    auto *list = dialog.findChild<QListWidget *>();
    QCOMPARE(list->count(), 1);
    QVERIFY(saidOf(*list->item(0)).startsWith(QLatin1String("Leek soup, removed by Ana, ")));
    const QList<FlatButton *> buttons = dialog.findChildren<FlatButton *>();
    for (FlatButton *button : buttons)
        if (button->text() == QLatin1String("Bring back"))
            QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(back.size(), 1);
    QCOMPARE(m_kitchen->book().recipes().value(m_soup.id).title, QStringLiteral("Leek soup"));
    QCOMPARE(m_kitchen->book().recipes().value(m_soup.id).steps, m_soup.steps);
    QCOMPARE(list->count(), 0);
}

void TestUiHistory::removedRecipeShowsItsHistory()
{
    m_kitchen->book().remove(m_soup.id);
    QTRY_VERIFY(m_kitchen->book().recipes().isEmpty());
    HistoryDialog dialog(m_kitchen->book(), m_soup.id);
    auto *list = dialog.findChild<QListWidget *>();
    QVERIFY(saidOf(*list->item(0)).startsWith(QLatin1String("Removed, Ana")));
    list->setCurrentRow(rowOf(*list, "The title"));
    const QList<FlatButton *> buttons = dialog.findChildren<FlatButton *>();
    for (FlatButton *button : buttons)
        if (button->text() == QLatin1String("Bring back"))
            QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE(m_kitchen->book().recipes().value(m_soup.id).title, QStringLiteral("Leek soup"));
}

void TestUiHistory::hostileHistoriesAreShown()
{
    DiffView view;
    QStringList many;
    for (int line = 0; line < 5000; ++line)
        many += QStringLiteral("<b>%1</b>").arg(line);
    view.show(QStringLiteral("Before"), {}, QStringLiteral("After"), many);
    QVERIFY(view.toPlainText().contains(QStringLiteral("+ <b>0</b>"))); // never markup
    QVERIFY(view.toPlainText().endsWith(QStringLiteral("More lines follow.")));
    QVERIFY(!lastKnown(m_soup.id, {}));
    QVERIFY(!lastKnown(m_soup.id, {{0, {}, {}, QStringLiteral("title"), 7, Edit::Fate::Stands}}));
}

void TestUiHistory::fatesInWords()
{
    Edit edit;
    QCOMPARE(EditorWords::fate(edit, {}), QStringLiteral("stands"));
    edit.fate = Edit::Fate::Replaced;
    QCOMPARE(EditorWords::fate(edit, QStringLiteral("Ben")), QStringLiteral("replaced by Ben"));
    edit.fate = Edit::Fate::Lost;
    QCOMPARE(EditorWords::fate(edit, QStringLiteral("Ben")), QStringLiteral("lost to Ben’s"));
    QCOMPARE(EditorWords::fate(edit, {}), QStringLiteral("lost"));
}

void TestUiHistory::valuesByLines_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QStringList>("lines");
    const auto row = [](const char *field, const QJsonValue &value, const QStringList &lines) {
        QTest::newRow(field) << QString::fromLatin1(field) << value << lines;
    };
    row("notes", QStringLiteral("a\nb"), {QStringLiteral("a"), QStringLiteral("b")});
    row("prep", 90, {QStringLiteral("1 h 30 min")});
    row("favourite", true, {QStringLiteral("yes")});
    row("tags", QJsonArray{QStringLiteral("x"), QStringLiteral("y")},
        {QStringLiteral("x"), QStringLiteral("y")});
    row("photos", QJsonArray{QStringLiteral("ab")}, {QStringLiteral("1 picture")});
    row("summary", QJsonValue(), {});
    row("steps",
        QJsonArray{QJsonObject{{QStringLiteral("text"), QStringLiteral("Boil.")},
                               {QStringLiteral("section"), QStringLiteral("Soup")}},
                   QJsonObject{{QStringLiteral("text"), QStringLiteral("Eat.")},
                               {QStringLiteral("section"), QStringLiteral("Soup")}}},
        {QStringLiteral("Soup"), QStringLiteral("1. Boil."), QStringLiteral("2. Eat.")});
}

void TestUiHistory::valuesByLines()
{
    QFETCH(QString, field);
    QFETCH(QJsonValue, value);
    QTEST(EditorWords::lines(field, value), "lines");
}

QTEST_MAIN(TestUiHistory)
#include "tst_ui_history.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// The editor, what two cooks made of one recipe, and a recipe's history.
#include "UiKitchen.h"
#include "editor/AboutPane.h"
#include "editor/CompareDialog.h"
#include "editor/EditorDesk.h"
#include "editor/HistoryDialog.h"
#include "editor/StepsPage.h"
#include "editor/TimesPane.h"
#include "forms/MainWindow.h"
#include "recipes/RecipeCodec.h"
#include "recipes/times/TimeFinder.h"
#include "screenshots/Paint.h"
#include "storage/device/DraftFolder.h"
#include "storage/photos/ShelvedPhotos.h"
#include "widgets/NoticeBar.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QDialog>
#include <QTest>

namespace simmer::screenshots {

namespace {

/// The recipe of the mock-up.
recipes::Recipe ragu()
{
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Ragù alla bolognese");
    recipe.yields = QStringLiteral("6 servings");
    recipe.prepMinutes = 45;
    recipe.totalMinutes = 240;
    recipe.tags = {QStringLiteral("for the freezer"), QStringLiteral("Sunday")};
    recipe.source = QStringLiteral("Nonna Lidia’s notebook, p. 31");
    recipe.language = QStringLiteral("en");
    recipe.ingredients = {QStringLiteral("1 onion"), QStringLiteral("1 carrot"),
                          QStringLiteral("1 stick of celery"), QStringLiteral("150 g pancetta"),
                          QStringLiteral("500 g minced beef and pork")};
    for (const char *text :
         {"Sweat the onion, carrot and celery in the butter and oil over a low heat for 12–15 "
          "minutes, until soft but not coloured.",
          "Add the pancetta and cook for 5 minutes. Turn up the heat, add the beef and pork and "
          "brown for 10 minutes, breaking up the lumps.",
          "Pour in the wine and let it bubble away for a minute or two.",
          "Stir in the passata and stock, bring to a bare simmer and cook half covered for 2½ to 3 "
          "hours, stirring every 20 minutes.",
          "Add the milk 30 minutes before the end. Season.",
          "Rest off the heat for 10 minutes before tossing with tagliatelle."}) {
        const QString words = QString::fromUtf8(text);
        recipe.steps += {words, recipes::findTimes(words), {}};
    }
    return recipe;
}

void turnTo(ui::RecipeEditor &editor, const char *page)
{
    const QList<QAbstractButton *> buttons = editor.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons)
        if (button->text() == QLatin1String(page))
            button->click();
}

/// Whole columns and their heights come a few events later.
void await(ui::RecipeEditor &editor)
{
    if (!QTest::qWaitFor([&] { return editor.steps()->column()->isWhole(); }, PatienceMs))
        qFatal("the steps are not there");
    for (int round = 0; round < 20; ++round)
        QCoreApplication::processEvents();
}

void paintHistory(ui::Theme &theme, const QString &folder)
{
    recipes::Recipe recipe = ragu();
    fakes::UiKitchen kitchen;
    fakes::OpMaker ana(QStringLiteral("Ana"));
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const qint64 at = fakes::UiKitchen::evening();
    const auto first =
        ana.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)}, at - 9'000'000);
    kitchen.write(first);
    recipes::Recipe bens = recipe;
    bens.steps[2].text = QStringLiteral("Pour in the wine and let it cook off.");
    bens.steps[2].slots.clear();
    bens.steps.removeAt(4);
    bens.title = QStringLiteral("Bolognese");
    const QJsonObject changed = recipes::changes(recipe, bens);
    kitchen.write(
        ben.make(recipe.id.uuid(), timers::WriteRecipe{changed}, at - 4'000'000, {first.op.id}));
    kitchen.write(
        ana.make(recipe.id.uuid(),
                 timers::WriteRecipe{{{QLatin1String("title"), QStringLiteral("Ragù, my way")}}},
                 at - 3'000'000, {first.op.id}));
    kitchen.open();
    ui::HistoryDialog history(kitchen.book(), recipe.id);
    history.findChild<QAbstractItemView *>()->setCurrentIndex(
        history.findChild<QAbstractItemView *>()->model()->index(1, 0));
    saveAll(theme, history, {980, 560}, folder, QStringLiteral("history"));
    ui::CompareDialog compare(recipe, bens, {QStringLiteral("title"), QStringLiteral("steps")},
                              QStringLiteral("Ben"));
    saveAll(theme, compare, {820, 620}, folder, QStringLiteral("compare"));
    kitchen.book().remove(recipe.id);
    if (!QTest::qWaitFor([&] { return kitchen.book().recipes().isEmpty(); }, PatienceMs))
        qFatal("it was not removed");
    ui::RemovedDialog removed(kitchen.book());
    saveAll(theme, removed, {560, 420}, folder, QStringLiteral("removed"));
}

} // namespace

void paintEditing(ui::Theme &theme, const QString &folder)
{
    const recipes::Recipe recipe = ragu();
    fakes::UiKitchen kitchen;
    kitchen.addRecipe(recipe);
    storage::DraftFolder drafts(kitchen.clock(), kitchen.folder());
    storage::ShelvedPhotos photos(kitchen.log().blobs());
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    window.editorDesk().useDrafts(drafts);
    window.editorDesk().usePhotos(photos, &window.photos());
    kitchen.open();
    settle(window, 1440, 900);
    window.editorDesk().edit(recipe.id);
    ui::RecipeEditor &editor = *window.editorDesk().editor();
    await(editor);
    ui::StepColumn &column = *editor.steps()->column();
    const quint64 fourth = editor.manuscript().now().lines.at(3).key;
    column.focusLine(fourth, true);
    const QString note = QStringLiteral("Better the day after.\nHalf the wine is enough.");
    editor.manuscript().type({ui::TextPlace::Field::Notes}, {0, 0, int(note.size())}, note);
    turnTo(editor, "Steps");
    column.focusLine(fourth, true);
    await(editor);
    const QString name = QStringLiteral("editor");
    saveAll(theme, window, {1440, 900}, folder, name);
    saveAll(theme, window, {1000, 860}, folder, name + QStringLiteral("-1000"));
    saveAll(theme, window, {640, 760}, folder, name + QStringLiteral("-640"));
    settle(window, 1440, 900);
    for (const char *page : {"Ingredients", "Notes"}) {
        turnTo(editor, page);
        saveAll(theme, window, {1440, 900}, folder,
                name + QLatin1Char('-') + QString::fromLatin1(page).toLower());
    }
    window.editorDesk().leave([] {});
    auto *question = window.findChild<QDialog *>();
    saveAll(theme, *question, question->sizeHint(), folder, name + QStringLiteral("-leave"));
    question->close();
    paintHistory(theme, folder);
}

} // namespace simmer::screenshots

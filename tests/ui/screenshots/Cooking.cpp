// SPDX-License-Identifier: GPL-3.0-or-later
// Cooking mode at all sizes, and its hard cases.
#include "cooking/CookingScreen.h"
#include "screenshots/Dinner.h"
#include "screenshots/Paint.h"

#include <QDir>
#include <QTest>

namespace simmer::screenshots {

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Rung = 92 * Second;

void key(QWidget &window, Qt::Key key, int times = 1)
{
    for (int i = 0; i < times; ++i)
        QTest::keyClick(&window, key);
}

recipes::Recipe hardCases()
{
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Sauerbraten mit Kartoffelklößen und Apfelrotkohl");
    recipe.language = QStringLiteral("de");
    recipe.ingredients = {QStringLiteral("1,5 kg Rinderschulter"), QStringLiteral("500 ml Rotwein"),
                          QStringLiteral("2–3 Zwiebeln"), QStringLiteral("1 Rotkohl")};
    const QString german = QStringLiteral(
        "Die Rinderschulter aus der Marinade nehmen, gründlich trockentupfen und im Bräter von "
        "allen Seiten 12 Minuten kräftig anbraten; Zwiebeln zugeben, 5 Minuten mitrösten, mit "
        "Rotwein ablöschen und zugedeckt 2 Stunden bei 160 °C schmoren.");
    recipes::Step three{german, {}, {}};
    for (const auto &[phrase, minutes] :
         {std::pair(QStringLiteral("12 Minuten"), 12), std::pair(QStringLiteral("5 Minuten"), 5),
          std::pair(QStringLiteral("2 Stunden"), 120)}) {
        const int at = int(german.indexOf(phrase));
        three.slots += {at, at + int(phrase.size()), minutes * 60, minutes * 60, {}};
    }
    recipe.steps = {
        three,
        {QStringLiteral("Rühren, abschmecken, nachwürzen und warten. ").repeated(44), {}, {}},
        {QStringLiteral("Donaudampfschifffahrtskapitänsmützenknödel servieren."), {}, {}}};
    return recipe;
}

QString sized(const char *name, const QSize &size)
{
    return QStringLiteral("cooking-%1-%2").arg(QLatin1String(name)).arg(size.width());
}

} // namespace

void paintCooking(ui::Theme &theme, const QString &folder)
{
    const Samples samples = fakes::sampleRecipes();
    const recipes::Recipe hard = hardCases();
    fakes::UiKitchen kitchen(Rung + Second);
    for (const recipes::Recipe &recipe : samples)
        kitchen.addRecipe(recipe);
    kitchen.addRecipe(hard);
    cookDinner(kitchen, samples);
    kitchen.open();
    ui::LiveTimers timers(kitchen.server());
    ui::CookingScreen screen(kitchen.book(), timers, kitchen.cooking());
    screen.cook(samples.value(QStringLiteral("roast-chicken")).id);
    settle(screen, 1440, 900);
    key(screen, Qt::Key_Right, 3);
    using Cue = timers::Cue;
    const timers::Place roast = placeOf(samples, "roast-chicken", 3);
    timers.setCues(timers::timerAt(roast),
                   {{Cue::Kind::Every, 15 * 60 * Second, QStringLiteral("Baste")}});
    QTRY_VERIFY(!timers.find(timers::timerAt(roast))->cues.isEmpty());
    for (const QSize size : {QSize(1440, 900), QSize(2560, 1440), QSize(1024, 600)})
        saveAll(theme, screen, size, folder, sized("running", size));
    key(screen, Qt::Key_I);
    saveAll(theme, screen, {1440, 900}, folder, QStringLiteral("cooking-ingredients"));
    key(screen, Qt::Key_I);
    // The potatoes have to ring while somebody looks, or else they are late.
    kitchen.pass(Second);
    kitchen.pass(Second);
    kitchen.pass(Rung - Second);
    for (const QSize size : {QSize(1440, 900), QSize(1024, 600)})
        saveAll(theme, screen, size, folder, sized("ringing", size));
    screen.goTo(placeOf(samples, "roast-chicken", 4));
    saveAll(theme, screen, {1440, 900}, folder, QStringLiteral("cooking-ringing-here"));
    timers.acknowledgeAll();
    QTRY_VERIFY(timers.ringing().isEmpty());
    screen.goTo(roast);
    screen.say(QStringLiteral("Boil the potatoes: Ben stopped it on Ben’s phone."));
    saveAll(theme, screen, {1440, 900}, folder, QStringLiteral("cooking-said"));
    screen.say({});
    screen.cook(hard.id);
    for (const QSize size : {QSize(1440, 900), QSize(2560, 1440), QSize(1024, 600)}) {
        settle(screen, size.width(), size.height());
        saveBoth(screen, folder, sized("three-times", size));
        while (screen.course().step() < 1)
            key(screen, Qt::Key_Right);
        settle(screen, size.width(), size.height());
        saveBoth(screen, folder, sized("2000-characters", size));
        while (screen.course().step() < 2)
            key(screen, Qt::Key_Right);
        settle(screen, size.width(), size.height());
        saveBoth(screen, folder, sized("long-word", size));
        screen.cook(samples.value(QStringLiteral("dal-tadka")).id);
        screen.cook(hard.id);
        while (screen.course().step() > 0)
            key(screen, Qt::Key_Left);
    }
    key(screen, Qt::Key_Right, 99);
    saveAll(theme, screen, {1440, 900}, folder, QStringLiteral("cooking-done"));
}

} // namespace simmer::screenshots

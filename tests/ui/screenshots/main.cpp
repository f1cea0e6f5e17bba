// SPDX-License-Identifier: GPL-3.0-or-later
// simmer_screenshots DIR: paints the window with sample recipes and timers in every state into PNG
// files, without a display; for `./dev screenshots` and for looking at what a change did.
#include "UiKitchen.h"
#include "dialogs/ImportDialog.h"
#include "dialogs/JoinDialog.h"
#include "dialogs/ShareDialog.h"
#include "fakes/FakeSharing.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "library/LibraryActs.h"
#include "models/LiveTimers.h"
#include "screenshots/Dinner.h"
#include "screenshots/Paint.h"
#include "theme/Theme.h"
#include "widgets/FieldEdit.h"

#include <QApplication>
#include <QCursor>
#include <QDir>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QTest>

#include <algorithm>

using namespace simmer;
using namespace simmer::screenshots;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;

/// What the mock-ups' state sheet has besides: checking, late, a free timer.
void cookMore(fakes::UiKitchen &kitchen, const Samples &samples)
{
    static fakes::OpMaker ana(QStringLiteral("Ana"));
    static fakes::OpMaker ben(QStringLiteral("Ben"));
    kitchen.started(ana, QStringLiteral("Rest under foil"), 15 * Minute, 15 * Minute, 27 * Minute,
                    placeOf(samples, "roast-chicken", 6));
    kitchen.started(ben, QStringLiteral("Risotto rice"), 16 * Minute, 18 * Minute,
                    16 * Minute + 20 * Second, placeOf(samples, "risotto-alla-milanese", 3));
    kitchen.started(ben, QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, 48 * Second);
    kitchen.started(ana, QStringLiteral("Brown the onion"), 10 * Minute, 10 * Minute, 4 * Minute,
                    placeOf(samples, "dal-tadka", 2));
    const TimerId soup =
        kitchen.started(ana, QStringLiteral("Suppe kochen"), 25 * Minute, 25 * Minute, 20 * Minute,
                        placeOf(samples, "kartoffelsuppe", 2));
    kitchen.paused(ana, soup, 8 * Minute);
}

void shareKitchen(syncclient::SyncClient &client)
{
    syncclient::LinkStatus status;
    status.state = syncclient::LinkState::Level;
    status.kitchen = QStringLiteral("Ana & Ben’s kitchen");
    status.server = QUrl(QStringLiteral("ws://simmer.local:7464/sync"));
    for (const char *name : {"Kitchen laptop", "Ben’s phone", "Study PC"})
        status.devices += {DeviceId::random(), QString::fromUtf8(name), true};
    Q_EMIT client.statusChanged(status);
}

/// Until what other threads do is there.
template<typename Condition>
void await(Condition condition)
{
    if (!QTest::qWaitFor(condition, PatienceMs))
        qFatal("waited in vain");
}

/// The library as cards: all, and those with a word, light and dark.
void paintGrid(ui::Theme &theme, ui::MainWindow &window, const QString &folder)
{
    auto *library = window.findChild<ui::LibraryPane *>();
    library->acts().offerCooking();
    QTest::keyClick(&window, Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    await([&] {
        const auto timers = window.timers().onPass();
        return std::none_of(timers.cbegin(), timers.cend(), [&](const timers::Timer &timer) {
            return window.timers().faceOf(timer).look == ui::Look::Ringing;
        });
    });
    Q_EMIT library->gridWished(true);
    for (const auto choice : {ui::ThemeChoice::Dark, ui::ThemeChoice::Light}) {
        theme.choose(choice);
        const QString suffix =
            choice == ui::ThemeChoice::Dark ? QStringLiteral("dark") : QStringLiteral("light");
        library->model().setSearch({});
        settle(window, 1440, 900);
        saveBoth(window, folder, QStringLiteral("grid-") + suffix);
        library->model().setSearch(QStringLiteral("tomato"));
        await([&] { return library->model().search() == QLatin1String("tomato"); });
        settle(window, 1180, 860);
        saveBoth(window, folder, QStringLiteral("grid-search-") + suffix);
    }
    settle(window, 700, 720);
    saveBoth(window, folder, QStringLiteral("grid-700"));
    library->model().setSearch({});
    Q_EMIT library->gridWished(false);
}

void paintDinner(ui::Theme &theme, const QString &folder)
{
    const Samples samples = fakes::sampleRecipes();
    constexpr qint64 Rung = 92 * Second;
    fakes::UiKitchen kitchen(Rung + Second);
    for (const recipes::Recipe &recipe : samples)
        kitchen.addRecipe(recipe);
    cookDinner(kitchen, samples);
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    kitchen.open();
    // Somebody types, so the alarm is a banner and a card.
    settle(window, 1440, 900);
    window.activateWindow();
    window.findChild<ui::LibraryPane *>()->focusSearch();
    // It has to ring while the window is there, or else it is late.
    kitchen.pass(Second);
    kitchen.pass(Second);
    kitchen.pass(Rung - Second);
    window.offerCatalogue(kitchen.catalogue());
    window.openRecipe(samples.value(QStringLiteral("roast-chicken")).id);
    settle(window, 1440, 900);
    shareKitchen(kitchen.client()); // after the link thread said that it is alone
    for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        const bool dark = choice == ui::ThemeChoice::Dark;
        const QString suffix = dark ? QStringLiteral("dark") : QStringLiteral("light");
        theme.choose(choice);
        settle(window, 1440, 900);
        saveBoth(window, folder, QStringLiteral("main-") + suffix);
        settle(window, 1180, 860);
        saveBoth(window, folder, QStringLiteral("main-1180-") + suffix);
        settle(window, 960, 860);
        saveBoth(window, folder, QStringLiteral("main-960-") + suffix);
    }
    theme.choose(ui::ThemeChoice::Light);
    settle(window, 640, 720);
    saveBoth(window, folder, QStringLiteral("main-640-light"));
    window.openRecipe(samples.value(QStringLiteral("country-loaf")).id);
    auto *search = window.findChild<ui::LibraryPane *>()->findChild<ui::FieldEdit *>();
    settle(window, 1440, 900);
    auto *library = window.findChild<ui::LibraryPane *>();
    search->setText(QStringLiteral("quince"));
    await([&] { return library->model().search() == QLatin1String("quince"); });
    settle(window, 1440, 900);
    saveBoth(window, folder, QStringLiteral("search-nothing"));
    search->clear();
    library->model().choose({ui::LibraryShelf::Hour, {}});
    search->setText(QStringLiteral("quince"));
    await([&] { return library->model().search() == QLatin1String("quince"); });
    settle(window, 1440, 900);
    saveBoth(window, folder, QStringLiteral("search-nothing-under-an-hour"));
    library->model().choose({});
    paintGrid(theme, window, folder);
    search->setText(QStringLiteral("lemon"));
    await([&] { return library->model().search() == QLatin1String("lemon"); });
    window.showTrouble({ErrorCode::DiskFull, QStringLiteral("no space left"), {}});
    settle(window, 1440, 900);
    saveBoth(window, folder, QStringLiteral("search-lemon-disk-full"));
}

void paintStates(ui::Theme &theme, const QString &folder)
{
    const Samples samples = fakes::sampleRecipes();
    fakes::UiKitchen kitchen;
    for (const recipes::Recipe &recipe : samples)
        kitchen.addRecipe(recipe);
    cookMore(kitchen, samples);
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    kitchen.open();
    window.openRecipe(samples.value(QStringLiteral("risotto-alla-milanese")).id);
    kitchen.pass(Second); // the late ring is told as such by the next tick
    for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        const bool dark = choice == ui::ThemeChoice::Dark;
        theme.choose(choice);
        settle(window, 1440, 1040);
        saveBoth(window, folder,
                 dark ? QStringLiteral("states-dark") : QStringLiteral("states-light"));
    }
    window.openRecipe(samples.value(QStringLiteral("kartoffelsuppe")).id);
    settle(window, 1180, 860);
    saveBoth(window, folder, QStringLiteral("german-dark"));
}

QAction *refusedAction(const ui::MainWindow &window)
{
    const QList<QAction *> all = window.findChildren<QAction *>();
    for (QAction *action : all)
        if (action->text().startsWith(QLatin1String("Not taken by the server")))
            return action;
    qFatal("no action for refused presses");
}

/// What is told after a bad night: a mended file, presses that the server did not take.
void paintMishaps(ui::Theme &theme, const QString &folder)
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    fakes::OpMaker ana(QStringLiteral("Ana"));
    const timers::Op rice =
        ana.make(TimerId::random(), timers::Start{QStringLiteral("Rice"), Minute, Minute, {}}, 0)
            .op;
    window.setRefused({{rice, QStringLiteral("Rice"), QStringLiteral("too many timers run")}});
    window.showMended(
        {412, 12, QDate(2026, 11, 20), false, false,
         QStringLiteral("/home/ana/.local/share/simmer/device.db.damaged-2026-11-21")});
    for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        const bool dark = choice == ui::ThemeChoice::Dark;
        const QString suffix = dark ? QStringLiteral("dark") : QStringLiteral("light");
        theme.choose(choice);
        settle(window, 1180, 860);
        saveBoth(window, folder, QStringLiteral("mended-") + suffix);
        refusedAction(window)->trigger();
        auto *box = window.findChild<QMessageBox *>();
        settle(*box, box->sizeHint().width(), box->sizeHint().height());
        saveBoth(*box, folder, QStringLiteral("refused-") + suffix);
        box->close();
        await([&window] { return !window.findChild<QMessageBox *>(); });
    }
}

void paintMenus(ui::MainWindow &window, const QString &folder)
{
    const QList<QMenu *> menus = window.findChildren<QMenu *>();
    for (int i = 0; i < menus.size(); ++i) {
        menus.at(i)->adjustSize();
        saveBoth(*menus.at(i), folder, QStringLiteral("menu-%1").arg(i));
    }
}

/// Sharing the kitchen: on, with a code that is good and without; off; with a port that is taken.
void paintSharing(ui::Theme &theme, const QString &folder)
{
    constexpr qint64 GoodMs = 194 * Second;
    for (const auto choice : {ui::ThemeChoice::Light, ui::ThemeChoice::Dark}) {
        const bool dark = choice == ui::ThemeChoice::Dark;
        const QString suffix = dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        theme.choose(choice);
        fakes::FakeSharing sharing;
        sharing.setLeft(GoodMs);
        ui::SharingStatus status = fakes::sharedKitchen(QDateTime::currentMSecsSinceEpoch());
        sharing.be(status);
        ui::ShareDialog dialog(sharing);
        settle(dialog, 1040, 700);
        saveBoth(dialog, folder, QStringLiteral("share") + suffix);
        settle(dialog, 760, 560);
        saveBoth(dialog, folder, QStringLiteral("share-760") + suffix);
        status.invitation.reset();
        sharing.be(status);
        Q_EMIT sharing.joined(QStringLiteral("Tablet on the fridge"));
        settle(dialog, 1040, 700);
        saveBoth(dialog, folder, QStringLiteral("share-joined") + suffix);
        sharing.be({});
        settle(dialog, 1040, 700);
        saveBoth(dialog, folder, QStringLiteral("share-off") + suffix);
        ui::SharingStatus taken;
        taken.trouble = Error{ErrorCode::Refused, {}, {}};
        taken.takenPort = 7464;
        taken.otherPort = 7465;
        sharing.be(taken);
        settle(dialog, 1040, 700);
        saveBoth(dialog, folder, QStringLiteral("share-taken") + suffix);
    }
}

void paintEmpty(ui::Theme &theme, const QString &folder)
{
    theme.choose(ui::ThemeChoice::Light);
    fakes::UiKitchen kitchen;
    kitchen.open();
    ui::MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                          theme);
    settle(window, 1180, 860);
    saveBoth(window, folder, QStringLiteral("empty"));
    paintMenus(window, folder);
    ui::JoinDialog join(kitchen.client(), &window);
    settle(join, 480, join.sizeHint().height());
    saveBoth(join, folder, QStringLiteral("join"));
    syncclient::Neighbours house(QStringLiteral("unix:path=/nowhere"));
    join.offer(house);
    Q_EMIT house.found({QStringLiteral("Simmer 1"), QUrl(QStringLiteral("wss://192.168.1.24:7464")),
                        3, "3f9a11c2"});
    join.findChild<QLineEdit *>()->setText(fakes::sharedKitchen(0).invitation->link);
    settle(join, 480, join.height());
    saveBoth(join, folder, QStringLiteral("join-invited"));
    ui::ImportDialog import({QStringLiteral("/nowhere/apple.pdf"), QStringLiteral("/dev/null")},
                            kitchen.book(), &window);
    settle(import, 560, 320);
    await([&] { return import.findChild<QListWidget *>()->count() == 2; });
    settle(import, 560, 320);
    saveBoth(import, folder, QStringLiteral("import"));
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    if (argc != 2 || !QDir().mkpath(QString::fromLocal8Bit(argv[1]))) {
        qWarning("usage: simmer_screenshots DIR");
        return 2;
    }
    const QString folder = QString::fromLocal8Bit(argv[1]);
    QCursor::setPos(10'000, 10'000); // nothing is under the pointer
    ui::Theme theme(application, ui::ThemeChoice::Light);
    paintDinner(theme, folder);
    paintStates(theme, folder);
    paintMishaps(theme, folder);
    paintSharing(theme, folder);
    paintEmpty(theme, folder);
    paintAlarm(theme, folder);
    paintChoices(theme, folder);
    paintEditing(theme, folder);
    paintPage(theme, folder);
    paintCooking(theme, folder);
    return 0;
}

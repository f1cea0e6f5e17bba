// SPDX-License-Identifier: GPL-3.0-or-later
// What rings: the overlay, alone and with a queue, the banner, the small window, the panel's icon,
// the timers of before.
#include "UiKitchen.h"
#include "alarm/AlarmBanner.h"
#include "alarm/AlarmOverlay.h"
#include "alarm/TrayIcon.h"
#include "pass/EndedDialog.h"
#include "pass/MiniWindow.h"
#include "screenshots/Paint.h"
#include "theme/Covers.h"
#include "theme/Tokens.h"
#include "words/AlarmWords.h"

#include <QDir>
#include <QPainter>

namespace simmer::screenshots {

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;
constexpr qint64 Hour = 60 * Minute;

ui::AlarmCall call(const QString &name, const recipes::Recipe &recipe, int step, qint64 overMs,
                   qint64 totalMs)
{
    syncclient::LinkStatus status;
    timers::Timer timer;
    timer.id = TimerId::random();
    timer.ringKey = OpId::random();
    timer.name = name;
    timer.place = timers::Place{recipe.id, step, 0};
    timer.cook = QStringLiteral("Ana");
    timer.device = DeviceId::random();
    status.devices = {{timer.device, QStringLiteral("Kitchen laptop"), true}};
    timer.totalMs = totalMs;
    timer.endAt = fakes::UiKitchen::evening() - overMs;
    const qint64 now = fakes::UiKitchen::evening();
    ui::AlarmCall made;
    made.timer = timer.id;
    made.ring = timer.ringKey;
    made.dish = recipe.title.section(u',', 0, 0);
    made.words = ui::cardWords(timer, ui::faceOf(timer, now, false), now, &recipe, status);
    made.story = ui::AlarmWords::story(timer, status);
    return made;
}

void paintOverlay(ui::Theme &theme, const QString &folder)
{
    const auto samples = fakes::sampleRecipes();
    const recipes::Recipe roast = samples.value(QStringLiteral("roast-chicken"));
    const ui::AlarmCall potatoes =
        call(QStringLiteral("Boil the potatoes"), roast, 4, 92 * Second, 8 * Minute);
    const ui::AlarmCall rice =
        call(QStringLiteral("Check the rice"),
             samples.value(QStringLiteral("risotto-alla-milanese")), 3, 6 * Second, 18 * Minute);
    ui::AlarmOverlay overlay;
    overlay.show({potatoes});
    saveAll(theme, overlay, {1440, 864}, folder, QStringLiteral("alarm"));
    overlay.show({potatoes, rice, call(QStringLiteral("Eggs"), roast, 0, Second, 7 * Minute)});
    saveAll(theme, overlay, {1440, 864}, folder, QStringLiteral("alarm-queue"));
    saveAll(theme, overlay, {960, 700}, folder, QStringLiteral("alarm-960"));
    saveAll(theme, overlay, {560, 480}, folder, QStringLiteral("alarm-560"));
    ui::AlarmOverlay german;
    german.show({call(QStringLiteral("Kartoffelscheiben im Salzwasser vorkochen"), roast, 11,
                      Hour + 92 * Second, 8 * Minute)});
    saveAll(theme, german, {1180, 720}, folder, QStringLiteral("alarm-long"));
    ui::AlarmBanner banner;
    banner.announce(potatoes.timer, potatoes.words, 1);
    saveAll(theme, banner, {900, 76}, folder, QStringLiteral("alarm-banner"));
    banner.silence();
    banner.tell(QStringLiteral("Boil the potatoes: Ben stopped it on Ben’s phone."));
    saveAll(theme, banner, {900, 44}, folder, QStringLiteral("alarm-told"));
}

/// The evening of the mock-up: one rings, two run, one waits; one was before.
void paintMini(ui::Theme &theme, const QString &folder)
{
    constexpr qint64 Rung = 92 * Second;
    fakes::OpMaker ana(QStringLiteral("Ana"));
    fakes::OpMaker ben(QStringLiteral("Ben"));
    const auto samples = fakes::sampleRecipes();
    fakes::UiKitchen kitchen(Rung + Second);
    for (const recipes::Recipe &recipe : samples)
        kitchen.addRecipe(recipe);
    const RecipeId roast = samples.value(QStringLiteral("roast-chicken")).id;
    const RecipeId risotto = samples.value(QStringLiteral("risotto-alla-milanese")).id;
    const TimerId first = kitchen.started(ana, QStringLiteral("Roast at 220 °C"), 20 * Minute,
                                          20 * Minute, 50 * Minute, timers::Place{roast, 2, 0});
    kitchen.acknowledged(ana, first, 29 * Minute);
    const TimerId eggs =
        kitchen.started(ana, QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, 90 * Minute);
    kitchen.acknowledged(ben, eggs, 80 * Minute);
    const TimerId stock =
        kitchen.started(ben, QStringLiteral("Stock"), 3 * Hour, 3 * Hour, 20 * Hour);
    kitchen.acknowledged(ana, stock, 17 * Hour);
    kitchen.started(ana, QStringLiteral("Roast at 180 °C"), 45 * Minute, 45 * Minute,
                    26 * Minute + 18 * Second, timers::Place{roast, 3, 0});
    kitchen.started(ana, QStringLiteral("Boil the potatoes"), 8 * Minute, 8 * Minute,
                    9 * Minute + 32 * Second, timers::Place{roast, 4, 0});
    kitchen.started(ben, QStringLiteral("Risotto rice"), 16 * Minute, 18 * Minute,
                    12 * Minute + 40 * Second, timers::Place{risotto, 3, 0});
    const TimerId bulk = kitchen.started(ben, QStringLiteral("Bulk ferment"), 4 * Hour, 4 * Hour,
                                         3 * Hour + 90 * Second);
    kitchen.paused(ben, bulk, 14 * Minute);
    ui::LiveTimers timers(kitchen.server());
    ui::MiniWindow mini(kitchen.book(), timers);
    kitchen.open();
    kitchen.pass(Second);
    kitchen.pass(Second);
    kitchen.pass(Rung - Second);
    saveAll(theme, mini, {360, 480}, folder, QStringLiteral("mini"));
    ui::EndedDialog history(timers, {});
    saveAll(theme, history, {520, 420}, folder, QStringLiteral("timers-before"));
}

/// On a dark panel, eight times as large.
void paintTray(const QString &folder)
{
    using State = ui::TrayFace::State;
    QPixmap picture(5 * 160, 200);
    picture.fill(QColor(0x17181A));
    QPainter painter(&picture);
    int x = 16;
    for (const ui::TrayFace face :
         {ui::TrayFace{State::Idle, 0}, ui::TrayFace{State::Running, 3},
          ui::TrayFace{State::Running, 11}, ui::TrayFace{State::Paused, 0},
          ui::TrayFace{State::Ringing, 0}}) {
        const QIcon icon = ui::trayIcon(face, QColor(0xEEEEEB));
        painter.drawPixmap(QRect(x, 16, 128, 128), icon.pixmap(64));
        painter.drawPixmap(x, 160, icon.pixmap(22));
        painter.drawPixmap(x + 40, 160, icon.pixmap(16));
        x += 160;
    }
    painter.end();
    picture.save(QDir(folder).filePath(QStringLiteral("tray.png")));
}

} // namespace

void paintAlarm(ui::Theme &theme, const QString &folder)
{
    paintOverlay(theme, folder);
    paintMini(theme, folder);
    paintTray(folder);
    theme.choose(ui::ThemeChoice::Light);
}

} // namespace simmer::screenshots

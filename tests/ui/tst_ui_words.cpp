// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "models/QuickTimer.h"
#include "models/TimerFace.h"
#include "recipes/times/TimerName.h"
#include "theme/Covers.h"
#include "theme/Theme.h"
#include "words/AlarmWords.h"
#include "words/CardWords.h"
#include "words/Words.h"

#include <QApplication>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

namespace {

constexpr qint64 Minute = 60'000;
constexpr qint64 Now = 1'700'000'000'000;

timers::Timer running(qint64 left, qint64 total, qint64 lead = 0)
{
    timers::Timer timer;
    timer.id = TimerId::random();
    timer.name = QStringLiteral("Rice");
    timer.endAt = Now + left;
    timer.totalMs = total;
    timer.checkLeadMs = lead;
    return timer;
}

timers::Timer paused(qint64 left)
{
    timers::Timer timer = running(left, left * 2);
    timer.phase = timers::Phase::Paused;
    timer.leftMs = left;
    return timer;
}

} // namespace

class TestUiWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }

    void faces();
    void orderOfThePass();
    void quickTimers_data();
    void quickTimers();
    void wrongQuickTimers();
    void quickCues_data();
    void quickCues();
    void alarmWords();
    void coversByDishThenByHash();
    void everyErrorHasWords();
    void storageInWords();
    void linkInWords();
    void durationsInWords();
    void cardOfARange();
    void cardOfALateTimer();
    void samplesAreAtTheirBest();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestUiWords::faces()
{
    const TimerFace half = faceOf(running(5 * Minute, 10 * Minute), Now, false);
    QCOMPARE(half.look, Look::Running);
    QCOMPARE(half.count, QStringLiteral("5:00"));
    QCOMPARE(half.fraction, 0.5);
    QCOMPARE(half.check, 0.0);
    const TimerFace range = faceOf(running(5 * Minute, 18 * Minute, 2 * Minute), Now, false);
    QCOMPARE(range.count, QStringLiteral("3:00"));
    QVERIFY(qAbs(range.check - 16.0 / 18) < 0.001);
    QCOMPARE(faceOf(running(Minute, 18 * Minute, 2 * Minute), Now, false).look, Look::Checking);
    QCOMPARE(faceOf(paused(Minute), Now, false).look, Look::Paused);
    QCOMPARE(faceOf(running(-Minute, Minute), Now, false).look, Look::Ringing);
    const TimerFace late = faceOf(running(-12 * Minute, Minute), Now, true);
    QCOMPARE(late.look, Look::Late);
    QCOMPARE(late.overdueMs, 12 * Minute);
    timers::Timer done = running(-Minute, Minute);
    done.phase = timers::Phase::Done;
    QCOMPARE(faceOf(done, Now, false).look, Look::Done);
    done.phase = timers::Phase::Cancelled;
    QCOMPARE(faceOf(done, Now, false), TimerFace());
    QVERIFY(!isOnPass(done));
}

void TestUiWords::orderOfThePass()
{
    const timers::Timer rings = running(-Minute, Minute);
    const timers::Timer late = running(-20 * Minute, Minute);
    const timers::Timer range = running(8 * Minute, 18 * Minute, 4 * Minute); // checks in 4 min
    const timers::Timer soon = running(5 * Minute, 9 * Minute);
    const timers::Timer waits = paused(1000);
    const QList<timers::Timer> wanted{rings, late, range, soon, waits};
    for (qsizetype i = 0; i < wanted.size(); ++i)
        for (qsizetype j = 0; j < wanted.size(); ++j)
            QCOMPARE(standsBefore(wanted[i], wanted[i].id == late.id, wanted[j],
                                  wanted[j].id == late.id, Now),
                     i < j);
}

void TestUiWords::quickTimers_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<qint64>("shortest");
    QTest::addColumn<qint64>("longest");
    const auto row = [](const char *typed, const char *name, qint64 shortest, qint64 longest) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(name) << shortest
                             << longest;
    };
    row("eggs 7 min", "Eggs", 7 * Minute, 7 * Minute);
    row("7 min eggs", "Eggs", 7 * Minute, 7 * Minute);
    row("tea for 3 minutes", "Tea", 3 * Minute, 3 * Minute);
    row("Brot 20–25 Minuten", "Brot", 20 * Minute, 25 * Minute);
    row("1 h 30 stock", "Stock", 90 * Minute, 90 * Minute);
    row("tea 3:30", "Tea", 210'000, 210'000);
    row("10 min pasta", "Pasta", 10 * Minute, 10 * Minute);
    row("pasta 10 min", "Pasta", 10 * Minute, 10 * Minute);
    row("1 h 30 bread", "Bread", 90 * Minute, 90 * Minute);
    row("eggs 7", "Eggs", 7 * Minute, 7 * Minute);
    row("20–25 min rice", "Rice", 20 * Minute, 25 * Minute);
    row("10 Minuten Nudeln", "Nudeln", 10 * Minute, 10 * Minute);
    row("pâtes 10 minutes", "Pâtes", 10 * Minute, 10 * Minute);
    row("pasta 10 minuti", "Pasta", 10 * Minute, 10 * Minute);
    row("huevos 7 minutos", "Huevos", 7 * Minute, 7 * Minute);
    row("12", "Timer", 12 * Minute, 12 * Minute);
    row("10 min", "Timer", 10 * Minute, 10 * Minute);
}

void TestUiWords::quickTimers()
{
    QFETCH(QString, typed);
    const auto press = quickTimer(typed, QStringLiteral("Timer"));
    QVERIFY(press);
    QTEST(press->name, "name");
    QTEST(press->shortestMs, "shortest");
    QTEST(press->longestMs, "longest");
    QVERIFY(!press->place);
}

void TestUiWords::wrongQuickTimers()
{
    for (const char *typed : {"", "eggs", "eggs 7 min then 5 min", "0", "stir every 2 min",
                              "10 min pasta, stir every 2 seconds", "7 8", "3:99"})
        QVERIFY2(!quickTimer(QString::fromUtf8(typed), QStringLiteral("Timer")), typed);
}

void TestUiWords::quickCues_data()
{
    using Kind = timers::Cue::Kind;
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QList<timers::Cue>>("cues");
    const auto row = [](const char *typed, const char *name, const QList<timers::Cue> &cues) {
        QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(name) << cues;
    };
    const auto every = [](qint64 ms, const char *words) {
        return timers::Cue{Kind::Every, ms, QString::fromUtf8(words)};
    };
    row("10 min pasta, stir every 2 min", "Pasta", {every(2 * Minute, "Stir")});
    row("10 min pasta every 2 min", "Pasta", {every(2 * Minute, "")});
    row("risotto 18 min, stir every 30 seconds", "Risotto", {every(30'000, "Stir")});
    row("10 min Nudeln, umrühren alle 2 Minuten", "Nudeln", {every(2 * Minute, "Umrühren")});
    row("pâtes 10 minutes, remuer toutes les 2 minutes", "Pâtes", {every(2 * Minute, "Remuer")});
    row("pasta 10 minuti, mescolare ogni 2 minuti", "Pasta", {every(2 * Minute, "Mescolare")});
    row("30 min roast, baste every 10 min, turn halfway, taste 5 min before the end", "Roast",
        {every(10 * Minute, "Baste"),
         {Kind::Before, 5 * Minute, QStringLiteral("Taste")},
         {Kind::Halfway, 0, QStringLiteral("Turn")}});
    row("pancakes 6 min, flip halfway", "Pancakes", {{Kind::Halfway, 0, QStringLiteral("Flip")}});
}

void TestUiWords::quickCues()
{
    QFETCH(QString, typed);
    const auto press = quickTimer(typed, QStringLiteral("Timer"));
    QVERIFY(press);
    QTEST(press->name, "name");
    QTEST(press->cues, "cues");
}

void TestUiWords::alarmWords()
{
    timers::Timer timer = running(0, 25 * Minute);
    timer.cook = QStringLiteral("Ana");
    timer.device = DeviceId::random();
    const QString rang = QStringLiteral(" Rang %1, after 25 min.").arg(Words::hour(timer.endAt));
    QCOMPARE(AlarmWords::story(timer, {}), QStringLiteral("Started by Ana.") + rang);
    syncclient::LinkStatus status;
    status.devices = {{timer.device, QStringLiteral("Kitchen laptop"), true}};
    QCOMPARE(AlarmWords::story(timer, status),
             QStringLiteral("Started by Ana on Kitchen laptop.") + rang);
    timer.cook.clear();
    QCOMPARE(AlarmWords::story(timer, status), rang.trimmed());
    timer.phase = timers::Phase::Done;
    QCOMPARE(AlarmWords::answered(timer, QStringLiteral("Ben"), timer.device, status),
             QStringLiteral("Rice: Ben stopped it on Kitchen laptop."));
    QCOMPARE(AlarmWords::answered(timer, {}, DeviceId::random(), status),
             QStringLiteral("Rice: Somebody stopped it."));
    timer.phase = timers::Phase::Running;
    QCOMPARE(AlarmWords::answered(timer, QStringLiteral("Ben"), {}, status),
             QStringLiteral("Rice: Ben gave it more time."));
    QCOMPARE(AlarmWords::cue(timer, {timers::Cue::Kind::Halfway, 0, QStringLiteral("Turn")}),
             QStringLiteral("Turn"));
    QCOMPARE(AlarmWords::cue(timer, {timers::Cue::Kind::Halfway, 0, {}}),
             QStringLiteral("Look at Rice"));
    QCOMPARE(AlarmWords::lastCall(timer, 2 * Minute, nullptr),
             QStringLiteral("Last call in 2 min."));
}

void TestUiWords::coversByDishThenByHash()
{
    QCOMPARE(coverFor(QStringLiteral("Risotto alla milanese")), QStringLiteral("risotto"));
    QCOMPARE(coverFor(QStringLiteral("KARTOFFELSUPPE")), QStringLiteral("soup"));
    const QString unknown = coverFor(QStringLiteral("Something else"));
    QVERIFY(!unknown.isEmpty());
    QCOMPARE(coverFor(QStringLiteral("Something else")), unknown);
    QVERIFY(QFile::exists(QStringLiteral(":/simmer/covers/%1.svg").arg(unknown)));
}

void TestUiWords::everyErrorHasWords()
{
    QSet<QString> all;
    for (int code = 0; code <= int(ErrorCode::Crashed); ++code) {
        const QString words = Words::trouble({ErrorCode(code), QStringLiteral("x"), {}});
        QVERIFY(words.endsWith(u'.'));
        QVERIFY(!words.contains(u'!'));
        all += words;
    }
    QVERIFY(all.size() >= int(ErrorCode::TimedOut));
    QCOMPARE(Words::trouble({ErrorCode::DiskFull, {}, {}}),
             QStringLiteral("Not saved: disk full. Free some space and try again."));
}

void TestUiWords::storageInWords()
{
    QCOMPARE(Words::trouble({ErrorCode::StoreBusy, {}, {}}),
             QStringLiteral("Not saved: another program uses this profile. Close it and try "
                            "again."));
    QVERIFY(Words::trouble({ErrorCode::StoreDamaged, {}, {}}).contains(QStringLiteral("damaged")));
    QVERIFY(Words::trouble({ErrorCode::StoreNewer, {}, {}}).contains(QStringLiteral("newer")));
    QVERIFY(Words::noBackup({ErrorCode::DiskFull, {}, {}}).contains(QStringLiteral("disk full")));
    const QString complete = Words::mended({3, 0, {}, true, false, {}});
    QVERIFY2(complete.endsWith(QStringLiteral("Nothing is missing.")), qPrintable(complete));
    const QString worst = Words::mended(
        {3, 2, QDate(2026, 11, 21), false, true, QStringLiteral("/x/device.db.damaged")});
    for (const char *part : {"2 more from the backup", "Join the kitchen", "/x/device.db.damaged"})
        QVERIFY2(worst.contains(QString::fromLatin1(part)), qPrintable(worst));
    timers::Op op;
    op.action = timers::Cancel{};
    op.cook = QStringLiteral("Ana");
    const QString refused =
        Words::refused({op, QStringLiteral("Rice"), QStringLiteral("too many timers")});
    QVERIFY2(refused.startsWith(QStringLiteral("Stopping Rice (Ana, ")), qPrintable(refused));
    QVERIFY(refused.endsWith(QStringLiteral("too many timers")));
}

void TestUiWords::linkInWords()
{
    using syncclient::LinkState;
    syncclient::LinkStatus status;
    QCOMPARE(Words::link(status), QStringLiteral("This device only"));
    status.state = LinkState::Connecting;
    QVERIFY(Words::link(status).startsWith(QStringLiteral("Not in sync yet")));
    status.levelSinceMs = QDateTime(QDate(2026, 1, 18), QTime(18, 4)).toMSecsSinceEpoch();
    QCOMPARE(Words::link(status),
             QStringLiteral("Not in sync since 18:04. Changes wait on this device."));
    status.state = LinkState::Level;
    status.devices = {{DeviceId::random(), QStringLiteral("a"), true},
                      {DeviceId::random(), QStringLiteral("b"), true},
                      {DeviceId::random(), QStringLiteral("c"), false}};
    QCOMPARE(Words::link(status), QStringLiteral("2 devices in sync"));
    status.state = LinkState::Removed;
    QVERIFY(Words::link(status).contains(QStringLiteral("removed")));
}

void TestUiWords::durationsInWords()
{
    QCOMPARE(Words::minutes(40), QStringLiteral("40 min"));
    QCOMPARE(Words::minutes(60), QStringLiteral("1 h"));
    QCOMPARE(Words::minutes(100), QStringLiteral("1 h 40 min"));
    QCOMPARE(Words::ago(40'000), QStringLiteral("40 s"));
    QCOMPARE(Words::spoken((18 * 60 + 42) * 1000), QStringLiteral("18 minutes 42 seconds"));
    QCOMPARE(Words::left((18 * 60 + 42) * 1000), QStringLiteral("19 minutes"));
    QCOMPARE(Words::left(45 * 60 * 1000), QStringLiteral("45 minutes"));
    QCOMPARE(Words::left(60 * 60 * 1000 - 1), QStringLiteral("1 hour"));
    QCOMPARE(Words::left(59'999), QStringLiteral("less than a minute"));
    QCOMPARE(Words::left(-1), QStringLiteral("less than a minute"));
    QCOMPARE(Words::spoken(3'661'000), QStringLiteral("1 hour 1 minute 1 second"));
    QCOMPARE(Words::spoken(0), QStringLiteral("0 seconds"));
}

void TestUiWords::cardOfARange()
{
    timers::Timer timer = running(5 * Minute, 18 * Minute, 2 * Minute);
    timer.place = timers::Place{RecipeId::random(), 3, 0};
    timer.cook = QStringLiteral("Ben");
    timer.device = DeviceId::random();
    recipes::Recipe recipe;
    recipe.title = QStringLiteral("Roast chicken with root vegetables");
    recipe.steps = {recipes::Step{QStringLiteral("[x]"), {{0, 3, 60, 60, {}}}, {}}};
    syncclient::LinkStatus status;
    status.devices = {{timer.device, QStringLiteral("Ben’s phone"), true}};
    const CardWords words = cardWords(timer, faceOf(timer, Now, false), Now, &recipe, status);
    QCOMPARE(words.count, QStringLiteral("3:00"));
    QCOMPARE(words.aside, QStringLiteral("to check"));
    QCOMPARE(words.place, QStringLiteral("Step 4"));
    QCOMPARE(words.lastCall, QStringLiteral("last call ") + Words::hour(timer.endAt));
    QCOMPARE(words.who, QStringLiteral("Ben · Ben’s phone"));
    QCOMPARE(words.cover, QStringLiteral("roast"));
    QVERIFY(words.spoken.startsWith(QStringLiteral("Rice, running, ")));
    QVERIFY(words.spoken.endsWith(QStringLiteral("started by Ben · Ben’s phone")));
    const TimerFace checking = faceOf(timer, timer.endAt - Minute, false);
    QCOMPARE(cardWords(timer, checking, timer.endAt - Minute, &recipe, status).aside,
             QStringLiteral("to last call"));
}

void TestUiWords::cardOfALateTimer()
{
    const timers::Timer timer = running(-12 * Minute, 15 * Minute);
    const CardWords words = cardWords(timer, faceOf(timer, Now, true), Now, nullptr, {});
    QCOMPARE(words.count, QStringLiteral("12 min ago"));
    QCOMPARE(words.place, QStringLiteral("15 min · was due ") + Words::hour(timer.endAt));
    QVERIFY(!words.hasStep);
    QCOMPARE(chipTail(words.face), QStringLiteral("due 12 min ago"));
}

void TestUiWords::samplesAreAtTheirBest()
{
    const auto samples = fakes::sampleRecipes();
    QVERIFY(samples.size() >= 10);
    int ranges = 0;
    int stepsWithSeveral = 0;
    for (const recipes::Recipe &recipe : samples) {
        QVERIFY2(recipe.totalMinutes && !recipe.yields.isEmpty() && !recipe.tags.isEmpty(),
                 qPrintable(recipe.title));
        QVERIFY(recipe.ingredients.size() >= 4);
        for (const recipes::Step &step : recipe.steps) {
            stepsWithSeveral += step.slots.size() > 1 ? 1 : 0;
            for (const recipes::Slot &slot : step.slots)
                ranges += slot.longestSeconds > slot.shortestSeconds ? 1 : 0;
        }
    }
    QVERIFY(ranges >= 10);
    QVERIFY(stepsWithSeveral >= 3);
    const recipes::Recipe roast = samples.value(QStringLiteral("roast-chicken"));
    QCOMPARE(recipes::timerName(roast, 3, 0), QStringLiteral("Roast at 180 °C"));
}

QTEST_MAIN(TestUiWords)
#include "tst_ui_words.moc"

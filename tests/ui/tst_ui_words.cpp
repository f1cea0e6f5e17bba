// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "models/QuickTimer.h"
#include "models/TimerFace.h"
#include "recipes/times/TimerName.h"
#include "theme/Covers.h"
#include "theme/Theme.h"
#include "widgets/IngredientRow.h"
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
    void amounts_data();
    void amounts();
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
    for (const char *typed : {"", "eggs", "eggs 7 min then 5 min", "0", "7 8", "3:99"})
        QVERIFY2(!quickTimer(QString::fromUtf8(typed), QStringLiteral("Timer")), typed);
}

void TestUiWords::amounts_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("amount");
    QTest::addColumn<QString>("what");
    const auto row = [](const char *line, const char *amount, const char *what) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(amount)
                            << QString::fromUtf8(what);
    };
    row("1.6 kg whole chicken", "1.6 kg", "Whole chicken");
    row("2 red onions", "2", "Red onions");
    row("1 ½ cups of flour", "1 ½ cups", "Flour");
    row("20–25 cherries", "20–25", "Cherries");
    row("1,2 Liter Gemüsebrühe", "1,2 Liter", "Gemüsebrühe");
    row("salt and pepper", "", "Salt and pepper");
    row("7up", "", "7up");
}

void TestUiWords::amounts()
{
    QFETCH(QString, line);
    const auto [amount, what] = splitAmount(line);
    QTEST(amount, "amount");
    QTEST(what, "what");
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

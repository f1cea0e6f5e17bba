// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingTile.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "forms/PassPane.h"
#include "library/LibraryView.h"
#include "theme/Theme.h"
#include "widgets/ChipButton.h"
#include "widgets/StripItem.h"
#include "widgets/TimerCard.h"
#include "widgets/TimerRow.h"

#include <QApplication>
#include <QPaintEvent>
#include <QScreen>
#include <QTest>

#include <algorithm>

using namespace simmer;
using namespace simmer::ui;

namespace {

constexpr qint64 Second = 1000;
constexpr qint64 Minute = 60 * Second;

/// What was painted of a window and all that is in it.
class PaintSpy : public QObject
{
public:
    explicit PaintSpy(const QWidget &window)
        : m_window(window)
    {
        qApp->installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<const QWidget *>(watched);
        if (event->type() == QEvent::Paint && widget && widget->window() == &m_window)
            m_region += static_cast<QPaintEvent *>(event)->region().translated(
                widget->mapTo(&m_window, QPoint()));
        return QObject::eventFilter(watched, event);
    }

    QRegion take()
    {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        return std::exchange(m_region, QRegion());
    }

    /// The next that is painted; nothing when nothing is.
    QRegion await()
    {
        QRegion painted;
        return QTest::qWaitFor([&] { return !(painted += take()).isEmpty(); }, PatienceMs)
                   ? painted
                   : QRegion();
    }

private:
    const QWidget &m_window;
    QRegion m_region;
};

qint64 areaOf(const QRegion &region)
{
    qint64 area = 0;
    for (const QRect &rect : region)
        area += qint64(rect.width()) * rect.height();
    return area;
}

/// As it stands on the screen, painted in whatever pieces.
QImage seen(const QWidget &window)
{
    return window.screen()
        ->grabWindow(window.winId())
        .toImage()
        .convertToFormat(QImage::Format_RGB32);
}

/// As it looks when it is painted in one go.
QImage whole(QWidget &window)
{
    return window.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

CardWords words(const char *count, double fraction)
{
    CardWords words;
    words.face = {Look::Running, QString::fromLatin1(count), fraction, 0, 0};
    words.count = words.face.count;
    words.name = QStringLiteral("Boil the potatoes");
    words.place = QStringLiteral("Roast chicken · step 4");
    words.aside = QStringLiteral("18:30");
    words.who = QStringLiteral("Ana · Kitchen laptop");
    return words;
}

/// A widget that counts, and how it is told to.
struct Counter {
    std::unique_ptr<QWidget> widget;
    std::function<void(const CardWords &)> draw;
};

template<class Item>
Counter itemOf(QSize size)
{
    auto item = std::make_unique<Item>(TimerId::random(), nullptr);
    auto *raw = item.get();
    item->resize(size);
    return {std::move(item), [raw](const CardWords &shown) { raw->draw(shown); }};
}

Counter made(const QString &kind)
{
    if (kind == QLatin1String("card"))
        return itemOf<TimerCard>({316, 164});
    if (kind == QLatin1String("row"))
        return itemOf<TimerRow>({340, 92});
    if (kind == QLatin1String("strip"))
        return itemOf<StripItem>({330, 52});
    if (kind == QLatin1String("tile"))
        return itemOf<CookingTile>({360, 104});
    if (kind == QLatin1String("dial")) {
        auto dial = std::make_unique<CookingDial>();
        auto *raw = dial.get();
        dial->resize(420, 560);
        return {std::move(dial), [raw](const CardWords &shown) { raw->draw(shown, {}, 0); }};
    }
    auto chip = std::make_unique<ChipButton>();
    auto *raw = chip.get();
    chip->resize(220, 36);
    return {std::move(chip), [raw](const CardWords &shown) {
                raw->draw({shown.face, QStringLiteral("45 minutes"), shown.count, false});
            }};
}

} // namespace

/// What the screen is made to paint anew each second: what changed, and nothing around it.
class TestUiRepaint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp, ThemeChoice::Light); }

    void digitsThatDiffer();
    void arcsThatMove();
    void aSecond_data();
    void aSecond();
    void anArc_data() { aSecond_data(); }
    void anArc();
    void anotherLength_data() { aSecond_data(); }
    void anotherLength();
    void littleOfTheWindow();
    void hiddenShapeWaits();
    void rowOfTheLibrary();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestUiRepaint::digitsThatDiffer()
{
    const CountPlace place{{100, 50}, displayFont(34)};
    const auto change = [&](const char *before, const char *now) {
        return countChange(place, QString::fromLatin1(before), QString::fromLatin1(now));
    };
    const auto last = change("18:42", "18:41");
    const auto two = change("18:40", "18:39");
    const auto all = change("20:00", "19:59");
    QVERIFY(last && two && all);
    QVERIFY(two->contains(*last) && all->contains(*two));
    QVERIFY(last->width() < two->width() && two->width() < all->width());
    QVERIFY(change("18:42", "18:42")->width() <= 4); // nothing differs
    QVERIFY(!change("10:00", "9:59"));
    QVERIFY(!change("+0:59", "+1:00 h"));
    QVERIFY(!change("12 min", "12 sec"));
}

void TestUiRepaint::arcsThatMove()
{
    const RingPlace place{{10, 10, 68, 68}, 6};
    const double round = 2 * 3.14159265 * (34 - 2 - 3); // px
    const double little = 0.3 / round;
    QVERIFY(arcChange(place, 0.5, 0.5 + little, 1).isEmpty());
    QVERIFY(!arcChange(place, 0.5, 0.5 + little, 2).isEmpty()); // more pixels
    QVERIFY(!arcChange(place, 0.5, 0.5 + 0.6 / round, 1).isEmpty());
    const QRect bottom = arcChange(place, 0.5, 0.51, 1);
    QVERIFY(bottom.contains(44, 73) && bottom.width() < 20);
    QVERIFY(arcChange(place, 0.51, 0.5, 1).contains(44, 73)); // a minute was added
    QCOMPARE(arcChange(place, 0.2, 0.7, 1), place.box.toAlignedRect());
}

void TestUiRepaint::aSecond_data()
{
    QTest::addColumn<QString>("kind");
    for (const char *kind : {"card", "row", "strip", "tile", "dial", "chip"})
        QTest::newRow(kind) << QString::fromLatin1(kind);
}

void TestUiRepaint::aSecond()
{
    QFETCH(QString, kind);
    const Counter counter = made(kind);
    counter.draw(words("18:42", 0.5));
    counter.widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(counter.widget.get(), PatienceMs));
    PaintSpy spy(*counter.widget);
    spy.take();
    counter.draw(words("18:41", 0.5 + 1e-6));
    const QRegion painted = spy.take();
    QVERIFY(!painted.isEmpty());
    const qint64 area = qint64(counter.widget->width()) * counter.widget->height();
    QVERIFY2(areaOf(painted) * 20 < area, qPrintable(QString::number(areaOf(painted))));
    QCOMPARE(seen(*counter.widget), whole(*counter.widget));
    counter.draw(words("17:59", 0.5 + 2e-6));
    spy.take();
    QCOMPARE(seen(*counter.widget), whole(*counter.widget));
    spy.take(); // what was painted to compare
    counter.draw(words("17:59", 0.5 + 2e-6));
    QVERIFY(spy.take().isEmpty());
}

void TestUiRepaint::anArc()
{
    QFETCH(QString, kind);
    const Counter counter = made(kind);
    counter.draw(words("18:42", 0.5));
    counter.widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(counter.widget.get(), PatienceMs));
    PaintSpy spy(*counter.widget);
    spy.take();
    counter.draw(words("18:41", 0.53));
    const QRegion painted = spy.take();
    const qint64 area = qint64(counter.widget->width()) * counter.widget->height();
    QVERIFY2(areaOf(painted) * 8 < area, qPrintable(QString::number(areaOf(painted))));
    QCOMPARE(seen(*counter.widget), whole(*counter.widget));
    // Little by little it comes as far as at once.
    for (double fraction = 0.53; fraction < 0.6; fraction += 0.0002)
        counter.draw(words("18:41", fraction));
    counter.draw(words("18:41", 0.75));
    spy.take();
    QCOMPARE(seen(*counter.widget), whole(*counter.widget));
}

void TestUiRepaint::anotherLength()
{
    QFETCH(QString, kind);
    const Counter counter = made(kind);
    counter.draw(words("10:00", 0.5));
    counter.widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(counter.widget.get(), PatienceMs));
    counter.draw(words("9:59", 0.5));
    QCoreApplication::processEvents();
    QCOMPARE(seen(*counter.widget), whole(*counter.widget));
    CardWords rings = words("+0:01", 1);
    rings.face.look = Look::Ringing;
    counter.draw(rings);
    QTRY_COMPARE(seen(*counter.widget), whole(*counter.widget));
}

void TestUiRepaint::littleOfTheWindow()
{
    fakes::UiKitchen kitchen;
    const recipes::Recipe roast = fakes::sampleRecipes().value(QStringLiteral("roast-chicken"));
    kitchen.addRecipe(roast);
    MainWindow window(kitchen.server(), kitchen.book(), kitchen.cooking(), kitchen.client(),
                      *m_theme);
    window.resize(1440, 900);
    window.show();
    kitchen.open();
    window.openRecipe(roast.id);
    for (int i = 0; i < 10; ++i) {
        std::optional<timers::Place> place;
        if (i == 0)
            place = timers::Place{roast.id, 0, 0};
        window.timers().start({QStringLiteral("Pot"), (40 + i) * Minute, (40 + i) * Minute, place});
    }
    QTRY_COMPARE(window.timers().onPass().size(), 10);
    kitchen.pass(30 * Second);
    QVERIFY(QTest::qWaitForWindowExposed(&window, PatienceMs));
    PaintSpy spy(window);
    QTRY_VERIFY(spy.take().isEmpty()); // all that moves has come to rest
    const qint64 area = qint64(window.width()) * window.height();
    QList<qint64> areas;
    for (int second = 0; second < 5; ++second) {
        kitchen.pass(Second);
        const QRegion painted = spy.await();
        QVERIFY(!painted.isEmpty());
        areas += areaOf(painted);
    }
    std::sort(areas.begin(), areas.end());
    const qint64 usual = areas.at(areas.size() / 2); // something else may fall into a second
    QVERIFY2(usual * 100 < area, qPrintable(QString::number(usual)));
}

/// Column and strip both exist; the one that nobody sees does not count, until somebody does.
void TestUiRepaint::hiddenShapeWaits()
{
    fakes::UiKitchen kitchen;
    kitchen.open();
    LiveTimers timers(kitchen.server());
    PassList list(PassShape::Strip, kitchen.book(), timers);
    timers.start({QStringLiteral("Eggs"), 7 * Minute, 7 * Minute, {}});
    QTRY_COMPARE(list.items().size(), 1); // it is told of timers that come
    QTRY_COMPARE(list.items().constFirst()->words().count, QStringLiteral("7:00"));
    kitchen.pass(Second);
    QCOMPARE(timers.faceOf(timers.onPass().constFirst()).count, QStringLiteral("6:59"));
    QCOMPARE(list.items().constFirst()->words().count, QStringLiteral("7:00"));
    list.show();
    QCOMPARE(list.items().constFirst()->words().count, QStringLiteral("6:59"));
    kitchen.pass(Second);
    QCOMPARE(list.items().constFirst()->words().count, QStringLiteral("6:58"));
}

void TestUiRepaint::rowOfTheLibrary()
{
    fakes::UiKitchen kitchen;
    const recipes::Recipe roast = fakes::sampleRecipes().value(QStringLiteral("roast-chicken"));
    kitchen.addRecipe(roast);
    kitchen.open();
    LiveTimers timers(kitchen.server());
    LibraryPane pane(kitchen.book(), timers);
    pane.resize(320, 800);
    pane.show();
    QVERIFY(QTest::qWaitForWindowExposed(&pane, PatienceMs));
    PaintSpy spy(pane);
    spy.take();
    timers.start({QStringLiteral("Cook"), 7 * Minute, 7 * Minute, timers::Place{roast.id, 0, 0}});
    const QWidget &rows = *pane.view()->viewport();
    QVERIFY(!spy.await().isEmpty()); // the pill came: title and all
    QTRY_VERIFY(spy.take().isEmpty());
    kitchen.pass(Second);
    const QRegion painted = spy.await();
    QVERIFY(!painted.isEmpty());
    QVERIFY(QRect(rows.mapTo(&pane, QPoint()), rows.size()).contains(painted.boundingRect()));
    QVERIFY(areaOf(painted) < 100 * 30);
    QCOMPARE(seen(pane), whole(pane));
}

QTEST_MAIN(TestUiRepaint)
#include "tst_ui_repaint.moc"

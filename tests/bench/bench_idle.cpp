// SPDX-License-Identifier: GPL-3.0-or-later
// What the real program costs while 20 timers run and nobody does anything: a minute with the
// window in sight, a minute minimised; and how much of the window each second paints anew. Wants a
// display with a window manager (./dev bench idle brings both).
#include "app/Device.h"
#include "forms/MainWindow.h"
#include "supervision/Guarded.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHash>
#include <QPaintEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>
#include <sys/resource.h>
#include <utility>

using namespace simmer;

namespace {

constexpr int Timers = 20;
constexpr qint64 MinuteMs = 60'000;
constexpr int SettleMs = 3000;
constexpr double TellPart = 0.02;    // %
constexpr double VisibleLimit = 1.0; // % of one core
constexpr double MinimisedLimit = 0.2;
constexpr double PaintedLimit = 1.0; // % of the window each second: the digits of 20 counts

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Counts what is painted: of each round that the window paints itself, the pixels that any of its
/// widgets touched.
class Painted : public QObject
{
public:
    explicit Painted(const QWidget &window)
        : m_window(window)
    {
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<const QWidget *>(watched);
        if (event->type() == QEvent::UpdateRequest && widget == &m_window)
            endRound();
        if (event->type() == QEvent::Paint && widget && widget->window() == &m_window) {
            ++events;
            m_pixelsOf[widget->metaObject()->className()] +=
                areaOf(static_cast<QPaintEvent *>(event)->region());
            m_round += static_cast<QPaintEvent *>(event)->region().translated(
                widget->mapTo(&m_window, QPoint()));
        }
        return QObject::eventFilter(watched, event);
    }

    qint64 takePixels()
    {
        endRound();
        return m_pixels;
    }

    qint64 events = 0;

    /// Whose they were; what lies below another counts for both.
    const QHash<const char *, qint64> &pixelsOf() const { return m_pixelsOf; }

private:
    static qint64 areaOf(const QRegion &region)
    {
        qint64 area = 0;
        for (const QRect &rect : region)
            area += qint64(rect.width()) * rect.height();
        return area;
    }
    void endRound() { m_pixels += areaOf(std::exchange(m_round, QRegion())); }

    const QWidget &m_window;
    QRegion m_round;
    qint64 m_pixels = 0;
    QHash<const char *, qint64> m_pixelsOf;
};

struct Idle {
    double percent = 0; ///< of one core
    double paintsEachSecond = 0;
    double partEachSecond = 0; ///< of the window's area
};

/// Without waking up in between, as QTest::qWait() does.
void pass(qint64 ms)
{
    QEventLoop loop;
    QTimer::singleShot(std::chrono::milliseconds(ms), &loop, &QEventLoop::quit);
    loop.exec();
}

Idle rest(QWidget &window, qint64 ms)
{
    Painted painted(window);
    qApp->installEventFilter(&painted);
    QElapsedTimer clock;
    clock.start();
    const double before = cpuSeconds();
    pass(ms);
    const double seconds = double(clock.nsecsElapsed()) / 1e9;
    const double used = cpuSeconds() - before;
    qApp->removeEventFilter(&painted);
    const double area = double(window.width()) * window.height();
    const QHash<const char *, qint64> &owners = painted.pixelsOf();
    for (auto it = owners.cbegin(); it != owners.cend(); ++it)
        if (const double part = 100 * double(*it) / area / seconds; part > TellPart)
            std::printf("  %-28s %.2f %% each second\n", it.key(), part);
    return {100 * used / seconds, double(painted.events) / seconds,
            double(painted.takePixels()) / area / seconds};
}

void print(const char *name, const Idle &idle)
{
    std::printf("%-10s %.2f %% of one core, %.1f paints and %.1f %% of the window each second\n",
                name, idle.percent, idle.paintsEachSecond, 100 * idle.partEachSecond);
}

recipes::Recipe stew()
{
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Stew of many times");
    for (int i = 0; i < Timers / 2; ++i) {
        const QString text = QStringLiteral("Simmer for 40 minutes, then stir.");
        recipe.steps += recipes::Step{text, {{11, 21, 2400, 2400, {}}}, {}};
    }
    return recipe;
}

/// Half of them in the open recipe, half without one.
void startTimers(timerserver::TimerServer &server, const recipes::Recipe &recipe)
{
    for (int i = 0; i < Timers; ++i) {
        const qint64 length = (30 + i) * MinuteMs;
        std::optional<timers::Place> place;
        if (i < Timers / 2)
            place = timers::Place{recipe.id, i, 0};
        server.start({QStringLiteral("Pot %1").arg(i), length, length, place});
    }
}

} // namespace

int main(int argc, char **argv)
{
    supervision::Guarded<QApplication> program(argc, argv);
    const qint64 length = argc > 1 ? QString::fromLocal8Bit(argv[1]).toLongLong() * 1000 : MinuteMs;
    QTemporaryDir folder;
    auto device = app::Device::take(folder.path());
    if (!device)
        qFatal("%s", qUtf8Printable(describe(device.error())));
    ui::Theme theme(program, ui::ThemeChoice::Light);
    ui::MainWindow window((*device)->timers(), (*device)->recipes(), (*device)->cooking(),
                          (*device)->sync(), theme);
    const recipes::Recipe recipe = stew();
    QObject::connect(device->get(), &app::Device::ready, &window, [&] {
        (*device)->recipes().save(recipe);
        startTimers((*device)->timers(), recipe);
    });
    window.show();
    (*device)->start();
    if (!QTest::qWaitFor([&] { return (*device)->timers().timers().size() == Timers; }, 10'000))
        qFatal("the timers did not start");
    window.openRecipe(recipe.id);
    if (!QTest::qWaitForWindowExposed(&window))
        qFatal("the window is not in sight");
    pass(SettleMs);
    std::printf("%d timers run; %d × %d on %s\n", Timers, window.width(), window.height(),
                qUtf8Printable(QGuiApplication::platformName()));
    const Idle visible = rest(window, length);
    print("visible", visible);
    if (visible.paintsEachSecond < Timers / 2)
        qFatal("the counts do not move");
    window.showMinimized();
    pass(SettleMs);
    const Idle minimised = rest(window, length);
    print("minimised", minimised);
    std::printf("ratio idle_visible %.2f (ours %.2f %%, peer or limit %.1f %%)\n",
                visible.percent / VisibleLimit, visible.percent, VisibleLimit);
    const double painted = 100 * visible.partEachSecond;
    std::printf("ratio idle_painted %.2f (ours %.2f %%, peer or limit %.1f %%)\n",
                painted / PaintedLimit, painted, PaintedLimit);
    std::printf("ratio idle_minimised %.2f (ours %.2f %%, peer or limit %.1f %%)\n",
                minimised.percent / MinimisedLimit, minimised.percent, MinimisedLimit);
    return 0;
}

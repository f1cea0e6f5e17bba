// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/Keys.h"

#include "app/Device.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "library/LibraryView.h"
#include "storage/search/RecipeCatalogue.h"
#include "widgets/FieldEdit.h"
#include "window/Memory.h"

#include <QElapsedTimer>
#include <QKeyEvent>
#include <QProcess>
#include <QRandomGenerator>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <vector>

namespace simmer::bench {

namespace {

constexpr int Searches = 60;
constexpr int QuietMs = 2000; // the catalogue has nothing more to do
constexpr int Rests = 5;
constexpr int LongestMs = 150'000;

/// Hears when a list has been painted.
class PaintEar : public QObject
{
public:
    bool eventFilter(QObject *, QEvent *event) override
    {
        painted = painted || event->type() == QEvent::Paint;
        return false;
    }
    bool painted = false;
};

template<class Condition>
void await(const char *what, Condition condition)
{
    QElapsedTimer patience;
    patience.start();
    while (!condition()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (patience.elapsed() > LongestMs)
            qFatal("waited in vain: %s", what);
    }
}

void settle()
{
    QElapsedTimer quiet;
    quiet.start();
    while (quiet.elapsed() < QuietMs) {
        QCoreApplication::processEvents();
        QThread::msleep(1);
    }
}

class Typist
{
public:
    Typist(ui::LibraryPane &pane)
        : m_model(pane.model())
        , m_field(pane.findChild<ui::FieldEdit *>())
        , m_list(pane.view())
    {
        m_list->viewport()->installEventFilter(&m_ear);
        QObject::connect(&m_model, &ui::LibraryModel::arranged, &m_ear, [this] {
            if (m_model.search() == m_field->text().trimmed()) {
                m_arranged = true;
                m_ear.painted = false;
                m_list->viewport()->update(); // also when the same rows stand there
            }
        });
    }

    /// One key until the list that it brought is painted, ms; nothing for a space, which changes
    /// nothing yet.
    std::optional<double> press(int key, const QString &text)
    {
        const QString before = m_model.asked();
        m_arranged = false;
        QElapsedTimer watch;
        watch.start();
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, text);
        QCoreApplication::sendEvent(m_field, &event);
        if (m_model.asked() == before)
            return std::nullopt;
        await("the list", [this] { return m_arranged && (m_ear.painted || !m_list->isVisible()); });
        return double(watch.nsecsElapsed()) / 1e6;
    }

private:
    ui::LibraryModel &m_model;
    ui::FieldEdit *m_field;
    ui::LibraryView *m_list;
    PaintEar m_ear;
    bool m_arranged = false;
};

/// Beginnings of words that stand in the recipes, two words now and then, and typing errors.
QStringList searches(const recipes::RecipeBook &book)
{
    QStringList list;
    QRandomGenerator dice(7);
    QStringList titles;
    for (const recipes::Recipe &recipe : book.recipes()) {
        titles += recipe.title + u' ' + recipe.ingredients.value(0).section(u' ', 2);
        if (titles.size() >= 5000)
            break;
    }
    std::sort(titles.begin(), titles.end());
    for (int i = 0; i < Searches; ++i) {
        const QStringList words = titles[dice.bounded(int(titles.size()))].toLower().split(u' ');
        QString text = words[dice.bounded(int(words.size()))];
        if (i % 3 == 0)
            text += u' ' + words.constLast();
        if (i % 7 == 0)
            text += u'q';
        list += text.left(12);
    }
    return list;
}

} // namespace

int typeHere(int argc, char **argv, const QString &profile)
{
    Watched program(argc, argv);
    ui::Theme theme(program, ui::ThemeChoice::Light);
    auto taken = app::Device::take(profile);
    if (!taken)
        qFatal("%s", qUtf8Printable(describe(taken.error())));
    const std::unique_ptr<app::Device> device = *std::move(taken);
    storage::RecipeCatalogue catalogue(profile, device->recipes());
    ui::MainWindow window(device->timers(), device->recipes(), device->cooking(), device->sync(),
                          theme);
    window.offerCatalogue(catalogue);
    window.show();
    settle();
    program.takeLongest(); // of the window's own making
    device->start();
    await("the book", [&] { return device->recipes().isLoaded(); });
    bool isUpdated = true;
    QObject::connect(&catalogue, &recipes::Catalogue::updated, &window, [&] { isUpdated = true; });
    while (std::exchange(isUpdated, false))
        settle();
    for (int i = 0; i < Rests; ++i)
        settle(); // and the catalogue makes itself ready
    const Watched::Turn reading = program.takeLongest();
    auto *pane = window.findChild<ui::LibraryPane *>();
    Typist typist(*pane);
    std::vector<double> tookMs;
    const double slowMs = Watched::slowMs();
    const auto press = [&](int key, const QString &text) {
        const auto took = typist.press(key, text);
        if (!took)
            return;
        tookMs.push_back(*took);
        if (*took > slowMs)
            std::fprintf(stderr, "%.1f ms: the list for “%s”\n", *took,
                         qUtf8Printable(pane->model().asked()));
    };
    const QStringList list = searches(device->recipes());
    for (const QString &search : list) {
        for (const QChar letter : search)
            press(0, letter);
        for (qsizetype i = 0; i < search.size(); ++i)
            press(Qt::Key_Backspace, QString());
    }
    std::sort(tookMs.begin(), tookMs.end());
    const Watched::Turn typing = program.takeLongest();
    std::printf("%d %.2f %.2f %.2f %.2f %.2f %.2f %.1f\n", int(device->recipes().recipes().size()),
                tookMs[tookMs.size() / 2], tookMs[tookMs.size() * 99 / 100], reading.wallMs,
                reading.ownMs, typing.wallMs, typing.ownMs,
                peakMiB(QCoreApplication::applicationPid()));
    return 0;
}

Typing typed(const QString &profile)
{
    QProcess child;
    QProcessEnvironment around = QProcessEnvironment::systemEnvironment();
    around.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    child.setProcessEnvironment(around);
    child.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--keys"), profile});
    child.waitForFinished(-1);
    const QList<QByteArray> told = child.readAllStandardOutput().simplified().split(' ');
    std::fputs(child.readAllStandardError().constData(), stderr);
    if (told.size() != 8)
        qFatal("typing failed");
    return {told[0].toInt(),
            told[1].toDouble(),
            told[2].toDouble(),
            {told[3].toDouble(), told[4].toDouble()},
            {told[5].toDouble(), told[6].toDouble()},
            told[7].toDouble()};
}

} // namespace simmer::bench

// SPDX-License-Identifier: GPL-3.0-or-later
// For how long somebody at the window has to wait while the program is busy: a book of 10,000
// recipes is read and searched, a recipe of 300 steps is written, its kitchen begins to be shared,
// 300 files are imported while the book goes to the server in this program, that goes on for half a
// minute, and ends.
#include "app/SharedKitchen.h"
#include "editor/EditorDesk.h"
#include "editor/LinesEdit.h"
#include "editor/RecipeEditor.h"
#include "editor/StepsPage.h"
#include "forms/LibraryPane.h"
#include "forms/MainWindow.h"
#include "recipes/times/TimeFinder.h"
#include "storage/search/RecipeCatalogue.h"
#include "widgets/FieldEdit.h"
#include "window/Cookbook.h"
#include "window/Watched.h"

#include <QElapsedTimer>
#include <QFile>
#include <QKeyEvent>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace simmer;

namespace {

constexpr int Recipes = 10'000;
constexpr int Imports = 300;
constexpr int EachMs = 5;
constexpr int KeyEveryMs = 60;
constexpr int PushingMs = 30'000;
constexpr int GoodbyeMs = 3000;   // a server's end, and one more
constexpr int LongestMs = 40'000; // that a part may take
constexpr double LimitMs = 50;

/// How late the event loop comes to what it promised: whatever it does in between, in however many
/// pieces, an input would have waited so long.
class Watchdog : public QObject
{
public:
    Watchdog()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_waits.push_back(std::max(0.0, double(m_since.nsecsElapsed()) / 1e6 - EachMs));
            m_since.start();
        });
        m_since.start();
        m_timer.start(EachMs);
    }

    /// The waits since the last call, the longest at the end, ms.
    std::vector<double> take()
    {
        std::vector<double> waits = std::exchange(m_waits, {});
        std::sort(waits.begin(), waits.end());
        return waits;
    }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    std::vector<double> m_waits;
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

/// Types into the search, letter after letter, as long as it lives.
class Typist : public QObject
{
public:
    explicit Typist(QWidget &field)
    {
        connect(&m_timer, &QTimer::timeout, this, [this, &field] {
            static const QByteArray Letters("tomato\b\b\b\b\b\bbread\b\b\b\b\b");
            const char letter = Letters[m_at++ % Letters.size()];
            const bool back = letter == '\b';
            QKeyEvent event(QEvent::KeyPress, back ? Qt::Key_Backspace : 0, Qt::NoModifier,
                            back ? QString() : QString(QLatin1Char(letter)));
            QCoreApplication::sendEvent(&field, &event);
        });
        m_timer.start(KeyEveryMs);
    }

private:
    QTimer m_timer;
    int m_at = 0;
};

QStringList recipeFiles(const QString &folder)
{
    QStringList files;
    for (int i = 0; i < Imports; ++i) {
        QFile file(QStringLiteral("%1/%2.cook").arg(folder).arg(i));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write %s", qPrintable(file.fileName()));
        file.write(
            "---\ntitle: Imported " + QByteArray::number(i) +
            "\n---\nBoil @potatoes{500%g} for ~{20%minutes}.\n\nServe with @butter{50%g}.\n");
        files += file.fileName();
    }
    return files;
}

recipes::Recipe feast()
{
    constexpr int Ingredients = 1000;
    constexpr int Steps = 300;
    recipes::Recipe recipe;
    recipe.id = RecipeId::random();
    recipe.title = QStringLiteral("Feast");
    for (int i = 0; i < Ingredients; ++i)
        recipe.ingredients += QStringLiteral("%1 g of something good, chopped").arg(i);
    for (int i = 0; i < Steps; ++i) {
        const QString text = QStringLiteral("Do number %1 for 20–25 minutes, then stir every 5 "
                                            "minutes and let all of it rest for an hour; taste it.")
                                 .arg(i);
        recipe.steps += {text, recipes::findTimes(text), {}};
    }
    return recipe;
}

void press(QWidget &field, int key, Qt::KeyboardModifiers modifiers, const QString &text = {})
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QCoreApplication::sendEvent(&field, &event);
    }
    QCoreApplication::processEvents();
}

/// Opens a long recipe, types into the middle of it, divides a step, goes to the ingredients, and
/// takes all of it back.
void writeFeast(ui::MainWindow &window, recipes::RecipeBook &book)
{
    constexpr int Letters = 20;
    constexpr int Middle = 150;
    const recipes::Recipe recipe = feast();
    book.save(recipe);
    await("the feast", [&] { return book.recipes().contains(recipe.id); });
    window.editorDesk().edit(recipe.id);
    auto &editor = *window.findChild<ui::RecipeEditor *>();
    ui::StepColumn &column = *editor.steps()->column();
    await("its steps", [&] { return column.isWhole(); });
    QWidget &step = *column.row(editor.manuscript().now().lines.at(Middle).key)->step();
    step.setFocus();
    for (int letter = 0; letter < Letters; ++letter)
        press(step, Qt::Key_X, Qt::NoModifier, QStringLiteral("x"));
    press(step, Qt::Key_Return, Qt::ControlModifier);
    auto &lines = *editor.findChild<ui::LinesEdit *>();
    lines.setFocus();
    for (int letter = 0; letter < Letters; ++letter)
        press(lines, Qt::Key_X, Qt::NoModifier, QStringLiteral("x"));
    if (!editor.manuscript().isChanged())
        qFatal("nothing was written");
    while (editor.manuscript().undoStack().canUndo()) {
        editor.manuscript().undoStack().undo();
        QCoreApplication::processEvents();
    }
}

/// What was written is left, and read.
void leaveEditor(ui::MainWindow &window)
{
    const QPointer<ui::RecipeEditor> editor = window.findChild<ui::RecipeEditor *>();
    QTimer::singleShot(0, editor, [editor] { // as a press, from the event loop: it goes there, too
        editor->leave([editor] { Q_EMIT editor->closeWished(); });
    });
    await("the way back", [&] { return editor.isNull(); });
    QCoreApplication::processEvents();
}

/// How a part of it went, as soon as it is over.
void tell(const char *part, Watchdog &watchdog, bench::Watched &program)
{
    const std::vector<double> waits = watchdog.take();
    const double longest = waits.empty() ? 0 : waits.back();
    const bench::Watched::Turn turn = program.takeLongest();
    std::printf("%s: the longest wait %.1f ms, p99 %.1f ms, of %zu looks; the longest event %.1f "
                "ms, %.1f ms of them its own\n",
                part, longest, waits.empty() ? 0 : waits[waits.size() * 99 / 100], waits.size(),
                turn.wallMs, turn.ownMs);
    std::printf("ratio unblocked_%s %.2f (ours %.1f ms, peer or limit %.0f ms)\n", part,
                longest / LimitMs, longest, LimitMs);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    bench::Watched program(argc, argv);
    const QTemporaryDir folder;
    const QString profile = folder.filePath(QStringLiteral("profile"));
    bench::fillSimmer(profile, Recipes);
    const QStringList files = recipeFiles(folder.path());
    ui::Theme theme(program, ui::ThemeChoice::Light);
    auto device = app::Device::take(profile);
    if (!device)
        qFatal("%s", qUtf8Printable(describe(device.error())));
    storage::RecipeCatalogue catalogue(profile, (*device)->recipes());
    app::SharedKitchen shared(**device, app::Reach::House, 0);
    ui::MainWindow window((*device)->timers(), (*device)->recipes(), (*device)->cooking(),
                          (*device)->sync(), theme);
    window.offerCatalogue(catalogue);
    window.offerSharing(shared);
    window.show();
    QCoreApplication::processEvents();

    using State = ui::SharingStatus::State;
    Watchdog watchdog;
    const Typist typist(*window.findChild<ui::LibraryPane *>()->findChild<ui::FieldEdit *>());
    program.takeLongest();
    bool isReady = false;
    QObject::connect(device->get(), &app::Device::ready, &window, [&] { isReady = true; });
    (*device)->start();
    await("the book", [&] { return isReady; });
    tell("reading", watchdog, program);
    writeFeast(window, (*device)->recipes());
    tell("writing", watchdog, program);
    leaveEditor(window);
    tell("leaving", watchdog, program);
    shared.switchOn();
    await("the server", [&] { return shared.status().state == State::On; });
    tell("switching_on", watchdog, program);
    window.importFiles(files);
    const qsizetype all = Recipes + Imports + 1; // and the feast
    await("the import", [&] { return (*device)->recipes().recipes().size() >= all; });
    tell("importing", watchdog, program);
    QElapsedTimer pushing;
    pushing.start();
    await("what is pushed", [&] { return pushing.elapsed() > PushingMs; });
    const qint64 waiting = (*device)->sync().status().waiting;
    if (waiting >= all)
        qFatal("nothing was pushed");
    std::printf("pushed %lld of %lld ops\n", all - waiting, all);
    tell("pushing", watchdog, program);
    shared.switchOff();
    pushing.start();
    await("the goodbye", [&] { return pushing.elapsed() > GoodbyeMs; });
    if ((*device)->sync().status().state != syncclient::LinkState::Connecting)
        qFatal("the server is still there");
    tell("switching_off", watchdog, program);
    return 0;
}

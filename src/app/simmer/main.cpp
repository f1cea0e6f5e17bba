// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Desk.h"
#include "app/DeskSocket.h"
#include "app/SharedKitchen.h"
#include "app/simmer/Notices.h"
#include "app/simmer/Options.h"
#include "app/simmer/Samples.h"
#include "forms/MainWindow.h"
#include "supervision/Guarded.h"

#include <QApplication>
#include <QMessageBox>

#include <cstdio>
#include <memory>

using namespace simmer;
using namespace simmer::app;

namespace {

constexpr int LongestWaitMs = 5000; // for a simmerctl that is about to end

void say(std::FILE *stream, const QString &line)
{
    std::fputs(qUtf8Printable(line + QLatin1Char('\n')), stream);
}

/// Without a display QApplication would abort; a person wants a sentence instead.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
           qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int tellAndLeave(QApplication &program, const Error &error)
{
    say(stderr, QStringLiteral("simmer: ") + describe(error));
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Simmer"), describe(error));
    box.show();
    program.exec();
    return 1;
}

/// Opens the recipe of that title, now or when it comes.
void openByTitle(ui::MainWindow &window, recipes::RecipeBook &book, const QString &title)
{
    const auto fits = [title](const recipes::Recipe &recipe) {
        return recipe.title.compare(title, Qt::CaseInsensitive) == 0;
    };
    for (const recipes::Recipe &recipe : book.recipes())
        if (fits(recipe))
            return window.openRecipe(recipe.id);
    auto *once = new QObject(&window);
    QObject::connect(&book, &recipes::RecipeBook::recipeChanged, once,
                     [&window, once, fits](const recipes::Recipe &recipe) {
                         if (!fits(recipe))
                             return;
                         window.openRecipe(recipe.id);
                         once->deleteLater();
                     });
}

/// Everything lives on this stack and ends in the reverse order: door, desk, window, device.
int run(QApplication &program, const Options &options)
{
    ui::Theme theme(program, options.theme);
    auto taken = Device::takeWaiting(options.profile, LongestWaitMs);
    if (!taken)
        return tellAndLeave(program, taken.error());
    const std::unique_ptr<Device> device = *std::move(taken);
    SharedKitchen shared(*device, Reach::House);
    ui::MainWindow window(device->timers(), device->recipes(), device->cooking(), device->sync(),
                          theme);
    window.offerSharing(shared);
    Desk desk(*device);
    std::unique_ptr<DeskSocket> door;
    QObject::connect(device.get(), &Device::failed, &window, &ui::MainWindow::showTrouble);
    tellInWindow(*device, window);
    QObject::connect(device.get(), &Device::ready, &window, [&] {
        door = std::make_unique<DeskSocket>(desk, options.profile);
        if (device->isNew())
            saveSamples(device->recipes());
        if (!options.open.isEmpty())
            openByTitle(window, device->recipes(), options.open);
        if (!options.files.isEmpty())
            window.importFiles(options.files);
    });
    window.show();
    device->start();
    return program.exec();
}

} // namespace

int main(int argc, char **argv)
{
    const Expected<Options> options = parseOptions(argc, argv);
    if (!options) {
        say(stderr, QStringLiteral("simmer: ") + options.error().context);
        return 2;
    }
    if (!options->answer.isEmpty()) {
        say(stdout, options->answer);
        return 0;
    }
    if (!hasDisplay()) {
        say(stderr, QStringLiteral("simmer: no display here; start it from a desktop, or set "
                                   "QT_QPA_PLATFORM"));
        return 1;
    }
    supervision::Guarded<QApplication> program(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Simmer"));
    QApplication::setApplicationVersion(QStringLiteral(SIMMER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("simmer"));
    return run(program, *options);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/Presence.h"
#include "app/Desk.h"
#include "app/DeskSocket.h"
#include "app/SharedKitchen.h"
#include "app/simmer/Notices.h"
#include "app/simmer/Options.h"
#include "app/simmer/Samples.h"
#include "app/simmer/Visit.h"
#include "editor/EditorDesk.h"
#include "forms/MainWindow.h"
#include "storage/device/DraftFolder.h"
#include "storage/photos/ShelvedPhotos.h"
#include "storage/search/RecipeCatalogue.h"
#include "supervision/Guarded.h"

#include <QApplication>
#include <QMessageBox>

#include <cstdio>
#include <memory>
#include <unistd.h>

using namespace simmer;
using namespace simmer::app;

namespace {

constexpr int LongestWaitMs = 5000; // for a simmerctl that is about to end
constexpr int StartAgain = 75;      // what the event loop returns then
constexpr int RoundMs = 250;
constexpr const char *StartedAgain = "SIMMER_STARTED_AGAIN";

void say(std::FILE *stream, const QString &line)
{
    std::fputs(qUtf8Printable(line + QLatin1Char('\n')), stream);
}

QString preferencesIn(const QString &profile)
{
    return profile + QStringLiteral("/preferences.json");
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

/// The profile's device; null when another desktop, which was just starting, took the visit.
Expected<std::unique_ptr<Device>> takeOrVisit(const QString &profile, const Visit &visit)
{
    auto taken = Device::takeWaiting(profile, RoundMs);
    for (int waited = RoundMs; waited < LongestWaitMs; waited += RoundMs) {
        if (taken || taken.error().code != ErrorCode::StoreBusy)
            break;
        if (knock(profile, visit) == Knock::Let)
            return std::unique_ptr<Device>();
        taken = Device::takeWaiting(profile, RoundMs);
    }
    return taken;
}

/// The desktop's own scale, and on top of it what was chosen here. QApplication reads it, and only
/// when it is made. A Simmer that starts again inherits what this one set.
void setScale(const QString &preferences)
{
    const char *const theirs = "SIMMER_DESKTOP_SCALE";
    if (!qEnvironmentVariableIsSet(theirs))
        qputenv(theirs, qgetenv("QT_SCALE_FACTOR"));
    const double desktop = qEnvironmentVariable(theirs).toDouble();
    const double scale = (desktop > 0 ? desktop : 1) * ui::scalePercentIn(preferences) / 100;
    if (scale == 1)
        qunsetenv("QT_SCALE_FACTOR");
    else
        qputenv("QT_SCALE_FACTOR", QByteArray::number(scale));
}

/// Only returns when that fails.
void startAgain(char **argv)
{
    qputenv(StartedAgain, "1");
    execv("/proc/self/exe", argv);
    say(stderr, QStringLiteral("simmer: cannot start again; please do so yourself"));
}

/// Everything lives on this stack and ends in the reverse order: door, desk, window, device.
int run(QApplication &program, const Options &options, const Visit &visit)
{
    if (knock(options.profile, visit) == Knock::Let)
        return 0;
    ui::Preferences preferences(preferencesIn(options.profile));
    ui::Theme theme(program, options.theme.value_or(preferences.now().theme));
    auto taken = takeOrVisit(options.profile, visit);
    if (!taken)
        return tellAndLeave(program, taken.error());
    const std::unique_ptr<Device> device = *std::move(taken);
    if (!device)
        return 0;
    storage::RecipeCatalogue catalogue(options.profile, device->recipes());
    SharedKitchen shared(*device, Reach::House);
    storage::DraftFolder drafts(device->clock(), options.profile);
    storage::ShelvedPhotos photos(device->log().blobs());
    ui::MainWindow window(device->timers(), device->recipes(), device->cooking(), device->sync(),
                          theme);
    window.remember(preferences);
    window.offerSharing(shared);
    window.editorDesk().useDrafts(drafts);
    window.editorDesk().usePhotos(photos, &window.photos());
    window.offerSamples(samples());
    QObject::connect(&window, &ui::MainWindow::restartWished, &program,
                     [] { QApplication::exit(StartAgain); });
    const auto nameCook = [&] { device->setCook(preferences.now().cook); };
    QObject::connect(&preferences, &ui::Preferences::changed, &window, nameCook);
    nameCook();
    window.offerCatalogue(catalogue);
    ui::Presence presence(window, preferences);
    Desk desk(*device);
    receiveVisits(desk, *device, window);
    std::unique_ptr<DeskSocket> door;
    QObject::connect(device.get(), &Device::failed, &window, &ui::MainWindow::showTrouble);
    tellInWindow(*device, window);
    bringPhotos(*device, window.photos());
    QObject::connect(device.get(), &Device::ready, &window, [&] {
        door = std::make_unique<DeskSocket>(desk, options.profile);
        carryOut(visit, window, device->recipes());
    });
    window.show();
    device->start();
    return program.exec();
}

/// QApplication ends with it.
int start(int argc, char **argv)
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
    // Its timer runs, its files are imported: that was for the first time only.
    const bool again = qEnvironmentVariableIsSet(StartedAgain);
    qunsetenv(StartedAgain);
    const Visit visit = again ? Visit() : visitOf(*options);
    if (!hasDisplay()) {
        QCoreApplication bare(argc, argv);
        if (knock(options->profile, visit) == Knock::Let)
            return 0;
        say(stderr, QStringLiteral("simmer: no display here; start it from a desktop, or set "
                                   "QT_QPA_PLATFORM"));
        return 1;
    }
    setScale(preferencesIn(options->profile));
    supervision::Guarded<QApplication> program(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Simmer"));
    QApplication::setApplicationVersion(QStringLiteral(SIMMER_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("simmer"));
    return run(program, *options, visit);
}

} // namespace

int main(int argc, char **argv)
{
    const int result = start(argc, argv);
    if (result == StartAgain)
        startAgain(argv);
    return result;
}

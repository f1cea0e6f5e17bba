// SPDX-License-Identifier: GPL-3.0-or-later
// Screens that hang on walls: how fast all are there, what each costs, and how soon the last of
// many has a press.
#include "Bench.h"
#include "Cook.h"
#include "Latencies.h"
#include "Simmerd.h"

#include <algorithm>
#include <cstdio>

namespace simmer::load {

namespace {

constexpr size_t Screens = 10'000;
constexpr size_t ScreensOfHousehold = 4;
constexpr size_t ScreensOfCrowd = 1000;
constexpr size_t Bearable = 100; // where the one kitchen of a server has all of them
constexpr size_t AtOnce = 512;   // that are connecting: less than the system's queue of connections
constexpr int Presses = 30;
constexpr double MostConnectSeconds = 2; // the limits are those of issue 4
constexpr double MostKiBEach = 8;
constexpr double MostKiBEachByTls = 40;
constexpr double MostLastMs = 30;

using OpenScreens = std::vector<std::shared_ptr<Screen>>;

/// All screens of a server, opened one after the other, with so many under way at most.
class Opening
{
public:
    Opening(Loop &loop, Household &household, bool isTls = false)
        : m_port(household.server.port())
    {
        for (const auto &kitchen : household.kitchens)
            for (const KnownDevice &device : kitchen)
                m_screens.push_back(std::make_shared<Screen>(loop, device));
        if (isTls)
            for (const auto &screen : m_screens)
                screen->useTls();
        for (const auto &screen : m_screens)
            screen->onWelcome = [this] {
                ++m_welcomed;
                openNext();
            };
    }

    OpenScreens run(Loop &loop)
    {
        for (size_t i = 0; i < AtOnce; ++i)
            openNext();
        loop.until([this] { return m_welcomed == m_screens.size(); }, "the welcome of all screens",
                   std::chrono::seconds(180));
        return m_screens;
    }

private:
    void openNext()
    {
        if (m_opened < m_screens.size())
            m_screens[m_opened++]->open(m_port);
    }

    std::uint16_t m_port;
    OpenScreens m_screens;
    size_t m_opened = 0;
    size_t m_welcomed = 0;
};

/// How long they took to come, and KiB of the server's memory each.
struct Stay {
    double seconds = 0;
    double kib = 0;
};

Stay comeAndStay(Bench &bench, size_t count, bool isTls)
{
    Household household(bench, count / ScreensOfHousehold, ScreensOfHousehold, {.isTls = isTls});
    Opening opening(bench.loop(), household, isTls);
    const long before = household.server.process().residentBytes();
    const double worked = household.server.process().cpuSeconds();
    const auto start = Steady::now();
    const OpenScreens screens = opening.run(bench.loop());
    const double seconds = secondsSince(start);
    bench.loop().during(std::chrono::seconds(1));
    const double work = household.server.process().cpuSeconds() - worked;
    const long after = household.server.process().residentBytes();
    const double kib = double(after - before) / 1024 / double(screens.size());
    std::printf("idle: %zu screens are welcomed%s in %.2f s; %.1f KiB of the server's memory each"
                " (%.1f MiB before, %.1f MiB after), %.0f us of its processor time\n",
                screens.size(), isTls ? " by TLS" : "", seconds, kib, double(before) / 1048576,
                double(after) / 1048576, work * 1e6 / double(screens.size()));
    return {seconds, kib};
}

/// How long until the last of all screens of one kitchen has a press.
void tellACrowd(Bench &bench, size_t count)
{
    Household household(bench, 1, count);
    Opening opening(bench.loop(), household);
    const OpenScreens screens = opening.run(bench.loop());
    bench.loop().during(std::chrono::milliseconds(500));
    Cook cook(household.kitchens[0][0].id);
    size_t told = 0;
    for (const auto &screen : screens)
        screen->onPage = [&](std::string_view page) {
            if (page.find(cook.id()) != std::string_view::npos)
                ++told;
        };
    Latencies last;
    for (int i = 0; i < Presses; ++i) {
        told = 0;
        const auto start = Steady::now();
        screens[0]->push(cook.push());
        bench.loop().until([&] { return told == screens.size(); }, "the last screen");
        last.add(Steady::now() - start);
    }
    std::printf("  one press, until the last of %zu screens of one kitchen has it: %s\n",
                screens.size(), last.words().c_str());
    printRatio("idle_last_screen", last.percentile(0.5) / 1000, MostLastMs, "ms");
}

} // namespace

void benchIdle(Bench &bench)
{
    const Stay stay = comeAndStay(bench, MostKitchens == 1 ? Bearable : Screens, false);
    printRatio("idle_connect", stay.seconds, MostConnectSeconds, "s");
    printRatio("idle_memory", stay.kib, MostKiBEach, "KiB");
    tellACrowd(bench, MostKitchens == 1 ? Bearable : ScreensOfCrowd);
}

/// Each device shows a certificate, as devices do.
void benchIdleTls(Bench &bench)
{
    const Stay stay = comeAndStay(bench, Screens, true);
    printRatio("idle_tls_memory", stay.kib, MostKiBEachByTls, "KiB");
}

} // namespace simmer::load

// SPDX-License-Identifier: GPL-3.0-or-later
// Readers that never read, in a kitchen where much is going on: what the others feel of them, and
// what the server keeps for them.
#include "Bench.h"
#include "Latencies.h"
#include "SimmerdPath.h"

#include <algorithm>
#include <cstdio>

namespace simmer::load {

namespace {

using namespace std::chrono_literals;

constexpr size_t Readers = 100;
constexpr size_t Writers = 8;
constexpr auto WriteEvery = 25ms; // a device may push 50 ops a second
constexpr auto PressEvery = 20ms; // by two devices in turns
constexpr int PressesWithout = 250;
constexpr int PressesWith = 600;      // longer than the server waits for a reader
constexpr int SmallReceive = 4096;    // bytes that the system takes for a reader that does not
constexpr double MostMiB = 100 * 1.5; // a reader's queue is 1 MiB at most, and what surrounds it

/// Devices that write recipes, steadily.
class Flow
{
public:
    Flow(Loop &loop, std::uint16_t port, const KnownDevice *devices)
        : m_timer(loop.context())
    {
        for (size_t i = 0; i < Writers; ++i) {
            m_screens.push_back(std::make_shared<Screen>(loop, devices[i]));
            m_screens.back()->open(port);
            m_cooks.emplace_back(devices[i].id, Cook::Habit::Recipes);
        }
        loop.until(
            [this] {
                return std::all_of(m_screens.begin(), m_screens.end(),
                                   [](const auto &screen) { return screen->isLevel(); });
            },
            "the welcome of the writers");
        m_next = Steady::now();
        write();
    }

private:
    void write()
    {
        for (size_t i = 0; i < Writers; ++i)
            m_screens[i]->push(m_cooks[i].push());
        m_next += WriteEvery;
        m_timer.expires_at(m_next);
        m_timer.async_wait([this](boost::system::error_code error) {
            if (!error)
                write();
        });
    }

    std::vector<std::shared_ptr<Screen>> m_screens;
    std::vector<Cook> m_cooks;
    Steady::time_point m_next;
    net::steady_timer m_timer;
};

/// Says hello and reads nothing after the welcome.
std::shared_ptr<Screen> openStalled(Loop &loop, std::uint16_t port, const KnownDevice &device)
{
    auto screen = std::make_shared<Screen>(loop, device);
    screen->onWelcome = [reader = screen.get()] { reader->stopReading(); };
    screen->open(port, SmallReceive);
    return screen;
}

/// The most memory that a process had while this looked.
class MemoryWatch
{
public:
    MemoryWatch(Loop &loop, Child &process)
        : m_process(process)
        , m_timer(loop.context())
    {
        look();
    }
    double most() const { return double(m_most) / 1048576; }

private:
    void look()
    {
        m_most = std::max(m_most, m_process.residentBytes());
        m_timer.expires_after(100ms);
        m_timer.async_wait([this](boost::system::error_code error) {
            if (!error)
                look();
        });
    }

    Child &m_process;
    long m_most = 0;
    net::steady_timer m_timer;
};

} // namespace

void benchStalled(Bench &bench)
{
    Loop &loop = bench.loop();
    Household household(bench, 1, 2 + Writers + Readers);
    const std::vector<KnownDevice> &devices = household.kitchens[0];
    const std::uint16_t port = household.server.port();
    SimmerdPath path(loop, port, devices[0], devices[1]);
    const Flow flow(loop, port, &devices[2]);
    const Latencies without = path.run(loop, PressesWithout, PressEvery);
    const MemoryWatch memory(loop, household.server.process());
    const double before = memory.most();
    std::vector<std::shared_ptr<Screen>> readers;
    for (size_t i = 0; i < Readers; ++i)
        readers.push_back(openStalled(loop, port, devices[2 + Writers + i]));
    const auto isThere = [](const auto &reader) { return reader->isWelcome(); };
    loop.until([&] { return std::all_of(readers.begin(), readers.end(), isThere); },
               "the welcome of those that will not read");
    const Latencies with = path.run(loop, PressesWith, PressEvery);
    std::printf("stalled: presses while %zu ops/s of 5 KB flow in the same kitchen\n",
                Writers * 1000 / size_t(WriteEvery.count()));
    std::printf("  all read              %s\n  %zu never read       %s\n", without.words().c_str(),
                Readers, with.words().c_str());
    std::printf(
        "  the server had %.1f MiB before, at most %.1f MiB with them, %.1f MiB at the end\n",
        before, memory.most(), double(household.server.process().residentBytes()) / 1048576);
    printRatio("stalled_p99", with.percentile(0.99), 2 * without.percentile(0.99), "µs");
    printRatio("stalled_memory", memory.most() - before, MostMiB, "MiB");
}

} // namespace simmer::load

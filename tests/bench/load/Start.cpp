// SPDX-License-Identifier: GPL-3.0-or-later
// From the start of the program to its first answers, with much on the disk.
#include "Bench.h"
#include "Latencies.h"
#include "Simmerd.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace simmer::load {

namespace {

constexpr size_t FilledKitchens = 10'000;
constexpr size_t OpsEach = 1000;
constexpr double MostSeconds = 1; // issue 4
constexpr auto Patience = std::chrono::minutes(3);

/// SIMMER_BENCH_OPS makes it smaller, for a try: ops of each kitchen.
size_t opsEach()
{
    const char *wish = std::getenv("SIMMER_BENCH_OPS");
    return wish ? size_t(std::atol(wish)) : OpsEach;
}

double untilHealthy(const Simmerd &server, Steady::time_point start)
{
    while (!httpGet(server.port(), "/healthz").starts_with("HTTP/1.1 200")) {
        if (Steady::now() - start > Patience)
            throw Failure("simmerd did not get healthy");
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return secondsSince(start);
}

} // namespace

void benchStart(Bench &bench)
{
    const size_t kitchens = FilledKitchens;
    const std::filesystem::path folder =
        bench.keptFolder("filled-" + std::to_string(kitchens) + "x" + std::to_string(opsEach()));
    const auto making = Steady::now();
    const KnownDevice device = prepareFull(folder, kitchens, opsEach());
    std::printf("start: %zu kitchens with %zu ops each on the disk (there after %.0f s)\n",
                kitchens, opsEach(), secondsSince(making));
    const auto start = Steady::now();
    Simmerd server(bench, folder, {.waits = false});
    const double healthy = untilHealthy(server, start);
    const auto screen = std::make_shared<Screen>(bench.loop(), device);
    screen->open(server.port());
    bench.loop().until([&] { return screen->isWelcome(); }, "the first welcome");
    const double welcome = secondsSince(start);
    bench.loop().until([&] { return screen->isLevel(); }, "the first whole log");
    std::printf("  /healthz answers after %.3f s, the first welcome is there after %.3f s, its"
                " whole log after %.3f s; %.1f MiB of memory\n",
                healthy, welcome, secondsSince(start),
                double(server.process().residentBytes()) / 1048576);
    printRatio("start_healthy", healthy, MostSeconds, "s");
    printRatio("start_welcome", welcome, MostSeconds, "s");
}

} // namespace simmer::load

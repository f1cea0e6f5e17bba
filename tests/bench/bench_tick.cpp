// SPDX-License-Identifier: GPL-3.0-or-later
// What a tick costs with 1, 1,000 and 1,000,000 running timers, and how true ticks stay.
// Usage: bench_tick [--minutes N] (10 by default) [Google Benchmark's own options]
#include "fakes/ManualClock.h"
#include "fakes/OpMaker.h"
#include "storage/device/DeviceLog.h"
#include "timerserver/TimerServer.h"
#include "timerserver/TimerWorker.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>
#include <vector>

using namespace simmer;

namespace {

constexpr double LimitUs = 50;    // a tick costs less than this
constexpr double LimitFactor = 2; // a million timers cost at most this many times one
constexpr double LimitP99Ms = 5;  // how far from its second a tick may be

std::map<qint64, double> costUs; ///< by number of timers

storage::LoadedLog logWith(qint64 count, const Clock &clock)
{
    fakes::OpMaker maker;
    storage::LoadedLog log;
    log.device = DeviceId::random();
    log.offsetMs = clock.wallMs() - clock.bootMs();
    log.ops.reserve(count);
    const qint64 dayMs = 24LL * 3600 * 1000;
    for (qint64 i = 0; i < count; ++i)
        log.ops +=
            maker.make(TimerId::random(), timers::Start{QString(), dayMs, dayMs + i % 1000, {}},
                       clock.wallMs());
    return log;
}

/// A whole tick of the production worker: the time, the announcement, the look for rings, and
/// the next appointment.
void tick(benchmark::State &state)
{
    fakes::ManualClock clock;
    storage::DeviceLog log(clock, QString(), QStringLiteral("Ana"));
    timerserver::TimerWorker worker(clock, log);
    worker.load(logWith(state.range(0), clock));
    qint64 heard = 0;
    QObject::connect(&worker, &timerserver::TimerWorker::ticked, &worker,
                     [&heard](qint64 now) { heard = now; });
    for (auto _ : state) {
        clock.advance(1000);
        worker.tick();
    }
    if (heard != clock.wallMs() - clock.wallMs() % 1000)
        state.SkipWithError("a tick was not announced");
}
BENCHMARK(tick)->Arg(1)->Arg(1000)->Arg(1'000'000)->Iterations(20'000)->Unit(
    benchmark::kMicrosecond);

class Reporter : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run> &runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run &run : runs) {
            const std::string name = run.benchmark_name();
            const auto slash = name.find('/');
            costUs[std::stoll(name.substr(slash + 1))] = run.GetAdjustedRealTime();
        }
    }
};

/// Lateness of each tick as it arrives in the thread that would paint, ms; and the ticks missed.
struct Drift {
    std::vector<double> lateMs;
    qint64 missed = 0;
};

Drift watchTicks(QCoreApplication &program, int minutes)
{
    const SystemClock clock;
    const QTemporaryDir folder;
    auto *log = new storage::DeviceLog(clock, folder.path(), QStringLiteral("Ana"));
    const OwnedThread logThread = startThread(QStringLiteral("storage"), log);
    timerserver::TimerServer server(clock, *log);
    Drift drift;
    qint64 last = 0;
    QObject::connect(&server, &timerserver::TimerServer::ticked, &server, [&](qint64 second) {
        if (last == 0) { // the first comes at once, when the log was read
            last = second;
            return;
        }
        drift.lateMs.push_back(double(server.now() - second));
        drift.missed += (second - last) / 1000 - 1;
        last = second;
        if (qint64(drift.lateMs.size()) >= minutes * 60)
            program.quit();
        else if (drift.lateMs.size() % 60 == 0)
            std::fprintf(stderr, "%zu of %d minutes\n", drift.lateMs.size() / 60, minutes);
    });
    log->open();
    program.exec();
    return drift;
}

void ratio(const char *name, double ours, double limit)
{
    std::printf("ratio %s %.3f (ours %.3f, limit %.3f)\n", name, ours / limit, ours, limit);
}

int minutesAsked(int &argc, char **argv)
{
    for (int i = 1; i + 1 < argc; ++i) {
        if (std::string(argv[i]) != "--minutes")
            continue;
        const int minutes = std::atoi(argv[i + 1]);
        std::copy(argv + i + 2, argv + argc, argv + i);
        argc -= 2;
        return std::max(1, minutes);
    }
    return 10;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    const int minutes = minutesAsked(argc, argv);
    benchmark::Initialize(&argc, argv);
    Reporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    Drift drift = watchTicks(program, minutes);
    std::sort(drift.lateMs.begin(), drift.lateMs.end());
    const double p99 = drift.lateMs[drift.lateMs.size() * 99 / 100];
    std::printf("%d minutes: %zu ticks, %lld missed, latest %.0f ms after its second\n", minutes,
                drift.lateMs.size(), static_cast<long long>(drift.missed), drift.lateMs.back());
    ratio("tick_million_over_one", costUs[1'000'000] / costUs[1], LimitFactor);
    ratio("tick_thousand_over_one", costUs[1000] / costUs[1], LimitFactor);
    ratio("tick_million_us", costUs[1'000'000], LimitUs);
    ratio("tick_p99_late_ms", p99, LimitP99Ms);
    ratio("tick_missed", double(drift.missed), 1);
    return 0;
}

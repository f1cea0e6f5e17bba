// SPDX-License-Identifier: GPL-3.0-or-later
// Folding one timer's history of 10³ to 10⁶ ops, by two cooks who see each other's presses, and by
// two who don't. Linear: an op of the longest costs as much more than one of the shortest as a
// hash of the same ids does, which only the processor's caches make dearer.
#include "fakes/OpMaker.h"
#include "timers/Fold.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <map>

using namespace simmer;

namespace {

enum Case { Together, Apart, Hash };

std::map<std::pair<qint64, qint64>, double> costNs; ///< of one op, by length and case

QList<timers::StampedOp> history(qint64 length, bool apart)
{
    const TimerId timer = TimerId::random();
    fakes::OpMaker cooks[2]{fakes::OpMaker(QStringLiteral("Ana")),
                            fakes::OpMaker(QStringLiteral("Ben"))};
    QList<OpId> seen[2];
    QList<timers::StampedOp> ops;
    ops.reserve(length);
    for (qint64 i = 0; i < length; ++i) {
        const int who = int(i % 2);
        timers::Action action = timers::Add{60'000};
        if (i == 0)
            action = timers::Start{QStringLiteral("Rice"), 600'000, 600'000, {}};
        else if (i % 7 == 3)
            action = timers::Pause{};
        else if (i % 7 == 5)
            action = timers::Resume{};
        else if (i % 7 == 6)
            action = timers::Cancel{};
        ops += cooks[who].make(timer, action, 1'700'000'000'000 + i * 1000, seen[who]);
        seen[who] = {ops.constLast().op.id};
        if (!apart || i == 0)
            seen[1 - who] = seen[who];
    }
    return ops;
}

void fold(benchmark::State &state)
{
    const QList<timers::StampedOp> ops = history(state.range(0), state.range(1) == Apart);
    const TimerId timer(ops.constFirst().op.subject);
    for (auto _ : state) {
        if (state.range(1) == Hash) {
            QHash<OpId, qsizetype> index;
            index.reserve(ops.size());
            for (qsizetype i = 0; i < ops.size(); ++i)
                index.insert(ops[i].op.id, i);
            benchmark::DoNotOptimize(index);
        } else {
            benchmark::DoNotOptimize(timers::fold(timer, ops));
        }
    }
    state.counters["case"] = double(state.range(1));
    state.SetComplexityN(state.range(0));
}

class Keep : public benchmark::ConsoleReporter
{
public:
    void ReportRuns(const std::vector<Run> &runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run &run : runs)
            if (run.run_type == Run::RT_Iteration)
                costNs[{run.complexity_n, qint64(run.counters.at("case").value)}] =
                    run.GetAdjustedRealTime() * 1e6 / double(run.complexity_n);
    }
};

double growth(qint64 what)
{
    return costNs[{1'000'000, what}] / costNs[{1'000, what}];
}

} // namespace

BENCHMARK(fold)
    ->ArgsProduct({{1'000, 10'000, 100'000, 1'000'000}, {Together, Apart, Hash}})
    ->Unit(benchmark::kMillisecond);

int main(int argc, char **argv)
{
    benchmark::Initialize(&argc, argv);
    Keep keep;
    benchmark::RunSpecifiedBenchmarks(&keep);
    for (const Case what : {Together, Apart})
        std::printf(
            "ratio fold_%s %.3f (ours %.2f times, peer %.2f times; an op of a million costs "
            "%.0f ns)\n",
            what == Apart ? "apart" : "together", growth(what) / growth(Hash), growth(what),
            growth(Hash), costNs[{1'000'000, what}]);
}

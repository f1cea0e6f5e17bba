// SPDX-License-Identifier: GPL-3.0-or-later
// Runs evenings in a simulated kitchen: simulate --from N --count M, or --seed N --trace.
#include "base/Ids.h"
#include "simulation/Schedule.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHashSeed>

#include <cstdio>

using namespace simmer;

namespace {

quint64 number(const QCommandLineParser &parser, const QString &option, quint64 absent)
{
    return parser.isSet(option) ? parser.value(option).toULongLong() : absent;
}

/// Ids from the schedule's seed, so that a replay has the same.
void seedIds(quint64 seed)
{
    ids::setSource([chance = std::mt19937_64(seed ^ 0x5155)]() mutable {
        std::array<quint64, 2> bits{chance(), chance()};
        return QUuid::fromRfc4122(
            QByteArray(reinterpret_cast<const char *>(bits.data()), sizeof bits));
    });
}

} // namespace

int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed();
    QCoreApplication program(argc, argv);
    QCommandLineParser parser;
    parser.addOptions(
        {{QStringLiteral("seed"), QStringLiteral("One schedule."), QStringLiteral("N")},
         {QStringLiteral("trace"), QStringLiteral("Tell what happens.")},
         {QStringLiteral("from"), QStringLiteral("First seed."), QStringLiteral("N")},
         {QStringLiteral("count"), QStringLiteral("How many."), QStringLiteral("M")}});
    parser.addHelpOption();
    parser.process(program);
    const bool single = parser.isSet(QStringLiteral("seed"));
    const quint64 from = single ? number(parser, QStringLiteral("seed"), 1)
                                : number(parser, QStringLiteral("from"), 1);
    const quint64 count = single ? 1 : number(parser, QStringLiteral("count"), 100);
    simulation::Disk &disk = simulation::Disk::install();
    QElapsedTimer timer;
    timer.start();
    quint64 failures = 0;
    qint64 presses = 0;
    qint64 faults = 0;
    qint64 photos = 0;
    qint64 powerCuts = 0;
    qint64 reboots = 0;
    qint64 breaks = 0;
    for (quint64 seed = from; seed < from + count; ++seed) {
        seedIds(seed);
        const auto result =
            simulation::runSchedule(disk, seed, parser.isSet(QStringLiteral("trace")));
        presses += result.presses;
        faults += result.faults;
        photos += result.photos;
        powerCuts += result.powerCuts;
        reboots += result.reboots;
        breaks += result.breaks;
        if (result.failure.isEmpty())
            continue;
        ++failures;
        std::printf("seed %llu: %s\n", seed, qPrintable(result.failure));
        std::fflush(stdout);
    }
    const double seconds = std::max(0.001, double(timer.elapsed()) / 1000);
    std::printf("%lld presses, %lld faults, %lld power cuts, %lld photos\n%lld reboots of the "
                "server, after %lld"
                " nobody knew kitchen time\n%llu schedules, %llu failures, %.0f a second\n",
                presses, faults, powerCuts, photos, reboots, breaks, count, failures,
                double(count) / seconds);
    return failures == 0 ? 0 : 1;
}

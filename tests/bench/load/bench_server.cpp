// SPDX-License-Identifier: GPL-3.0-or-later
// The kitchen server under load, beside Debian's redis-server, mosquitto and nats-server in the
// same run: real processes, real sockets, one disk. Without arguments: all parts.
#include "Bench.h"
#include "Child.h"
#include "Latencies.h"
#include "Peers.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>

using namespace simmer::load;

namespace {

struct Part {
    const char *name;
    void (*run)(Bench &);
};

constexpr Part Parts[] = {{"press", benchPress},     {"ops", benchOps},
                          {"idle", benchIdle},       {"idletls", benchIdleTls},
                          {"stalled", benchStalled}, {"crash", benchCrash},
                          {"start", benchStart}};

bool isWanted(const char *part, const QStringList &words)
{
    return words.isEmpty() || words.contains(QLatin1String(part));
}

/// A busy machine adds its own milliseconds to every wake-up, of all servers alike.
void printCompany()
{
    double load = 0;
    if (::getloadavg(&load, 1) == 1 && load > 1)
        std::printf("load average %.1f: others are at work here, which distorts all times; as root,"
                    " `chrt -r 5` before the program keeps most of that out\n",
                    load);
}

int runParts(const QStringList &words)
{
    for (const QString &word : words)
        if (std::none_of(std::begin(Parts), std::end(Parts),
                         [&](const Part &part) { return word == QLatin1String(part.name); }))
            throw Failure("there is no part “" + word.toStdString() + "”");
    raiseSocketLimit();
    const std::filesystem::path bin = QCoreApplication::applicationDirPath().toStdString();
    Bench bench(bin, bin.parent_path() / "bench-server");
    std::printf("data on %s\n", diskUnder(bin).c_str());
    printCompany();
    for (const Part &part : Parts)
        if (isWanted(part.name, words)) {
            const auto start = Steady::now();
            part.run(bench);
            std::printf("  (%s took %.0f s)\n", part.name, secondsSince(start));
            std::fflush(stdout);
        }
    printRatios();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    std::signal(SIGPIPE, SIG_IGN); // OpenSSL writes to sockets that the server closed
    const QStringList words = QCoreApplication::arguments().mid(1);
    try {
        if (words.size() == 2 && words.constFirst() == QLatin1String("relay"))
            Relay::serve(words.constLast().toUShort());
        else
            return runParts(words);
    } catch (const std::exception &failure) {
        std::fprintf(stderr, "bench_server: %s\n", failure.what());
        return 1;
    }
    return 0;
}

// SPDX-License-Identifier: GPL-3.0-or-later
// How soon the window stands there with 10,000 recipes, beside KookBook and Gourmand with the same,
// and how soon the list follows a key, with 10,000 and 100,000. Parts: start, peers, keys, many.
#include "window/Cookbook.h"
#include "window/Keys.h"
#include "window/WatchedScreen.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace simmer::bench;

namespace {

constexpr int Thousands = 10'000;
constexpr int Many = 100'000;
constexpr int Rounds = 5;
constexpr int PeerRounds = 3;
constexpr int DisplayNumber = 97;
constexpr int StillMs = 3000;
constexpr int PeerStillMs = 6000; // they read their files for longer
constexpr double FrameLimitMs = 400;
constexpr double KeyLimitMs = 16;
constexpr double ManyKeyLimitMs = 50;
constexpr double BlockedLimitMs = 50;

/// The middle one of some starts; the first, which warms up, does not count.
Appearance typical(WatchedScreen &screen, const QString &program, const QStringList &arguments,
                   const QString &home, int stillMs, int rounds)
{
    screen.watch(program, arguments, home, stillMs);
    QList<Appearance> seen;
    for (int i = 0; i < rounds; ++i)
        seen += screen.watch(program, arguments, home, stillMs);
    std::sort(seen.begin(), seen.end(),
              [](const auto &a, const auto &b) { return a.wholeMs < b.wholeMs; });
    return seen[seen.size() / 2];
}

void tell(const char *name, const Appearance &seen)
{
    std::printf("%-9s first frame %6.0f ms, whole %6.0f ms, at most %.0f MiB\n", name, seen.firstMs,
                seen.wholeMs, seen.peakMiB);
    std::fflush(stdout);
}

void ratio(const char *name, double ours, double other, const char *what)
{
    std::printf("ratio %s %.3f (ours %.1f, %s %.1f)\n", name, ours / other, ours, what, other);
}

struct Peers {
    Appearance kookbook;
    Appearance gourmand;
};

Peers watchPeers(WatchedScreen &screen, const QString &folder)
{
    Peers peers;
    const QString kook = folder + QStringLiteral("/kookbook");
    fillKookbook(kook + QStringLiteral("/Documents/recipes"), Thousands);
    peers.kookbook = typical(screen, QStringLiteral("kookbook"), {}, kook, PeerStillMs, PeerRounds);
    tell("KookBook", peers.kookbook);
    const QString gourmand = folder + QStringLiteral("/gourmand");
    QDir().mkpath(gourmand);
    const QStringList arguments{QStringLiteral("--gourmand-directory"), gourmand};
    screen.watch(QStringLiteral("gourmand"), arguments, gourmand, PeerStillMs); // makes its file
    fillGourmand(gourmand + QStringLiteral("/recipes.db"), Thousands);
    peers.gourmand =
        typical(screen, QStringLiteral("gourmand"), arguments, gourmand, PeerStillMs, PeerRounds);
    tell("Gourmand", peers.gourmand);
    return peers;
}

void tell(const Typing &typing)
{
    std::printf("%d recipes: key to list %.1f ms (median), %.1f ms (p99); longest event %.1f ms "
                "while reading (%.1f its own), %.1f ms while typing (%.1f its own); at most %.0f "
                "MiB\n",
                typing.recipes, typing.median, typing.p99, typing.reading.wallMs,
                typing.reading.ownMs, typing.typing.wallMs, typing.typing.ownMs, typing.peakMiB);
    std::fflush(stdout);
}

void typeWith(int recipes, double limit, const char *name)
{
    const QString profile = keptSimmer(recipes);
    // The catalogue is made anew, then it is there.
    QFile::remove(profile + QStringLiteral("/library.db"));
    const Typing first = typed(profile);
    tell(first);
    const Typing typing = typed(profile);
    tell(typing);
    ratio(qPrintable(QStringLiteral("key_to_list_p99_%1").arg(QLatin1String(name))), typing.p99,
          limit, "limit");
    const auto blocked = [name](const char *what, double ms) {
        ratio(qPrintable(
                  QStringLiteral("blocked_%1_%2").arg(QLatin1String(what), QLatin1String(name))),
              ms, BlockedLimitMs, "limit");
    };
    blocked("wall", std::max({first.reading.wallMs, first.typing.wallMs, typing.reading.wallMs,
                              typing.typing.wallMs}));
    blocked("own", std::max({first.reading.ownMs, first.typing.ownMs, typing.reading.ownMs,
                             typing.typing.ownMs}));
    std::fflush(stdout);
}

void compare(const Appearance &ours, const Peers &peers)
{
    ratio("list_kookbook", ours.wholeMs, peers.kookbook.wholeMs, "KookBook");
    ratio("list_gourmand", ours.wholeMs, peers.gourmand.wholeMs, "Gourmand");
    ratio("first_frame_kookbook", ours.firstMs, peers.kookbook.firstMs, "KookBook");
    ratio("first_frame_gourmand", ours.firstMs, peers.gourmand.firstMs, "Gourmand");
    ratio("memory_kookbook", ours.peakMiB, peers.kookbook.peakMiB, "KookBook");
    ratio("memory_gourmand", ours.peakMiB, peers.gourmand.peakMiB, "Gourmand");
}

} // namespace

int main(int argc, char **argv)
{
    if (argc == 3 && QByteArray(argv[1]) == "--keys")
        return typeHere(argc, argv, QString::fromLocal8Bit(argv[2]));
    const QCoreApplication program(argc, argv);
    const QStringList parts = QCoreApplication::arguments().mid(1);
    const auto wants = [&](const char *part) {
        return parts.isEmpty() || parts.contains(QLatin1String(part));
    };
    const QTemporaryDir folder;
    if (wants("start") || wants("peers")) {
        WatchedScreen screen(DisplayNumber);
        const QString profile = keptSimmer(Thousands);
        const QString simmer = QCoreApplication::applicationDirPath() + QStringLiteral("/simmer");
        const QStringList arguments{QStringLiteral("--profile"), profile};
        const Appearance ours = typical(screen, simmer, arguments, folder.path(), StillMs, Rounds);
        tell("Simmer", ours);
        ratio("first_frame_ms", ours.firstMs, FrameLimitMs, "limit");
        ratio("list_ms", ours.wholeMs, FrameLimitMs, "limit");
        if (wants("peers"))
            compare(ours, watchPeers(screen, folder.path()));
        std::fflush(stdout);
    }
    if (wants("keys"))
        typeWith(Thousands, KeyLimitMs, "10k");
    if (wants("many"))
        typeWith(Many, ManyKeyLimitMs, "100k");
}

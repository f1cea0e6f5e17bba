// SPDX-License-Identifier: GPL-3.0-or-later
// Press to other screen, durable: what was pressed is on the disk before anybody else hears of it.
#include "Bench.h"
#include "Cook.h"
#include "Peers.h"
#include "PressPath.h"
#include "Redis.h"
#include "SimmerdPath.h"

#include <cstdio>
#include <map>

namespace simmer::load {

namespace {

constexpr int Rounds = 10; // in turns, so that what else the machine does hits all alike
constexpr int PressesEach = 200;
constexpr int Warming = 20; // presses before each round that do not count

void require(bool good, const char *what)
{
    if (!good)
        throw Failure(what);
}

/// XADD and PUBLISH to a subscriber on another connection. A design that promises no less than ours
/// publishes when XADD was answered; Redis also keeps the order when both are sent at once.
class RedisPath final : public PressPath
{
public:
    enum class Manner { OneByOne, Pipelined };

    RedisPath(Loop &loop, Redis &server, Manner manner)
        : m_presser(std::make_shared<RedisLine>(loop))
        , m_screen(std::make_shared<RedisLine>(loop))
        , m_cook(DeviceId::random())
        , m_manner(manner)
        , m_channel(manner == Manner::OneByOne ? "one-by-one" : "pipelined")
    {
        int ready = 0;
        m_screen->onReply = [&](std::string_view) { ++ready; };
        m_screen->connect(server.port(), [this] { m_screen->say({"SUBSCRIBE", m_channel}); });
        m_presser->connect(server.port(), [&] { ++ready; });
        loop.until([&] { return ready == 2; }, "Redis to answer");
        m_screen->onReply = [this](std::string_view message) {
            require(message.find(m_cook.id()) != std::string_view::npos,
                    "Redis published something else");
            arrived();
        };
        m_presser->onReply = [this](std::string_view reply) { onReply(reply); };
    }

protected:
    int words() const override { return 3; }
    void press() override
    {
        m_cook.push();
        m_command.clear();
        RedisLine::write(m_command, {"XADD", "log", "*", "op", m_cook.op()});
        if (m_manner == Manner::Pipelined)
            RedisLine::write(m_command, {"PUBLISH", m_channel, m_cook.op()});
        m_presser->send(m_command);
    }

private:
    void onReply(std::string_view reply)
    {
        if (reply.front() == '$' && m_manner == Manner::OneByOne)
            m_presser->say({"PUBLISH", m_channel, m_cook.op()});
        heard();
    }

    std::shared_ptr<RedisLine> m_presser;
    std::shared_ptr<RedisLine> m_screen;
    Cook m_cook;
    Manner m_manner;
    std::string_view m_channel;
    std::string m_command;
};

using Found = std::map<std::string, Latencies>;

void runRound(Loop &loop, PressPath &path, const std::string &name, Found &found)
{
    path.run(loop, Warming);
    found[name].add(path.run(loop, PressesEach));
}

void print(const Found &found)
{
    for (const auto &[name, latencies] : found)
        std::printf("  %-34s %s\n", name.c_str(), latencies.words().c_str());
}

} // namespace

void benchPress(Bench &bench)
{
    std::printf("press: from one screen to another, %d presses each\n", Rounds * PressesEach);
    Loop &loop = bench.loop();
    Found found;
    Household household(bench, Rounds, 2);
    Redis redis(bench);
    Mosquitto mosquitto(bench);
    Nats nats(bench);
    Relay relay(bench);
    RedisPath oneByOne(loop, redis, RedisPath::Manner::OneByOne);
    RedisPath pipelined(loop, redis, RedisPath::Manner::Pipelined);
    const auto byMosquitto = mosquitto.path(loop);
    const auto byNats = nats.path(loop);
    const auto byRelay = relay.path(loop);
    const std::filesystem::path disk = bench.newFolder("fdatasync");
    for (size_t round = 0; round < Rounds; ++round) {
        const auto &kitchen = household.kitchens[round % household.kitchens.size()];
        const size_t first = household.kitchens.size() > 1 ? 0 : 2 * round;
        SimmerdPath ours(loop, household.server.port(), kitchen[first], kitchen[first + 1]);
        runRound(loop, ours, "simmerd", found);
        runRound(loop, oneByOne, "redis XADD, then PUBLISH", found);
        runRound(loop, pipelined, "redis XADD+PUBLISH pipelined", found);
        runRound(loop, *byMosquitto, "mosquitto QoS 1 (not durable)", found);
        runRound(loop, *byNats, "nats JetStream file (no fsync)", found);
        runRound(loop, *byRelay, "raw TCP relay", found);
        found["fdatasync of 300 bytes"].add(syncs(disk, PressesEach));
    }
    print(found);
    const Latencies &ours = found["simmerd"];
    for (const auto &[name, peer] : {std::pair("", "redis XADD, then PUBLISH"),
                                     std::pair("_pipelined", "redis XADD+PUBLISH pipelined")}) {
        printRatio(std::string("press_p50") + name, ours.percentile(0.5),
                   found[peer].percentile(0.5), "µs");
        printRatio(std::string("press_p99") + name, ours.percentile(0.99),
                   found[peer].percentile(0.99), "µs");
    }
}

} // namespace simmer::load

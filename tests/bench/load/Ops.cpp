// SPDX-License-Identifier: GPL-3.0-or-later
// Durable ops a second; each connection has one op under way.
#include "Bench.h"
#include "Cook.h"
#include "Latencies.h"
#include "Peers.h"
#include "Redis.h"
#include "Simmerd.h"

#include <algorithm>
#include <cstdio>

namespace simmer::load {

namespace {

constexpr size_t ScarceOps = 1000; // that a device may push at all: too few to warm up
constexpr double WarmingSeconds = 0.4;

/// A connection that pushes, and hears when that is on the disk.
class Pusher
{
public:
    explicit Pusher(const DeviceId &device)
        : m_cook(device)
    {
    }
    virtual ~Pusher() = default;
    Pusher(const Pusher &) = delete;
    Pusher &operator=(const Pusher &) = delete;

    void push()
    {
        m_pushed = Steady::now();
        send();
    }

    std::function<void(Steady::duration)> onDurable;

protected:
    virtual void send() = 0;
    void durable() { onDurable(Steady::now() - m_pushed); }

    Cook m_cook;

private:
    Steady::time_point m_pushed;
};

class SimmerdPusher final : public Pusher
{
public:
    SimmerdPusher(const KnownDevice &device, std::shared_ptr<Screen> screen)
        : Pusher(device.id)
        , m_screen(std::move(screen))
    {
        m_screen->onAcked = [this](std::string_view acked) {
            if (acked.find(m_cook.id()) == std::string_view::npos)
                throw Failure("simmerd acked another op");
            durable();
        };
    }

protected:
    void send() override { m_screen->push(m_cook.push()); }

private:
    std::shared_ptr<Screen> m_screen;
};

class RedisPusher final : public Pusher
{
public:
    RedisPusher(Loop &loop, std::uint16_t port, int &ready)
        : Pusher(DeviceId::random())
        , m_line(std::make_shared<RedisLine>(loop))
    {
        m_line->connect(port, [&ready] { ++ready; });
        m_line->onReply = [this](std::string_view) { durable(); };
    }

protected:
    void send() override
    {
        m_cook.push();
        m_line->say({"XADD", "log", "*", "op", m_cook.op()});
    }

private:
    std::shared_ptr<RedisLine> m_line;
};

using Pushers = std::vector<std::unique_ptr<Pusher>>;

struct Load {
    size_t connections;
    int rounds;     ///< ours and the peer by turns
    double seconds; ///< of a round, at most
    size_t opsEach; ///< of a round, at most
};

/// What came of pushing for a while; several rounds add up.
struct Yield {
    long ops = 0;
    double seconds = 0;
    double cpuSeconds = 0; ///< of the server
    Latencies latencies;

    double rate() const { return seconds > 0 ? double(ops) / seconds : 0; }
};

/// All push, until each has pushed its ops or the time is over.
void push(Loop &loop, Child &server, Pushers &pushers, const Load &load, Yield &yield)
{
    size_t busy = pushers.size();
    const double cpuBefore = server.cpuSeconds();
    const auto start = Steady::now();
    for (const auto &pusher : pushers) {
        pusher->onDurable = [&, left = load.opsEach,
                             self = pusher.get()](Steady::duration took) mutable {
            yield.latencies.add(took);
            ++yield.ops;
            if (--left > 0 && secondsSince(start) < load.seconds)
                self->push();
            else
                --busy;
        };
        pusher->push();
    }
    loop.until([&] { return busy == 0; }, "ops to be on the disk");
    yield.seconds += secondsSince(start);
    yield.cpuSeconds += server.cpuSeconds() - cpuBefore;
}

/// The same after a while that does not count, when devices may push so much: servers run for
/// years, and a young file has to grow first.
void pushWarm(Loop &loop, Child &server, Pushers &pushers, const Load &load, Yield &yield)
{
    Yield ignored;
    if (load.opsEach > ScarceOps)
        push(loop, server, pushers, {load.connections, 1, WarmingSeconds, load.opsEach}, ignored);
    push(loop, server, pushers, load, yield);
}

void pushToSimmerd(Bench &bench, const Load &load, Yield &yield)
{
    Household household(bench, load.connections, 1);
    const auto screens = household.openScreens(bench.loop());
    Pushers pushers;
    for (const auto &kitchen : household.kitchens)
        for (const KnownDevice &device : kitchen)
            pushers.push_back(std::make_unique<SimmerdPusher>(device, screens[pushers.size()]));
    pushWarm(bench.loop(), household.server.process(), pushers, load, yield);
}

void pushToRedis(Bench &bench, const Load &load, Yield &yield)
{
    Redis redis(bench);
    Pushers pushers;
    int ready = 0;
    for (size_t i = 0; i < load.connections; ++i)
        pushers.push_back(std::make_unique<RedisPusher>(bench.loop(), redis.port(), ready));
    bench.loop().until([&] { return ready == int(load.connections); }, "Redis to answer");
    pushWarm(bench.loop(), redis.process(), pushers, load, yield);
}

void print(const char *name, const Yield &yield)
{
    std::printf("  %-8s %8.0f ops/s, %s, %.1f µs of its processor time an op\n", name, yield.rate(),
                yield.latencies.words().c_str(), yield.cpuSeconds / double(yield.ops) * 1e6);
}

} // namespace

void benchOps(Bench &bench)
{
    const size_t opsEach = Simmerd::opsOfDevice(bench);
    for (const Load &load :
         {Load{1, 5, 0.8, opsEach}, Load{64, 3, 1.2, opsEach}, Load{1000, 2, 2, opsEach}}) {
        std::printf("ops: %zu connections, each with one op under way\n", load.connections);
        if (load.connections > 100 && MostKitchens == 1) {
            std::printf("  left out: the one kitchen of this server tells every op to each\n");
            continue;
        }
        Yield ours;
        Yield redis;
        for (int round = 0; round < load.rounds; ++round) {
            pushToSimmerd(bench, load, ours);
            pushToRedis(bench, load, redis);
        }
        if (MostKitchens == 1)
            std::printf("  (simmerd tells each op to all %zu: they are in one kitchen)\n",
                        load.connections);
        print("simmerd", ours);
        print("redis", redis);
        printRateRatio("ops_" + std::to_string(load.connections), ours.rate(), redis.rate(),
                       "ops/s");
    }
    for (const int rows : {1, 64, 1000})
        std::printf("  SQLite alone, %4d rows a commit: %8.0f rows/s\n", rows,
                    sqliteRows(bench.newFolder("sqlite"), rows));
}

} // namespace simmer::load

// SPDX-License-Identifier: GPL-3.0-or-later
// A kitchen whose worker throws again and again: what other kitchens feel of it, what it loses, and
// how soon it answers. Needs a simmerd with the fault hook (src/supervision/Faults.h).
#include "Bench.h"
#include "Latencies.h"
#include "SimmerdPath.h"
#include "protocol/MessageCodec.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <cstdio>

namespace simmer::load {

namespace {

using namespace std::chrono_literals;
using K = QLatin1String;

constexpr size_t Others = 5;
constexpr size_t DevicesEach = 3; // two press; the third reads in the end
constexpr long Crashes = 1000;
constexpr auto PressEvery = 10ms;
constexpr int PressesARound = 500;
constexpr int MostRounds = 20;
constexpr double MostAnswerMs = 50; // the limit is that of issue 4
constexpr long RestartsAllowed = 3; // in 30 s: the standard intensity

/// Half of them when something came in, half of them between commit and ack; each third time.
std::string faultsFor(const std::string &kitchen)
{
    const std::string half = ":throw:" + std::to_string(Crashes / 2) + ":3";
    return "kitchen.deliver:" + kitchen + half + ",kitchen.committed:" + kitchen + half;
}

long metric(const Simmerd &server, const std::string &name)
{
    const std::string all = httpGet(server.port(), "/metrics");
    const size_t at = all.find("\n" + name + " ");
    if (at == std::string::npos)
        throw Failure("simmerd has no " + name + " in /metrics");
    return std::stol(all.substr(at + name.size() + 2));
}

long restarts(const Simmerd &server)
{
    return metric(server, "simmer_worker_restarts_total");
}

/// Two devices of a kitchen that fails: one presses, both come back whenever they are sent away.
class Patient
{
public:
    Patient(Loop &loop, std::uint16_t port, const std::vector<KnownDevice> &devices)
        : m_loop(loop)
        , m_port(port)
        , m_devices(devices)
        , m_cook(devices[0].id)
        , m_timer(loop.context())
    {
        open(0, {});
        open(1, {});
        awaitLevel();
    }
    ~Patient()
    {
        for (const auto &screen : m_screens)
            screen->onLost = [](const std::string &) {};
    }
    Patient(const Patient &) = delete;
    Patient &operator=(const Patient &) = delete;

    void begin()
    {
        m_pressing = true;
        press();
    }
    /// Waits for what is under way.
    void pause()
    {
        m_pressing = false;
        m_timer.cancel();
        m_loop.until([this] { return m_op.empty(); }, "an ack of the kitchen that fails");
        awaitLevel();
    }
    /// What was promised to be on the disk.
    const QSet<OpId> &acked() const { return m_acked; }
    /// From each press that met a crash until the server said welcome again.
    const Latencies &answers() const { return m_answers; }

private:
    void awaitLevel()
    {
        m_loop.until([this] { return m_screens[0]->isLevel() && m_screens[1]->isLevel(); },
                     "the devices of the kitchen that fails");
    }

    void open(size_t which, const timers::Cursor &cursor)
    {
        m_screens[which] = std::make_shared<Screen>(m_loop, m_devices[which], cursor);
        Screen &screen = *m_screens[which];
        screen.keepCursor();
        screen.onLost = [this, which](const std::string &) { lost(which); };
        if (which == 0) {
            screen.onWelcome = [this] { welcomed(); };
            screen.onAcked = [this](std::string_view text) { acked(text); };
        }
        screen.open(m_port);
    }

    /// Later: the screen that was sent away is still at it.
    void lost(size_t which)
    {
        if (which == 0 && !m_since)
            m_since = m_op.empty() ? Steady::now() : m_pressed;
        net::post(m_loop.context(), [this, which, alive = std::weak_ptr(m_alive)] {
            if (alive.lock())
                open(which, m_screens[which]->cursor());
        });
    }

    void welcomed()
    {
        if (m_since)
            m_answers.add(Steady::now() - *m_since);
        m_since.reset();
        if (!m_op.empty())
            send();
    }

    void acked(std::string_view text)
    {
        const QByteArray id = QByteArray::fromHex(QByteArray::fromStdString(m_op));
        if (m_op.empty() || text.find(m_op) == std::string_view::npos)
            return;
        m_acked.insert(OpId::fromBytes(id));
        m_op.clear();
    }

    void press()
    {
        if (m_op.empty() && !m_since && m_screens[0]->isLevel()) {
            m_push = m_cook.push();
            m_op = m_cook.id();
            send();
        }
        m_timer.expires_after(PressEvery);
        m_timer.async_wait([this](boost::system::error_code error) {
            if (!error && m_pressing)
                press();
        });
    }

    void send()
    {
        m_pressed = Steady::now();
        m_screens[0]->push(m_push);
    }

    Loop &m_loop;
    std::uint16_t m_port;
    std::vector<KnownDevice> m_devices;
    Cook m_cook;
    net::steady_timer m_timer;
    std::array<std::shared_ptr<Screen>, 2> m_screens;
    bool m_pressing = false;
    std::string m_push; ///< the newest, as it was sent
    std::string m_op;   ///< its op, until that is acked
    Steady::time_point m_pressed;
    std::optional<Steady::time_point> m_since; ///< no answer
    QSet<OpId> m_acked;
    Latencies m_answers;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);
};

/// A server with one kitchen that may fail, and others.
class Ward
{
public:
    Ward(Bench &bench, bool fails)
        : m_loop(bench.loop())
        , m_folder(bench.newFolder("ward"))
        , m_kitchens(prepare(m_folder, 1 + Others, DevicesEach))
        , m_server(bench, m_folder,
                   {.environment = {{"SIMMER_RESTARTS", std::to_string(10 * Crashes)},
                                    {"SIMMER_FAULTS",
                                     fails ? faultsFor(kitchenOf(m_folder, m_kitchens[0][0]))
                                           : "kitchen.deliver:nobody:throw:1"}}})
        , m_patient(m_loop, m_server.port(), m_kitchens[0])
    {
        for (size_t i = 1; i <= Others; ++i)
            m_others.push_back(std::make_unique<SimmerdPath>(m_loop, m_server.port(),
                                                             m_kitchens[i][0], m_kitchens[i][1]));
    }

    void run()
    {
        m_patient.begin();
        for (const auto &other : m_others)
            other->begin(m_loop, PressesARound, PressEvery);
        m_loop.until(
            [this] {
                return std::all_of(m_others.begin(), m_others.end(),
                                   [](const auto &other) { return other->isOver(); });
            },
            "the presses of the other kitchens", PressesARound * PressEvery + 30s);
        for (const auto &other : m_others)
            m_latencies.add(other->latencies());
        m_pressed += PressesARound;
        m_patient.pause();
    }

    /// Acked ops that are not in the logs.
    long lost()
    {
        QSet<OpId> missing = m_patient.acked();
        read(0, [&missing](std::string_view text) {
            const auto message =
                protocol::decodeFromServer(QByteArray(text.data(), qsizetype(text.size())));
            for (const protocol::Entry &entry : std::get<protocol::Page>(*message).entries)
                missing.remove(entry.op.id);
        });
        long lost = long(missing.size());
        for (size_t i = 1; i <= Others; ++i)
            lost += std::max(0L, m_pressed - read(i, [](std::string_view) {}));
        return lost;
    }

    const Simmerd &server() const { return m_server; }
    const Latencies &latencies() const { return m_latencies; }
    const Patient &patient() const { return m_patient; }

private:
    /// A whole log; how many entries it has.
    long read(size_t kitchen, const std::function<void(std::string_view)> &onPage)
    {
        const auto reader = std::make_shared<Screen>(m_loop, m_kitchens[kitchen].back());
        reader->onPage = onPage;
        reader->open(m_server.port());
        m_loop.until([&] { return reader->isLevel(); }, "a whole log");
        return reader->seq();
    }

    Loop &m_loop;
    std::filesystem::path m_folder;
    Kitchens m_kitchens;
    Simmerd m_server;
    Patient m_patient;
    std::vector<std::unique_ptr<SimmerdPath>> m_others;
    Latencies m_latencies;
    long m_pressed = 0; ///< in each of the others
};

/// The kitchens that are in safe mode, by what simmerd says.
QStringList inSafeMode(const Bench &bench, const std::filesystem::path &folder)
{
    const std::string printed =
        outputOf({bench.program("simmerd"), "kitchens", "--json", "--data-dir", folder.string()});
    QStringList found;
    const QJsonArray kitchens = QJsonDocument::fromJson(QByteArray::fromStdString(printed))
                                    .object()
                                    .value(K("kitchens"))
                                    .toArray();
    for (const QJsonValue &kitchen : kitchens)
        if (kitchen[K("safe_mode")].toBool())
            found += kitchen[K("id")].toString();
    return found;
}

/// Presses until the worker was restarted so often.
void pressUntil(Loop &loop, Patient &patient, const Simmerd &server, long wanted)
{
    while (restarts(server) < wanted) {
        patient.begin();
        loop.during(PressEvery / 2);
        patient.pause();
    }
}

/// With the intensity that everybody has: one restart more than it allows.
void goTooFar(Bench &bench)
{
    const std::filesystem::path folder = bench.newFolder("safe");
    const Kitchens kitchens = prepare(folder, 2, DevicesEach);
    const std::string failing = kitchenOf(folder, kitchens[0][0]);
    const auto faults =
        "kitchen.deliver:" + failing + ":throw:" + std::to_string(RestartsAllowed + 1) + ":2";
    const Simmerd server(bench, folder, {.environment = {{"SIMMER_FAULTS", faults}}});
    Loop &loop = bench.loop();
    Patient patient(loop, server.port(), kitchens[0]);
    const auto start = Steady::now();
    pressUntil(loop, patient, server, RestartsAllowed);
    if (!inSafeMode(bench, folder).isEmpty())
        throw Failure("a kitchen is in safe mode after three crashes");
    pressUntil(loop, patient, server, RestartsAllowed + 1);
    if (inSafeMode(bench, folder) != QStringList{QString::fromStdString(failing)})
        throw Failure("after four crashes that kitchen alone should be in safe mode");
    const auto acked = patient.acked().size();
    patient.begin();
    loop.during(2 * PressEvery);
    patient.pause();
    SimmerdPath other(loop, server.port(), kitchens[1][0], kitchens[1][1]);
    other.run(loop, 10);
    if (patient.acked().size() <= acked)
        throw Failure("a kitchen in safe mode takes nothing");
    std::printf(
        "  the 4th crash in %.1f s put that kitchen alone into safe mode; it goes on to ack\n",
        secondsSince(start));
}

} // namespace

void benchCrash(Bench &bench)
{
    Ward calm(bench, false);
    Ward failing(bench, true);
    int rounds = 0;
    do {
        calm.run();
        failing.run();
        if (restarts(failing.server()) == 0) {
            std::printf("crash: this simmerd was built without SIMMER_FAULT_HOOK\n");
            return;
        }
        if (++rounds == MostRounds)
            throw Failure("the ordered crashes do not come");
    } while (restarts(failing.server()) < Crashes);
    const long lost = failing.lost();
    const Latencies &with = failing.latencies();
    const Latencies &without = calm.latencies();
    std::printf("crash: one kitchen's worker threw %ld times, while %zu other kitchens pressed\n",
                restarts(failing.server()), Others);
    std::printf("  others, without that  %s\n  others, with it       %s\n", without.words().c_str(),
                with.words().c_str());
    std::printf("  until it answers      %s\n", failing.patient().answers().words().c_str());
    std::printf("  %lld ops acked in that kitchen, %ld acked ops missing anywhere\n",
                (long long)failing.patient().acked().size(), lost);
    goTooFar(bench);
    printRatio("crash_p99", with.percentile(0.99), without.percentile(0.99), "µs");
    printRatio("crash_lost", double(lost), 1, "ops");
    printRatio("crash_answer_ms", failing.patient().answers().percentile(1) / 1000, MostAnswerMs,
               "ms");
}

} // namespace simmer::load

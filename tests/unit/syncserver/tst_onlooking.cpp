// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "fakes/SmallHttp.h"
#include "fakes/WindUpClock.h"
#include "storage/kitchen/CookingLog.h"
#include "timers/Timer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

using namespace simmer;
using namespace simmer::tests;
using timers::Start;

namespace {

constexpr qint64 Minute = 60'000;

Start plain(qint64 ms, const QString &name = QStringLiteral("Eggs"))
{
    return {name, ms, ms, {}, {}, {}};
}

struct Answer {
    int status = 0;
    QByteArray body;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
};

} // namespace

/// What looks on in a kitchen of a real server, over real sockets: the HTTP API, displays,
/// webhooks, metrics, the pulse, the cooking log.
class TestOnlooking : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_hands.vouch(); }
    void init() { startFresh(); }
    void cleanup()
    {
        m_replies.clear();
        stopServer();
    }

    void pressesAreSeenByTheApi();
    void whatTheApiStartsReachesDevices();
    void unknownTokensAreRefused();
    void viewersOnlyLookOn();
    void recipesAreListed();
    void aDisplayHearsWhatHappens();
    void revokedTokensLoseTheirStream();
    void aRingCallsItsWebhook();
    void nobodyThereCallsTheOtherWebhook();
    void timersRingAfterARestartWithNobodyThere();
    void metricsCount();
    void watchersHearThePulse();
    void unattendedReachesEverybody();
    void oldDevicesHearNoPulse();
    void whatWasCookedIsWrittenDown();
    void aDamagedCookingLogIsSetAside();
    void kitchensAreToldOf();
    void theFirstKitchenHasItsName();

private:
    QNetworkReply *ask(const QByteArray &method, const QString &path, const QByteArray &body = {},
                       const QByteArray &token = {});
    Answer answer(const QByteArray &method, const QString &path, const QByteArray &body = {},
                  const QByteArray &token = {});
    /// Time passes in small steps until that holds.
    template<class Test>
    bool passUntil(Test test, qint64 stepMs = 1000, int most = 400)
    {
        for (int i = 0; i < most; ++i) {
            if (QTest::qWaitFor(test, 30))
                return true;
            m_hands.advance(stepMs);
        }
        return test();
    }
    timers::Op startedBy(WireDevice &device, qint64 ms);
    const Clock &clock() const override { return m_hands; }

    fakes::WindUpClock m_hands;
    QNetworkAccessManager m_network;
    std::vector<std::unique_ptr<QNetworkReply>> m_replies;
};

QNetworkReply *TestOnlooking::ask(const QByteArray &method, const QString &path,
                                  const QByteArray &body, const QByteArray &token)
{
    QUrl url = m_url;
    url.setScheme(QStringLiteral("http"));
    url.setPath(path);
    QNetworkRequest request(url);
    if (!token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + token.toHex());
    if (!body.isEmpty())
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          QByteArrayLiteral("application/json"));
    m_replies.emplace_back(m_network.sendCustomRequest(request, method, body));
    return m_replies.back().get();
}

Answer TestOnlooking::answer(const QByteArray &method, const QString &path, const QByteArray &body,
                             const QByteArray &token)
{
    QNetworkReply *reply = ask(method, path, body, token);
    const bool done = QTest::qWaitFor([reply] { return reply->isFinished(); }, PatienceMs);
    if (!done)
        return {};
    return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll()};
}

timers::Op TestOnlooking::startedBy(WireDevice &device, qint64 ms)
{
    return pushed(device, plain(ms));
}

void TestOnlooking::pressesAreSeenByTheApi()
{
    WireDevice device;
    join(device);
    const timers::Op start = startedBy(device, 5 * Minute);
    const QByteArray guest = token(Role::Viewer);
    QCOMPARE(guest.size(), 32);
    QJsonArray timers;
    QTRY_VERIFY(!(timers = answer("GET", QStringLiteral("/api/v1/timers"), {}, guest)
                               .json()[QLatin1String("timers")]
                               .toArray())
                     .isEmpty());
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers[0][QLatin1String("name")].toString(), QStringLiteral("Eggs"));
    QCOMPARE(timers[0][QLatin1String("id")].toString(), TimerId(start.subject).toHex());
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/openapi.json")).status, 200);
    QCOMPARE(answer("GET", QStringLiteral("/api/v2/timers")).status, 404);
}

void TestOnlooking::whatTheApiStartsReachesDevices()
{
    WireDevice device;
    join(device);
    const QByteArray guest = token();
    const Answer made =
        answer("POST", QStringLiteral("/api/v1/timers"), R"({"name":"Rice","seconds":600})", guest);
    QCOMPARE(made.status, 201);
    const QString id = made.json()[QLatin1String("id")].toString();
    QTRY_COMPARE(device.log.size(), 1);
    QVERIFY2(device.faults.isEmpty(), qPrintable(device.faults.join(u'\n')));
    QCOMPARE(TimerId(device.log[0].op.subject).toHex(), id);
    QCOMPARE(device.log[0].op.cook, QStringLiteral("Display"));
    const Answer paused =
        answer("POST", QStringLiteral("/api/v1/timers/%1/pause").arg(id), {}, guest);
    QCOMPARE(paused.status, 200);
    QCOMPARE(paused.json()[QLatin1String("state")].toString(), QStringLiteral("paused"));
    QTRY_COMPARE(device.log.size(), 2);
}

void TestOnlooking::unknownTokensAreRefused()
{
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/timers")).status, 401);
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/timers"), {}, QByteArray(32, 'x')).status, 401);
}

void TestOnlooking::viewersOnlyLookOn()
{
    const QByteArray guest = token(Role::Viewer);
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/timers"), {}, guest).status, 200);
    QCOMPARE(
        answer("POST", QStringLiteral("/api/v1/timers"), R"({"name":"Rice","seconds":600})", guest)
            .status,
        403);
}

void TestOnlooking::recipesAreListed()
{
    WireDevice device;
    join(device);
    const QByteArray guest = token();
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/recipes"), {}, guest)
                 .json()[QLatin1String("recipes")]
                 .toArray()
                 .size(),
             0);
    QStringList titles;
    timers::Op first;
    for (int i = 0; i < 130; ++i) { // more than one shelf
        titles += QStringLiteral("Soup %1").arg(i, 3, 10, QLatin1Char('0'));
        timers::Op op =
            device.op(timers::WriteRecipe{{{QStringLiteral("title"), titles.last()},
                                           {QStringLiteral("ingredients"), QJsonArray()},
                                           {QStringLiteral("steps"), QJsonArray()}}},
                      now());
        op.subject = RecipeId::random().uuid();
        if (i == 0)
            first = op;
        device.say(protocol::Push{{op}});
        QTRY_VERIFY(device.hasAck(op.id));
        m_hands.advance(50); // as fast as a device may
    }
    QJsonArray listed;
    QTRY_COMPARE((listed = answer("GET", QStringLiteral("/api/v1/recipes"), {}, guest)
                               .json()[QLatin1String("recipes")]
                               .toArray())
                     .size(),
                 130);
    for (qsizetype i = 0; i < titles.size(); ++i)
        QCOMPARE(listed[i][QLatin1String("title")].toString(), titles[i]);
    const QString path = QStringLiteral("/api/v1/recipes/") + RecipeId(first.subject).toHex();
    QCOMPARE(answer("GET", path, {}, guest).json()[QLatin1String("title")].toString(), titles[0]);
    timers::Op gone = device.op(timers::RemoveRecipe{}, now());
    gone.subject = first.subject;
    gone.seen = {first.id};
    device.say(protocol::Push{{gone}});
    QTRY_COMPARE(answer("GET", path, {}, guest).status, 404);
    QTRY_COMPARE(answer("GET", QStringLiteral("/api/v1/recipes"), {}, guest)
                     .json()[QLatin1String("recipes")]
                     .toArray()
                     .size(),
                 129);
}

void TestOnlooking::aDisplayHearsWhatHappens()
{
    WireDevice device;
    join(device);
    QNetworkReply *stream = ask("GET", QStringLiteral("/api/v1/events"), {}, token());
    QByteArray heard;
    const auto hears = [&](const char *what) {
        heard += stream->readAll();
        return heard.contains(what);
    };
    QTRY_VERIFY(hears("event: timers"));
    startedBy(device, Minute);
    QTRY_VERIFY(hears("event: timer\n"));
    QTRY_VERIFY(hears("event: pulse"));
    QVERIFY(passUntil([&] { return hears("event: ring"); }));
    QVERIFY(!stream->isFinished());
}

void TestOnlooking::revokedTokensLoseTheirStream()
{
    const QByteArray guest = token();
    QNetworkReply *stream = ask("GET", QStringLiteral("/api/v1/events"), {}, guest);
    QTRY_VERIFY(stream->bytesAvailable() > 0);
    std::optional<QList<storage::Member>> members;
    m_server->devices([&](const auto &all) { members = *all; });
    QTRY_VERIFY(members);
    QCOMPARE(members->size(), 1);
    QCOMPARE(members->constFirst().role, Role::Cook);
    m_server->revoke(members->constFirst().id, [](const Outcome &outcome) { QVERIFY(outcome); });
    QTRY_VERIFY_WITH_TIMEOUT(stream->isFinished(), 2000);
    QCOMPARE(answer("GET", QStringLiteral("/api/v1/timers"), {}, guest).status, 401);
}

void TestOnlooking::aRingCallsItsWebhook()
{
    fakes::SmallHttp house;
    stopServer();
    m_options.webhookRing = house.url();
    startServer();
    WireDevice device;
    join(device);
    const timers::Op start = startedBy(device, 2 * Minute);
    QVERIFY(passUntil([&] { return !house.requests().isEmpty(); }, 5000));
    const QJsonObject event = QJsonDocument::fromJson(house.requests()[0].body).object();
    QCOMPARE(event[QLatin1String("event")].toString(), QStringLiteral("ring"));
    QCOMPARE(event[QLatin1String("timer")][QLatin1String("id")].toString(),
             TimerId(start.subject).toHex());
    QCOMPARE(event[QLatin1String("kitchen")][QLatin1String("name")].toString(),
             QStringLiteral("Kitchen"));
}

void TestOnlooking::nobodyThereCallsTheOtherWebhook()
{
    fakes::SmallHttp house;
    stopServer();
    m_options.webhookUnattended = house.url();
    startServer();
    {
        WireDevice device;
        join(device);
        startedBy(device, 10 * Minute);
    } // goes, and the kitchen stays awake for its timer
    QVERIFY(passUntil([&] { return !house.requests().isEmpty(); }, 10'000));
    const QJsonObject event = QJsonDocument::fromJson(house.requests()[0].body).object();
    QCOMPARE(event[QLatin1String("event")].toString(), QStringLiteral("unattended"));
}

void TestOnlooking::timersRingAfterARestartWithNobodyThere()
{
    fakes::SmallHttp house;
    {
        WireDevice device;
        join(device);
        startedBy(device, 30 * Minute);
    }
    stopServer();
    m_hands.advance(10 * Minute);
    m_options.webhookRing = house.url();
    startServer();
    QVERIFY(passUntil([&] { return !house.requests().isEmpty(); }, 20'000));
}

void TestOnlooking::metricsCount()
{
    WireDevice device;
    join(device);
    startedBy(device, Minute);
    const auto says = [this](const char *line) {
        return answer("GET", QStringLiteral("/metrics")).body.contains(line);
    };
    QTRY_VERIFY(says("simmer_ops_total 1\n"));
    QVERIFY(says("simmer_kitchens 1\n"));
    QVERIFY(says("simmer_kitchens_live 1\n"));
    QVERIFY(says("simmer_devices_connected 1\n"));
    QVERIFY(!says("simmer_http_requests_total 0\n"));
    QVERIFY(!says("simmer_store_bytes 0\n"));
    QVERIFY(passUntil([&] { return says("simmer_rings_total 1\n"); }, 10'000));
}

void TestOnlooking::watchersHearThePulse()
{
    WireDevice device;
    join(device);
    device.say(protocol::Watch{true});
    QTRY_COMPARE(device.count<protocol::Pulse>(), 1);
    QCOMPARE(device.heard<protocol::Pulse>()->mood, Mood::Quiet);
    startedBy(device, 30 * Minute);
    QTRY_COMPARE(device.heard<protocol::Pulse>()->mood, Mood::Simmering);
    QCOMPARE(device.heard<protocol::Pulse>()->score, 100);
    const qsizetype before = device.count<protocol::Pulse>();
    QVERIFY(passUntil([&] { return device.count<protocol::Pulse>() >= before + 3; }, 2000, 6));
    device.say(protocol::Watch{false});
    device.say(protocol::Ping{1});
    QTRY_VERIFY(device.heard<protocol::Pong>());
    const qsizetype after = device.count<protocol::Pulse>();
    m_hands.advance(10'000);
    device.forget();
    device.say(protocol::Ping{2});
    QTRY_VERIFY(device.heard<protocol::Pong>());
    QCOMPARE(device.count<protocol::Pulse>(), 0);
    QVERIFY(after > 0);
}

void TestOnlooking::unattendedReachesEverybody()
{
    WireDevice device;
    join(device);
    startedBy(device, 10 * Minute);
    QVERIFY(passUntil([&] { return device.heard<protocol::Pulse>().has_value(); }, 10'000));
    QCOMPARE(device.heard<protocol::Pulse>()->mood, Mood::Unattended);
    WireDevice other; // and whoever comes then
    join(other);
    QTRY_VERIFY(other.heard<protocol::Pulse>());
    QCOMPARE(other.heard<protocol::Pulse>()->mood, Mood::Unattended);
}

void TestOnlooking::oldDevicesHearNoPulse()
{
    WireDevice device;
    join(device);
    device.socket().abort();
    device.connectTo(m_url);
    QTRY_VERIFY(device.isOpen());
    device.forget();
    device.hello(protocol::PulseVersion - 1);
    QTRY_VERIFY(device.heard<protocol::Welcome>());
    WireDevice other;
    join(other);
    startedBy(other, 10 * Minute);
    QVERIFY(passUntil([&] { return other.heard<protocol::Pulse>().has_value(); }, 10'000));
    device.say(protocol::Ping{1});
    QTRY_VERIFY(device.heard<protocol::Pong>());
    QVERIFY(!device.heard<protocol::Pulse>());
}

void TestOnlooking::whatWasCookedIsWrittenDown()
{
    const QString file = m_options.dataDir + QStringLiteral("/cooking.db");
    const qint64 began = now();
    {
        WireDevice device;
        join(device);
        const timers::Op start = startedBy(device, 2 * Minute);
        m_hands.advance(2 * Minute + 30'000);
        timers::Op ack = device.op(timers::Acknowledge{start.id}, now());
        ack.subject = start.subject;
        ack.seen = {start.id};
        device.say(protocol::Push{{ack}});
        QTRY_VERIFY(device.hasAck(ack.id));
        timers::Op other = device.op(plain(5 * Minute, QStringLiteral("Rice")), now());
        other.subject = TimerId::random().uuid();
        timers::Op cancel = device.op(timers::Cancel{}, now() + 10);
        cancel.subject = other.subject;
        cancel.seen = {other.id};
        device.say(protocol::Push{{other, cancel}});
        QTRY_VERIFY(device.hasAck(cancel.id));
    }
    stopServer(); // which flushes
    const auto rows = storage::CookingLog::read(file, 0, 100);
    QVERIFY2(rows, rows ? "" : qPrintable(describe(rows.error())));
    QCOMPARE(rows->size(), 2);
    const storage::Cooked &eggs = rows->at(rows->at(0).name == QLatin1String("Eggs") ? 0 : 1);
    const storage::Cooked &rice = rows->at(rows->at(0).name == QLatin1String("Eggs") ? 1 : 0);
    QCOMPARE(eggs.how, storage::Cooked::How::Done);
    QCOMPARE(eggs.plannedMs, 2 * Minute);
    QCOMPARE(eggs.overtimeMs, 30'000);
    QCOMPARE(eggs.started, began);
    QCOMPARE(eggs.ended - eggs.started, 2 * Minute + 30'000);
    QCOMPARE(rice.how, storage::Cooked::How::Cancelled);
    QCOMPARE(rice.overtimeMs, 0);
    startServer(); // what is over for less than an hour is noted anew, not twice
    WireDevice device;
    join(device);
    stopServer();
    QCOMPARE(storage::CookingLog::read(file, 0, 100)->size(), 2);
}

void TestOnlooking::aDamagedCookingLogIsSetAside()
{
    stopServer();
    const QString path = m_options.dataDir + QStringLiteral("/cooking.db");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'x'));
    file.close();
    startServer();
    QSignalSpy warned(m_server.get(), &syncserver::SyncServer::warned);
    WireDevice device;
    join(device);
    const timers::Op start = startedBy(device, Minute);
    timers::Op cancel = device.op(timers::Cancel{}, now());
    cancel.subject = start.subject;
    cancel.seen = {start.id};
    device.say(protocol::Push{{cancel}});
    QTRY_VERIFY(device.hasAck(cancel.id));
    QVERIFY(passUntil([&] { return !warned.isEmpty(); }));
    QVERIFY(warned[0][0].toString().contains(QLatin1String("damaged")));
    stopServer();
    QCOMPARE(storage::CookingLog::read(path, 0, 100)->size(), 1);
}

void TestOnlooking::kitchensAreToldOf()
{
    WireDevice device;
    join(device);
    startedBy(device, Minute);
    std::optional<QList<syncserver::KitchenState>> states;
    m_server->kitchens([&](const auto &all) { states = *all; });
    QTRY_VERIFY(states);
    QCOMPARE(states->size(), 1);
    const syncserver::KitchenState &state = states->constFirst();
    QCOMPARE(state.name, QStringLiteral("Kitchen"));
    QVERIFY(state.awake);
    QCOMPARE(state.devices, 1);
    QCOMPARE(state.online, 1);
    QCOMPARE(state.head, 1);
    QCOMPARE(state.failures, 0);
    QVERIFY(!state.safeMode);
}

void TestOnlooking::theFirstKitchenHasItsName()
{
    stopServer();
    m_folder = std::make_unique<QTemporaryDir>();
    m_options.dataDir = m_folder->path();
    m_options.kitchenName = QStringLiteral("Casa");
    startServer();
    WireDevice device;
    join(device);
    QCOMPARE(device.heard<protocol::Welcome>()->kitchenName, QStringLiteral("Casa"));
}

QTEST_GUILESS_MAIN(TestOnlooking)
#include "tst_onlooking.moc"

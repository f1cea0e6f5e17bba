// SPDX-License-Identifier: GPL-3.0-or-later
#include "ApiHouse.h"
#include "syncserver/api/Routes.h"
#include "timers/OpCodec.h"

#include <QTest>

using namespace simmer;
using namespace simmer::syncserver;
using tests::ApiHouse;

namespace {

constexpr qint64 Minute = 60'000;

QString stateOf(const HttpAnswer &answer)
{
    return ApiHouse::json(answer).value(QLatin1String("state")).toString();
}

} // namespace

/// What other programs can do with a kitchen.
class TestApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_house = std::make_unique<ApiHouse>(); }
    void theWayOfATimer();
    void opsAreTheDevicesOwn();
    void answersWhenItIsDurable();
    void aSlotHasOneTimer();
    void listsWhatRingsNextFirst();
    void whatMakesNoSenseIsRefused();
    void anotherRingIsNotSilenced();
    void rolesHoldOnEachRoute();
    void withoutATokenNothingIsTold_data();
    void withoutATokenNothingIsTold();
    void badBodiesAreRefused_data();
    void badBodiesAreRefused();
    void mutatedBodiesAreAnsweredOnce();
    void longNamesGoUpToTheLimit();
    void unknownPathsAndMethods();
    void tellsRecipes();
    void whoDoesTooMuchWaits();
    void aBrokenStoreIsTold();
    void aKitchenThatBeginsAnew();
    void frontSendsByPath();

private:
    HttpAnswer ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                   Role role = Role::Cook)
    {
        const HttpAnswer answer = m_house->ask(method, path, body, role);
        if (answer.status >= 400)
            Q_ASSERT(answer.type == "application/problem+json");
        return answer;
    }

    std::unique_ptr<ApiHouse> m_house;
};

void TestApi::theWayOfATimer()
{
    const HttpAnswer started = ask("POST", "/api/v1/timers", R"({"name":" Eggs ","seconds":300})");
    QCOMPARE(started.status, 201);
    const QJsonObject timer = ApiHouse::json(started);
    QCOMPARE(timer.value(QLatin1String("name")).toString(), QStringLiteral("Eggs"));
    QCOMPARE(timer.value(QLatin1String("remaining_ms")).toInteger(), 5 * Minute);
    QCOMPARE(timer.value(QLatin1String("shown")).toString(), QStringLiteral("5:00"));
    const QByteArray path = ApiHouse::headerOf(started, "Location");
    QCOMPARE(path, "/api/v1/timers/" + timer.value(QLatin1String("id")).toString().toLatin1());
    m_house->kitchen->pass(Minute);
    QCOMPARE(stateOf(ask("POST", path + "/pause")), QStringLiteral("paused"));
    m_house->kitchen->pass(Minute);
    QCOMPARE(stateOf(ask("POST", path + "/resume", "{}")), QStringLiteral("running"));
    const HttpAnswer more = ask("POST", path + "/add", R"({"seconds":60})");
    QCOMPARE(ApiHouse::json(more).value(QLatin1String("remaining_ms")).toInteger(), 5 * Minute);
    m_house->kitchen->pass(5 * Minute);
    const HttpAnswer ringing = ask("GET", "/api/v1/timers");
    QVERIFY(ringing.body.contains(R"("state":"ringing")"));
    QCOMPARE(stateOf(ask("POST", path + "/ack")), QStringLiteral("done"));
    const QByteArray second = m_house->started();
    QCOMPARE(stateOf(ask("POST", second + "/cancel")), QStringLiteral("cancelled"));
}

void TestApi::opsAreTheDevicesOwn()
{
    const QByteArray path = m_house->started();
    m_house->kitchen->pass(1000);
    QCOMPARE(ask("POST", path + "/pause", {}, Role::Owner).status, 200);
    const QList<timers::StampedOp> log = m_house->kitchen->shelf.log();
    QCOMPARE(log.size(), 2);
    const timers::Op &start = log[0].op;
    QCOMPARE(start.device, m_house->deviceOf(Role::Cook));
    QCOMPARE(start.cook, QStringLiteral("Ana"));
    QCOMPARE(start.counter, 1);
    QVERIFY(start.seen.isEmpty());
    QCOMPARE(start.boot, m_house->kitchen->boot);
    const timers::Op &pause = log[1].op;
    QCOMPARE(pause.device, m_house->deviceOf(Role::Owner));
    QCOMPARE(pause.seen, QList<OpId>{start.id});
    QCOMPARE(pause.counter, 2);
    QCOMPARE(pause.at, m_house->kitchen->now);
    QVERIFY(timers::opFromBytes(timers::canonical(pause)));
}

void TestApi::answersWhenItIsDurable()
{
    m_house->kitchen->held = true;
    QCOMPARE(ask("POST", "/api/v1/timers", R"({"name":"Eggs","seconds":1})").status, 0);
    QVERIFY(m_house->kitchen->timers().isEmpty());
    m_house->kitchen->commit();
    QCOMPARE(m_house->answer().status, 201);
    QCOMPARE(m_house->answers(), 1);
}

void TestApi::aSlotHasOneTimer()
{
    const QByteArray id = m_house->soup().id.toHex().toLatin1();
    const QByteArray body =
        R"({"name":"Soup","seconds":1800,"recipe":")" + id + R"(","step":2,"slot":1})";
    const HttpAnswer started = ask("POST", "/api/v1/timers", body);
    QCOMPARE(started.status, 201);
    const QJsonObject timer = ApiHouse::json(started);
    QCOMPARE(timer.value(QLatin1String("id")).toString(),
             timers::timerAt({m_house->soup().id, 1, 0}).toHex());
    QCOMPARE(timer.value(QLatin1String("step")).toInt(), 2);
    QCOMPARE(ask("POST", "/api/v1/timers", body).status, 409);
    const QByteArray path = ApiHouse::headerOf(started, "Location");
    QCOMPARE(ask("POST", path + "/cancel").status, 200);
    QCOMPARE(ask("POST", "/api/v1/timers", body).status, 201);
    QByteArray wrong = body;
    QCOMPARE(ask("POST", "/api/v1/timers", wrong.replace("\"step\":2", "\"step\":1")).status, 404);
    QCOMPARE(ask("POST", "/api/v1/timers", wrong.replace("\"step\":1", "\"step\":3")).status, 404);
    wrong.replace(id, QByteArray(32, '0'));
    QCOMPARE(ask("POST", "/api/v1/timers", wrong).status, 404);
}

void TestApi::listsWhatRingsNextFirst()
{
    const QByteArray late = m_house->started("600");
    const QByteArray soon = m_house->started("60");
    const QByteArray over = m_house->started("30");
    QCOMPARE(ask("POST", over + "/cancel").status, 200);
    const QJsonArray timers =
        ApiHouse::json(ask("GET", "/api/v1/timers")).value(QLatin1String("timers")).toArray();
    QByteArrayList order;
    for (const QJsonValue &timer : timers)
        order += "/api/v1/timers/" + timer.toObject()[QLatin1String("id")].toString().toLatin1();
    QCOMPARE(order, (QByteArrayList{soon, late, over}));
}

void TestApi::whatMakesNoSenseIsRefused()
{
    const QByteArray path = m_house->started();
    QCOMPARE(ask("POST", path + "/resume").status, 409);
    QCOMPARE(ask("POST", path + "/ack").status, 409);
    QCOMPARE(ask("POST", path + "/pause").status, 200);
    QCOMPARE(ask("POST", path + "/pause").status, 409);
    QCOMPARE(ask("POST", path + "/add", R"({"seconds":34560000})").status, 409);
    QCOMPARE(ask("POST", path + "/cancel").status, 200);
    for (const char *deed : {"/pause", "/resume", "/ack", "/cancel"})
        QCOMPARE(ask("POST", path + deed).status, 409);
    QCOMPARE(ask("POST", path + "/add", R"({"seconds":1})").status, 409);
    const QByteArray rang = m_house->started("1");
    m_house->kitchen->pass(2000);
    QCOMPARE(ask("POST", rang + "/add", R"({"seconds":-1})").status, 409);
    QCOMPARE(ask("POST", rang + "/add", R"({"seconds":60})").status, 200);
    const QByteArray nobody = "/api/v1/timers/" + TimerId::random().toHex().toLatin1();
    QCOMPARE(ask("POST", nobody + "/pause").status, 404);
    QCOMPARE(ask("POST", nobody + "/ack").status, 404);
    QCOMPARE(m_house->kitchen->shelf.log().size(), 5); // nothing of what was refused
}

void TestApi::anotherRingIsNotSilenced()
{
    const QByteArray path = m_house->started("1");
    m_house->kitchen->pass(1000);
    const QByteArray wrong = R"({"ring_key":")" + OpId::random().toHex().toLatin1() + "\"}";
    QCOMPARE(ask("POST", path + "/ack", wrong).status, 409);
    const OpId key = m_house->kitchen->timers().constFirst().ringKey;
    const QByteArray right = R"({"ring_key":")" + key.toHex().toLatin1() + "\"}";
    QCOMPARE(ask("POST", path + "/ack", right).status, 200);
}

/// Role × route: refused with 403 exactly where the role is too small, and nothing is done.
void TestApi::rolesHoldOnEachRoute()
{
    const QList<Route> all = routes();
    int refused = 0;
    for (const Route &route : all) {
        for (const Role role : {Role::Viewer, Role::Cook, Role::Owner}) {
            QByteArray path = route.path;
            path.replace("{id}", OpId::random().toHex().toLatin1());
            const QByteArray body =
                route.takes && !route.takesNothing ? R"({"name":"x","seconds":5})" : QByteArray();
            const qsizetype before = m_house->kitchen->shelf.log().size();
            const int status = ask(route.method, path, body, role).status;
            QCOMPARE(status == 403, int(role) > int(route.needs));
            if (status == 403)
                QCOMPARE(m_house->kitchen->shelf.log().size(), before);
            refused += status == 403;
        }
        QCOMPARE(route.needs == Role::Viewer, route.method == "GET");
    }
    QCOMPARE(refused, 6);
}

void TestApi::withoutATokenNothingIsTold_data()
{
    QTest::addColumn<QByteArray>("authorization");
    const QByteArray good = ApiHouse::tokenOf(Role::Cook).toHex();
    QTest::newRow("none") << QByteArray();
    QTest::newRow("basic") << QByteArray("Basic " + good);
    QTest::newRow("bare") << good;
    QTest::newRow("short") << QByteArray("Bearer " + good.chopped(1));
    QTest::newRow("long") << QByteArray("Bearer " + good + "0");
    QTest::newRow("no hex") << QByteArray("Bearer " + good.chopped(1) + "g");
    QTest::newRow("two") << QByteArray("Bearer " + good + " " + good);
    QTest::newRow("unknown") << QByteArray("Bearer " + QByteArray(64, '0'));
    QTest::newRow("only the word") << QByteArray("Bearer");
    QTest::newRow("and a space") << QByteArray("Bearer ");
}

void TestApi::withoutATokenNothingIsTold()
{
    QFETCH(QByteArray, authorization);
    const QList<Route> all = routes();
    for (const Route &route : all) {
        HttpRequest request = m_house->request(route.method, route.path);
        request.path.replace("{id}", QByteArray(32, '0'));
        request.authorization = authorization;
        if (route.takes && !route.takesNothing) {
            request.body = R"({"name":"x","seconds":5})";
            request.contentType = "application/json";
        }
        const HttpAnswer answer = m_house->ask(request);
        QCOMPARE(answer.status, 401);
        QVERIFY(ApiHouse::headerOf(answer, "WWW-Authenticate").startsWith("Bearer"));
    }
    QVERIFY(m_house->kitchen->shelf.log().isEmpty());
    QVERIFY(!m_house->stream);
}

void TestApi::badBodiesAreRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::newRow("empty") << QByteArray() << 415;
    QTest::newRow("no JSON") << QByteArray("name=Eggs") << 400;
    QTest::newRow("an array") << QByteArray("[]") << 400;
    QTest::newRow("twice") << QByteArray(R"({"name":"a","seconds":1,"seconds":2})") << 400;
    QTest::newRow("deep") << QByteArray(R"({"name":[[[[["x"]]]]],"seconds":1})") << 400;
    QTest::newRow("unknown") << QByteArray(R"({"name":"a","seconds":1,"cook":"Ben"})") << 400;
    QTest::newRow("no name") << QByteArray(R"({"seconds":1})") << 400;
    QTest::newRow("blank name") << QByteArray(R"({"name":"  ","seconds":1})") << 400;
    QTest::newRow("a number") << QByteArray(R"({"name":5,"seconds":1})") << 400;
    QTest::newRow("zero") << QByteArray(R"({"name":"a","seconds":0})") << 400;
    QTest::newRow("minus") << QByteArray(R"({"name":"a","seconds":-5})") << 400;
    QTest::newRow("half") << QByteArray(R"({"name":"a","seconds":1.5})") << 400;
    QTest::newRow("huge") << QByteArray(R"({"name":"a","seconds":34560001})") << 400;
    QTest::newRow("vast") << QByteArray(R"({"name":"a","seconds":1e300})") << 400;
    QTest::newRow("text") << QByteArray(R"({"name":"a","seconds":"5"})") << 400;
    QTest::newRow("step only") << QByteArray(R"({"name":"a","seconds":5,"step":1})") << 400;
    QTest::newRow("bad id") << QByteArray(R"({"name":"a","seconds":5,"recipe":"x","step":1})")
                            << 400;
    QTest::newRow("no UTF-8") << QByteArray("{\"name\":\"\xff\",\"seconds\":1}") << 400;
    QTest::newRow("large") << QByteArray(R"({"name":")" + QByteArray(70'000, 'a') + "\"}") << 413;
}

void TestApi::badBodiesAreRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    const HttpAnswer answer = ask("POST", "/api/v1/timers", body);
    QCOMPARE(answer.status, status);
    QCOMPARE(m_house->shape.faults(ApiHouse::json(answer), QStringLiteral("Problem")),
             QStringList());
    QVERIFY(m_house->kitchen->shelf.log().isEmpty());
    HttpRequest request = m_house->request("POST", "/api/v1/timers", R"({"name":"a","seconds":1})");
    request.contentType = "text/plain";
    QCOMPARE(m_house->ask(request).status, 415);
    request.contentType = "Application/JSON; charset=utf-8";
    QCOMPARE(m_house->ask(request).status, 201);
}

void TestApi::mutatedBodiesAreAnsweredOnce()
{
    const QByteArray good = R"({"name":"Soup","seconds":1800,"recipe":")" +
                            m_house->soup().id.toHex().toLatin1() + R"(","step":2,"slot":1})";
    quint32 dice = 7;
    for (int i = 0; i < 3000; ++i) {
        QByteArray body = good;
        for (int change = 0; change < 1 + i % 3; ++change) {
            dice = dice * 1664525 + 1013904223;
            body[qsizetype((dice >> 8) % quint32(body.size()))] = char(dice >> 24);
        }
        const HttpAnswer answer = ask("POST", "/api/v1/timers", body);
        QCOMPARE(m_house->answers(), 1);
        QVERIFY(answer.status == 201 || answer.status == 429 ||
                (answer.status >= 400 && answer.status < 416));
    }
}

void TestApi::longNamesGoUpToTheLimit()
{
    const auto start = [this](const QByteArray &name) {
        return ask("POST", "/api/v1/timers", R"({"name":")" + name + R"(","seconds":5})").status;
    };
    QCOMPARE(start(QByteArray(200, 'a')), 201);
    QCOMPARE(start(QByteArray(201, 'a')), 400);
    QCOMPARE(ask("POST", "/api/v1/timers", R"({"name":"a","seconds":34560000})").status, 201);
}

void TestApi::unknownPathsAndMethods()
{
    for (const char *path : {"/api/v1", "/api/v1/", "/api/v1/timers/", "/api/v2/timers", "/",
                             "/api/v1/timers/xyz/pause", "/api/v1/recipes/../timers",
                             "/api/v1/timers/ABCDEF0123456789ABCDEF0123456789/pause"})
        QCOMPARE(ask("GET", path).status, 404);
    const HttpAnswer wrong = ask("DELETE", "/api/v1/timers");
    QCOMPARE(wrong.status, 405);
    QCOMPARE(ApiHouse::headerOf(wrong, "Allow"), "GET, POST");
    QCOMPARE(ask("GET", "/api/v1/timers/" + QByteArray(32, '0') + "/pause").status, 405);
    QCOMPARE(ask("PUT", "/api/v1/openapi.json").status, 405);
}

void TestApi::tellsRecipes()
{
    const QJsonArray recipes = ApiHouse::json(ask("GET", "/api/v1/recipes", {}, Role::Viewer))
                                   .value(QLatin1String("recipes"))
                                   .toArray();
    QCOMPARE(recipes.size(), 1);
    const QByteArray path = "/api/v1/recipes/" + m_house->soup().id.toHex().toLatin1();
    const QJsonObject soup = ApiHouse::json(ask("GET", path, {}, Role::Viewer));
    QCOMPARE(soup.value(QLatin1String("title")).toString(), QStringLiteral("Soup"));
    const QJsonObject slot = soup[QLatin1String("steps")][1][QLatin1String("timers")][0].toObject();
    QCOMPARE(slot.value(QLatin1String("start")).toInt(), 13); // the pot is one code point
    QCOMPARE(ask("GET", "/api/v1/recipes/" + QByteArray(32, '0')).status, 404);
}

void TestApi::whoDoesTooMuchWaits()
{
    m_house->kitchen->waitMs = 1500;
    const HttpAnswer answer = ask("POST", "/api/v1/timers", R"({"name":"a","seconds":1})");
    QCOMPARE(answer.status, 429);
    QCOMPARE(ApiHouse::headerOf(answer, "Retry-After"), "2");
    QVERIFY(m_house->kitchen->shelf.log().isEmpty());
}

void TestApi::aBrokenStoreIsTold()
{
    const auto status = [this](ErrorCode code) {
        m_house->kitchen->broken =
            Error{code, QStringLiteral("/var/lib/simmer/kitchens.db: no"), {}};
        const HttpAnswer answer = ask("POST", "/api/v1/timers", R"({"name":"a","seconds":1})");
        return answer.body.contains("/var/lib") ? -1 : answer.status;
    };
    QCOMPARE(status(ErrorCode::DiskFull), 507);
    QCOMPARE(status(ErrorCode::StoreBusy), 503);
    QCOMPARE(status(ErrorCode::StoreBroken), 500);
    QCOMPARE(ask("GET", "/api/v1/recipes").status, 500);
}

void TestApi::aKitchenThatBeginsAnew()
{
    m_house->closeKitchen();
    QCOMPARE(ask("GET", "/api/v1/timers").status, 503);
    QCOMPARE(ask("GET", "/api/v1/openapi.json").status, 200);
}

void TestApi::frontSendsByPath()
{
    HttpFront front;
    front.add("/api/v1", m_house->api);
    const auto status = [&](const QByteArray &path) {
        int answered = 0;
        front.answer(m_house->request("GET", path),
                     [&](const HttpAnswer &answer) { answered = answer.status; }, {});
        return answered;
    };
    QCOMPARE(status("/api/v1/timers"), 200);
    QCOMPARE(status("/api/v10/timers"), 404);
    QCOMPARE(status("/"), 404);
}

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"

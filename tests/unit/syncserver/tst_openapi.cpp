// SPDX-License-Identifier: GPL-3.0-or-later
#include "ApiHouse.h"

#include <QTest>

using namespace simmer;
using namespace simmer::syncserver;
using tests::ApiHouse;

namespace {

using K = QLatin1String;

QString schemaOf(const QJsonObject &contentHolder)
{
    const QJsonObject content = contentHolder.value(K("content")).toObject();
    const QJsonObject media = content.begin().value().toObject();
    return media.value(K("schema")).toObject().value(K("$ref")).toString().section(u'/', -1);
}

/// All strings below a value that are references.
void collectRefs(const QJsonValue &value, QStringList &refs)
{
    if (value.isArray())
        for (const QJsonValue &item : value.toArray())
            collectRefs(item, refs);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == K("$ref"))
            refs += it.value().toString();
        collectRefs(it.value(), refs);
    }
}

} // namespace

/// The description of the API, held against what the API does; and displays, which hear of it all.
class TestOpenApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_house = std::make_unique<ApiHouse>();
        m_description = ApiHouse::json(m_house->ask("GET", "/api/v1/openapi.json"));
    }
    void isWhole();
    void describesExactlyTheRoutes();
    void answersAreAsDescribed();
    void whatTheDescriptionForbidsIsRefused();
    void aDisplayGetsAllAndThenChanges();
    void displaysHearOfRings();
    void displaysHaveAnEnd();
    void revokedDisplaysEnd();
    void aCrowdedKitchenFitsIntoAStream();
    void silentDisplaysHearThatItIsThere();

private:
    QJsonObject operationOf(const QString &path, const QString &method) const
    {
        return m_description.value(K("paths"))[path][method].toObject();
    }
    void verify(const HttpAnswer &answer, const QString &path, const QString &method);

    std::unique_ptr<ApiHouse> m_house;
    QJsonObject m_description;
};

void TestOpenApi::isWhole()
{
    QCOMPARE(m_description.value(K("openapi")).toString(), QStringLiteral("3.1.0"));
    const QJsonObject schemas = m_description.value(K("components"))[K("schemas")].toObject();
    QVERIFY(schemas.size() >= 14);
    QStringList refs;
    collectRefs(m_description, refs);
    QVERIFY(!refs.isEmpty());
    for (const QString &ref : std::as_const(refs)) {
        QVERIFY(ref.startsWith(K("#/components/schemas/")));
        QVERIFY2(schemas.contains(ref.section(u'/', -1)), qPrintable(ref));
    }
}

void TestOpenApi::describesExactlyTheRoutes()
{
    QSet<QString> described;
    QSet<QString> names;
    const QJsonObject paths = m_description.value(K("paths")).toObject();
    for (auto path = paths.begin(); path != paths.end(); ++path) {
        const QJsonObject methods = path.value().toObject();
        for (auto method = methods.begin(); method != methods.end(); ++method) {
            described.insert(method.key().toUpper() + u' ' + path.key());
            names.insert(method.value()[K("operationId")].toString());
            QVERIFY(method.value()[K("summary")].toString().size() > 5);
        }
    }
    QSet<QString> routed;
    for (const Route &route : m_house->api.router().routes())
        routed.insert(QString::fromLatin1(route.method + ' ' + route.path));
    QCOMPARE(described, routed);
    QCOMPARE(names.size(), routed.size());
    for (const char *wanted :
         {"GET /api/v1/timers", "POST /api/v1/timers", "POST /api/v1/timers/{id}/pause",
          "POST /api/v1/timers/{id}/resume", "POST /api/v1/timers/{id}/add",
          "POST /api/v1/timers/{id}/ack", "POST /api/v1/timers/{id}/cancel", "GET /api/v1/recipes",
          "GET /api/v1/recipes/{id}", "GET /api/v1/events"})
        QVERIFY2(described.contains(QString::fromLatin1(wanted)), wanted);
}

void TestOpenApi::verify(const HttpAnswer &answer, const QString &path, const QString &method)
{
    const QJsonObject responses = operationOf(path, method).value(K("responses")).toObject();
    const QJsonObject response = responses.value(QString::number(answer.status)).toObject();
    QVERIFY2(!response.isEmpty(), qPrintable(path + QString::number(answer.status)));
    QVERIFY(response.value(K("content")).toObject().contains(QString::fromLatin1(answer.type)));
    if (answer.type != "text/event-stream")
        QCOMPARE(m_house->shape.faults(ApiHouse::json(answer), schemaOf(response)), QStringList());
}

/// Each route is asked well and badly; every answer is one that its description has.
void TestOpenApi::answersAreAsDescribed()
{
    const QList<QByteArray> bodies{{},
                                   "{}",
                                   R"({"name":"Eggs","seconds":5})",
                                   R"({"seconds":60})",
                                   R"({"seconds":-34560000})",
                                   R"({"ring_key":"00000000000000000000000000000000"})",
                                   "nonsense",
                                   "{\"name\":\"" + QByteArray(70'000, 'x') + "\"}"};
    QHash<QString, QSet<int>> seen;
    const QList<Route> all = m_house->api.router().routes();
    for (int round = 0; round < 13; ++round) {
        const QByteArray timer = m_house->started("2").split('/').constLast();
        m_house->kitchen->pass(round % 3 * 1000);
        m_house->kitchen->waitMs = round == 9 ? 1000 : 0;
        if (round == 10)
            m_house->kitchen->broken = Error{ErrorCode::DiskFull, QStringLiteral("full"), {}};
        if (round == 11)
            m_house->kitchen->broken = Error{ErrorCode::StoreBusy, QStringLiteral("busy"), {}};
        if (round == 12)
            m_house->kitchen->broken = Error{ErrorCode::StoreBroken, QStringLiteral("no"), {}};
        for (const Route &route : all) {
            const QByteArray fresh = m_house->started("2").split('/').constLast();
            const QList<QByteArray> ids{timer, fresh, m_house->soup().id.toHex().toLatin1(),
                                        QByteArray(32, '0')};
            for (const QByteArray &id : ids) {
                for (const QByteArray &body : bodies) {
                    for (const Role role : {Role::Viewer, Role::Cook}) {
                        HttpRequest request = m_house->request(
                            route.method, QByteArray(route.path).replace("{id}", id), body, role);
                        if (round == 8)
                            request.authorization.clear();
                        const HttpAnswer answer = m_house->ask(request);
                        if (m_house->stream)
                            m_house->stream->end();
                        QCOMPARE(m_house->answers(), 1);
                        const QString path = QString::fromLatin1(route.path);
                        verify(answer, path, QString::fromLatin1(route.method.toLower()));
                        if (QTest::currentTestFailed())
                            return;
                        seen[QString::fromLatin1(route.operation)].insert(answer.status);
                    }
                }
            }
        }
    }
    for (const Route &route : all)
        QVERIFY2(seen.value(QString::fromLatin1(route.operation)).contains(route.status),
                 route.operation);
    QVERIFY(seen.value(QStringLiteral("startTimer"))
                .contains(QSet<int>{201, 400, 401, 403, 413, 415, 429, 500, 503, 507}));
}

/// What the schema of a body forbids, the API does not take either; and the reverse.
void TestOpenApi::whatTheDescriptionForbidsIsRefused()
{
    const QList<QByteArray> bodies{
        R"({"name":"a","seconds":1})",          R"({"name":"a","seconds":34560000})",
        R"({"name":"a","seconds":34560001})",   R"({"name":"a","seconds":0})",
        R"({"name":"","seconds":1})",           R"({"name":"a"})",
        R"({"name":"a","seconds":1,"x":1})",    R"({"name":"a","seconds":1.5})",
        R"({"name":"a","seconds":1,"step":1})", R"({"name":"a","seconds":1,"slot":1,"step":1})",
        R"({"name":null,"seconds":1})",         R"({"name":"a","seconds":"1"})"};
    for (const QByteArray &body : bodies) {
        const bool described =
            m_house->shape
                .faults(QJsonDocument::fromJson(body).object(), QStringLiteral("NewTimer"))
                .isEmpty();
        const int status = m_house->ask("POST", "/api/v1/timers", body).status;
        QVERIFY2(described == (status == 201), body);
    }
}

void TestOpenApi::aDisplayGetsAllAndThenChanges()
{
    const QByteArray eggs = m_house->started();
    const HttpAnswer head = m_house->ask("GET", "/api/v1/events", {}, Role::Viewer);
    QCOMPARE(head.type, "text/event-stream");
    QVERIFY(m_house->stream->text.startsWith("id: 1\nevent: timers\ndata: {"));
    auto events = m_house->stream->take();
    QCOMPARE(events.size(), 1);
    QCOMPARE(m_house->shape.faults(events[0].second, QStringLiteral("Timers")), QStringList());
    QCOMPARE(events[0].second.value(K("timers")).toArray().size(), 1);
    (void)m_house->ask("POST", eggs + "/pause");
    QVERIFY(m_house->stream->text.contains("id: 2\nevent: timer\n"));
    events = m_house->stream->take();
    QCOMPARE(events.size(), 1);
    QCOMPARE(m_house->shape.faults(events[0].second, QStringLiteral("TimerEvent")), QStringList());
    QCOMPARE(events[0].second[K("timer")][K("state")].toString(), QStringLiteral("paused"));
}

void TestOpenApi::displaysHearOfRings()
{
    const QByteArray eggs = m_house->started("60");
    (void)m_house->ask("GET", "/api/v1/events");
    (void)m_house->stream->take();
    QStringList heard;
    for (int minute = 0; minute < 90; ++minute) {
        m_house->kitchen->pass(Pulse::PatienceMs);
        for (const auto &[name, data] : m_house->stream->take()) {
            heard += name;
            const QString schema = name == K("gone")    ? QStringLiteral("GoneEvent")
                                   : name == K("pulse") ? QStringLiteral("PulseEvent")
                                                        : QStringLiteral("TimerEvent");
            QCOMPARE(m_house->shape.faults(data, schema), QStringList());
        }
    }
    heard.removeAll(QStringLiteral("timer"));
    QCOMPARE(heard, (QStringList{QStringLiteral("ring"), QStringLiteral("pulse"),
                                 QStringLiteral("unattended"), QStringLiteral("gone"),
                                 QStringLiteral("pulse")}));
}

void TestOpenApi::displaysHaveAnEnd()
{
    QList<std::shared_ptr<tests::OpenStream>> open;
    for (qsizetype i = 0; i < Displays::MostOfADevice; ++i) {
        QCOMPARE(m_house->ask("GET", "/api/v1/events").status, 200);
        open += m_house->stream;
    }
    QCOMPARE(m_house->ask("GET", "/api/v1/events").status, 429);
    QCOMPARE(m_house->ask("GET", "/api/v1/events", {}, Role::Owner).status, 200);
    open[3]->end(); // its reader went away
    QCOMPARE(m_house->ask("GET", "/api/v1/events").status, 200);
    m_house->kitchen->safeMode = true;
    QCOMPARE(m_house->ask("GET", "/api/v1/events", {}, Role::Owner).status, 503);
}

void TestOpenApi::revokedDisplaysEnd()
{
    (void)m_house->ask("GET", "/api/v1/events");
    const auto mine = m_house->stream;
    (void)m_house->ask("GET", "/api/v1/events", {}, Role::Owner);
    m_house->kitchen->screens.revoke(m_house->deviceOf(Role::Cook));
    QVERIFY(!mine->isOpen());
    QVERIFY(m_house->stream->isOpen());
    QCOMPARE(m_house->kitchen->screens.size(), 1);
}

void TestOpenApi::aCrowdedKitchenFitsIntoAStream()
{
    fakes::OpMaker maker;
    QList<timers::StampedOp> ops;
    for (int i = 0; i < 2000; ++i)
        ops += maker.make(TimerId::random(),
                          timers::Start{QString(60, u'x'), 60'000 + i, 60'000 + i, {}},
                          m_house->kitchen->now);
    m_house->kitchen->lively.committed(m_house->kitchen->shelf.commit(ops), m_house->kitchen->now);
    (void)m_house->ask("GET", "/api/v1/events");
    QVERIFY(m_house->stream->text.size() < 250'000);
    const QJsonObject all = m_house->stream->take().constFirst().second;
    QCOMPARE(all.value(K("timers")).toArray().size(), Displays::MostTimers);
    QCOMPARE(all.value(K("more")).toInt(), 2000 - Displays::MostTimers);
    QCOMPARE(all[K("timers")][0][K("remaining_ms")].toInteger(), 60'000);
    m_house->kitchen->lively.tick(m_house->kitchen->now + 120 * 60'000); // all are history at once
    QVERIFY(m_house->stream->text.size() < 250'000);
}

void TestOpenApi::silentDisplaysHearThatItIsThere()
{
    QVERIFY(!m_house->kitchen->screens.nextAt());
    (void)m_house->ask("GET", "/api/v1/events");
    (void)m_house->stream->take();
    QVERIFY(m_house->kitchen->screens.nextAt());
    m_house->kitchen->pass(Displays::BeatMs);
    QCOMPARE(m_house->stream->text, ": still here\n\n");
    m_house->stream->end();
    m_house->kitchen->pass(Displays::BeatMs);
    QCOMPARE(m_house->kitchen->screens.size(), 0);
    QVERIFY(!m_house->kitchen->screens.nextAt());
}

QTEST_GUILESS_MAIN(TestOpenApi)
#include "tst_openapi.moc"

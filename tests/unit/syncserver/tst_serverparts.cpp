// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/OpMaker.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "recipes/RecipeCodec.h"
#include "syncserver/net/Door.h"
#include "syncserver/net/Places.h"
#include "syncserver/sessions/OpCheck.h"
#include "syncserver/sessions/RateLimit.h"
#include "syncserver/sessions/Stretch.h"
#include "timers/OpCodec.h"

#include <QTest>

using namespace simmer;
using namespace simmer::syncserver;

namespace {

const QString Loopback = QStringLiteral("127.0.0.1");

std::optional<QString> refusalOf(const timers::Op &op)
{
    return refusal(op, timers::canonical(op));
}

timers::Op recipeOp(const QJsonObject &recipe)
{
    return fakes::OpMaker().make(QUuid::createUuid(), timers::WriteRecipe{recipe}, 0).op;
}

QJsonObject nested(int levels)
{
    QJsonObject object;
    for (int i = 1; i < levels; ++i)
        object = {{QStringLiteral("x"), object}};
    return object;
}

storage::LogEntry entryOf(qint64 seq, qsizetype bytes)
{
    const timers::Op op = recipeOp({{QStringLiteral("title"), QString(bytes, QLatin1Char('x'))}});
    return {seq, 1000 + seq, QByteArray(32, char(seq)), timers::canonical(op)};
}

} // namespace

/// The parts of the server that need no socket.
class TestServerParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doorOpensForItsNames_data();
    void doorOpensForItsNames();
    void doorKnowsItsLists();
    void doorKnowsItsPages();
    void placesAreGivenAndGivenBack();
    void placesOfOneHouseComeBack();
    void rateAllowsABurstThenWaits();
    void rateRefillsButNotBeyondTheBurst();
    void rateIgnoresAClockThatStepsBack();
    void ordinaryOpsPass();
    void opsWithoutIdsAreRefused();
    void recipeSizeIsCheckedExactly();
    void opsThatAPageCouldNotCarryAreRefused();
    void onlyTheCanonicalPushCounts();
    void stretchesReadAsPages();
    void stretchesStayWithinTheLimits();
};

void TestServerParts::doorOpensForItsNames_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("opens");
    QTest::newRow("own") << Loopback << QByteArray("127.0.0.1:7464") << true;
    QTest::newRow("without port") << Loopback << QByteArray("127.0.0.1") << true;
    QTest::newRow("localhost") << Loopback << QByteArray("LocalHost:1") << true;
    QTest::newRow("IPv6") << QStringLiteral("::1") << QByteArray("[::1]:7464") << true;
    QTest::newRow("IPv6 plain") << QStringLiteral("::1") << QByteArray("[::1]") << true;
    QTest::newRow("public") << QStringLiteral("192.0.2.7") << QByteArray("192.0.2.7:80") << true;
    QTest::newRow("empty") << Loopback << QByteArray() << false;
    QTest::newRow("foreign") << Loopback << QByteArray("evil.example") << false;
    QTest::newRow("prefix") << Loopback << QByteArray("127.0.0.1.evil.example") << false;
    QTest::newRow("suffix") << Loopback << QByteArray("evil-localhost") << false;
    QTest::newRow("not listened on") << Loopback << QByteArray("192.0.2.7") << false;
    QTest::newRow("userinfo") << Loopback << QByteArray("localhost@evil.example") << false;
}

void TestServerParts::doorOpensForItsNames()
{
    QFETCH(const QString, address);
    QFETCH(const QByteArray, host);
    QFETCH(const bool, opens);
    const std::string_view name(host.constData(), size_t(host.size()));
    const Door door({}, {}, true);
    QCOMPARE(door.answer({"GET", "/sync", name, {}, true}, address),
             opens ? Answer::Sync : Answer::Forbidden);
    QCOMPARE(door.answer({"GET", "/api/v1/timers", name, {}, false}, address),
             opens ? Answer::Ask : Answer::Forbidden);
    QCOMPARE(door.answer({"GET", "/sync", name, "http://localhost", true}, address),
             Answer::Forbidden);
}

void TestServerParts::doorKnowsItsLists()
{
    const Door door({QStringLiteral("Kitchen.local"), QStringLiteral("2001:db8::1")},
                    {QStringLiteral("https://kitchen.local")}, true);
    const auto answerTo = [&](std::string_view host, std::optional<std::string_view> origin) {
        return door.answer({"POST", "/api", host, origin, false}, Loopback);
    };
    QCOMPARE(answerTo("kitchen.LOCAL:7464", {}), Answer::Ask);
    QCOMPARE(answerTo("[2001:db8::1]:7464", {}), Answer::Ask);
    QCOMPARE(answerTo("pantry.local", {}), Answer::Forbidden);
    QCOMPARE(answerTo("kitchen.local", "https://kitchen.local"), Answer::Ask);
    QCOMPARE(answerTo("pantry.local", "https://kitchen.local"), Answer::Forbidden);
    for (const char *origin : {"", "null", "http://kitchen.local", "https://kitchen.local:80",
                               "https://kitchen.local.evil.example", "https://kitchen.locaL"})
        QCOMPARE(answerTo("kitchen.local", origin), Answer::Forbidden);
}

void TestServerParts::doorKnowsItsPages()
{
    const Door asks({}, {}, true);
    const Door plain({}, {}, false);
    const auto at = [](const Door &door, std::string_view method, std::string_view target,
                       bool webSocket) {
        return door.answer({method, target, "localhost", {}, webSocket}, Loopback);
    };
    for (const Door *door : {&asks, &plain}) {
        QCOMPARE(door->answer({"GET", "/healthz", "x", {}, false}, Loopback), Answer::Healthy);
        QCOMPARE(at(*door, "HEAD", "/healthz", false), Answer::Healthy);
        QCOMPARE(at(*door, "GET", "/healthz", true), Answer::Unknown);
        QCOMPARE(at(*door, "GET", "/sync", false), Answer::Unknown);
        QCOMPARE(at(*door, "GET", "/sync?x", true), Answer::Unknown);
        QCOMPARE(at(*door, "GET", "", true), Answer::Unknown);
        QCOMPARE(at(*door, "GET", "http://localhost/", false), Answer::Unknown);
        QCOMPARE(at(*door, "OPTIONS", "*", false), Answer::Unknown);
    }
    QCOMPARE(at(asks, "PUT", "/healthz", false), Answer::Ask);
    QCOMPARE(at(plain, "PUT", "/healthz", false), Answer::Unknown);
    QCOMPARE(at(plain, "GET", "/", false), Answer::Unknown);
}

void TestServerParts::placesAreGivenAndGivenBack()
{
    int rooms = 0;
    Places places({3, 2, 1, 1, 4}, [&] { ++rooms; });
    const Neighbourhood ana{1};
    const Neighbourhood ben{2};
    auto first = places.enter(&ana);
    auto second = places.enter(&ana);
    QVERIFY(first && second);
    QVERIFY(!places.enter(&ana)); // two of one house are enough
    QVERIFY(places.hasRoom());
    auto third = places.enter(&ben);
    QVERIFY(!places.hasRoom());
    QCOMPARE(rooms, 0);

    QVERIFY(first->becomeGuest());
    QVERIFY(first->becomeGuest()); // is one already
    QCOMPARE(rooms, 1);
    QVERIFY(!second->becomeGuest()); // there is one from there
    QVERIFY(!third->becomeGuest());  // there is one at all
    first->becomeKnown();
    QVERIFY(third->becomeGuest());
    QVERIFY(!third->isBeyond());

    auto fourth = places.enter(nullptr);
    QVERIFY(!fourth->isBeyond());
    const auto fifth = places.enter(nullptr);
    QVERIFY(fifth->isBeyond());
    const int before = rooms;
    fourth.reset();
    QCOMPARE(rooms, before + 1);
    third.reset(); // a guest leaves no stranger's place
    QCOMPARE(rooms, before + 1);
    first.reset();
    QVERIFY(!places.enter(nullptr)->isBeyond());
}

void TestServerParts::placesOfOneHouseComeBack()
{
    Places places({100, 2, 100, 1, 100}, [] {});
    const Neighbourhood ana{1};
    for (int i = 0; i < 100; ++i) {
        auto first = places.enter(&ana);
        auto second = places.enter(&ana);
        QVERIFY(first && second && !places.enter(&ana));
        if (i % 3 == 0)
            second->becomeKnown();
        if (i % 3 == 1)
            QVERIFY(second->becomeGuest());
    }
}

void TestServerParts::rateAllowsABurstThenWaits()
{
    RateLimit rate(50, 200, 0);
    QCOMPARE(rate.take(200, 0), 0);
    QCOMPARE(rate.take(1, 0), 20);
    QCOMPARE(rate.take(64, 0), 65 * 20);
    QCOMPARE(rate.take(1, 65 * 20), 20);
}

void TestServerParts::rateRefillsButNotBeyondTheBurst()
{
    RateLimit rate(50, 200, 0);
    QCOMPARE(rate.take(200, 0), 0);
    QCOMPARE(rate.take(50, 1000), 0);
    QCOMPARE(rate.take(201, 1'000'000), 20);
}

void TestServerParts::rateIgnoresAClockThatStepsBack()
{
    RateLimit rate(50, 200, 1000);
    QCOMPARE(rate.take(200, 0), 0);
    QCOMPARE(rate.take(1, 0), 20);
}

void TestServerParts::ordinaryOpsPass()
{
    fakes::OpMaker maker;
    const timers::Place place{RecipeId::random(), 3, 1};
    const timers::Start start{QStringLiteral("Bröd \U0001F35E"), 1000, 2000, place};
    for (const timers::Action &action : QList<timers::Action>{
             start, timers::Pause{}, timers::Add{-5}, timers::Acknowledge{OpId::random()},
             timers::WriteRecipe{{{QStringLiteral("n"), 1.5}, {QStringLiteral("m"), 1e21}}},
             timers::RemoveRecipe{}}) {
        const auto why = refusalOf(maker.make(QUuid::createUuid(), action, 5).op);
        QVERIFY2(!why, qPrintable(why.value_or(QString())));
    }
}

void TestServerParts::opsWithoutIdsAreRefused()
{
    timers::Op op = recipeOp({});
    op.device = {};
    QVERIFY(refusalOf(op));
    op = recipeOp({});
    op.id = {};
    QVERIFY(refusalOf(op));
    op = recipeOp({});
    op.subject = {};
    QVERIFY(refusalOf(op));
}

void TestServerParts::recipeSizeIsCheckedExactly()
{
    const auto sized = [](qsizetype bytes) {
        return recipeOp({{QStringLiteral("t"), QString(bytes - 8, QLatin1Char('x'))}}); // {"t":"…"}
    };
    QVERIFY(!refusalOf(sized(recipes::MaxRecipeBytes)));
    QVERIFY(refusalOf(sized(recipes::MaxRecipeBytes + 1)));
}

void TestServerParts::opsThatAPageCouldNotCarryAreRefused()
{
    // A page nests an op one level deeper than a push: what a push can just carry would keep
    // every device of the kitchen from ever reading the log beyond it.
    const int deepest = protocol::limits::JsonDepth - 5; // page, entries, entry, op, arg
    QVERIFY(!refusalOf(recipeOp(nested(deepest))));
    QVERIFY(refusalOf(recipeOp(nested(deepest + 1))));
}

void TestServerParts::onlyTheCanonicalPushCounts()
{
    fakes::OpMaker maker;
    QList<timers::Op> ops;
    QList<QByteArray> bodies;
    for (int i = 0; i < 3; ++i) {
        ops += maker.make(TimerId::random(), timers::Pause{}, i).op;
        bodies += timers::canonical(ops.constLast());
    }
    const QByteArray push = protocol::encode(protocol::FromDevice(protocol::Push{ops}));
    QVERIFY(isCanonical(push, bodies));
    QVERIFY(!isCanonical(push, bodies.mid(1)));
    QVERIFY(!isCanonical(push, {bodies[1], bodies[0], bodies[2]}));
    QVERIFY(!isCanonical(push + ' ', bodies));
    QVERIFY(!isCanonical(QByteArray(push).replace("\"ops\":[", "\"ops\":[ "), bodies));
    QVERIFY(!isCanonical({}, {}));
    for (qsizetype i = 0; i < ops.size(); ++i)
        QCOMPARE(refusal(ops[i], bodies[i], Read::AsWritten), std::nullopt);
}

void TestServerParts::stretchesReadAsPages()
{
    const QList<storage::LogEntry> entries{entryOf(5, 10), entryOf(6, 10)};
    const QList<Stretch> pages = stretches(entries);
    QCOMPARE(pages.size(), 1);
    QCOMPARE(pages[0].first, 5);
    QCOMPARE(pages[0].last, 6);
    const auto read = protocol::decodeFromServer(*pages[0].page);
    QVERIFY(read);
    const auto &page = std::get<protocol::Page>(*read);
    QCOMPARE(page.entries.size(), 2);
    QCOMPARE(page.entries[1].seq, 6);
    QCOMPARE(page.entries[1].kt, 1006);
    QCOMPARE(page.entries[1].chain, entries[1].chain);
    QCOMPARE(timers::canonical(page.entries[1].op), entries[1].body);
    QCOMPARE(protocol::encode(protocol::FromServer(page)), *pages[0].page);
    QVERIFY(stretches({}).isEmpty());
}

void TestServerParts::stretchesStayWithinTheLimits()
{
    QList<storage::LogEntry> entries;
    for (qint64 seq = 1; seq <= 300; ++seq)
        entries += entryOf(seq, 10);
    for (qint64 seq = 301; seq <= 304; ++seq)
        entries += entryOf(seq, 150'000);
    entries += entryOf(305, recipes::MaxRecipeBytes - 12);
    qint64 next = 1;
    const QList<Stretch> pages = stretches(entries);
    for (const Stretch &page : pages) {
        QCOMPARE(page.first, next);
        next = page.last + 1;
        QVERIFY(page.page->size() <= protocol::limits::MessageBytes);
        QVERIFY(protocol::decodeFromServer(*page.page));
    }
    QCOMPARE(next, 306);
    QCOMPARE(pages.size(), 3 + 4);
}

QTEST_GUILESS_MAIN(TestServerParts)
#include "tst_serverparts.moc"

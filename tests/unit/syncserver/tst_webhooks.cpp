// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/SmallHttp.h"
#include "syncserver/onlookers/Webhooks.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSslKey>
#include <QSslServer>
#include <QTest>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

using namespace simmer;
using namespace simmer::syncserver;
using fakes::Heard;
using fakes::SmallHttp;

namespace {

constexpr qint64 T0 = 1'700'000'000'000;

HookEvent ring(const QString &name = QStringLiteral("Eggs"))
{
    timers::Timer timer;
    timer.id = TimerId::random();
    timer.ringKey = OpId::random();
    timer.name = name;
    timer.cook = QStringLiteral("Ana Secretcook");
    timer.place = timers::Place{RecipeId::random(), 1, 0};
    timer.endAt = T0;
    return {HookEvent::Kind::Ring, KitchenId::random(), QStringLiteral("Home"), timer, T0 + 100};
}

QJsonObject json(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

QByteArray takeAll(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    QByteArray text(bytes, size);
    BIO_free(bio);
    return text;
}

/// A server with a certificate that it made itself.
std::unique_ptr<QSslServer> selfMade()
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("127.0.0.1"), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    X509_set_pubkey(certificate, key);
    X509_sign(certificate, key, EVP_sha256());
    BIO *pem = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(pem, certificate);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(takeAll(pem)));
    pem = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(pem, key, nullptr, nullptr, 0, nullptr, nullptr);
    configuration.setPrivateKey(QSslKey(takeAll(pem), QSsl::Ec));
    X509_free(certificate);
    EVP_PKEY_free(key);
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

/// What the house hears of rings.
class TestWebhooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatRangAndNoMore();
    void tellsWhatNobodyAnswers();
    void onlyWebAddresses();
    void triesAgainAfterTrouble();
    void givesUpAfterThreeTries();
    void silenceIsTrouble();
    void anAnswerWithoutEndIsSilence();
    void followsNoRedirect();
    void aRefusalIsFinal();
    void trustsNoSelfMadeCertificate();
    void oneAddressThatIsDownHoldsUpNoOther();
    void theSameRingIsToldOnce();
    void aQueueHasAnEnd();
    void endsWhileItWaits();

private:
    SystemClock m_clock;
    HookTiming m_hasty{400, 1};
};

void TestWebhooks::tellsWhatRangAndNoMore()
{
    SmallHttp house;
    Webhooks hooks(m_clock, {house.url(QStringLiteral("/api/webhook/abc"))}, m_hasty);
    const Heard delivered(&hooks, &Webhooks::delivered);
    const HookEvent event = ring();
    hooks.tell(event);
    QTRY_COMPARE(delivered.size(), 1);
    QCOMPARE(delivered.first(), QStringLiteral("127.0.0.1"));
    QCOMPARE(house.requests().size(), 1);
    const SmallHttp::Request request = house.requests().constFirst();
    QVERIFY(request.head.startsWith("POST /api/webhook/abc HTTP/1.1\r\n"));
    QVERIFY(request.head.toLower().contains("content-type: application/json"));
    const QJsonObject timer{{QStringLiteral("id"), event.timer.id.toHex()},
                            {QStringLiteral("name"), QStringLiteral("Eggs")},
                            {QStringLiteral("ring"), event.timer.ringKey.toHex()},
                            {QStringLiteral("ended"), QStringLiteral("2023-11-14T22:13:20.000Z")},
                            {QStringLiteral("late"), false}};
    const QJsonObject kitchen{{QStringLiteral("id"), event.kitchen.toHex()},
                              {QStringLiteral("name"), QStringLiteral("Home")}};
    const QJsonObject expected{{QStringLiteral("event"), QStringLiteral("ring")},
                               {QStringLiteral("at"), QStringLiteral("2023-11-14T22:13:20.100Z")},
                               {QStringLiteral("kitchen"), kitchen},
                               {QStringLiteral("timer"), timer}};
    QCOMPARE(json(request.body), expected);
}

void TestWebhooks::tellsWhatNobodyAnswers()
{
    HookEvent event = ring();
    event.kind = HookEvent::Kind::Unattended;
    event.at = T0 + 60'000;
    const QJsonObject told = json(hookBody(event));
    QCOMPARE(told.value(QStringLiteral("event")).toString(), QStringLiteral("unattended"));
    QVERIFY(told.value(QStringLiteral("timer")).toObject().value(QStringLiteral("late")).toBool());
}

void TestWebhooks::onlyWebAddresses()
{
    for (const char *good : {"http://homeassistant.local:8123/api/webhook/x", "https://h/?a=b"})
        QVERIFY2(hookUrl(QString::fromLatin1(good)), good);
    for (const char *bad : {"", "homeassistant.local", "file:///etc/passwd", "ftp://h/x", "http://",
                            "javascript:alert(1)", "http:// h/", "https:///path"})
        QVERIFY2(!hookUrl(QString::fromLatin1(bad)), bad);
}

void TestWebhooks::triesAgainAfterTrouble()
{
    SmallHttp house;
    house.willAnswer({SmallHttp::status(503), SmallHttp::status(429), SmallHttp::status(204)});
    Webhooks hooks(m_clock, {house.url()}, m_hasty);
    const Heard delivered(&hooks, &Webhooks::delivered);
    hooks.tell(ring());
    QTRY_COMPARE(delivered.size(), 1);
    QCOMPARE(house.requests().size(), 3);
    QCOMPARE(house.requests()[0].body, house.requests()[2].body);
}

void TestWebhooks::givesUpAfterThreeTries()
{
    SmallHttp house;
    house.willAnswer({SmallHttp::status(500)});
    Webhooks hooks(m_clock, {house.url()}, m_hasty);
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first<1>().contains(QStringLiteral("500")));
    QCOMPARE(house.requests().size(), 3);
    house.willAnswer({SmallHttp::status(200)}); // and the next one has three of its own
    const Heard delivered(&hooks, &Webhooks::delivered);
    hooks.tell(ring());
    QTRY_COMPARE(delivered.size(), 1);
}

void TestWebhooks::silenceIsTrouble()
{
    SmallHttp house;
    house.willAnswer({QByteArray()});
    Webhooks hooks(m_clock, {house.url(QStringLiteral("/secret"))}, {50, 1});
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first<1>(), QStringLiteral("no answer in time"));
    QVERIFY(!failed.first<0>().contains(QStringLiteral("secret")));
}

void TestWebhooks::anAnswerWithoutEndIsSilence()
{
    SmallHttp house;
    house.willAnswer({"HTTP/1.1 200 OK\r\n\r\n" + QByteArray(100'000, 'x')}); // until it closes
    Webhooks hooks(m_clock, {house.url()}, {50, 1});
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
}

void TestWebhooks::followsNoRedirect()
{
    SmallHttp elsewhere;
    SmallHttp house;
    house.willAnswer({SmallHttp::status(307, "Location: " + elsewhere.url().toEncoded() + "\r\n")});
    Webhooks hooks(m_clock, {house.url()}, m_hasty);
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed.first<1>().contains(QStringLiteral("307")));
    QCOMPARE(house.requests().size(), 1);
    QCOMPARE(elsewhere.requests().size(), 0);
}

void TestWebhooks::aRefusalIsFinal()
{
    SmallHttp house;
    house.willAnswer({SmallHttp::status(404)});
    Webhooks hooks(m_clock, {house.url()}, m_hasty);
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(house.requests().size(), 1);
}

void TestWebhooks::trustsNoSelfMadeCertificate()
{
    SmallHttp house(selfMade());
    QUrl url = house.url();
    url.setScheme(QStringLiteral("https"));
    Webhooks hooks(m_clock, {url}, m_hasty);
    const Heard failed(&hooks, &Webhooks::failed);
    hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY2(failed.first<1>().contains(QStringLiteral("certificate")),
             qPrintable(failed.first<1>()));
    QCOMPARE(house.requests().size(), 0);
}

void TestWebhooks::oneAddressThatIsDownHoldsUpNoOther()
{
    SmallHttp mute;
    mute.willAnswer({QByteArray()});
    SmallHttp house;
    Webhooks hooks(m_clock, {mute.url(), house.url()}, {60'000, 1});
    const Heard delivered(&hooks, &Webhooks::delivered);
    for (int i = 0; i < 5; ++i)
        hooks.tell(ring());
    QTRY_COMPARE(delivered.size(), 5);
    QCOMPARE(house.requests().size(), 5);
    QCOMPARE(mute.requests().size(), 1);
}

void TestWebhooks::theSameRingIsToldOnce()
{
    SmallHttp house;
    Webhooks hooks(m_clock, {house.url()}, m_hasty);
    const Heard delivered(&hooks, &Webhooks::delivered);
    HookEvent event = ring();
    hooks.tell(event);
    event.at += 5000; // the kitchen's worker began anew
    hooks.tell(event);
    event.kind = HookEvent::Kind::Unattended;
    hooks.tell(event);
    hooks.tell(ring());
    QTRY_COMPARE(delivered.size(), 3);
    QCOMPARE(house.requests().size(), 3);
}

void TestWebhooks::aQueueHasAnEnd()
{
    SmallHttp house;
    house.willAnswer({QByteArray()});
    Webhooks hooks(m_clock, {house.url()}, {60'000, 1});
    const Heard failed(&hooks, &Webhooks::failed);
    for (int i = 0; i < Webhooks::MostWaiting + 10; ++i)
        hooks.tell(ring());
    QTRY_COMPARE(failed.size(), 10);
}

void TestWebhooks::endsWhileItWaits()
{
    SmallHttp house;
    house.willAnswer({QByteArray()});
    auto hooks = std::make_unique<Webhooks>(m_clock, QList<QUrl>{house.url()}, HookTiming{60'000});
    hooks->tell(ring());
    QTRY_COMPARE(house.requests().size(), 1);
    QElapsedTimer took;
    took.start();
    hooks.reset();
    QVERIFY(took.elapsed() < 5000);
}

QTEST_GUILESS_MAIN(TestWebhooks)
#include "tst_webhooks.moc"

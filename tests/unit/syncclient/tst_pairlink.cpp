// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/OneTimeCode.h"
#include "syncclient/PairLink.h"

#include <QTest>

using namespace simmer;
using namespace simmer::syncclient;

namespace {

const QString KeyText = QStringLiteral("00112233445566778899aabbccddeeff"
                                       "ffeeddccbbaa99887766554433221100");

PairLink sample()
{
    return {QStringLiteral("192.168.1.24"), 7464, QStringLiteral("4R7K2M9XABCDEFGH"),
            identity::Fingerprint::fromText(KeyText)};
}

QString text(const char *query)
{
    return QStringLiteral("simmer://pair?") + QString::fromLatin1(query);
}

} // namespace

class TestPairLink : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isWrittenAsPromised();
    void comesBack_data();
    void comesBack();
    void forgivesWhatPeopleAdd();
    void everyPieceIsNeeded();
    void strangeTextIsNone_data();
    void strangeTextIsNone();
};

void TestPairLink::isWrittenAsPromised()
{
    QCOMPARE(
        toText(sample()),
        QStringLiteral("simmer://pair?host=192.168.1.24&port=7464&code=4R7K2M9XABCDEFGH&key=") +
            KeyText);
    PairLink spaced = sample();
    spaced.code = QStringLiteral("4r7k-2m9x-abcd-efgh");
    QCOMPARE(toText(spaced), toText(sample()));
    QCOMPARE(sample().server(), QUrl(QStringLiteral("wss://192.168.1.24:7464")));
}

void TestPairLink::comesBack_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("hasKey");
    QTest::newRow("IPv4") << QStringLiteral("192.168.1.24") << true;
    QTest::newRow("plain") << QStringLiteral("127.0.0.1") << false;
    QTest::newRow("name") << QStringLiteral("kitchen-laptop.local") << true;
    QTest::newRow("IPv6") << QStringLiteral("fd00::1:2") << true;
}

void TestPairLink::comesBack()
{
    QFETCH(QString, host);
    QFETCH(bool, hasKey);
    PairLink link = sample();
    link.host = host;
    if (!hasKey)
        link.key.reset();
    const auto back = pairLinkIn(toText(link));
    QVERIFY(back);
    QCOMPARE(*back, link);
    QCOMPARE(back->server().host(), host);
    QCOMPARE(back->server().scheme(), hasKey ? QStringLiteral("wss") : QStringLiteral("ws"));
    QCOMPARE(hashOfCode(back->code), hashOfCode(QStringLiteral("4R7K-2M9X-ABCD-EFGH")));
}

void TestPairLink::forgivesWhatPeopleAdd()
{
    const QString asked = QStringLiteral("  ") + toText(sample()) + QStringLiteral("\n");
    QCOMPARE(pairLinkIn(asked), sample());
    QCOMPARE(pairLinkIn(toText(sample()) + QStringLiteral("&later=1")), sample());
}

void TestPairLink::everyPieceIsNeeded()
{
    const QString whole = toText(sample());
    for (qsizetype length = 0; length < whole.size(); ++length) {
        const auto link = pairLinkIn(whole.left(length));
        QVERIFY2(!link || !link->key, qPrintable(whole.left(length)));
    }
}

void TestPairLink::strangeTextIsNone_data()
{
    QTest::addColumn<QString>("link");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a page") << QStringLiteral("https://example.org/pair?host=a&port=1");
    QTest::newRow("no host") << text("port=7464&code=4R7K2M9XABCDEFGH");
    QTest::newRow("no port") << text("host=a.local&code=4R7K2M9XABCDEFGH");
    QTest::newRow("no code") << text("host=a.local&port=7464");
    QTest::newRow("port 0") << text("host=a.local&port=0&code=4R7K2M9XABCDEFGH");
    QTest::newRow("large port") << text("host=a.local&port=65536&code=4R7K2M9XABCDEFGH");
    QTest::newRow("wrapped port") << text("host=a.local&port=73000&code=4R7K2M9XABCDEFGH");
    QTest::newRow("negative port") << text("host=a.local&port=-1&code=4R7K2M9XABCDEFGH");
    QTest::newRow("short code") << text("host=a.local&port=7464&code=4R7K");
    QTest::newRow("short key") << text("host=a.local&port=7464&code=4R7K2M9XABCDEFGH&key=00");
    QTest::newRow("twice") << text("host=a.local&host=b.local&port=7464&code=4R7K2M9XABCDEFGH");
    QTest::newRow("no value") << text("host=a.local&port=7464&code=4R7K2M9XABCDEFGH&key=");
    QTest::newRow("a way out") << text("host=a%2Fb%40c&port=7464&code=4R7K2M9XABCDEFGH");
    QTest::newRow("a new line") << text("host=a%0Ab&port=7464&code=4R7K2M9XABCDEFGH");
    QTest::newRow("too long") << text("host=a.local&port=7464&code=4R7K2M9XABCDEFGH&x=") +
                                     QString(600, QLatin1Char('y'));
}

void TestPairLink::strangeTextIsNone()
{
    QFETCH(QString, link);
    QVERIFY(!pairLinkIn(link));
}

QTEST_GUILESS_MAIN(TestPairLink)
#include "tst_pairlink.moc"

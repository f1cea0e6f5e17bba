// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Greeting.h"
#include "syncserver/Addresses.h"

#include <QHostAddress>
#include <QJsonArray>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::app;

class TestGreeting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsNameKeyAndEveryAddress();
    void jsonHasBothTheFirstAndAllAddresses();
    void wordsOfAProxyAskForItsName();
    void plainServersHaveNoKey();
    void journalIsKept();
    void everywhereIsEveryAddressOfThisMachine();

private:
    const identity::Fingerprint m_key =
        *identity::Fingerprint::fromText(QString(64, QLatin1Char('a')));
    const QUrl m_house{QStringLiteral("wss://192.168.1.24:7464")};
    const QUrl m_house6{QStringLiteral("wss://[fd00::24]:7464")};
    const syncserver::Invite m_invite{QStringLiteral("ABCD-EFGH"), m_house, 300'000};
};

void TestGreeting::wordsNameKeyAndEveryAddress()
{
    const Greeting greeting{{m_house, m_house6}, m_key};
    QCOMPARE(inWords(greeting), QStringLiteral("Key      ") + m_key.toText() +
                                    QStringLiteral("\nAddress  wss://192.168.1.24:7464"
                                                   "\n         wss://[fd00::24]:7464"));
    const QString welcomed = welcome(greeting, m_invite);
    QVERIFY(welcomed.contains(QStringLiteral("within 5 minutes")));
    QVERIFY(welcomed.contains(QStringLiteral("simmerctl pair wss://192.168.1.24:7464 ABCD-EFGH")));
    QVERIFY(welcome(greeting, {}).contains(QStringLiteral("simmerd invite")));
}

void TestGreeting::jsonHasBothTheFirstAndAllAddresses()
{
    const QJsonObject json = toJson(Greeting{{m_house, m_house6}, m_key});
    QCOMPARE(json.value(QStringLiteral("event")).toString(), QStringLiteral("listening"));
    QCOMPARE(json.value(QStringLiteral("url")).toString(), m_house.toString());
    QCOMPARE(json.value(QStringLiteral("addresses")).toArray(),
             (QJsonArray{m_house.toString(), m_house6.toString()}));
    QCOMPARE(json.value(QStringLiteral("fingerprint")).toString(), QString(64, QLatin1Char('a')));
    QCOMPARE(welcomeJson(m_invite).value(QStringLiteral("code")).toString(), m_invite.code);
    QVERIFY(!welcomeJson({}).contains(QStringLiteral("code")));
}

void TestGreeting::wordsOfAProxyAskForItsName()
{
    const Greeting greeting{{QUrl(QStringLiteral("ws://127.0.0.1:7464"))}, {}, true};
    QVERIFY(inWords(greeting).contains(QStringLiteral("for the proxy")));
    QVERIFY(!inWords(greeting).contains(QStringLiteral("--listen")));
    QVERIFY(welcome(greeting, m_invite).contains(QStringLiteral("pair wss://NAME-OF-THE-PROXY ")));
}

void TestGreeting::plainServersHaveNoKey()
{
    const Greeting greeting{{QUrl(QStringLiteral("ws://[::1]:7464"))}};
    QVERIFY(inWords(greeting).startsWith(QStringLiteral("Key      none")));
    QVERIFY(inWords(greeting).contains(QStringLiteral("this machine alone")));
    QVERIFY(!toJson(greeting).contains(QStringLiteral("fingerprint")));
}

void TestGreeting::journalIsKept()
{
    qunsetenv("JOURNAL_STREAM");
    Config config;
    config.logTo = LogTo::File;
    QVERIFY(!isOutputKept(config));
    struct stat known = {};
    QCOMPARE(::fstat(STDOUT_FILENO, &known), 0);
    qputenv("JOURNAL_STREAM", QByteArray::number(quint64(known.st_dev)) + ':' +
                                  QByteArray::number(quint64(known.st_ino)));
    QVERIFY(isOutputKept(config)); // wherever the log goes
    qunsetenv("JOURNAL_STREAM");
    config.logTo = LogTo::Journald;
    QCOMPARE(isOutputKept(config), ::isatty(STDOUT_FILENO) == 0);
}

void TestGreeting::everywhereIsEveryAddressOfThisMachine()
{
    using syncserver::addressesOf;
    QCOMPARE(addressesOf({}), QStringList());
    QCOMPARE(addressesOf({{QStringLiteral("10.0.0.5"), 1}, {QStringLiteral("fd00::5"), 2}}),
             (QStringList{QStringLiteral("10.0.0.5:1"), QStringLiteral("[fd00::5]:2")}));
    const QStringList all = addressesOf({{QStringLiteral("0.0.0.0"), 7464}});
    QVERIFY(!all.isEmpty());
    for (const QString &address : all) {
        QVERIFY(address.endsWith(QStringLiteral(":7464")));
        const QHostAddress host(address.chopped(5));
        QVERIFY2(!host.isNull() && host != QHostAddress(QHostAddress::AnyIPv4),
                 qPrintable(address));
    }
}

QTEST_GUILESS_MAIN(TestGreeting)
#include "tst_greeting.moc"

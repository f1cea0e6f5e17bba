// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ServerPlace.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::app;

/// Where and how the server inside a program listens.
class TestServerPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thisMachineAlone();
    void theHouseNeedsAKey();
    void keyStaysTheSame();
    void damagedKeyIsNotReplaced();
    void addressesAreNeverEmpty();
    void hostsWithoutPort();

private:
    QTemporaryDir m_folder;
};

void TestServerPlace::thisMachineAlone()
{
    const auto options = serverOptions(m_folder.path(), Reach::ThisMachine, 7464);
    QVERIFY(bool(options));
    QVERIFY(!options->identity);
    QCOMPARE(options->at.size(), 1);
    QVERIFY(QHostAddress(options->at.constFirst().address).isLoopback());
    QCOMPARE(addressesOf(*options, 7464), QStringList{QStringLiteral("127.0.0.1:7464")});
}

void TestServerPlace::theHouseNeedsAKey()
{
    const auto options = serverOptions(m_folder.path(), Reach::House, 7464);
    QVERIFY(bool(options));
    QVERIFY(options->identity);
    QCOMPARE(options->dataDir, m_folder.filePath(QStringLiteral("server")));
    QCOMPARE(options->at.constFirst().address, QStringLiteral("0.0.0.0"));
    for (const syncserver::ListenAt &place : options->at)
        QCOMPARE(place.port, quint16(7464)); // one number to type, whichever way
    const QFile key(m_folder.filePath(QStringLiteral("server/server.pem")));
    QVERIFY(key.exists());
    QCOMPARE(key.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QVERIFY(!options->hosts.isEmpty());
}

void TestServerPlace::keyStaysTheSame()
{
    const auto first = serverOptions(m_folder.path(), Reach::House, 7464);
    const auto second = serverOptions(m_folder.path(), Reach::House, 7465);
    QVERIFY(first && second);
    QCOMPARE(second->identity->fingerprint, first->identity->fingerprint);
}

void TestServerPlace::damagedKeyIsNotReplaced()
{
    const QString profile = m_folder.filePath(QStringLiteral("damaged"));
    QVERIFY(QDir().mkpath(profile + QStringLiteral("/server")));
    QFile key(profile + QStringLiteral("/server/server.pem"));
    QVERIFY(key.open(QIODevice::WriteOnly));
    key.write("no key");
    key.close();
    const auto options = serverOptions(profile, Reach::House, 7464);
    QVERIFY(!options);
    QCOMPARE(options.error().code, ErrorCode::BadSyntax);
    QVERIFY(key.open(QIODevice::ReadOnly));
    QCOMPARE(key.readAll(), QByteArray("no key"));
}

void TestServerPlace::addressesAreNeverEmpty()
{
    const auto options = serverOptions(m_folder.path(), Reach::House, 7464);
    QVERIFY(bool(options));
    const QStringList addresses = addressesOf(*options, 7465);
    QVERIFY(!addresses.isEmpty());
    bool isV6 = false;
    for (const QString &address : addresses) {
        QVERIFY(address.endsWith(QStringLiteral(":7465")));
        const QHostAddress host(hostOf(address));
        QVERIFY2(!host.isNull(), qPrintable(address));
        QVERIFY2(!isV6 || host.protocol() == QAbstractSocket::IPv6Protocol, qPrintable(address));
        isV6 = host.protocol() == QAbstractSocket::IPv6Protocol;
    }
}

void TestServerPlace::hostsWithoutPort()
{
    QCOMPARE(hostOf(QStringLiteral("192.168.1.24:7464")), QStringLiteral("192.168.1.24"));
    QCOMPARE(hostOf(QStringLiteral("[fd00::24]:7464")), QStringLiteral("fd00::24"));
    QCOMPARE(hostOf(QStringLiteral("kitchen.local:7464")), QStringLiteral("kitchen.local"));
}

QTEST_GUILESS_MAIN(TestServerPlace)
#include "tst_serverplace.moc"

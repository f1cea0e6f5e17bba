// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/FakeAvahi.h"
#include "fakes/PrivateBus.h"
#include "protocol/LanSign.h"
#include "protocol/Messages.h"
#include "syncserver/Beacon.h"

#include <QSignalSpy>
#include <QSysInfo>
#include <QTest>

using namespace simmer;
using fakes::FakeAvahi;
using syncserver::Beacon;

/// What the house hears of a kitchen server.
class TestBeacon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(!m_bus.address().isEmpty()); }
    void tellsPortVersionAndFingerprint();
    void takesTheNextFreeName();
    void aNameThatIsTakenLater();
    void survivesARestartOfAvahi();
    void waitsForAvahi();
    void comesBackAfterTheHostsName();
    void goesWhenItEnds();
    void withoutABusItIsSilent();
    void onlySignsOfOursAreRead();

private:
    Beacon::Sign sign() const { return {7464, QByteArray("0123456789abcdef").repeated(4)}; }

    fakes::PrivateBus m_bus;
};

void TestBeacon::tellsPortVersionAndFingerprint()
{
    FakeAvahi avahi(m_bus.address());
    Beacon beacon(sign(), m_bus.address());
    QSignalSpy announced(&beacon, &Beacon::announced);
    QVERIFY(beacon.name().isEmpty());
    QTRY_COMPARE(announced.size(), 1);
    QCOMPARE(beacon.name(), QStringLiteral("Simmer 1"));
    QCOMPARE(avahi.published().size(), 1);
    const fakes::AvahiEntry entry = avahi.published().first();
    QCOMPARE(entry.name, QStringLiteral("Simmer 1"));
    QCOMPARE(entry.type, QStringLiteral("_simmer._tcp"));
    QCOMPARE(entry.port, quint16(7464));
    QCOMPARE(entry.txt,
             (QByteArrayList{"v=" + QByteArray::number(protocol::ProtocolVersion), "fp=01234567"}));
}

void TestBeacon::takesTheNextFreeName()
{
    FakeAvahi avahi(m_bus.address());
    avahi.taken = {QStringLiteral("Simmer 1"), QStringLiteral("Simmer 2")};
    Beacon beacon(sign(), m_bus.address());
    QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 3"));
    QCOMPARE(avahi.published().first().port, quint16(7464));
}

void TestBeacon::aNameThatIsTakenLater()
{
    FakeAvahi avahi(m_bus.address());
    Beacon beacon(sign(), m_bus.address());
    QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 1"));
    avahi.collide(avahi.published().firstKey());
    QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 2"));
}

void TestBeacon::survivesARestartOfAvahi()
{
    auto avahi = std::make_unique<FakeAvahi>(m_bus.address());
    Beacon beacon(sign(), m_bus.address());
    QTRY_VERIFY(!beacon.name().isEmpty());
    for (int i = 0; i < 5; ++i) {
        QSignalSpy silent(&beacon, &Beacon::silent);
        avahi.reset();
        QTRY_COMPARE(silent.size(), 1);
        QVERIFY(beacon.name().isEmpty());
        avahi = std::make_unique<FakeAvahi>(m_bus.address());
        QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 1"));
        QCOMPARE(avahi->published().size(), 1);
    }
}

void TestBeacon::waitsForAvahi()
{
    Beacon beacon(sign(), m_bus.address());
    QSignalSpy silent(&beacon, &Beacon::silent);
    QTRY_COMPARE(silent.size(), 1);
    FakeAvahi avahi(m_bus.address());
    QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 1"));
}

void TestBeacon::comesBackAfterTheHostsName()
{
    FakeAvahi avahi(m_bus.address());
    Beacon beacon(sign(), m_bus.address());
    QTRY_VERIFY(!beacon.name().isEmpty());
    avahi.changeState(3);
    QTRY_VERIFY(beacon.name().isEmpty());
    avahi.changeState(2);
    QTRY_COMPARE(beacon.name(), QStringLiteral("Simmer 1"));
    QCOMPARE(avahi.published().size(), 1);
}

void TestBeacon::goesWhenItEnds()
{
    FakeAvahi avahi(m_bus.address());
    auto beacon = std::make_unique<Beacon>(sign(), m_bus.address());
    QTRY_COMPARE(avahi.published().size(), 1);
    QTRY_VERIFY(!beacon->name().isEmpty());
    beacon.reset();
    QTRY_COMPARE(avahi.published().size(), 0);
}

void TestBeacon::withoutABusItIsSilent()
{
    Beacon beacon(sign(), QStringLiteral("unix:path=/nonexistent/bus"));
    QSignalSpy silent(&beacon, &Beacon::silent);
    QTRY_COMPARE(silent.size(), 1);
    QVERIFY(beacon.name().isEmpty());
}

void TestBeacon::onlySignsOfOursAreRead()
{
    const protocol::LanSign good{2, "0123abcd"};
    QCOMPARE(protocol::fromTxt(protocol::toTxt(good)), good);
    QCOMPARE(protocol::fromTxt({"x=1", "fp=0123abcd", "v=2", "v=9", "flag"}), good);
    for (const QByteArrayList &bad : QList<QByteArrayList>{{},
                                                           {"v=2"},
                                                           {"fp=0123abcd"},
                                                           {"v=0", "fp=0123abcd"},
                                                           {"v=-1", "fp=0123abcd"},
                                                           {"v=99999999999", "fp=0123abcd"},
                                                           {"v=2x", "fp=0123abcd"},
                                                           {"v=2", "fp=0123abc"},
                                                           {"v=2", "fp=0123abcde"},
                                                           {"v=2", "fp=0123ABCD"},
                                                           {"v=2", "fp=0123abc\n"}})
        QVERIFY(!protocol::fromTxt(bad));
    QByteArrayList flood(1000, "x=y");
    flood += protocol::toTxt(good);
    QVERIFY(!protocol::fromTxt(flood));
}

QTEST_GUILESS_MAIN(TestBeacon)
#include "tst_beacon.moc"

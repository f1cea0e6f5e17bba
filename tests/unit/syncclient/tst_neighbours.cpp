// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/FakeAvahi.h"
#include "fakes/PrivateBus.h"
#include "protocol/LanSign.h"
#include "syncclient/Neighbours.h"

#include <QSignalSpy>
#include <QTest>

using namespace simmer;
using fakes::AvahiEntry;
using fakes::FakeAvahi;
using syncclient::Neighbour;
using syncclient::Neighbours;

namespace {

AvahiEntry server(const QString &name, const QString &address = QStringLiteral("192.168.1.7"))
{
    return {name, protocol::LanService, address, 7464, protocol::toTxt({2, "0123abcd"})};
}

} // namespace

/// Which servers are found in the house.
class TestNeighbours : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(!m_bus.address().isEmpty()); }
    void findsWhoIsThereAndWhoComes();
    void losesWhoGoes();
    void manyWaysAreOneServer();
    void survivesARestartOfAvahi();
    void passesOverWhatIsNoServer();
    void hasAnEnd();
    void withoutABusThereIsNobody();

private:
    fakes::PrivateBus m_bus;
};

void TestNeighbours::findsWhoIsThereAndWhoComes()
{
    FakeAvahi avahi(m_bus.address());
    avahi.appear(server(QStringLiteral("Simmer 1")));
    Neighbours neighbours(m_bus.address());
    QSignalSpy found(&neighbours, &Neighbours::found);
    QTRY_COMPARE(found.size(), 1);
    const Neighbour first = found[0][0].value<Neighbour>();
    QCOMPARE(first, (Neighbour{QStringLiteral("Simmer 1"),
                               QUrl(QStringLiteral("wss://192.168.1.7:7464")), 2, "0123abcd"}));
    AvahiEntry six = server(QStringLiteral("Simmer 2"), QStringLiteral("fe80::1"));
    six.protocol = 1;
    avahi.appear(six);
    QTRY_COMPARE(found.size(), 2);
    const Neighbour second = found[1][0].value<Neighbour>();
    QCOMPARE(second.address.host(QUrl::FullyDecoded), QStringLiteral("fe80::1%2"));
    QCOMPARE(neighbours.all(), (QList<Neighbour>{first, second}));
}

void TestNeighbours::losesWhoGoes()
{
    FakeAvahi avahi(m_bus.address());
    const AvahiEntry entry = server(QStringLiteral("Simmer 1"));
    avahi.appear(entry);
    Neighbours neighbours(m_bus.address());
    QSignalSpy lost(&neighbours, &Neighbours::lost);
    QTRY_COMPARE(neighbours.all().size(), 1);
    avahi.vanish(entry);
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].toString(), QStringLiteral("Simmer 1"));
    QVERIFY(neighbours.all().isEmpty());
    avahi.vanish(entry);
    avahi.appear(server(QStringLiteral("Simmer 9")));
    QTRY_COMPARE(neighbours.all().size(), 1);
    QCOMPARE(lost.size(), 1);
}

void TestNeighbours::manyWaysAreOneServer()
{
    FakeAvahi avahi(m_bus.address());
    const AvahiEntry wire = server(QStringLiteral("Simmer 1"));
    AvahiEntry air = server(QStringLiteral("Simmer 1"), QStringLiteral("192.168.2.7"));
    air.interface = 3;
    Neighbours neighbours(m_bus.address());
    QSignalSpy found(&neighbours, &Neighbours::found);
    QSignalSpy lost(&neighbours, &Neighbours::lost);
    QTRY_COMPARE(neighbours.all().size(), 0);
    avahi.appear(wire);
    avahi.appear(air);
    avahi.appear(server(QStringLiteral("Simmer 2"))); // is resolved after both
    QTRY_COMPARE(neighbours.all().size(), 2);
    QCOMPARE(found.size(), 2);
    avahi.vanish(wire);
    QTRY_COMPARE(found.size(), 3); // its other address
    QCOMPARE(found[2][0].value<Neighbour>().address.host(), QStringLiteral("192.168.2.7"));
    QCOMPARE(lost.size(), 0);
    avahi.vanish(air);
    QTRY_COMPARE(lost.size(), 1);
}

void TestNeighbours::survivesARestartOfAvahi()
{
    auto avahi = std::make_unique<FakeAvahi>(m_bus.address());
    avahi->appear(server(QStringLiteral("Simmer 1")));
    Neighbours neighbours(m_bus.address());
    QSignalSpy lost(&neighbours, &Neighbours::lost);
    QTRY_COMPARE(neighbours.all().size(), 1);
    avahi.reset();
    QTRY_COMPARE(lost.size(), 1);
    avahi = std::make_unique<FakeAvahi>(m_bus.address());
    avahi->appear(server(QStringLiteral("Simmer 2")));
    QTRY_COMPARE(neighbours.all().size(), 1);
    QCOMPARE(neighbours.all().constFirst().name, QStringLiteral("Simmer 2"));
}

void TestNeighbours::passesOverWhatIsNoServer()
{
    FakeAvahi avahi(m_bus.address());
    AvahiEntry printer = server(QStringLiteral("Printer"));
    printer.type = QStringLiteral("_ipp._tcp");
    avahi.appear(printer);
    AvahiEntry unsigned_ = server(QStringLiteral("Simmer 1"));
    unsigned_.txt = {"v=2", "fp=<script>"};
    avahi.appear(unsigned_);
    avahi.appear(server(QStringLiteral("Simmer 2"), QStringLiteral("not an address")));
    AvahiEntry portless = server(QStringLiteral("Simmer 3"));
    portless.port = 0;
    avahi.appear(portless);
    avahi.appear(server(QString(64, u'x')));
    avahi.appear(server(QStringLiteral("Simmer 4")));
    Neighbours neighbours(m_bus.address());
    QTRY_COMPARE(neighbours.all().size(), 1);
    QCOMPARE(neighbours.all().constFirst().name, QStringLiteral("Simmer 4"));
}

void TestNeighbours::hasAnEnd()
{
    FakeAvahi avahi(m_bus.address());
    for (int i = 0; i < Neighbours::Most + 20; ++i)
        avahi.appear(server(QStringLiteral("Simmer %1").arg(i)));
    Neighbours neighbours(m_bus.address());
    QTRY_COMPARE(neighbours.all().size(), Neighbours::Most);
    QSignalSpy lost(&neighbours, &Neighbours::lost);
    avahi.vanish(server(QStringLiteral("Simmer 0"))); // a place is free again
    QTRY_COMPARE(lost.size(), 1);
    avahi.appear(server(QStringLiteral("Simmer 99")));
    QTRY_COMPARE(neighbours.all().size(), Neighbours::Most);
}

void TestNeighbours::withoutABusThereIsNobody()
{
    Neighbours neighbours(QStringLiteral("unix:path=/nonexistent/bus"));
    QVERIFY(neighbours.all().isEmpty());
}

QTEST_GUILESS_MAIN(TestNeighbours)
#include "tst_neighbours.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Ids.h"
#include "supervision/Faults.h"
#include "supervision/Fence.h"

#include <QTest>

#include <thread>

using namespace simmer;
using namespace simmer::supervision;

namespace {

bool throwsAt(const char *name, const QString &key)
{
    try {
        faults::point(name, key);
    } catch (const faults::Ordered &) {
        return true;
    }
    return false;
}

const QString Ana = QStringLiteral("ana");
const QString Ben = QStringLiteral("ben");

} // namespace

class TestFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { faults::clear(); }

    void nothingHappensUnordered();
    void throwsAsOftenAsOrdered();
    void throwsEachThirdTime();
    void anIdIsAKey();
    void ordersInWords_data();
    void ordersInWords();
    void theEnvironmentOrders();
    void hangsUntilItIsCleared();
    void anAbandonedThreadDoesNotGoOn();
};

void TestFaults::nothingHappensUnordered()
{
    QVERIFY(!faults::isArmed());
    QVERIFY(!throwsAt("kitchen", Ana));
}

void TestFaults::throwsAsOftenAsOrdered()
{
    faults::order(QStringLiteral("kitchen"), Ana, faults::Kind::Throw, 2);
    faults::order(QStringLiteral("link"), faults::Any, faults::Kind::Throw);
    QVERIFY(!throwsAt("kitchen", Ben));
    QVERIFY(!throwsAt("timers", Ana));
    QVERIFY(throwsAt("kitchen", Ana));
    QVERIFY(throwsAt("kitchen", Ana));
    QVERIFY(!throwsAt("kitchen", Ana));
    QVERIFY(throwsAt("link", Ben));
    QVERIFY(!faults::isArmed());
}

void TestFaults::throwsEachThirdTime()
{
    QVERIFY(faults::order(QStringLiteral("kitchen:ana:throw:2:3")));
    QList<bool> threw;
    for (int i = 0; i < 9; ++i) {
        QVERIFY(!throwsAt("kitchen", Ben)); // whoever else passes does not count
        threw += throwsAt("kitchen", Ana);
    }
    QCOMPARE(threw, (QList<bool>{false, false, true, false, false, true, false, false, false}));
}

void TestFaults::anIdIsAKey()
{
    const KitchenId id = KitchenId::random();
    faults::order(QStringLiteral("kitchen"), id.toHex(), faults::Kind::Throw);
    faults::point("kitchen", KitchenId::random());
    bool threw = false;
    try {
        faults::point("kitchen", id);
    } catch (const faults::Ordered &) {
        threw = true;
    }
    QVERIFY(threw);
}

void TestFaults::ordersInWords_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("sense");
    QTest::newRow("one") << QStringLiteral("kitchen:ana:throw:1") << true;
    QTest::newRow("two") << QStringLiteral("link:*:hang:1, kitchen:ana:throw:3") << true;
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("no times") << QStringLiteral("kitchen:ana:throw") << false;
    QTest::newRow("never") << QStringLiteral("kitchen:ana:throw:0") << false;
    QTest::newRow("each time") << QStringLiteral("kitchen:ana:throw:1:1") << true;
    QTest::newRow("each no time") << QStringLiteral("kitchen:ana:throw:1:0") << false;
    QTest::newRow("too many parts") << QStringLiteral("kitchen:ana:throw:1:1:1") << false;
    QTest::newRow("what else") << QStringLiteral("kitchen:ana:burn:1") << false;
    QTest::newRow("a good and a bad") << QStringLiteral("kitchen:ana:throw:1,x") << false;
}

void TestFaults::ordersInWords()
{
    QFETCH(QString, words);
    QFETCH(bool, sense);
    QCOMPARE(faults::order(words), sense);
    QCOMPARE(throwsAt("kitchen", Ana), sense);
}

/// The variable is read once, at the first point: main() has set it before.
void TestFaults::theEnvironmentOrders()
{
    QCOMPARE(qEnvironmentVariable("SIMMER_FAULTS"), QStringLiteral("early:*:throw:1"));
    QVERIFY(qEnvironmentVariableIsSet("SIMMER_FAULTS_SEEN"));
}

void TestFaults::hangsUntilItIsCleared()
{
    faults::order(QStringLiteral("kitchen"), faults::Any, faults::Kind::Hang);
    std::atomic<bool> passed = false;
    std::thread worker([&] {
        faults::point("kitchen", Ana);
        passed = true;
    });
    QTRY_COMPARE(faults::hanging(), 1);
    QVERIFY(!passed);
    faults::clear();
    worker.join();
    QVERIFY(passed);
    QCOMPARE(faults::hanging(), 0);
}

void TestFaults::anAbandonedThreadDoesNotGoOn()
{
    faults::order(QStringLiteral("kitchen"), faults::Any, faults::Kind::Hang);
    const auto fence = std::make_shared<Fence>(nullptr);
    std::atomic<bool> threw = false;
    std::thread worker([&] {
        Fence::enclose(fence);
        threw = throwsAt("kitchen", Ana);
    });
    QTRY_COMPARE(faults::hanging(), 1);
    QVERIFY(fence->abandon());
    worker.join();
    QVERIFY(threw);
}

int main(int argc, char **argv)
{
    qputenv("SIMMER_FAULTS", "early:*:throw:1");
    if (throwsAt("early", Ana))
        qputenv("SIMMER_FAULTS_SEEN", "1");
    QCoreApplication app(argc, argv);
    TestFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_faults.moc"

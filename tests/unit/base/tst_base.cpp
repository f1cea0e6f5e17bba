// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Clock.h"
#include "base/Expected.h"
#include "base/Ids.h"
#include "base/JsonFields.h"
#include "base/OwnedThread.h"
#include "base/Sha256.h"

#include <QCryptographicHash>
#include <QTest>

#ifdef Q_OS_LINUX
#include <sys/timex.h>
#endif

using namespace simmer;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsRoundTripAsHexAndBytes();
    void idsRefuseWhatIsNoId_data();
    void idsRefuseWhatIsNoId();
    void derivedIdsAreRfc4122Version5();
    void expectedHoldsValueOrError();
    void describeNamesCauseAndAdvice();
    void bootTimeNeverGoesBack();
    void wallClockIsVouchedForAsTheKernelSays();
    void fieldsAreTakenStrictly_data();
    void fieldsAreTakenStrictly();
    void threadFinishesWhatWasAsked();
    void sumsAreThoseOfTheStandard();
    void sumsAreMadeInAnyThread();
};

void TestBase::idsRoundTripAsHexAndBytes()
{
    const OpId id = OpId::random();
    QCOMPARE(id.toHex().size(), 32);
    QCOMPARE(OpId::fromHex(id.toHex()), std::optional(id));
    QCOMPARE(OpId::fromBytes(id.toBytes()), id);
    QVERIFY(OpId::random() != id);
}

void TestBase::idsRefuseWhatIsNoId_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("short") << QStringLiteral("00ff");
    QTest::newRow("upper case") << QString(32, QLatin1Char('A'));
    QTest::newRow("no hex") << QString(32, QLatin1Char('g'));
    QTest::newRow("long") << QString(33, QLatin1Char('0'));
    QTest::newRow("dashes") << QStringLiteral("00000000-0000-0000-0000-00000000");
}

void TestBase::idsRefuseWhatIsNoId()
{
    QFETCH(QString, text);
    QVERIFY(!OpId::fromHex(text));
}

void TestBase::derivedIdsAreRfc4122Version5()
{
    // The DNS namespace and its best known example.
    const QUuid dns = QUuid::fromString(QStringLiteral("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
    QCOMPARE(TimerId::derived(dns, "www.example.com").toHex(),
             QStringLiteral("2ed6657de927568b95e12665a8aea6a2"));
}

void TestBase::expectedHoldsValueOrError()
{
    const Expected<int> fine(7);
    QVERIFY(fine);
    QCOMPARE(*fine, 7);
    const Expected<int> bad(Error{ErrorCode::NotFound, QStringLiteral("no pan"), {}});
    QVERIFY(!bad);
    QCOMPARE(bad.error().code, ErrorCode::NotFound);
    QVERIFY(done());
}

void TestBase::describeNamesCauseAndAdvice()
{
    const Error cause{ErrorCode::DiskFull, QStringLiteral("database or disk is full"), {}};
    const Error error = Error::because(ErrorCode::DiskFull, QStringLiteral("the press"), cause);
    QCOMPARE(describe(error),
             QStringLiteral("the press: database or disk is full; not saved; free some space and "
                            "try again"));
    QVERIFY(error == Error::because(ErrorCode::DiskFull, QStringLiteral("the press"), cause));
    QVERIFY(!(error == cause));
}

void TestBase::bootTimeNeverGoesBack()
{
    const SystemClock clock;
    qint64 last = clock.bootMs();
    QVERIFY(last > 0);
    for (int i = 0; i < 10'000; ++i) {
        const qint64 now = clock.bootMs();
        QVERIFY(now >= last);
        last = now;
    }
    QCOMPARE(clock.boot(), SystemClock().boot());
    QVERIFY(!clock.boot().isNull());
}

void TestBase::wallClockIsVouchedForAsTheKernelSays()
{
#ifdef Q_OS_LINUX
    ntptimeval kernel{};
    const bool unsynchronised = ntp_gettime(&kernel) == TIME_ERROR;
    const auto within = SystemClock().wallUncertaintyMs();
    QCOMPARE(!within.has_value(), unsynchronised);
    QVERIFY(within.value_or(1) > 0);
#else
    QVERIFY(!SystemClock().wallUncertaintyMs());
#endif
}

void TestBase::fieldsAreTakenStrictly_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<QString>("fault");
    const QLatin1String n("n");
    const QLatin1String t("t");
    QTest::newRow("fine") << QJsonObject{{n, 3}, {t, t}} << QString();
    QTest::newRow("missing") << QJsonObject{{n, 3}} << QStringLiteral("pot: “t” is missing");
    QTest::newRow("type") << QJsonObject{{n, t}, {t, t}}
                          << QStringLiteral("pot: “n” has the wrong type");
    QTest::newRow("fraction") << QJsonObject{{n, 2.5}, {t, t}}
                              << QStringLiteral("pot: “n” is out of range");
    QTest::newRow("range") << QJsonObject{{n, 11}, {t, t}}
                           << QStringLiteral("pot: “n” is out of range");
    QTest::newRow("huge") << QJsonObject{{n, 1e300}, {t, t}}
                          << QStringLiteral("pot: “n” is out of range");
    QTest::newRow("long text") << QJsonObject{{n, 1}, {t, QStringLiteral("salted")}}
                               << QStringLiteral("pot: “t” is too long");
    QTest::newRow("unknown") << QJsonObject{{n, 1}, {t, t}, {QLatin1String("x"), 1}}
                             << QStringLiteral("pot: unknown field “x”");
}

void TestBase::fieldsAreTakenStrictly()
{
    QFETCH(QJsonObject, json);
    QFETCH(QString, fault);
    JsonFields fields(json, QStringLiteral("pot"));
    fields.integer(QLatin1String("n"), 0, 10);
    fields.text(QLatin1String("t"), 5);
    const Outcome outcome = fields.finish();
    QCOMPARE(outcome ? QString() : outcome.error().context, fault);
}

void TestBase::threadFinishesWhatWasAsked()
{
    int washed = 0;
    auto *worker = new QObject;
    {
        const OwnedThread thread = startThread(QStringLiteral("sink"), worker);
        for (int i = 0; i < 1000; ++i)
            QMetaObject::invokeMethod(
                worker, [&washed] { ++washed; }, Qt::QueuedConnection);
    }
    QCOMPARE(washed, 1000);
}

/// The examples of FIPS 180-4, and what Qt has for the lengths around a block of 64 bytes.
void TestBase::sumsAreThoseOfTheStandard()
{
    QCOMPARE(sha256({"abc"}).toHex(),
             QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256({}).toHex(),
             QByteArray("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    QCOMPARE(sha256({QByteArray(), "a", "bc"}), sha256({"abc"}));
    for (int length = 0; length < 200; ++length) {
        const QByteArray text(length, 'x');
        QCOMPARE(sha256({text}), QCryptographicHash::hash(text, QCryptographicHash::Sha256));
    }
}

void TestBase::sumsAreMadeInAnyThread()
{
    QByteArray sum;
    auto *worker = new QObject;
    {
        const OwnedThread thread = startThread(QStringLiteral("sums"), worker);
        QMetaObject::invokeMethod(
            worker, [&sum] { sum = sha256({"abc"}); }, Qt::QueuedConnection);
    }
    QCOMPARE(sum, sha256({"abc"}));
}

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"

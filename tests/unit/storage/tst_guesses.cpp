// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/kitchen/Guesses.h"

#include <QList>
#include <QRandomGenerator>
#include <QTest>

using namespace simmer::storage;

namespace {

constexpr int Tries = 5;
constexpr qint64 MemoryMs = 300'000;
constexpr qint64 Now = 1'795'230'000'000;

} // namespace

/// How many wrong codes a network may try.
class TestGuesses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodyHasMoreThanFiveInACodesLife();
    void waitingForASetClockIsNoLonger();
    void networksAreForgottenInTime();
    void manyNetworksTakeLittleMemory();
};

/// Whenever they come: no five minutes, as long as a code lives, have more than five.
void TestGuesses::nobodyHasMoreThanFiveInACodesLife()
{
    QRandomGenerator random(7464);
    for (const int step : {1, 1000, 59'000, 100'000, 299'999}) {
        Guesses guesses(Tries, MemoryMs);
        QList<qint64> wrong;
        qint64 now = Now;
        for (int i = 0; i < 20'000; ++i) {
            now += random.bounded(step + 1);
            if (!guesses.mayTry("net", now))
                continue;
            guesses.addWrong("net", now);
            wrong += now;
            if (wrong.size() > Tries)
                QVERIFY(now - wrong[wrong.size() - 1 - Tries] >= MemoryMs);
        }
        QVERIFY(wrong.size() >= Tries || step == 1);
    }
}

void TestGuesses::waitingForASetClockIsNoLonger()
{
    Guesses guesses(Tries, MemoryMs);
    for (int i = 0; i < Tries; ++i)
        guesses.addWrong("net", Now);
    QVERIFY(!guesses.mayTry("net", Now));
    QVERIFY(!guesses.mayTry("net", Now - 1000)); // a step of NTP
    QVERIFY(guesses.mayTry("net", Now - 86'400'000));
    QVERIFY(guesses.mayTry("other", Now));
}

void TestGuesses::networksAreForgottenInTime()
{
    Guesses guesses(Tries, MemoryMs);
    for (qsizetype i = 0; i < Guesses::MostNetworks; ++i)
        guesses.addWrong("old" + QByteArray::number(i), Now);
    const qint64 later = Now + MemoryMs;
    for (int i = 0; i < Tries; ++i)
        guesses.addWrong("net", later);
    QCOMPARE(guesses.networks(), 1);
    QVERIFY(!guesses.mayTry("net", later));
}

void TestGuesses::manyNetworksTakeLittleMemory()
{
    Guesses guesses(Tries, MemoryMs);
    for (qsizetype i = 0; i < Guesses::MostNetworks + 1000; ++i) {
        guesses.addWrong(QByteArray::number(i), Now);
        QVERIFY(guesses.networks() <= Guesses::MostNetworks);
    }
    guesses.addWrong({}, Now);
    QVERIFY(guesses.mayTry({}, Now));
    QCOMPARE(guesses.networks(), 1000);
}

QTEST_GUILESS_MAIN(TestGuesses)
#include "tst_guesses.moc"

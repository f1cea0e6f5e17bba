// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"
#include "integration/Proxy.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <vector>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

constexpr int Samples = 3000;
constexpr double LeastEqual = 0.98;
constexpr double SharpMs = 10; ///< a look that took longer says too little, and is taken again
constexpr int MostLooks = 20 * Samples;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

/// What a device showed when it was asked.
struct Reading {
    double aheadMs = 0; ///< its kitchen time minus the test's clock
    double beganMs = 0; ///< by the test's clock
    double endedMs = 0;
    QHash<QString, QString> shown; ///< by timer
};

Reading readScreen(const Ctl &device, const QElapsedTimer &clock)
{
    Reading reading;
    reading.beganMs = double(clock.nsecsElapsed()) / 1e6;
    const QList<QJsonObject> lines = device.askDoor({{K("cmd"), K("timers")}});
    reading.endedMs = double(clock.nsecsElapsed()) / 1e6;
    for (const QJsonObject &line : lines)
        reading.shown.insert(line.value(K("id")).toString(), line.value(K("shown")).toString());
    if (!lines.isEmpty())
        reading.aheadMs = double(lines[0].value(K("end_ms")).toInteger() -
                                 lines[0].value(K("remaining_ms")).toInteger()) -
                          (reading.beganMs + reading.endedMs) / 2;
    return reading;
}

/// One screen, the other, and the one again: so the time that looking takes is no difference.
struct Look {
    Reading before;
    Reading other;
    Reading after;

    double tookMs() const { return after.endedMs - before.beganMs; }
    double apartMs() const
    {
        return std::abs(other.aheadMs - (before.aheadMs + after.aheadMs) / 2);
    }
    bool sameSecond(const QString &timer) const
    {
        const QString shown = other.shown.value(timer);
        return !shown.isEmpty() &&
               (shown == before.shown.value(timer) || shown == after.shown.value(timer));
    }
};

} // namespace

/// What two devices show at one moment, each a process that stays, on a line that delays. It is
/// measured, so ctest runs nothing beside it.
class TestScreens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agree_data();
    void agree();
};

void TestScreens::agree_data()
{
    QTest::addColumn<int>("delay");
    QTest::addColumn<int>("jitter");
    QTest::addColumn<int>("limitMs");
    QTest::newRow("one machine") << 0 << 0 << 20;
    QTest::newRow("a home network") << 5 << 3 << 20;
    QTest::newRow("a phone network") << 40 << 20 << 50;
}

void TestScreens::agree()
{
    QFETCH(int, delay);
    QFETCH(int, jitter);
    QFETCH(int, limitMs);
    const QTemporaryDir folder;
    KitchenServer server(folder.filePath(QStringLiteral("server")));
    QVERIFY(server.start());
    Proxy line{QUrl(server.url())};
    line.setDelay(delay, jitter);
    const Ctl devices[2]{Ctl(folder.filePath(QStringLiteral("one"))),
                         Ctl(folder.filePath(QStringLiteral("two")))};
    std::unique_ptr<Running> holders[2];
    for (int i = 0; i < 2; ++i) {
        const QStringList pair{QStringLiteral("pair"), line.url().toString(), server.invite(),
                               QStringLiteral("--name"), QStringLiteral("Device %1").arg(i)};
        QCOMPARE(devices[i].run(pair).exitCode, 0);
        holders[i] = devices[i].watch();
        QVERIFY(!holders[i]->nextLine().isEmpty());
    }
    const QList<QStringList> starts{words("start --name Rice 50min"), words("start --name Stew 2h"),
                                    words("start --name Eggs 25min")};
    for (const QStringList &start : starts)
        QCOMPARE(devices[0].run(start).exitCode, 0);
    QElapsedTimer clock;
    clock.start();
    QTRY_COMPARE(readScreen(devices[1], clock).shown.size(), starts.size()); // they came
    const QStringList timers = readScreen(devices[0], clock).shown.keys();

    std::mt19937 chance{firstChance()};
    std::vector<double> apart;
    int same = 0;
    int looks = 0;
    while (int(apart.size()) < Samples && looks++ < MostLooks) {
        const Look look{readScreen(devices[0], clock), readScreen(devices[1], clock),
                        readScreen(devices[0], clock)};
        if (look.tookMs() > SharpMs)
            continue;
        apart.push_back(look.apartMs());
        same += look.sameSecond(timers.at(qsizetype(chance() % size_t(timers.size()))));
    }
    QCOMPARE(apart.size(), Samples);
    std::sort(apart.begin(), apart.end());
    const double p99 = apart[size_t(Samples * 99 / 100)];
    qInfo("%d ± %d ms: shown ends differ by %.1f ms at p99 (limit %d); the same second in %d of %d "
          "samples, of %d looks",
          delay, jitter, p99, limitMs, same, Samples, looks);
    QVERIFY(p99 <= limitMs);
    QVERIFY(same >= LeastEqual * Samples);
}

QTEST_GUILESS_MAIN(TestScreens)
#include "tst_screens.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

constexpr int Presses = 100;

} // namespace

/// Two devices on one server, each a process that stays, pressed by others through their doors.
class TestTwoDevices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void randomPressesEndInTheSameState();
    void pressesWhileApartMeet();
    void editsWhileApartMeet();
    void acknowledgeSilencesBoth();

private:
    QString digest(const Ctl &device) const
    {
        const Run run = device.run({QStringLiteral("digest")});
        return run.lines.value(0).value(K("digest")).toString();
    }
    bool level(const Ctl &device) const
    {
        return device.run({QStringLiteral("sync"), QStringLiteral("--wait"), QStringLiteral("20s")})
                   .exitCode == 0;
    }
    QStringList randomPress(const QStringList &timers);

    QTemporaryDir m_folder;
    std::mt19937 m_chance{20261121};
    std::unique_ptr<KitchenServer> m_server;
    std::unique_ptr<Ctl> m_devices[2];
    std::unique_ptr<Running> m_holders[2];
};

void TestTwoDevices::initTestCase()
{
    m_server = std::make_unique<KitchenServer>(m_folder.path() + QStringLiteral("/server"));
    QVERIFY(m_server->start());
    for (int i = 0; i < 2; ++i) {
        m_devices[i] = std::make_unique<Ctl>(m_folder.path() + QStringLiteral("/device%1").arg(i));
        QVERIFY(join(*m_devices[i], *m_server, QStringLiteral("Device %1").arg(i)));
        m_holders[i] = m_devices[i]->watch();
        QVERIFY(!m_holders[i]->nextLine().isEmpty());
    }
}

QStringList TestTwoDevices::randomPress(const QStringList &timers)
{
    const QString name = QStringLiteral("T%1").arg(m_chance() % 10'000);
    const QString length = QStringLiteral("%1min").arg(5 + m_chance() % 20);
    if (timers.isEmpty() || m_chance() % 4 == 0)
        return {QStringLiteral("start"), QStringLiteral("--name"), name, length};
    const QString timer = timers.at(qsizetype(m_chance() % timers.size()));
    switch (m_chance() % 5) {
    case 0:
        return {QStringLiteral("pause"), timer};
    case 1:
        return {QStringLiteral("resume"), timer};
    case 2:
        return {QStringLiteral("stop"), timer};
    default:
        return {QStringLiteral("add"), timer, QStringLiteral("+1min")};
    }
}

void TestTwoDevices::randomPressesEndInTheSameState()
{
    QStringList timers;
    int counted = 0;
    for (int i = 0; i < Presses; ++i) {
        const Ctl &device = *m_devices[m_chance() % 2];
        const Run run = device.run(randomPress(timers));
        if (run.exitCode != 0)
            continue; // "is not running" and the like: a cook may press that too
        ++counted;
        const QString id = run.lines.constFirst().value(K("id")).toString();
        if (!timers.contains(id))
            timers += id;
    }
    QVERIFY(counted > Presses / 2);
    QVERIFY(level(*m_devices[0]));
    QVERIFY(level(*m_devices[1]));
    const QString one = digest(*m_devices[0]);
    QVERIFY(!one.isEmpty());
    QCOMPARE(digest(*m_devices[1]), one);
    qInfo("%d presses, %d counted, digest %s on both", Presses, counted, qPrintable(one.left(16)));
}

void TestTwoDevices::pressesWhileApartMeet()
{
    QCOMPARE(m_server->stop(), 0);
    for (int i = 0; i < 2; ++i) {
        const Run run =
            m_devices[i]->run({QStringLiteral("start"), QStringLiteral("--name"),
                               QStringLiteral("Apart %1").arg(i), QStringLiteral("9min")});
        QCOMPARE(run.exitCode, 0);
    }
    QVERIFY(digest(*m_devices[0]) != digest(*m_devices[1]));
    QVERIFY(m_server->start());
    QVERIFY(level(*m_devices[0]));
    QVERIFY(level(*m_devices[1]));
    QVERIFY(level(*m_devices[0])); // what the other brought in between
    QCOMPARE(digest(*m_devices[0]), digest(*m_devices[1]));
}

/// Each field keeps its last writer, a removal loses to an edit, ticks of both stand.
void TestTwoDevices::editsWhileApartMeet()
{
    const auto words = [](const char *line) {
        return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    };
    const auto run = [&](int device, const char *line) {
        const Run ran = m_devices[device]->run(words(line));
        if (ran.exitCode != 0)
            qWarning("%s: %s", line, qPrintable(ran.trouble));
        return ran;
    };
    const auto meet = [this] {
        return level(*m_devices[0]) && level(*m_devices[1]) && level(*m_devices[0]);
    };
    QCOMPARE(m_devices[0]
                 ->run({K("import"), QStringLiteral(SIMMER_FIXTURES "/pages/sunday-roast.html")})
                 .exitCode,
             0);
    QVERIFY(meet());
    QCOMPARE(m_server->stop(), 0);
    run(0, "edit sunday summary Mine");
    run(1, "edit sunday summary His");
    run(0, "edit sunday prep 35min");
    run(1, "cook sunday --tick i2");
    run(0, "cook sunday --tick i1 --step 3");
    QVERIFY(m_server->start());
    QVERIFY(meet());
    QCOMPARE(digest(*m_devices[0]), digest(*m_devices[1]));
    for (int device : {0, 1}) {
        QStringList lost;
        for (const QJsonObject &line : run(device, "history sunday").lines)
            if (line.value(K("fate")).toString() == K("lost"))
                lost += line.value(K("value")).toString();
        QCOMPARE(lost, QStringList{QStringLiteral("Mine")});
        QCOMPARE(run(device, "show sunday").lines[0].value(K("prep_time")).toInt(), 35);
        const QJsonObject cooked = run(device, "cook sunday").lines.value(0);
        QCOMPARE(cooked.value(K("ingredients_ticked")).toArray().size(), 2);
        QCOMPARE(cooked.value(K("step")).toInt(), 3);
    }
    QCOMPARE(m_server->stop(), 0);
    run(0, "edit sunday summary Kept");
    run(1, "remove sunday");
    QVERIFY(m_server->start());
    QVERIFY(meet());
    QCOMPARE(digest(*m_devices[0]), digest(*m_devices[1]));
    QCOMPARE(run(1, "history sunday").lines.constLast().value(K("fate")).toString(), K("lost"));
}

void TestTwoDevices::acknowledgeSilencesBoth()
{
    const Run run = m_devices[0]->run({QStringLiteral("start"), QStringLiteral("--name"),
                                       QStringLiteral("Short"), QStringLiteral("1s")});
    const QString id = run.lines.constFirst().value(K("id")).toString();
    const auto stateOn = [&](int device) {
        for (const QJsonObject &line : m_devices[device]->askDoor({{K("cmd"), K("timers")}}))
            if (line.value(K("id")).toString() == id)
                return line.value(K("state")).toString();
        return QString();
    };
    QTRY_COMPARE(stateOn(1), QStringLiteral("ringing"));
    QCOMPARE(m_devices[1]->run({QStringLiteral("ack"), id}).exitCode, 0);
    QTRY_COMPARE(stateOn(0), QStringLiteral("done"));
}

QTEST_GUILESS_MAIN(TestTwoDevices)
#include "tst_two_devices.moc"

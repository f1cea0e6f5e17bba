// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(QLatin1Char(' '));
}

QString moodOf(const QJsonObject &line)
{
    return line.value(K("mood")).toString(QStringLiteral("unknown"));
}

} // namespace

/// simmerctl kitchens and pulse, with a server and without.
class TestKitchens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void alone_data();
    void alone();
    void tellsTheKitchen();
    void tellsItThroughTheHolder();
    void tellsWhatItKnowsWithoutTheServer();
    void pulseOnce();
    void pulseWatched();

private:
    QString folder(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    /// A device that joined.
    std::unique_ptr<Ctl> joined(const char *name)
    {
        auto device = std::make_unique<Ctl>(folder(name));
        return join(*device, *m_server, QString::fromLatin1(name)) ? std::move(device) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KitchenServer> m_server;
};

void TestKitchens::init()
{
    m_server.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<KitchenServer>(folder("server"));
    QVERIFY(m_server->start());
}

void TestKitchens::alone_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::newRow("kitchens") << words("kitchens");
    QTest::newRow("pulse") << words("pulse");
    QTest::newRow("watched") << words("pulse --watch");
}

void TestKitchens::alone()
{
    QFETCH(const QStringList, command);
    const Run run = Ctl(folder("alone")).run(command);
    QCOMPARE(run.exitCode, 1);
    QVERIFY(run.lines.isEmpty());
    QVERIFY2(run.trouble.contains(K("has not joined a kitchen")), qPrintable(run.trouble));
}

void TestKitchens::tellsTheKitchen()
{
    const auto ana = joined("Ana");
    const auto ben = joined("Ben");
    QVERIFY(ana && ben);
    const Run run = ana->run(words("kitchens"));
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines.size(), 1);
    const QJsonObject &kitchen = run.lines[0];
    QCOMPARE(kitchen.value(K("id")).toString().size(), 32);
    QCOMPARE(kitchen.value(K("name")).toString(), QStringLiteral("Kitchen"));
    QVERIFY(kitchen.value(K("server")).toString().startsWith(m_server->url()));
    QCOMPARE(kitchen.value(K("link")).toString(), QStringLiteral("level"));
    QCOMPARE(kitchen.value(K("role")).toString(), QStringLiteral("owner"));
    QCOMPARE(moodOf(kitchen), QStringLiteral("quiet"));
    QCOMPARE(kitchen.value(K("score")).toDouble(-1), 0.0);
    QCOMPARE(kitchen.value(K("online")).toInt(), 1);
    const QJsonArray devices = kitchen.value(K("devices")).toArray();
    QCOMPARE(devices.size(), 2);
    QCOMPARE(devices[0][K("name")].toString(), QStringLiteral("Ana"));
    QCOMPARE(devices[0][K("online")].toBool(), true);
    QCOMPARE(devices[1][K("online")].toBool(), false);
}

void TestKitchens::tellsItThroughTheHolder()
{
    const auto ana = joined("Ana");
    QVERIFY(ana);
    const auto holder = ana->watch();
    QVERIFY(!holder->nextLine().isEmpty());
    QCOMPARE(ana->run(words("start --name Eggs 5min")).exitCode, 0);
    QCOMPARE(ana->run(words("sync --wait 10s")).exitCode, 0);
    for (int i = 0; i < 2; ++i) { // the holder stays, and watches anew for each
        const Run run = ana->run(words("kitchens"));
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(moodOf(run.lines.value(0)), QStringLiteral("simmering"));
        QVERIFY(run.lines.value(0).value(K("score")).toDouble() > 0.9);
    }
}

void TestKitchens::tellsWhatItKnowsWithoutTheServer()
{
    const auto ana = joined("Ana");
    QVERIFY(ana);
    QCOMPARE(m_server->stop(), 0);
    const Run run = ana->run(words("kitchens"));
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines.value(0).value(K("name")).toString(), QStringLiteral("Kitchen"));
    QCOMPARE(run.lines.value(0).value(K("link")).toString(), QStringLiteral("connecting"));
    QVERIFY(run.lines.value(0).value(K("mood")).isNull());
    QCOMPARE(run.lines.value(0).value(K("online")).toInt(-1), 0);
    QCOMPARE(ana->run(words("pulse")).exitCode, 1);
}

void TestKitchens::pulseOnce()
{
    const auto ana = joined("Ana");
    QVERIFY(ana);
    QCOMPARE(ana->run(words("start --name Eggs 5min")).exitCode, 0);
    const Run run = ana->run(words("pulse"));
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.lines.size(), 1);
    QCOMPARE(moodOf(run.lines[0]), QStringLiteral("simmering"));
    QVERIFY(run.lines[0].value(K("now_ms")).toInteger() > 1'600'000'000'000);
}

void TestKitchens::pulseWatched()
{
    const auto ana = joined("Ana");
    const auto ben = joined("Ben");
    QVERIFY(ana && ben);
    Running watching(
        QStringLiteral("simmerctl"),
        QStringList{QStringLiteral("--profile"), ana->profile(), QStringLiteral("--json")} +
            words("pulse --watch"));
    QCOMPARE(moodOf(watching.nextLine()), QStringLiteral("quiet"));
    QCOMPARE(ben->run(words("start --name Eggs 5min")).exitCode, 0);
    QJsonObject last = watching.nextLine();
    QCOMPARE(moodOf(last), QStringLiteral("simmering"));
    for (int i = 0; i < 2; ++i) { // it cools down, every 2 s
        const QJsonObject next = watching.nextLine();
        QVERIFY(next.value(K("score")).toDouble() < last.value(K("score")).toDouble());
        last = next;
    }
    QCOMPARE(m_server->stop(), 0);
    while (moodOf(last) != QStringLiteral("unknown")) {
        last = watching.nextLine();
        QVERIFY(!last.isEmpty());
    }
    QVERIFY(last.value(K("score")).isNull());
    QVERIFY(m_server->start());
    last = watching.nextLine(); // only what changed is told, so the next line is from the server
    QCOMPARE(moodOf(last), QStringLiteral("simmering"));
}

QTEST_GUILESS_MAIN(TestKitchens)
#include "tst_kitchens.moc"

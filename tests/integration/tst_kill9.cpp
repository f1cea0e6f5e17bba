// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/Programs.h"

#include <QHash>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdlib>
#include <random>

using namespace simmer::fakes;

namespace {

using K = QLatin1String;

constexpr int Rounds = 200;
constexpr qint64 MovedMs = 50;
constexpr qint64 MinuteMs = 60'000;

/// The ids of a table's ops, read by a connection of its own.
QSet<QByteArray> opsIn(const QString &file, const QString &sql)
{
    QSet<QByteArray> ops;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
        database.setDatabaseName(file);
        if (!database.open())
            qFatal("%s does not open", qPrintable(file));
        QSqlQuery query(database);
        if (!query.exec(sql))
            qFatal("%s does not answer", qPrintable(file));
        while (query.next())
            ops.insert(query.value(0).toByteArray());
    }
    QSqlDatabase::removeDatabase(QStringLiteral("look"));
    return ops;
}

} // namespace

/// SIGKILL at random moments: what was shown or acked is there afterwards, at the same end.
class TestKill9 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void device();
    void deviceThatIsWatching();
    void server();

private:
    void press(const Ctl &device, int round, int killAfterMs);
    void compare(const Ctl &device);

    std::mt19937 m_chance{firstChance()};
    QHash<QString, qint64> m_shown; ///< end of each timer that was shown
    QHash<QString, qint64> m_maybe; ///< where it is, should the killed press have counted
    int m_presses = 0;              ///< that were shown
};

/// One press by a simmerctl that is killed after a while, perhaps before it got anywhere.
void TestKill9::press(const Ctl &device, int round, int killAfterMs)
{
    QStringList words{QStringLiteral("start"), QStringLiteral("--name"),
                      QStringLiteral("R%1").arg(round), QStringLiteral("10min")};
    QString added;
    if (!m_shown.isEmpty() && m_chance() % 2) {
        added = m_shown.keys().at(qsizetype(m_chance() % m_shown.size()));
        words = {QStringLiteral("add"), added, QStringLiteral("+1min")};
    }
    const Run run = device.runKilled(words, killAfterMs);
    QVERIFY2(run.exitCode == 0 || run.wasKilled, qPrintable(run.trouble));
    if (!run.lines.isEmpty()) {
        ++m_presses;
        const QJsonObject &timer = run.lines.constFirst();
        m_shown.insert(timer.value(K("id")).toString(), timer.value(K("end_ms")).toInteger());
    } else if (!added.isEmpty()) {
        m_maybe.insert(added, m_shown.value(added) + MinuteMs);
    }
}

/// Every timer that was shown is there, at its end; or a minute later, where a press may count.
void TestKill9::compare(const Ctl &device)
{
    QHash<QString, qint64> found;
    const Run run = device.run({QStringLiteral("timers"), QStringLiteral("--all")});
    QCOMPARE(run.exitCode, 0);
    for (const QJsonObject &timer : run.lines)
        found.insert(timer.value(K("id")).toString(), timer.value(K("end_ms")).toInteger());
    for (auto it = m_shown.begin(); it != m_shown.end(); ++it) {
        QVERIFY2(found.contains(it.key()), "a timer that was shown is missing");
        const qint64 end = found.value(it.key());
        const bool counted = std::abs(end - m_maybe.value(it.key(), *it)) <= MovedMs;
        QVERIFY2(counted || std::abs(end - *it) <= MovedMs, "a timer's end moved");
        *it = end;
    }
    m_maybe.clear();
}

void TestKill9::device()
{
    const QTemporaryDir folder;
    const Ctl device(folder.path() + QStringLiteral("/device"));
    m_shown.clear();
    m_presses = 0;
    int longest = 90; // becomes twice what a press takes here, so that half are shown
    for (int round = 0; round < Rounds && !QTest::currentTestFailed(); ++round) {
        const int shown = m_presses;
        press(device, round, int(m_chance() % longest));
        compare(device);
        longest = m_presses > shown ? std::max(20, longest * 9 / 10)
                                    : std::min(10'000, longest * 10 / 9 + 1);
    }
    qInfo("%d rounds, %d presses shown before the kill, none missing", Rounds, m_presses);
    QVERIFY(m_presses > Rounds / 10);
    QVERIFY(m_presses < Rounds);
}

/// The program that holds the profile is killed, while others press through its door.
void TestKill9::deviceThatIsWatching()
{
    const QTemporaryDir folder;
    const Ctl device(folder.path() + QStringLiteral("/device"));
    m_shown.clear();
    m_presses = 0;
    for (int round = 0; round < Rounds / 4 && !QTest::currentTestFailed(); ++round) {
        const auto holder = device.watch();
        QVERIFY(!holder->nextLine().isEmpty());
        press(device, round, 10'000);
        press(device, round, int(m_chance() % 20));
        holder->kill();
        compare(device);
    }
    QVERIFY(m_presses >= Rounds / 4);
}

void TestKill9::server()
{
    const QTemporaryDir folder;
    KitchenServer server(folder.path() + QStringLiteral("/server"));
    QVERIFY(server.start());
    const Ctl device(folder.path() + QStringLiteral("/device"));
    QVERIFY(join(device, server, QStringLiteral("Laptop")));
    const QString deviceFile = device.profile() + QStringLiteral("/device.db");
    m_shown.clear();
    m_presses = 0;
    qsizetype acked = 0;
    for (int round = 0; round < Rounds && !QTest::currentTestFailed(); ++round) {
        press(device, round, 10'000); // pushes on its way out, while …
        press(device, round, int(m_chance() % 60));
        server.kill();
        const auto seen = opsIn(deviceFile, QStringLiteral("SELECT id FROM ops WHERE seq > 0"));
        const auto kept = opsIn(server.file(), QStringLiteral("SELECT op FROM log"));
        QVERIFY2(kept.contains(seen), "an op that was acked is missing on the server");
        acked = seen.size();
        QVERIFY(server.start());
        if (round % 20 == 0)
            compare(device);
    }
    compare(device);
    QVERIFY(acked > Rounds / 2);
    const Ctl other(folder.path() + QStringLiteral("/other"));
    QVERIFY(join(other, server, QStringLiteral("Study")));
    QCOMPARE(device.run({QStringLiteral("sync")}).exitCode, 0);
    QCOMPARE(other.run({QStringLiteral("sync")}).exitCode, 0);
    QCOMPARE(other.run({QStringLiteral("digest")}).output,
             device.run({QStringLiteral("digest")}).output);
    qInfo("%d rounds, %lld ops acked, none missing", Rounds, qlonglong(acked));
    QCOMPARE(server.stop(), 0);
}

QTEST_GUILESS_MAIN(TestKill9)
#include "tst_kill9.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunningServer.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace simmer;
using namespace simmer::tests;

/// The program as a person or a service manager runs it.
class TestSimmerd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_dir = m_folder->filePath(QStringLiteral("kitchen"));
    }

    void helpAndVersion();
    void wrongUsageExitsWithTwo_data();
    void wrongUsageExitsWithTwo();
    void troubleIsOneLineAndOne_data();
    void troubleIsOneLineAndOne();
    void folderIsPrivate();
    void invitesWhileItRuns();
    void invitesWhileItDoesNot();
    void invitesFromADeepFolder();
    void invitesAs_data();
    void invitesAs();
    void tellsTheLogsSize();
    void secondServerIsRefused();
    void keepsSeveralKitchens_data();
    void keepsSeveralKitchens();
    void greetsOnceWithACode();
    void keepsTheCodeOutOfTheJournal();
    void greetsPeople();
    void printsWhatHappens();
    void endsOnSignals_data();
    void endsOnSignals();
    void killedServerKeepsWhatItAcked();

private:
    QJsonObject invite()
    {
        const Ran ran = run({QStringLiteral("invite"), QStringLiteral("--data-dir"), m_dir,
                             QStringLiteral("--json")});
        return QJsonDocument::fromJson(ran.out).object();
    }
    void join(WireDevice &device, const RunningServer &server)
    {
        tests::join(device, server, m_dir);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_dir;
};

void TestSimmerd::helpAndVersion()
{
    const Ran help = run({QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.out.contains("simmerd invite --data-dir DIR"));
    QVERIFY(help.out.contains("Exit codes"));
    const Ran version = run({QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QCOMPARE(version.out, QByteArray("simmerd " SIMMER_VERSION "\n"));
}

void TestSimmerd::wrongUsageExitsWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString dir = QStringLiteral("--data-dir=/nonexistent/x");
    QTest::newRow("no folder") << QStringList();
    QTest::newRow("invite without folder") << QStringList{QStringLiteral("invite")};
    QTest::newRow("unknown option") << QStringList{QStringLiteral("--root")};
    QTest::newRow("unknown task") << QStringList{QStringLiteral("dance"), dir};
    QTest::newRow("too many words")
        << QStringList{QStringLiteral("invite"), QStringLiteral("ana"), dir};
    QTest::newRow("role of nobody")
        << QStringList{QStringLiteral("devices"), QStringLiteral("--role=cook"), dir};
    QTest::newRow("unknown role") << QStringList{QStringLiteral("invite"),
                                                 QStringLiteral("--role=chef"), dir};
    QTest::newRow("check of a task")
        << QStringList{QStringLiteral("invite"), QStringLiteral("--check-config"), dir};
}

void TestSimmerd::wrongUsageExitsWithTwo()
{
    QFETCH(const QStringList, arguments);
    const Ran ran = run(arguments);
    QCOMPARE(ran.exitCode, 2);
    QCOMPARE(ran.out, QByteArray());
    QCOMPARE(ran.err.count('\n'), 1);
    QVERIFY2(ran.err.startsWith("simmerd: ") && ran.err.contains("see simmerd --help"),
             ran.err.constData());
}

void TestSimmerd::troubleIsOneLineAndOne_data()
{
    QTest::addColumn<QString>("dir");
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QByteArray>("says");
    const QString any = QStringLiteral("127.0.0.1:0");
    QTest::newRow("public address")
        << QString() << QStringLiteral("0.0.0.0:0") << QByteArray("--behind-proxy");
    QTest::newRow("taken port") << QString() << QString() << QByteArray("--listen");
    QTest::newRow("not a folder") << QStringLiteral("/dev/null/x") << any
                                  << QByteArray("/dev/null/x");
}

void TestSimmerd::troubleIsOneLineAndOne()
{
    QFETCH(const QString, dir);
    QFETCH(const QString, listen);
    QFETCH(const QByteArray, says);
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString taken = QStringLiteral("127.0.0.1:%1").arg(other.serverPort());
    const Ran ran =
        run({QStringLiteral("--plain"), QStringLiteral("--data-dir"), dir.isEmpty() ? m_dir : dir,
             QStringLiteral("--listen"), listen.isEmpty() ? taken : listen});
    QCOMPARE(ran.exitCode, 1);
    QCOMPARE(ran.err.count('\n'), 1);
    QVERIFY2(ran.err.contains(says), ran.err.constData());
}

void TestSimmerd::folderIsPrivate()
{
    const RunningServer server(m_dir);
    QVERIFY(server.url.isValid());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFileInfo(m_dir).permissions() & others));
    const QFileInfoList files = QDir(m_dir).entryInfoList(QDir::Files | QDir::System);
    QVERIFY(files.size() >= 4); // database, lock, control socket, note
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
}

void TestSimmerd::invitesWhileItRuns()
{
    const RunningServer server(m_dir);
    QVERIFY(server.url.isValid());
    QCOMPARE(invite().value(QStringLiteral("url")).toString(), server.url.toString());
    WireDevice device;
    join(device, server);
    QVERIFY(!device.bye());
    const Ran words = run({QStringLiteral("invite"), QStringLiteral("--data-dir"), m_dir});
    QCOMPARE(words.exitCode, 0);
    QVERIFY(words.out.contains("simmerctl pair " + server.url.toString().toLatin1()));
}

void TestSimmerd::invitesWhileItDoesNot()
{
    const QJsonObject first = invite();
    QCOMPARE(first.value(QStringLiteral("url")).toString(), QStringLiteral("wss://127.0.0.1:7464"));
    RunningServer server(m_dir);
    WireDevice device;
    device.connectTo(server.url);
    QTRY_VERIFY(device.isOpen());
    device.pair(first.value(QStringLiteral("code")).toString());
    QTRY_VERIFY(!device.token.isEmpty());
    QCOMPARE(server.terminate(), 0);
    QCOMPARE(invite().value(QStringLiteral("url")).toString(), server.url.toString());
}

void TestSimmerd::invitesAs_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("runs");
    for (const char *role : {"", "owner", "cook", "viewer"})
        for (const bool runs : {true, false})
            QTest::addRow("%s, %s", role, runs ? "running" : "absent")
                << QString::fromLatin1(role) << runs;
}

void TestSimmerd::invitesAs()
{
    QFETCH(const QString, role);
    QFETCH(const bool, runs);
    auto server = std::make_unique<RunningServer>(m_dir);
    if (!runs)
        QCOMPARE(server->terminate(), 0);
    QStringList ask{QStringLiteral("invite"), QStringLiteral("--data-dir"), m_dir,
                    QStringLiteral("--json")};
    if (!role.isEmpty())
        ask += {QStringLiteral("--role"), role};
    const QJsonObject invited = QJsonDocument::fromJson(run(ask).out).object();
    const QString expected = role.isEmpty() ? QStringLiteral("owner") : role;
    QCOMPARE(invited.value(QStringLiteral("role")).toString(), expected);
    if (!runs)
        server = std::make_unique<RunningServer>(m_dir);
    WireDevice device;
    device.connectTo(server->url);
    QTRY_VERIFY(device.isOpen());
    device.pair(invited.value(QStringLiteral("code")).toString());
    QTRY_VERIFY(!device.token.isEmpty());
    QCOMPARE(nameOf(device.heard<protocol::Paired>()->role), expected);
}

void TestSimmerd::tellsTheLogsSize()
{
    const QStringList ask{QStringLiteral("status"), QStringLiteral("--data-dir"), m_dir};
    {
        RunningServer server(m_dir);
        WireDevice device;
        join(device, server);
        const timers::Op op = device.op(timers::Pause{}, 1);
        device.say(protocol::Push{{op}});
        QTRY_VERIFY(device.hasAck(op.id));
        QCOMPARE(run(ask + QStringList{QStringLiteral("--json")}).out,
                 QByteArray("{\"base\":0,\"head\":1,\"history\":0,\"ops\":1}\n"));
    }
    const Ran alone = run(ask);
    QCOMPARE(alone.exitCode, 0);
    QVERIFY(alone.out.startsWith("1 ops in the log, the newest is number 1\n"));
}

void TestSimmerd::invitesFromADeepFolder()
{
    m_dir += QLatin1Char('/') + QString(150, QLatin1Char('d')); // no socket fits into it
    RunningServer server(m_dir);
    QVERIFY(server.url.isValid());
    QCOMPARE(invite().value(QStringLiteral("url")).toString(), server.url.toString());
    server.kill();
    QTRY_VERIFY(server.hasEnded());
    const RunningServer again(m_dir);
    QCOMPARE(invite().value(QStringLiteral("url")).toString(), again.url.toString());
}

void TestSimmerd::secondServerIsRefused()
{
    const RunningServer server(m_dir);
    const Ran second = run({QStringLiteral("--data-dir"), m_dir, QStringLiteral("--listen"),
                            QStringLiteral("127.0.0.1:0")});
    QCOMPARE(second.exitCode, 1);
    QVERIFY(second.err.contains("in use"));
}

void TestSimmerd::keepsSeveralKitchens_data()
{
    QTest::addColumn<bool>("runs");
    QTest::newRow("running") << true;
    QTest::newRow("absent") << false;
}

void TestSimmerd::keepsSeveralKitchens()
{
    QFETCH(const bool, runs);
    const QStringList here{QStringLiteral("--data-dir"), m_dir, QStringLiteral("--json")};
    auto server = std::make_unique<RunningServer>(m_dir);
    if (!runs)
        QCOMPARE(server->terminate(), 0);
    const Ran added =
        run(QStringList{QStringLiteral("add-kitchen"), QStringLiteral("Ben’s")} + here);
    QCOMPARE(added.exitCode, 0);
    const QByteArrayList lines = added.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    const QString id =
        QJsonDocument::fromJson(lines[0]).object().value(QStringLiteral("kitchen")).toString();
    const auto codeIn = [](const QByteArray &line) {
        return QJsonDocument::fromJson(line).object().value(QStringLiteral("code")).toString();
    };
    const QStringList there{QStringLiteral("--kitchen"), id.left(8)};
    const Ran invited = run(QStringList{QStringLiteral("invite")} + there + here);
    const Ran token =
        run(QStringList{QStringLiteral("token"), QStringLiteral("--name"), QStringLiteral("Oven")} +
            there + here);
    QVERIFY(token.out.contains("token"));
    for (const QString &digits : {QStringLiteral("zzzz"), id.left(3)})
        QCOMPARE(
            run(QStringList{QStringLiteral("invite"), QStringLiteral("--kitchen"), digits} + here)
                .exitCode,
            1);
    if (!runs)
        server = std::make_unique<RunningServer>(m_dir);
    for (const QString &code : {codeIn(lines[1]), codeIn(invited.out)}) {
        WireDevice device;
        device.connectTo(server->url);
        QTRY_VERIFY(device.isOpen());
        device.pair(code);
        QTRY_VERIFY(device.heard<protocol::Paired>());
        QCOMPARE(device.heard<protocol::Paired>()->kitchen.toHex(), id);
        QCOMPARE(device.heard<protocol::Paired>()->kitchenName, QStringLiteral("Ben’s"));
    }
    const Ran all = run(QStringList{QStringLiteral("kitchens")} + here);
    const QJsonArray kitchens =
        QJsonDocument::fromJson(all.out).object().value(QStringLiteral("kitchens")).toArray();
    QCOMPARE(kitchens.size(), 2);
    QCOMPARE(kitchens[1].toObject().value(QStringLiteral("devices")).toInt(), 3);
}

void TestSimmerd::greetsOnceWithACode()
{
    const QString log = m_folder->filePath(QStringLiteral("simmerd.log"));
    const QStringList logged{QStringLiteral("--log"), log, QStringLiteral("--log-level"),
                             QStringLiteral("debug")};
    RunningServer server(m_dir, logged);
    QByteArray printed;
    QTRY_VERIFY((printed += server.printed()).contains("first-start"));
    const qsizetype from = printed.lastIndexOf('\n', printed.indexOf("first-start")) + 1;
    const QJsonObject first =
        QJsonDocument::fromJson(printed.mid(from, printed.indexOf('\n', from) - from)).object();
    QCOMPARE(first.value(QStringLiteral("url")).toString(), server.url.toString());
    QCOMPARE(first.value(QStringLiteral("role")).toString(), QStringLiteral("owner"));
    const QString code = first.value(QStringLiteral("code")).toString();
    WireDevice device;
    device.connectTo(server.url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_VERIFY(!device.token.isEmpty());
    QCOMPARE(device.heard<protocol::Paired>()->role, Role::Owner);
    QCOMPARE(server.terminate(), 0);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray lines = file.readAll();
    QVERIFY(lines.contains("Listening on"));
    QVERIFY(!lines.contains(code.toLatin1()));
    RunningServer again(m_dir, logged);
    QVERIFY(again.url.isValid());
    QCOMPARE(again.terminate(), 0);
    QVERIFY(!again.printed().contains("first-start"));
}

/// Standard output is a pipe here, as it is for a service.
void TestSimmerd::keepsTheCodeOutOfTheJournal()
{
    RunningServer server(m_dir, {QStringLiteral("--log"), QStringLiteral("journald")});
    QVERIFY(server.url.isValid());
    QCOMPARE(server.terminate(), 0);
    const QByteArray printed = server.printed();
    QVERIFY2(printed.contains("{\"event\":\"first-start\"}\n"), printed.constData());
}

void TestSimmerd::greetsPeople()
{
    for (const bool first : {true, false}) {
        QProcess process;
        process.start(Program, {QStringLiteral("--data-dir"), m_dir, QStringLiteral("--listen"),
                                QStringLiteral("127.0.0.1:0")});
        QByteArray printed;
        const auto says = [&](const char *words) {
            printed += process.readAllStandardOutput();
            return printed.contains(words);
        };
        QTRY_VERIFY(says(first ? "the next code.\n" : "the house can connect\n"));
        process.terminate();
        QVERIFY(process.waitForFinished());
        says("");
        const QString words = QString::fromUtf8(printed);
        static const QRegularExpression key(
            QStringLiteral("^Key      ([0-9a-f]{4} ){15}[0-9a-f]{4}\nAddress  wss://127.0.0.1:"));
        QVERIFY2(key.match(words).hasMatch(), printed.constData());
        QCOMPARE(words.count(QStringLiteral("  simmerctl pair wss://127.0.0.1:")), first ? 1 : 0);
    }
}

void TestSimmerd::printsWhatHappens()
{
    RunningServer server(m_dir);
    WireDevice device(QStringLiteral("ana"));
    join(device, server);
    device.say(protocol::Push{{device.op(timers::Pause{}, 1), device.op(timers::Pause{}, 2)}});
    QTRY_COMPARE(device.log.size(), 2);
    device.socket().close();
    QTRY_VERIFY(device.isClosed());
    QCOMPARE(server.terminate(), 0);
    QStringList events;
    const QList<QByteArray> lines = server.printed().trimmed().split('\n');
    for (const QByteArray &line : lines)
        events += QJsonDocument::fromJson(line).object().value(QStringLiteral("event")).toString();
    // Whether a time server set this machine's clock, and so when it is sure, is not ours to say.
    QVERIFY(events.removeAll(QStringLiteral("clock")) >= 1);
    QCOMPARE(events.join(QLatin1Char(' ')),
             QStringLiteral("first-start joined connected ops disconnected stopped"));
    QVERIFY(lines.join().contains("\"count\":2,\"event\":\"ops\",\"seq\":2"));
    QVERIFY(!lines.join().contains(device.token.toHex()));
}

void TestSimmerd::endsOnSignals_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestSimmerd::endsOnSignals()
{
    QFETCH(const int, signal);
    RunningServer server(m_dir);
    WireDevice device;
    join(device, server);
    QCOMPARE(server.terminate(signal), 0);
    QTRY_COMPARE(device.bye(), protocol::ByeReason::Closing);
}

/// SIMMER_ROUNDS makes it longer.
void TestSimmerd::killedServerKeepsWhatItAcked()
{
    const int rounds = std::max(5, qEnvironmentVariableIntValue("SIMMER_ROUNDS"));
    WireDevice device;
    QSet<OpId> acked;
    for (int round = 0; round < rounds; ++round) {
        RunningServer server(m_dir);
        QVERIFY(server.url.isValid());
        if (round == 0) {
            join(device, server);
        } else {
            device.connectTo(server.url);
            QTRY_VERIFY(device.isOpen());
            device.hello();
            QTRY_VERIFY(device.heard<protocol::Welcome>());
            QVERIFY(!device.heard<protocol::Welcome>()->restart);
            QTRY_COMPARE(device.cursor.seq, device.heard<protocol::Welcome>()->head);
        }
        QSet<OpId> inLog;
        for (const protocol::Entry &entry : std::as_const(device.log))
            inLog.insert(entry.op.id);
        QVERIFY((acked - inLog).isEmpty());
        QList<OpId> sent;
        const qsizetype enough = QRandomGenerator::global()->bounded(60);
        const QObject watch;
        connect(&device.socket(), &QWebSocket::textMessageReceived, &watch, [&] {
            if (device.count<protocol::Acked>() >= enough)
                server.kill();
        });
        for (int i = 0; i < 60; ++i) {
            const timers::Op op = device.op(timers::Pause{}, 1'700'000'000'000 + i);
            sent += op.id;
            device.say(protocol::Push{{op}});
        }
        QTRY_VERIFY(device.isClosed());
        for (const OpId &op : std::as_const(sent))
            if (device.hasAck(op))
                acked.insert(op);
    }
    QVERIFY(!acked.isEmpty());
    QCOMPARE(device.faults, QStringList());
    qInfo("%lld acked ops over %d kills", qint64(acked.size()), rounds);
}

QTEST_GUILESS_MAIN(TestSimmerd)
#include "tst_simmerd.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunningServer.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace simmer;
using namespace simmer::tests;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QProcessEnvironment with(const QString &name, const QString &value)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(name, value);
    return environment;
}

/// Says this by a connection of its own, and waits for the other side to end it.
bool closesAfter(const QUrl &server, const QByteArray &bytes)
{
    QTcpSocket socket;
    socket.connectToHost(server.host(), quint16(server.port()));
    socket.write(bytes);
    return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; },
                           10'000);
}

/// What systemd hears of the server that it started.
class Notified
{
public:
    explicit Notified(const QString &path)
    {
        sockaddr_un at = {};
        at.sun_family = AF_UNIX;
        std::strncpy(at.sun_path, path.toLocal8Bit().constData(), sizeof at.sun_path - 1);
        [[maybe_unused]] const int bound =
            ::bind(m_socket, reinterpret_cast<const sockaddr *>(&at), sizeof at);
        Q_ASSERT(bound == 0);
    }
    ~Notified() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(Notified)

    /// Takes what came meanwhile; whether it has this line.
    bool hears(const QByteArray &line)
    {
        char bytes[4096];
        for (ssize_t length = 0;
             (length = ::recv(m_socket, bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
            m_lines += QByteArray(bytes, length).split('\n');
        return m_lines.contains(line);
    }
    void forget()
    {
        hears({});
        m_lines.clear();
    }
    /// Whether it hears no sign of life for a second, which is sixteen times what was asked for.
    bool misses()
    {
        forget();
        return !QTest::qWaitFor([this] { return hears("WATCHDOG=1"); }, 1000);
    }

private:
    const int m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    QByteArrayList m_lines;
};

/// While it lives nobody else can write the kitchen's file: the store thread waits.
class HeldFile
{
public:
    explicit HeldFile(const QString &path)
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), Name);
        file.setDatabaseName(path);
        m_isHeld = file.open() && QSqlQuery(file).exec(QStringLiteral("BEGIN IMMEDIATE"));
    }
    ~HeldFile()
    {
        QSqlDatabase::database(Name).close();
        QSqlDatabase::removeDatabase(Name);
    }
    Q_DISABLE_COPY_MOVE(HeldFile)

    bool isHeld() const { return m_isHeld; }

private:
    inline static const QString Name = QStringLiteral("held");
    bool m_isHeld = false;
};

} // namespace

/// What somebody who runs a server for years depends on.
class TestOperation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        m_dir = m_folder->filePath(QStringLiteral("kitchen"));
    }

    void wrongSettingsExitWithTwo_data();
    void wrongSettingsExitWithTwo();
    void checksItsConfig();
    void printsAnExample();
    void servesByItsFile();
    void tellsSystemd();
    void watchdogStopsWhenTheStoreHangs();
    void secondSignalEndsAtOnce();
    void hangupReadsTheSettingsAgain();
    void wrongSettingsChangeNothing();
    void logSaysNothingSecret();
    void stopsUnderLoad();

private:
    QString inFolder(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    /// As systemd has it with a watchdog of 60 ms.
    QProcessEnvironment watched() const
    {
        QProcessEnvironment environment = with(QStringLiteral("NOTIFY_SOCKET"), inFolder("notify"));
        environment.insert(QStringLiteral("WATCHDOG_USEC"), QStringLiteral("60000"));
        return environment;
    }
    QString write(const char *name, const QByteArray &text) const
    {
        QFile file(inFolder(name));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("no file");
        file.write(text);
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_dir;
};

void TestOperation::wrongSettingsExitWithTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    const QString dir = QStringLiteral("--data-dir=/nonexistent/x");
    const QString listen = QStringLiteral("--listen");
    QTest::newRow("no port") << QStringList{dir, listen, QStringLiteral("127.0.0.1")};
    QTest::newRow("port too high") << QStringList{dir, listen, QStringLiteral("127.0.0.1:65536")};
    QTest::newRow("no address") << QStringList{dir, listen, QStringLiteral("kitchen:1")};
    QTest::newRow("no config file") << QStringList{dir, QStringLiteral("--config=/nonexistent")};
}

void TestOperation::wrongSettingsExitWithTwo()
{
    QFETCH(const QStringList, arguments);
    const Ran ran = run(arguments);
    QCOMPARE(ran.exitCode, 2);
    QCOMPARE(ran.out, QByteArray());
    QCOMPARE(ran.err.count('\n'), 1);
    QVERIFY2(ran.err.startsWith("simmerd: "), ran.err.constData());
}

void TestOperation::checksItsConfig()
{
    const QString good = write("good.conf", "data-dir = /srv/kitchen\nlog-level = debug\n");
    const QStringList check{QStringLiteral("--check-config"), QStringLiteral("--config")};
    const Ran ran = run(check + QStringList{good},
                        with(QStringLiteral("SIMMERD_LISTEN"), QStringLiteral("127.0.0.1:9")));
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.err, QByteArray());
    QVERIFY(ran.out.contains("good.conf:1\n"));
    QVERIFY(ran.out.contains("127.0.0.1:9                      SIMMERD_LISTEN\n"));

    const QString wrong = write("wrong.conf", "datadir = /srv\n\nlog-level = loud\n");
    const Ran refused = run(check + QStringList{wrong});
    QCOMPARE(refused.exitCode, 2);
    QCOMPARE(refused.err.count('\n'), 2);
    QVERIFY(refused.err.contains("wrong.conf:1: “datadir” is nothing that can be set; did you mean "
                                 "“data-dir”?"));
    QVERIFY(refused.err.contains("wrong.conf:3: log-level wants"));
    const Ran json = run(check + QStringList{wrong, QStringLiteral("--json")});
    QCOMPARE(json.exitCode, 2);
    QCOMPARE(QJsonDocument::fromJson(json.out).object().size(), 3);
}

void TestOperation::printsAnExample()
{
    const Ran example = run({QStringLiteral("example-config")});
    QCOMPARE(example.exitCode, 0);
    const QString file = write("example.conf", example.out);
    const Ran check = run({QStringLiteral("--check-config"), QStringLiteral("--config"), file});
    QCOMPARE(check.err, QByteArray());
    QCOMPARE(check.exitCode, 0);
}

void TestOperation::servesByItsFile()
{
    const QString log = inFolder("simmerd.log");
    const QString file = write("simmerd.conf", "log = " + log.toUtf8() + "\nlog-level = debug\n");
    RunningServer server(m_dir, {QStringLiteral("--config"), file});
    QVERIFY(server.url.isValid());
    WireDevice device(QStringLiteral("Tablet"));
    join(device, server, m_dir);
    QCOMPARE(server.terminate(), 0);
    const QByteArray lines = contents(log);
    for (const QByteArray &expected :
         {"info    Listening on " + server.url.toString().toUtf8(),
          "info    Tablet (" + device.id.toHex().left(8).toLatin1() + ") joined",
          QByteArray("info    Stopped")})
        QVERIFY2(lines.contains(expected), lines.constData());
    QCOMPARE(server.complained(), QByteArray());
}

void TestOperation::tellsSystemd()
{
    Notified systemd(inFolder("notify"));
    RunningServer server(m_dir, {}, watched());
    QVERIFY(server.url.isValid());
    const QByteArray status = "STATUS=Listening on " + server.url.toString().toUtf8();
    QTRY_VERIFY(systemd.hears("READY=1"));
    QVERIFY(systemd.hears(status + "; devices here: 0"));
    QTRY_VERIFY(systemd.hears("WATCHDOG=1"));
    systemd.forget();
    QTRY_VERIFY(systemd.hears("WATCHDOG=1")); // again
    WireDevice device;
    join(device, server, m_dir);
    QTRY_VERIFY(systemd.hears(status + "; devices here: 1"));
    QVERIFY(!systemd.hears("STOPPING=1"));
    QCOMPARE(server.terminate(), 0);
    QVERIFY(systemd.hears("STOPPING=1"));
}

void TestOperation::watchdogStopsWhenTheStoreHangs()
{
    Notified systemd(inFolder("notify"));
    RunningServer server(m_dir, {}, watched());
    WireDevice device;
    join(device, server, m_dir);
    {
        const HeldFile held(m_dir + QStringLiteral("/kitchen.db"));
        QVERIFY(held.isHeld());
        device.say(protocol::Push{{device.op(timers::Pause{}, 1)}});
        QTRY_VERIFY(systemd.misses());
    }
    QTRY_VERIFY(systemd.hears("WATCHDOG=1"));
}

void TestOperation::secondSignalEndsAtOnce()
{
    Notified systemd(inFolder("notify"));
    RunningServer server(m_dir, {}, watched());
    WireDevice device;
    join(device, server, m_dir);
    const HeldFile held(m_dir + QStringLiteral("/kitchen.db"));
    QVERIFY(held.isHeld());
    device.say(protocol::Push{{device.op(timers::Pause{}, 1)}});
    QTRY_VERIFY(systemd.misses());
    server.signal(SIGTERM); // it waits for the disk
    QVERIFY(!QTest::qWaitFor([&] { return server.hasEnded(); }, 300));
    server.signal(SIGTERM);
    QTRY_VERIFY_WITH_TIMEOUT(server.hasEnded(), 2000);
    QCOMPARE(server.exitCode(), 128 + SIGTERM);
}

void TestOperation::hangupReadsTheSettingsAgain()
{
    const QByteArray log = inFolder("simmerd.log").toUtf8();
    const QString file = write("simmerd.conf", "log = " + log + "\nbehind-proxy = no\n");
    RunningServer server(m_dir, {QStringLiteral("--config"), file});
    QVERIFY(server.url.isValid());
    QVERIFY(QFile::rename(inFolder("simmerd.log"), inFolder("simmerd.log.moved")));
    write("simmerd.conf", "log = " + log + "\nlog-level = debug\nbehind-proxy = yes\n");
    server.signal(SIGHUP);
    QTRY_VERIFY(contents(inFolder("simmerd.log")).contains("the settings were read again"));
    QTRY_VERIFY(contents(inFolder("simmerd.log"))
                    .contains("warning behind-proxy has changed; that holds when simmerd is "
                              "started anew"));
    WireDevice device;
    join(device, server, m_dir);
    device.say(protocol::Push{{device.op(timers::Pause{}, 1)}});
    QTRY_VERIFY(contents(inFolder("simmerd.log")).contains("debug   1 new in the log"));
    QCOMPARE(server.terminate(), 0);
    QVERIFY(contents(inFolder("simmerd.log.moved")).contains("Listening on"));
}

void TestOperation::wrongSettingsChangeNothing()
{
    const QByteArray log = inFolder("simmerd.log").toUtf8();
    const QString file = write("simmerd.conf", "log = " + log + '\n');
    RunningServer server(m_dir, {QStringLiteral("--config"), file});
    QVERIFY(server.url.isValid());
    write("simmerd.conf", "log = stderr\nlog-level = loud\n");
    server.signal(SIGHUP);
    QTRY_VERIFY(contents(inFolder("simmerd.log")).contains("the settings stay as they were"));
    QVERIFY(contents(inFolder("simmerd.log")).contains("simmerd.conf:2: log-level wants"));
    QCOMPARE(server.terminate(), 0);
    QVERIFY(contents(inFolder("simmerd.log")).endsWith("Stopped\n"));
}

/// Everything that somebody could say goes over the wire, right and wrong; nothing of it may stand
/// in the log or in what is printed.
void TestOperation::logSaysNothingSecret()
{
    const QString log = inFolder("simmerd.log");
    RunningServer server(m_dir, {QStringLiteral("--log"), log, QStringLiteral("--log-level"),
                                 QStringLiteral("debug")});
    WireDevice device(QStringLiteral("Tablet"));
    const Ran invited = run(
        {QStringLiteral("invite"), QStringLiteral("--data-dir"), m_dir, QStringLiteral("--json")});
    const QString code =
        QJsonDocument::fromJson(invited.out).object().value(QStringLiteral("code")).toString();
    device.connectTo(server.url);
    QTRY_VERIFY(device.isOpen());
    device.pair(code);
    QTRY_VERIFY(!device.token.isEmpty());
    device.hello();
    QTRY_VERIFY(device.heard<protocol::Welcome>());
    const QJsonObject recipe{
        {QStringLiteral("title"), QStringLiteral("CanaryTitle")},
        {QStringLiteral("steps"), QJsonArray{QStringLiteral("CanaryStep for 5 min")}},
        {QStringLiteral("notes"), QStringLiteral("CanaryNotes")}};
    const timers::Start start{QStringLiteral("CanaryTimer"), 1, 1, {}, {}, {}}; // rings at once
    const QList<timers::Op> ops{device.op(timers::WriteRecipe{recipe}, 1), device.op(start, 2)};
    device.say(protocol::Push{ops});
    QTRY_VERIFY(device.hasAck(ops[1].id));
    device.sayText(QStringLiteral("{\"type\":\"push\",\"CanaryKey\":\"CanaryValue\"}"));
    QTRY_VERIFY(device.isClosed());

    for (const QByteArray &word : {device.token.toHex(), QByteArray("CanaryBearer")})
        for (const QByteArray &request :
             {"GET /api/v1/timers?token=CanaryQuery HTTP/1.1\r\nHost: localhost\r\n"
              "Authorization: Bearer " +
                  word,
              "POST /api/v1/timers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + word +
                  "\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n"
                  "{\"CanaryField\":\"CanaryB\"}",
              "GET /" + word + " HTTP/1.1\r\nHost: canary.example\r\nOrigin: http://canary",
              "CanaryGarbage " + word})
            QVERIFY(closesAfter(server.url, request + "\r\nConnection: close\r\n\r\n"));

    WireDevice stranger(QStringLiteral("Stranger"));
    stranger.connectTo(server.url);
    QTRY_VERIFY(stranger.isOpen());
    stranger.pair(QStringLiteral("CNRY-CNRY-CNRY-CNRY"));
    QTRY_VERIFY(stranger.bye());
    WireDevice thief(QStringLiteral("Thief"));
    thief.connectTo(server.url);
    QTRY_VERIFY(thief.isOpen());
    thief.id = device.id;
    thief.token = QByteArray(32, '\x5c');
    thief.hello();
    QTRY_VERIFY(thief.bye());
    QCOMPARE(server.terminate(), 0);

    const QByteArray said = contents(log) + server.printed() + server.complained();
    QVERIFY(said.contains("2 new in the log")); // at debug level, and all of it was heard
    const QByteArrayList canaries{"Canary",
                                  code.toUtf8(),
                                  code.toUtf8().replace("-", ""),
                                  device.token.toHex(),
                                  device.token.toBase64(),
                                  thief.token.toHex(),
                                  "CNRY"};
    for (const QByteArray &canary : canaries)
        QVERIFY2(!said.toLower().contains(canary.toLower()), canary.constData());
}

/// Devices push without a pause while the server is told to stop: what was acked is in the file,
/// and everybody is told to come back.
void TestOperation::stopsUnderLoad()
{
    RunningServer server(m_dir);
    std::vector<std::unique_ptr<WireDevice>> devices;
    for (int i = 0; i < 8; ++i) {
        devices.push_back(std::make_unique<WireDevice>());
        join(*devices.back(), server, m_dir);
    }
    QHash<OpId, WireDevice *> sent;
    const auto push = [&](WireDevice &device) {
        const timers::Op op = device.op(timers::Pause{}, 1);
        sent.insert(op.id, &device);
        device.say(protocol::Push{{op}});
    };
    for (const auto &device : devices) {
        connect(&device->socket(), &QWebSocket::textMessageReceived, device.get(),
                [&, self = device.get()] { push(*self); });
        push(*device);
    }
    QTRY_VERIFY(sent.size() > 400);
    QCOMPARE(server.terminate(), 0);
    for (const auto &device : devices)
        QTRY_COMPARE(device->bye(), protocol::ByeReason::Closing);
    qsizetype acked = 0;
    for (auto it = sent.cbegin(); it != sent.cend(); ++it)
        acked += (*it)->hasAck(it.key()) ? 1 : 0;
    const Ran status = run(
        {QStringLiteral("status"), QStringLiteral("--data-dir"), m_dir, QStringLiteral("--json")});
    const qint64 kept =
        QJsonDocument::fromJson(status.out).object().value(QStringLiteral("ops")).toInteger();
    QVERIFY2(acked > 0 && kept >= acked,
             qPrintable(QStringLiteral("%1 of %2").arg(kept).arg(acked)));
}

QTEST_GUILESS_MAIN(TestOperation)
#include "tst_operation.moc"

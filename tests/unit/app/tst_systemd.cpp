// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Systemd.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace simmer::app;

namespace {

/// The end that systemd holds.
class Listener
{
public:
    explicit Listener(const QByteArray &address)
    {
        sockaddr_un at = {};
        at.sun_family = AF_UNIX;
        std::memcpy(at.sun_path, address.constData(), size_t(address.size()));
        if (address.startsWith('@'))
            at.sun_path[0] = '\0';
        m_isBound =
            ::bind(m_socket, reinterpret_cast<const sockaddr *>(&at),
                   socklen_t(offsetof(sockaddr_un, sun_path) + size_t(address.size()))) == 0;
    }
    ~Listener() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(Listener)

    bool isBound() const { return m_isBound; }
    /// What was said, or nothing.
    QByteArray heard() const
    {
        QByteArray bytes(4096, '\0');
        const ssize_t length = ::recv(m_socket, bytes.data(), size_t(bytes.size()), MSG_DONTWAIT);
        bytes.truncate(std::max<ssize_t>(0, length));
        return bytes;
    }

private:
    const int m_socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    bool m_isBound = false;
};

QByteArray me()
{
    return QByteArray::number(qint64(::getpid()));
}

} // namespace

class TestSystemd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        for (const char *name :
             {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID"})
            qunsetenv(name);
    }

    void silentWithoutIt();
    void saysHowItIs_data();
    void saysHowItIs();
    void nobodyListens();
    void watchdog_data();
    void watchdog();
    void takesItsSockets();
    void leavesTheSocketsOfOthers();
};

void TestSystemd::silentWithoutIt()
{
    const Systemd systemd = Systemd::fromEnvironment();
    systemd.say("READY=1");
    QCOMPARE(systemd.watchdogMs(), 0);
    QVERIFY(systemd.descriptors().isEmpty());
}

void TestSystemd::saysHowItIs_data()
{
    QTest::addColumn<bool>("isAbstract");
    QTest::newRow("path") << false;
    QTest::newRow("abstract") << true;
}

void TestSystemd::saysHowItIs()
{
    QFETCH(const bool, isAbstract);
    QTemporaryDir folder;
    const QByteArray address =
        isAbstract ? "@simmer-test-" + me() : folder.filePath(QStringLiteral("notify")).toUtf8();
    const Listener listener(address);
    QVERIFY(listener.isBound());
    qputenv("NOTIFY_SOCKET", address);
    const Systemd systemd = Systemd::fromEnvironment();
    systemd.say("READY=1\nSTATUS=here");
    QCOMPARE(listener.heard(), QByteArray("READY=1\nSTATUS=here"));
    QVERIFY(!qEnvironmentVariableIsSet("NOTIFY_SOCKET")); // a child must not speak for us
}

void TestSystemd::nobodyListens()
{
    for (const QByteArray &address : {QByteArray("/nonexistent/notify"), QByteArray("/"),
                                      '/' + QByteArray(200, 'x'), QByteArray()}) {
        qputenv("NOTIFY_SOCKET", address);
        Systemd::fromEnvironment().say("READY=1"); // and goes on
    }
    QVERIFY(!qEnvironmentVariableIsSet("NOTIFY_SOCKET"));
}

void TestSystemd::watchdog_data()
{
    QTest::addColumn<QByteArray>("usec");
    QTest::addColumn<QByteArray>("pid");
    QTest::addColumn<int>("ms");
    QTest::newRow("for us") << QByteArray("30000000") << me() << 30'000;
    QTest::newRow("for anybody") << QByteArray("30000000") << QByteArray() << 30'000;
    QTest::newRow("for another") << QByteArray("30000000") << QByteArray("1") << 0;
    QTest::newRow("no number") << QByteArray("soon") << me() << 0;
    QTest::newRow("negative") << QByteArray("-5000") << me() << 0;
}

void TestSystemd::watchdog()
{
    QFETCH(const QByteArray, usec);
    QFETCH(const QByteArray, pid);
    QFETCH(const int, ms);
    qputenv("WATCHDOG_USEC", usec);
    if (!pid.isEmpty())
        qputenv("WATCHDOG_PID", pid);
    QCOMPARE(Systemd::fromEnvironment().watchdogMs(), ms);
}

void TestSystemd::takesItsSockets()
{
    const int before = ::fcntl(3, F_GETFD);
    if (before < 0)
        QCOMPARE(::dup2(STDERR_FILENO, 3), 3);
    ::fcntl(3, F_SETFD, 0);
    qputenv("LISTEN_PID", me());
    qputenv("LISTEN_FDS", "1");
    QCOMPARE(Systemd::fromEnvironment().descriptors(), QList<int>{3});
    QCOMPARE(::fcntl(3, F_GETFD), FD_CLOEXEC);
    QVERIFY(!qEnvironmentVariableIsSet("LISTEN_FDS"));
    if (before < 0)
        ::close(3);
}

void TestSystemd::leavesTheSocketsOfOthers()
{
    qputenv("LISTEN_PID", "1");
    qputenv("LISTEN_FDS", "2");
    QVERIFY(Systemd::fromEnvironment().descriptors().isEmpty());
    qputenv("LISTEN_PID", me());
    qputenv("LISTEN_FDS", "-3");
    QVERIFY(Systemd::fromEnvironment().descriptors().isEmpty());
}

QTEST_GUILESS_MAIN(TestSystemd)
#include "tst_systemd.moc"

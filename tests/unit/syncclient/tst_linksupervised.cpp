// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/WindUpClock.h"
#include "storage/device/DeviceLog.h"
#include "supervision/Faults.h"
#include "supervision/Guarded.h"
#include "syncclient/SyncClient.h"
#include "syncserver/SyncServer.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::supervision;
using namespace simmer::syncclient;

namespace {

/// A device's log and link; its alarms ring when the test lets them.
struct Device {
    explicit Device(const QString &folder)
        : log(new storage::DeviceLog(clock, folder, QStringLiteral("Ana")))
        , logThread(startThread(QStringLiteral("storage"), log))
        , client(clock, *log)
        , restarted(&client.thread(), &SupervisedThread::restarted)
        , hung(&client.thread(), &SupervisedThread::hung)
    {
        fakes::Heard loaded(log, &storage::DeviceLog::loaded);
        log->open();
        if (!QTest::qWaitFor([&] { return loaded.size() > 0; }, PatienceMs))
            qFatal("the log was not read");
    }
    void press()
    {
        log->append({OpId::random(),
                     TimerId::random().uuid(),
                     timers::Start{QStringLiteral("Eggs"), 60'000, 60'000, {}},
                     {},
                     {}});
    }
    bool isLevel() const
    {
        return client.status().state == LinkState::Level && client.status().waiting == 0;
    }

    fakes::WindUpClock clock;
    storage::DeviceLog *log;
    OwnedThread logThread;
    SyncClient client;
    QSignalSpy restarted;
    QSignalSpy hung;
};

void order(const char *where, faults::Kind kind, int times = 1)
{
    faults::order(QStringLiteral("link"), QString::fromLatin1(where), kind, times);
}

} // namespace

/// The link is made to throw and to hang; it comes back and is level again.
class TestLinkSupervised : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aLinkThatThrowsIsReplaced();
    void aLinkThatHangsIsReplaced();
    void aReviewIsAnsweredAcrossAHang();
    void pairingThatMeetsACrashFails();
    void safeModeStillBringsPresses();

private:
    QString invite();
    void join(Device &device);

    SystemClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<syncserver::SyncServer> m_server;
    QUrl m_url;
};

void TestLinkSupervised::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<syncserver::SyncServer>(m_clock);
    syncserver::ServerOptions options;
    options.dataDir = m_folder->filePath(QStringLiteral("server"));
    options.at = {{QStringLiteral("127.0.0.1"), 0}};
    const auto listening = m_server->start(options);
    QVERIFY2(listening, listening ? "" : qPrintable(describe(listening.error())));
    m_url = *listening;
}

void TestLinkSupervised::cleanup()
{
    faults::clear();
    m_server.reset();
}

QString TestLinkSupervised::invite()
{
    QString code;
    m_server->invite(Role::Owner, [&](const Expected<syncserver::Invite> &made) {
        code = made ? made->code : QStringLiteral("none");
    });
    if (!QTest::qWaitFor([&] { return !code.isEmpty(); }, PatienceMs))
        qFatal("no code");
    return code;
}

void TestLinkSupervised::join(Device &device)
{
    device.client.pair(m_url, invite(), QStringLiteral("One"));
    QTRY_VERIFY(device.isLevel());
}

void TestLinkSupervised::aLinkThatThrowsIsReplaced()
{
    Device device(m_folder->filePath(QStringLiteral("one")));
    join(device);
    order("receive", faults::Kind::Throw);
    device.press();
    QTRY_COMPARE(device.restarted.size(), 1);
    QTRY_VERIFY(device.isLevel());
    fakes::Heard merged(device.log, &storage::DeviceLog::merged);
    device.press();
    QTRY_VERIFY(merged.size() > 0);
    QCOMPARE(merged.last<1>().seq, 2); // the first one came to the server once
    QTRY_VERIFY(device.isLevel());
}

void TestLinkSupervised::aLinkThatHangsIsReplaced()
{
    Device device(m_folder->filePath(QStringLiteral("one")));
    join(device);
    order("receive", faults::Kind::Hang);
    device.press();
    QTRY_COMPARE(faults::hanging(), 1);
    for (int second = 0; second < 20 && device.hung.isEmpty(); ++second)
        device.clock.advance(1000);
    QCOMPARE(device.hung.size(), 1);
    QTRY_VERIFY(device.isLevel());
    QTRY_VERIFY(!device.client.thread().isHaunted());
    device.press();
    QTRY_VERIFY(device.client.status().waiting == 0);
}

/// The answer was on its way to a link that hangs.
void TestLinkSupervised::aReviewIsAnsweredAcrossAHang()
{
    Device device(m_folder->filePath(QStringLiteral("one")));
    join(device);
    fakes::Heard counted(device.log, &storage::DeviceLog::waitingChanged);
    order("receive", faults::Kind::Hang);
    device.press();
    QTRY_VERIFY(counted.size() > 0 && counted.last() == 1);
    QTRY_COMPARE(faults::hanging(), 1);
    QCoreApplication::processEvents(); // what the link said of the press before it hung
    const qsizetype before = counted.size();
    QSignalSpy reviewed(&device.client, &SyncClient::reviewed);
    device.client.review();
    QTRY_VERIFY(counted.size() > before);
    QCOMPARE(reviewed.size(), 0);
    for (int second = 0; second < 20 && device.hung.isEmpty(); ++second)
        device.clock.advance(1000);
    QTRY_VERIFY(reviewed.size() > 0);
}

void TestLinkSupervised::pairingThatMeetsACrashFails()
{
    Device device(m_folder->filePath(QStringLiteral("one")));
    QSignalSpy failed(&device.client, &SyncClient::pairingFailed);
    order("receive", faults::Kind::Throw);
    device.client.pair(m_url, invite(), QStringLiteral("One"));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().code, ErrorCode::Crashed);
    join(device); // with another code
}

void TestLinkSupervised::safeModeStillBringsPresses()
{
    Device device(m_folder->filePath(QStringLiteral("one")));
    join(device);
    for (int crash = 1; crash <= 4; ++crash) {
        order("receive", faults::Kind::Throw);
        device.press();
        QTRY_COMPARE(device.restarted.size(), crash);
    }
    QCOMPARE(device.client.thread().mode(), Mode::Safe);
    device.press();
    QTRY_VERIFY(device.isLevel());
}

int main(int argc, char **argv)
{
    Guarded<QCoreApplication> app(argc, argv);
    TestLinkSupervised test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_linksupervised.moc"

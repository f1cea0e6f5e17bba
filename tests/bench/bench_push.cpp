// SPDX-License-Identifier: GPL-3.0-or-later
// How long a push takes until it is acked, that is on the server's disk, and how many ops a
// second 20 devices get there; against bare SQLite commits on the same disk in the same run.
#include "ServerTest.h"

#include <QElapsedTimer>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace simmer;
using namespace simmer::tests;

namespace {

constexpr int Samples = 1000;
constexpr int Warming = 50;
constexpr int Devices = 20;
constexpr int OpsEach = 250;

double percentile(std::vector<double> values, double p)
{
    std::sort(values.begin(), values.end());
    return values[size_t(p * double(values.size() - 1))];
}

std::vector<double> timed(const std::function<void()> &work)
{
    std::vector<double> ms;
    for (int i = 0; i < Warming + Samples; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        if (i >= Warming)
            ms.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    return ms;
}

/// What no server can beat: one row, one durable commit.
std::vector<double> bareCommits(const QString &path)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"));
    database.setDatabaseName(path);
    database.open();
    for (const char *sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                            "CREATE TABLE log (seq INTEGER PRIMARY KEY, body BLOB)"})
        QSqlQuery(QString::fromLatin1(sql), database);
    QSqlQuery insert(database);
    insert.prepare(QStringLiteral("INSERT INTO log (body) VALUES (?)"));
    return timed([&] {
        insert.bindValue(0, QByteArray(400, 'x'));
        if (!insert.exec())
            qFatal("%s", qPrintable(insert.lastError().text()));
    });
}

class PushBench : public ServerTest
{
public:
    int run();

private:
    std::vector<double> pushes(WireDevice &device);
    double opsPerSecond();
};

std::vector<double> PushBench::pushes(WireDevice &device)
{
    return timed([&] {
        m_clock.advance(1000); // no rate limit in the way
        device.forget();
        device.say(protocol::Push{{device.op(timers::Add{60'000}, now())}});
        while (device.count<protocol::Acked>() == 0)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    });
}

double PushBench::opsPerSecond()
{
    std::vector<std::unique_ptr<WireDevice>> devices;
    for (int i = 0; i < Devices; ++i) {
        devices.push_back(std::make_unique<WireDevice>());
        join(*devices.back());
    }
    const qint64 head = devices.back()->heard<protocol::Welcome>()->head;
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < OpsEach; ++i)
        for (const auto &device : devices)
            device->say(protocol::Push{{device->op(timers::Add{60'000}, now())}});
    const auto allThere = [&](const auto &device) {
        return device->cursor.seq == head + Devices * OpsEach;
    };
    while (!std::all_of(devices.begin(), devices.end(), allThere)) {
        m_clock.advance(1000);
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return Devices * OpsEach / (double(timer.nsecsElapsed()) / 1e9);
}

int PushBench::run()
{
    startFresh();
    const std::vector<double> bare = bareCommits(m_folder->filePath(QStringLiteral("bare.db")));
    WireDevice device;
    join(device);
    const std::vector<double> ours = pushes(device);
    device.socket().abort();
    const double rate = opsPerSecond();
    std::printf("push to ack: p50 %.3f ms, p99 %.3f ms\n", percentile(ours, 0.5),
                percentile(ours, 0.99));
    std::printf("bare commit: p50 %.3f ms, p99 %.3f ms\n", percentile(bare, 0.5),
                percentile(bare, 0.99));
    std::printf("%d devices in this one process: %.0f ops/s on the disk and at every device\n",
                Devices, rate);
    const double bareMs = percentile(bare, 0.5);
    std::printf("ratio push_ack_p50 %.2f (ours %.3f ms, bare commit %.3f ms)\n",
                percentile(ours, 0.5) / bareMs, percentile(ours, 0.5), bareMs);
    stopServer();
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    return PushBench().run();
}

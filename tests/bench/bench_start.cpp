// SPDX-License-Identifier: GPL-3.0-or-later
// How long a device with a million ops in its log takes to start, and what it holds in memory
// then. The log is ten years of a family that cooks a lot; the last day is awake.
#include "fakes/OpMaker.h"
#include "storage/device/DeviceLog.h"
#include "storage/device/DeviceStore.h"
#include "timers/OpCodec.h"
#include "timerserver/TimerServer.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdio>

using namespace simmer;

namespace {

constexpr qint64 Ops = 1'000'000;
constexpr qint64 OpsEach = 5; // start, add, pause, resume, acknowledge
constexpr qint64 DayMs = 24LL * 3600 * 1000;
constexpr qint64 TenYearsMs = 3650 * DayMs;
constexpr qsizetype PageEntries = 2000;
constexpr double LimitMs = 1000;
constexpr double LimitMiB = 64;

/// The timers of ten years, one every half hour, each ended; as the server's log.
void fill(const QString &folder)
{
    auto store = storage::DeviceStore::open(folder);
    if (!store)
        qFatal("%s", qUtf8Printable(describe(store.error())));
    const SystemClock clock;
    const qint64 begin = clock.wallMs() - TenYearsMs;
    fakes::OpMaker ana;
    QList<timers::LogEntry> page;
    QByteArray chain;
    QList<QUuid> ended;
    const auto write = [&](const timers::StampedOp &stamped) {
        timers::LogEntry entry{
            (*store)->cursor().seq + page.size() + 1, stamped.kt, {}, stamped.op};
        chain = timers::nextLink(chain, timers::canonical(entry.op), entry.kt);
        entry.chain = chain;
        page += entry;
        if (page.size() < PageEntries)
            return;
        if (const auto merged = (*store)->merge(std::exchange(page, {})); !merged)
            qFatal("%s", qUtf8Printable(describe(merged.error())));
    };
    for (qint64 i = 0; i < Ops / OpsEach; ++i) {
        const TimerId timer = TimerId::random();
        const qint64 at = begin + i * (TenYearsMs / (Ops / OpsEach));
        const auto start =
            ana.make(timer, timers::Start{QStringLiteral("Potatoes"), 600'000, 600'000, {}}, at);
        const auto add = ana.make(timer, timers::Add{60'000}, at + 1000, {start.op.id});
        const auto pause = ana.make(timer, timers::Pause{}, at + 2000, {add.op.id});
        const auto resume = ana.make(timer, timers::Resume{}, at + 3000, {pause.op.id});
        for (const auto &op : {start, add, pause, resume})
            write(op);
        write(ana.make(timer, timers::Acknowledge{resume.op.id}, at + 700'000, {resume.op.id}));
        if (at + 700'000 < clock.wallMs() - DayMs)
            ended += timer.uuid();
    }
    if (const Outcome rested = (*store)->rest(ended); !rested)
        qFatal("%s", qUtf8Printable(describe(rested.error())));
}

double residentMiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').first().toDouble() / 1024;
    return 0;
}

/// In a process of its own: opens the log as every program does, and tells time and memory.
int start(QCoreApplication &program, const QString &folder)
{
    QElapsedTimer timer;
    timer.start();
    const SystemClock clock;
    auto *log = new storage::DeviceLog(clock, folder, QStringLiteral("Ana"));
    const OwnedThread thread = startThread(QStringLiteral("storage"), log);
    timerserver::TimerServer server(clock, *log);
    QObject::connect(&server, &timerserver::TimerServer::loaded, &program, [&] {
        std::printf("%lld %.1f %lld\n", timer.elapsed(), residentMiB(),
                    qint64(server.timers().size()));
        QCoreApplication::exit(0);
    });
    log->open();
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication program(argc, argv);
    if (argc == 3 && QByteArray(argv[1]) == "--start")
        return start(program, QString::fromLocal8Bit(argv[2]));
    const QTemporaryDir folder;
    fill(folder.path());
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--start"), folder.path()});
    child.waitForFinished(60'000);
    const QList<QByteArray> told = child.readAllStandardOutput().simplified().split(' ');
    if (told.size() != 3)
        qFatal("the start failed: %s", child.readAllStandardError().constData());
    const double ms = told[0].toDouble();
    const double mib = told[1].toDouble();
    std::printf("%lld ops in the log, %s timers awake\n", Ops, told[2].constData());
    std::printf("ratio start_ms %.3f (ours %.0f, limit %.0f)\n", ms / LimitMs, ms, LimitMs);
    std::printf("ratio start_mib %.3f (ours %.1f, limit %.0f)\n", mib / LimitMiB, mib, LimitMiB);
}

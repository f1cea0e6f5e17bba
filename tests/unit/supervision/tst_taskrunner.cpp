// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/FileTaskShelf.h"
#include "supervision/TaskRunner.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace simmer;
using namespace simmer::supervision;

namespace {

const QString Bake = QStringLiteral("bake");
const QString Burn = QStringLiteral("burn");

/// A job that goes on when the test lets it.
struct Oven {
    QSemaphore begun;
    QSemaphore goOn;
    std::atomic<int> together = 0;
    std::atomic<int> most = 0;

    TaskRunner::Job job()
    {
        return [this](const QJsonObject &, JobSight &) {
            const int now = ++together;
            for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
            }
            begun.release();
            goOn.acquire();
            --together;
            return done();
        };
    }
};

/// Returns when it is told to end.
TaskRunner::Job patientJob(QSemaphore &begun)
{
    return [&begun](const QJsonObject &, JobSight &sight) -> Outcome {
        begun.release();
        while (!sight.isEnded())
            std::this_thread::yield();
        return Error{ErrorCode::TimedOut, QStringLiteral("gave up"), {}};
    };
}

/// A shelf whose disk is full.
class FullShelf final : public TaskShelf
{
public:
    Outcome keep(const Task &) override { return Error{ErrorCode::DiskFull, {}, {}}; }
    Outcome forget(const TaskId &) override { return done(); }
    Expected<Found> all() override { return Error{ErrorCode::FileUnreadable, {}, {}}; }
};

TaskId idIn(const QList<QVariant> &said)
{
    return said[0].value<TaskId>();
}

} // namespace

class TestTaskRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void doesAJobWithItsArguments();
    void tellsProgress();
    void runsSeveralAtOnceAndNoMore();
    void oneThatFailsOrThrowsIsAFailure();
    void anUnknownKindIsAFailure();
    void oneThatWaitsCanBeCancelled();
    void oneThatRunsCanBeCancelled();
    void whatWasDoneInSpiteOfCancellingIsDone();
    void aRestartGoesOn();
    void anOrderlyEndIsNoCrash();
    void whatEndedTheProgramThriceIsNotBegun();
    void theStartIsCountedBeforeItRuns();
    void whatWasAskedBeforeResumingIsDoneOnce();
    void damagedOnesAreTold();
    void aFullDiskIsToldAtOnce();

private:
    std::unique_ptr<TaskShelf> shelf() const
    {
        return std::make_unique<FileTaskShelf>(m_folder->path());
    }
    QList<Task> onShelf() const { return shelf()->all()->tasks; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTaskRunner::doesAJobWithItsArguments()
{
    TaskRunner runner(shelf(), 2);
    QSignalSpy started(&runner, &TaskRunner::started);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    std::atomic<int> loaves = 0;
    runner.learn(Bake, [&](const QJsonObject &arguments, JobSight &) {
        loaves = arguments[QLatin1String("loaves")].toInt();
        return done();
    });
    const TaskId id = runner.add(Bake, {{QStringLiteral("loaves"), 7}});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(loaves.load(), 7);
    QCOMPARE(idIn(finished[0]), id);
    QCOMPARE(started[0][1].toString(), Bake);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::tellsProgress()
{
    TaskRunner runner(shelf(), 1);
    QSignalSpy progressed(&runner, &TaskRunner::progressed);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, [](const QJsonObject &, JobSight &sight) {
        sight.progress(0.5, QStringLiteral("rising"));
        sight.progress(7, QStringLiteral("done"));
        return done();
    });
    const TaskId id = runner.add(Bake, {});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(progressed.size(), 2); // all before the end
    QCOMPARE(idIn(progressed[0]), id);
    QCOMPARE(progressed[0][1].toDouble(), 0.5);
    QCOMPARE(progressed[0][2].toString(), QStringLiteral("rising"));
    QCOMPARE(progressed[1][1].toDouble(), 1.0);
}

void TestTaskRunner::runsSeveralAtOnceAndNoMore()
{
    Oven oven;
    TaskRunner runner(shelf(), 3);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, oven.job());
    for (int job = 0; job < 7; ++job)
        runner.add(Bake, {});
    QVERIFY(oven.begun.tryAcquire(3, PatienceMs));
    QCOMPARE(oven.together.load(), 3);
    oven.goOn.release(7);
    QTRY_COMPARE(finished.size(), 7);
    QCOMPARE(oven.most.load(), 3);
}

void TestTaskRunner::oneThatFailsOrThrowsIsAFailure()
{
    TaskRunner runner(shelf(), 1);
    QSignalSpy failed(&runner, &TaskRunner::failed);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, [](const QJsonObject &, JobSight &) { return done(); });
    runner.learn(Burn, [](const QJsonObject &arguments, JobSight &) -> Outcome {
        if (arguments.isEmpty())
            throw std::runtime_error("fire");
        return Error{ErrorCode::NoRecipe, QStringLiteral("cook.html"), {}};
    });
    const TaskId threw = runner.add(Burn, {});
    const TaskId refused = runner.add(Burn, {{QStringLiteral("page"), 1}});
    runner.add(Bake, {});
    QTRY_COMPARE(finished.size(), 1); // the others' faults are their own
    QCOMPARE(failed.size(), 2);
    QCOMPARE(idIn(failed[0]), threw);
    QCOMPARE(failed[0][1].value<Error>(), (Error{ErrorCode::Crashed, QStringLiteral("fire"), {}}));
    QCOMPARE(idIn(failed[1]), refused);
    QCOMPARE(failed[1][1].value<Error>().code, ErrorCode::NoRecipe);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::anUnknownKindIsAFailure()
{
    TaskRunner runner(shelf(), 1);
    QSignalSpy failed(&runner, &TaskRunner::failed);
    runner.add(Bake, {});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<Error>().code, ErrorCode::NotFound);
}

void TestTaskRunner::oneThatWaitsCanBeCancelled()
{
    Oven oven;
    TaskRunner runner(shelf(), 1);
    QSignalSpy cancelled(&runner, &TaskRunner::cancelled);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, oven.job());
    const TaskId first = runner.add(Bake, {});
    const TaskId second = runner.add(Bake, {});
    QVERIFY(oven.begun.tryAcquire(1, PatienceMs));
    runner.cancel(second);
    QTRY_COMPARE(cancelled.size(), 1);
    QCOMPARE(idIn(cancelled[0]), second);
    oven.goOn.release(2);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(idIn(finished[0]), first);
    runner.cancel(second);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::oneThatRunsCanBeCancelled()
{
    QSemaphore begun;
    TaskRunner runner(shelf(), 1);
    QSignalSpy cancelled(&runner, &TaskRunner::cancelled);
    QSignalSpy failed(&runner, &TaskRunner::failed);
    runner.learn(Bake, patientJob(begun));
    const TaskId id = runner.add(Bake, {});
    QVERIFY(begun.tryAcquire(1, PatienceMs));
    runner.cancel(id);
    QTRY_COMPARE(cancelled.size(), 1);
    QCOMPARE(failed.size(), 0);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::whatWasDoneInSpiteOfCancellingIsDone()
{
    QSemaphore begun;
    TaskRunner runner(shelf(), 1);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, [&](const QJsonObject &, JobSight &sight) {
        begun.release();
        while (!sight.isEnded())
            std::this_thread::yield();
        return done();
    });
    const TaskId id = runner.add(Bake, {});
    QVERIFY(begun.tryAcquire(1, PatienceMs));
    runner.cancel(id);
    QTRY_COMPARE(finished.size(), 1);
}

void TestTaskRunner::aRestartGoesOn()
{
    QList<TaskId> ids;
    QSemaphore begun;
    {
        TaskRunner runner(shelf(), 1);
        runner.learn(Bake, patientJob(begun));
        for (int job = 0; job < 3; ++job)
            ids += runner.add(Bake, {{QStringLiteral("loaf"), job}});
        QVERIFY(begun.tryAcquire(1, PatienceMs));
    }
    TaskRunner runner(shelf(), 1);
    QSignalSpy resumed(&runner, &TaskRunner::resumed);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, [](const QJsonObject &, JobSight &) { return done(); });
    runner.resume();
    const TaskId late = runner.add(Bake, {});
    QTRY_COMPARE(finished.size(), 4);
    QCOMPARE(resumed[0][0].toInt(), 3);
    for (int job = 0; job < 3; ++job)
        QCOMPARE(idIn(finished[job]), ids[job]); // in their order
    QCOMPARE(idIn(finished[3]), late);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::anOrderlyEndIsNoCrash()
{
    QSemaphore begun;
    for (int run = 0; run < 5; ++run) {
        TaskRunner runner(shelf(), 1);
        runner.learn(Bake, patientJob(begun));
        if (run == 0)
            runner.add(Bake, {});
        else
            runner.resume();
        QVERIFY(begun.tryAcquire(1, PatienceMs));
    }
    QCOMPARE(onShelf().size(), 1);
    QCOMPARE(onShelf()[0].starts, 0);
}

void TestTaskRunner::whatEndedTheProgramThriceIsNotBegun()
{
    const Task twice{TaskId::random(), Bake, {}, 1, 2};
    const Task thrice{TaskId::random(), Bake, {}, 2, 3};
    QVERIFY(shelf()->keep(twice));
    QVERIFY(shelf()->keep(thrice));
    TaskRunner runner(shelf(), 1);
    QSignalSpy failed(&runner, &TaskRunner::failed);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, [](const QJsonObject &, JobSight &) { return done(); });
    runner.resume();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(idIn(finished[0]), twice.id);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(idIn(failed[0]), thrice.id);
    QCOMPARE(failed[0][1].value<Error>().code, ErrorCode::Crashed);
    QVERIFY(onShelf().isEmpty());
}

void TestTaskRunner::theStartIsCountedBeforeItRuns()
{
    Oven oven;
    TaskRunner runner(shelf(), 1);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, oven.job());
    runner.add(Bake, {});
    QVERIFY(oven.begun.tryAcquire(1, PatienceMs));
    QCOMPARE(onShelf()[0].starts, 1); // a crash now is remembered
    oven.goOn.release();
    QTRY_COMPARE(finished.size(), 1);
}

void TestTaskRunner::whatWasAskedBeforeResumingIsDoneOnce()
{
    Oven oven;
    TaskRunner runner(shelf(), 1);
    QSignalSpy resumed(&runner, &TaskRunner::resumed);
    QSignalSpy finished(&runner, &TaskRunner::finished);
    runner.learn(Bake, oven.job());
    runner.add(Bake, {});
    runner.add(Bake, {});
    runner.resume();
    oven.goOn.release(10);
    QTRY_COMPARE(resumed.size(), 1);
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(oven.begun.available(), 2);
}

void TestTaskRunner::damagedOnesAreTold()
{
    const QString name = TaskId::random().toHex() + QStringLiteral(".json");
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    TaskRunner runner(shelf(), 1);
    QSignalSpy resumed(&runner, &TaskRunner::resumed);
    runner.resume();
    QTRY_COMPARE(resumed.size(), 1);
    QCOMPARE(resumed[0][1].toStringList(), QStringList{name});
}

void TestTaskRunner::aFullDiskIsToldAtOnce()
{
    TaskRunner runner(std::make_unique<FullShelf>(), 1);
    QSignalSpy failed(&runner, &TaskRunner::failed);
    QSignalSpy shelfFailed(&runner, &TaskRunner::shelfFailed);
    runner.learn(Bake, [](const QJsonObject &, JobSight &) { return done(); });
    runner.resume();
    runner.add(Bake, {});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<Error>().code, ErrorCode::DiskFull);
    QCOMPARE(shelfFailed.size(), 1);
}

QTEST_GUILESS_MAIN(TestTaskRunner)
#include "tst_taskrunner.moc"

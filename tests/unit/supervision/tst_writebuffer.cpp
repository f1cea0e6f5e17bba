// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/WindUpClock.h"
#include "supervision/WriteBuffer.h"

#include <QSemaphore>
#include <QTest>

#include <stdexcept>
#include <thread>

using namespace simmer;
using namespace simmer::supervision;

namespace {

/// The slow place, which may refuse. Safe from any thread.
class Disk
{
public:
    Outcome write(const QList<int> &rows)
    {
        const std::lock_guard lock(m_mutex);
        ++m_tries;
        if (m_throws)
            throw std::runtime_error("the disk burns");
        if (m_full)
            return Error{ErrorCode::DiskFull, QStringLiteral("log"), {}};
        m_rows += rows;
        m_batches += rows.size();
        return done();
    }
    void setFull(bool full)
    {
        const std::lock_guard lock(m_mutex);
        m_full = full;
    }
    void setThrows(bool throws)
    {
        const std::lock_guard lock(m_mutex);
        m_throws = throws;
    }
    QList<int> rows() const
    {
        const std::lock_guard lock(m_mutex);
        return m_rows;
    }
    QList<qsizetype> batches() const
    {
        const std::lock_guard lock(m_mutex);
        return m_batches;
    }
    int tries() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tries;
    }
    WriteBuffer<int>::Sink sink()
    {
        return [this](const QList<int> &rows) { return write(rows); };
    }

private:
    mutable std::mutex m_mutex;
    bool m_full = false;
    bool m_throws = false;
    int m_tries = 0;
    QList<int> m_rows;
    QList<qsizetype> m_batches;
};

const QString Name = QStringLiteral("cooking log");

QList<int> upTo(int last)
{
    QList<int> all;
    for (int number = 1; number <= last; ++number)
        all += number;
    return all;
}

} // namespace

class TestWriteBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAfterFiveSeconds();
    void writesAFullBatchAtOnce();
    void flushIsOnTheDiskWhenItReturns();
    void flushTellsWhatWentWrong();
    void whatFailedIsTriedAgain();
    void aSinkThatThrowsIsAFailure();
    void isWrittenAtTheEnd();
    void theEndTellsWhatIsLost();
    void aboveTheLimitTheOldestGo();
    void addNeverWaitsForTheDisk();
    void manyThreadsLoseNothing();

private:
    fakes::WindUpClock m_clock;
};

void TestWriteBuffer::writesAfterFiveSeconds()
{
    Disk disk;
    WriteBuffer<int> buffer(m_clock, Name, disk.sink());
    buffer.add(1);
    QTRY_COMPARE(m_clock.alarmsSet(), 1);
    m_clock.advance(4000);
    buffer.add(2); // does not put it off
    m_clock.advance(999);
    QCOMPARE(disk.tries(), 0);
    m_clock.advance(1);
    QTRY_COMPARE(disk.rows(), upTo(2));
    QCOMPARE(m_clock.alarmsSet(), 0);
    buffer.add(3);
    QTRY_COMPARE(m_clock.alarmsSet(), 1);
    m_clock.advance(5000);
    QTRY_COMPARE(disk.rows(), upTo(3));
    QCOMPARE(disk.batches(), (QList<qsizetype>{2, 1}));
}

void TestWriteBuffer::writesAFullBatchAtOnce()
{
    Disk disk;
    WriteBuffer<int> buffer(m_clock, Name, disk.sink());
    const QList<int> rows = upTo(10'000);
    for (const int row : rows)
        buffer.add(row);
    QTRY_COMPARE(disk.rows().size(), 10'000);
    QCOMPARE(disk.rows(), rows);
    QCOMPARE(disk.batches(), QList<qsizetype>{10'000});
}

void TestWriteBuffer::flushIsOnTheDiskWhenItReturns()
{
    Disk disk;
    WriteBuffer<int> buffer(m_clock, Name, disk.sink(), {5000, 10, 100});
    QVERIFY(buffer.flush());
    QCOMPARE(disk.tries(), 0); // nothing to write
    for (int row = 1; row <= 9; ++row) {
        buffer.add(row);
        QVERIFY(buffer.flush());
        QCOMPARE(disk.rows(), upTo(row));
    }
}

void TestWriteBuffer::flushTellsWhatWentWrong()
{
    Disk disk;
    disk.setFull(true);
    WriteBuffer<int> buffer(m_clock, Name, disk.sink());
    buffer.add(1);
    const Outcome flushed = buffer.flush();
    QVERIFY(!flushed);
    QCOMPARE(flushed.error().code, ErrorCode::DiskFull);
    disk.setFull(false);
    QVERIFY(buffer.flush());
    QCOMPARE(disk.rows(), upTo(1));
}

void TestWriteBuffer::whatFailedIsTriedAgain()
{
    Disk disk;
    disk.setFull(true);
    WriteBuffer<int> buffer(m_clock, Name, disk.sink(), {5000, 2, 100});
    buffer.add(1);
    buffer.add(2);
    QTRY_COMPARE(disk.tries(), 1);
    buffer.add(3);
    QTRY_COMPARE(m_clock.alarmsSet(), 1);
    m_clock.advance(5000);
    QTRY_COMPARE(disk.tries(), 2);
    QTRY_COMPARE(m_clock.alarmsSet(), 1);
    disk.setFull(false);
    m_clock.advance(5000);
    QTRY_COMPARE(disk.rows(), upTo(3)); // in their order
    QCOMPARE(disk.batches(), (QList<qsizetype>{2, 1}));
    QCOMPARE(buffer.lost(), 0);
}

void TestWriteBuffer::aSinkThatThrowsIsAFailure()
{
    Disk disk;
    disk.setThrows(true);
    WriteBuffer<int> buffer(m_clock, Name, disk.sink());
    buffer.add(1);
    const Outcome flushed = buffer.flush();
    QVERIFY(!flushed);
    QCOMPARE(flushed.error().code, ErrorCode::Crashed);
    QCOMPARE(flushed.error().context, QStringLiteral("the disk burns"));
    disk.setThrows(false);
    QVERIFY(buffer.flush());
    QCOMPARE(disk.rows(), upTo(1));
}

void TestWriteBuffer::isWrittenAtTheEnd()
{
    Disk disk;
    {
        WriteBuffer<int> buffer(m_clock, Name, disk.sink());
        for (const int row : upTo(100))
            buffer.add(row);
    }
    QCOMPARE(disk.rows(), upTo(100));
}

void TestWriteBuffer::theEndTellsWhatIsLost()
{
    Disk disk;
    disk.setFull(true);
    QList<qint64> lost;
    {
        WriteBuffer<int> buffer(m_clock, Name, disk.sink(), {}, [&](qint64 rows) { lost += rows; });
        for (const int row : upTo(7))
            buffer.add(row);
    }
    QCOMPARE(lost, QList<qint64>{7});
}

void TestWriteBuffer::aboveTheLimitTheOldestGo()
{
    Disk disk;
    disk.setFull(true);
    QList<qint64> lost;
    WriteBuffer<int> buffer(m_clock, Name, disk.sink(), {5000, 10, 20},
                            [&](qint64 rows) { lost += rows; });
    for (const int row : upTo(25))
        buffer.add(row);
    QVERIFY(!buffer.flush());
    QCOMPARE(buffer.lost(), 5);
    disk.setFull(false);
    QVERIFY(buffer.flush());
    QCOMPARE(disk.rows(), upTo(25).mid(5));
    qint64 told = 0;
    for (const qint64 rows : std::as_const(lost)) // flush() has put its end after all words
        told += rows;
    QCOMPARE(told, 5);
}

void TestWriteBuffer::addNeverWaitsForTheDisk()
{
    QSemaphore writing;
    QSemaphore goOn;
    QList<int> onDisk;
    WriteBuffer<int> buffer(m_clock, Name,
                            [&](const QList<int> &rows) {
                                writing.release();
                                goOn.acquire();
                                onDisk += rows;
                                return done();
                            },
                            {5000, 3, 100});
    for (const int row : upTo(3))
        buffer.add(row);
    QVERIFY(writing.tryAcquire(1, PatienceMs)); // the disk hangs in the middle of a batch
    buffer.add(4);
    goOn.release(10);
    QVERIFY(buffer.flush());
    QCOMPARE(onDisk, upTo(4));
}

void TestWriteBuffer::manyThreadsLoseNothing()
{
    Disk disk;
    {
        WriteBuffer<int> buffer(m_clock, Name, disk.sink(), {5000, 100, 1'000'000});
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (int row = 1; row <= 2500; ++row)
                    buffer.add(thread * 2500 + row);
            });
        for (std::thread &thread : threads)
            thread.join();
    }
    QList<int> rows = disk.rows();
    std::sort(rows.begin(), rows.end());
    QCOMPARE(rows, upTo(10'000));
    for (const qsizetype batch : disk.batches())
        QVERIFY(batch <= 100);
}

QTEST_GUILESS_MAIN(TestWriteBuffer)
#include "tst_writebuffer.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/LineWriter.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <unistd.h>

using simmer::LineWriter;

/// A real pipe whose reader reads late, or goes.
class TestLineWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QCOMPARE(pipe(m_ends), 0); }
    void cleanup()
    {
        close(m_ends[0]);
        close(m_ends[1]);
    }

    void writesInOrder();
    void stalledReaderHoldsUpNobody();
    void readerThatGoesIsNoticed();
    void endsAlthoughNobodyReads();

private:
    QByteArray readSome()
    {
        QByteArray bytes(1 << 16, '\0');
        bytes.resize(std::max<ssize_t>(0, read(m_ends[0], bytes.data(), size_t(bytes.size()))));
        return bytes;
    }

    int m_ends[2]{};
};

void TestLineWriter::writesInOrder()
{
    {
        LineWriter writer(m_ends[1]);
        for (int i = 0; i < 100; ++i)
            writer.put(QByteArray::number(i));
    }
    QByteArray expected;
    for (int i = 0; i < 100; ++i)
        expected += QByteArray::number(i) + '\n';
    QCOMPARE(readSome(), expected);
}

void TestLineWriter::stalledReaderHoldsUpNobody()
{
    auto writer = std::make_unique<LineWriter>(
        m_ends[1], [](qint64 lines) { return "lost " + QByteArray::number(lines); });
    const QByteArray kilobyte(1023, 'x');
    constexpr int Lines = 3000; // far more than a pipe and the queue hold
    for (int i = 0; i < Lines; ++i)
        writer->put(kilobyte);
    writer->put("last");
    QByteArray all;
    while (!all.endsWith("last\n"))
        all += readSome();
    QVERIFY(all.contains("lost "));
    qint64 lines = 0;
    qint64 lost = 0;
    for (const QByteArray &line : all.split('\n'))
        if (line.startsWith("lost "))
            lost += line.mid(5).toLongLong();
        else if (line == kilobyte)
            ++lines;
    QCOMPARE(lines + lost, Lines);
    writer.reset();
}

void TestLineWriter::readerThatGoesIsNoticed()
{
    LineWriter writer(m_ends[1]);
    close(m_ends[0]);
    writer.put("nobody hears this");
    QTRY_VERIFY(writer.isGone());
    m_ends[0] = dup(m_ends[1]);
}

void TestLineWriter::endsAlthoughNobodyReads()
{
    auto writer = std::make_unique<LineWriter>(m_ends[1]);
    for (int i = 0; i < 200; ++i)
        writer->put(QByteArray(1023, 'x'));
    writer.reset(); // hangs for ever if it waits for the reader
    QVERIFY(!readSome().isEmpty());
}

QTEST_GUILESS_MAIN(TestLineWriter)
#include "tst_linewriter.moc"

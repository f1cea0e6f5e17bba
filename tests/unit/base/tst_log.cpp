// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Log.h"
#include "base/LogFile.h"
#include "base/LogStream.h"
#include "fakes/ManualClock.h"
#include "fakes/SmallDisk.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace simmer;

namespace {

/// Keeps what it is given.
class Kept final : public LogSink
{
public:
    explicit Kept(QByteArrayList &lines)
        : m_lines(lines)
    {
    }
    void put(LogLevel level, const QByteArray &words) override
    {
        m_lines += nameOf(level).data() + (": " + words);
    }
    void reopen() override { m_lines += "reopened"; }

private:
    QByteArrayList &m_lines;
};

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void writesUpToItsLevel();
    void oneLineStaysOne();
    void secretsAreHidden_data();
    void secretsAreHidden();
    void takesWhatQtSays();
    void manyThreadsWriteWholeLines();
    void streamHasTimesOrLevels();
    void knowsTheJournal();
    void fileRotatesAtItsCap();
    void fileGoesOnWhereItWas();
    void fullDiskLosesLinesAndCountsThem();
    void movedFileIsMadeAnew();
    void fileThatCannotBe();

private:
    QString path() const { return m_folder->filePath(QStringLiteral("simmerd.log")); }
    std::unique_ptr<LogFile> openFile(qint64 mostBytes)
    {
        auto file = LogFile::open(path(), mostBytes, m_clock);
        return file ? *std::move(file) : nullptr;
    }

    fakes::ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLog::writesUpToItsLevel()
{
    QByteArrayList lines;
    Log log(std::make_unique<Kept>(lines), LogLevel::Warning);
    log.write(LogLevel::Error, QStringLiteral("a"));
    log.write(LogLevel::Warning, QStringLiteral("b"));
    log.write(LogLevel::Info, QStringLiteral("c"));
    log.change(std::make_unique<Kept>(lines), LogLevel::Debug);
    log.write(LogLevel::Debug, QStringLiteral("d"));
    log.reopen();
    QCOMPARE(lines, QByteArrayList({"error: a", "warning: b", "debug: d", "reopened"}));
}

void TestLog::oneLineStaysOne()
{
    QCOMPARE(cleanLine(QStringLiteral("ana\n<3>forged\r\x1b[2Jx")),
             QByteArray("ana <3>forged  [2Jx"));
    QCOMPARE(cleanLine(QStringLiteral("Käse für 2")), QByteArray("Käse für 2"));
    const QByteArray cut = cleanLine(QString(5000, QLatin1Char('x')));
    QCOMPARE(cut.size(), 1000 + 3); // and three bytes of an ellipsis
}

void TestLog::secretsAreHidden_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("token") << QStringLiteral("token %1.").arg(QString(64, QLatin1Char('a')))
                           << QByteArray("token [hidden].");
    QTest::newRow("code") << QStringLiteral("with 0123-ABCD-4567-WXYZ, please")
                          << QByteArray("with [hidden], please");
    QTest::newRow("an id is none") << QString(32, QLatin1Char('b')) << QByteArray(32, 'b');
    QTest::newRow("a uuid is none") << QStringLiteral("12345678-1234-1234-1234-123456789012")
                                    << QByteArray("12345678-1234-1234-1234-123456789012");
}

void TestLog::secretsAreHidden()
{
    QFETCH(const QString, words);
    QFETCH(const QByteArray, line);
    QCOMPARE(cleanLine(words), line);
}

void TestLog::takesWhatQtSays()
{
    QByteArrayList lines;
    Log log(std::make_unique<Kept>(lines), LogLevel::Debug);
    {
        const QtMessages messages(log);
        qWarning("no backup: %d", 7);
        qInfo("ours");
        QMessageLogger(nullptr, 0, nullptr, "qt.network").info("not ours");
        QMessageLogger(nullptr, 0, nullptr, "qt.network").warning("still a warning");
    }
    QCOMPARE(lines,
             QByteArrayList({"warning: no backup: 7", "info: ours", "warning: still a warning"}));
}

void TestLog::manyThreadsWriteWholeLines()
{
    constexpr int Threads = 4;
    constexpr int Each = 500;
    {
        Log log(openFile(1 << 30), LogLevel::Info);
        std::vector<std::thread> threads;
        for (int i = 0; i < Threads; ++i)
            threads.emplace_back([&log] {
                for (int line = 0; line < Each; ++line)
                    log.write(LogLevel::Info, QString(100, QLatin1Char('x')));
            });
        for (std::thread &thread : threads)
            thread.join();
    }
    const QByteArrayList lines = contents(path()).trimmed().split('\n');
    QCOMPARE(lines.size(), Threads * Each);
    for (const QByteArray &line : lines)
        QVERIFY2(line.endsWith(' ' + QByteArray(100, 'x')), line.constData());
}

void TestLog::streamHasTimesOrLevels()
{
    int ends[2] = {-1, -1};
    QCOMPARE(::pipe(ends), 0);
    LogStream(ends[1], LogStream::Form::Journal, m_clock).put(LogLevel::Warning, "hot");
    LogStream(ends[1], LogStream::Form::Times, m_clock).put(LogLevel::Info, "warm");
    ::close(ends[1]);
    QFile reader;
    QVERIFY(reader.open(ends[0], QIODevice::ReadOnly, QFileDevice::AutoCloseHandle));
    QCOMPARE(reader.readLine(), QByteArray("<4>hot\n"));
    QCOMPARE(reader.readLine(), stampedLine(m_clock.wallMs(), LogLevel::Info, "warm") + '\n');
    QVERIFY(stampedLine(1'700'000'000'123, LogLevel::Info, "x") ==
            "2023-11-14T22:13:20.123Z info    x");
}

void TestLog::knowsTheJournal()
{
    qunsetenv("JOURNAL_STREAM");
    QVERIFY(!LogStream::isJournal(STDERR_FILENO));
    qputenv("JOURNAL_STREAM", "1:2"); // inherited by a program whose output went elsewhere
    QVERIFY(!LogStream::isJournal(STDERR_FILENO));
    struct stat known = {};
    QCOMPARE(::fstat(STDERR_FILENO, &known), 0);
    qputenv("JOURNAL_STREAM", QByteArray::number(quint64(known.st_dev)) + ':' +
                                  QByteArray::number(quint64(known.st_ino)));
    QVERIFY(LogStream::isJournal(STDERR_FILENO));
    qunsetenv("JOURNAL_STREAM");
}

void TestLog::fileRotatesAtItsCap()
{
    constexpr qint64 Cap = 1000;
    const auto file = openFile(Cap);
    QVERIFY(file);
    for (int i = 0; i < 100; ++i)
        file->put(LogLevel::Info, "line " + QByteArray::number(i));
    const QStringList names = QDir(m_folder->path()).entryList(QDir::Files, QDir::Name);
    QCOMPARE(names,
             QStringList({QStringLiteral("simmerd.log"), QStringLiteral("simmerd.log.1"),
                          QStringLiteral("simmerd.log.2"), QStringLiteral("simmerd.log.3")}));
    for (const QString &name : names)
        QVERIFY(QFileInfo(m_folder->filePath(name)).size() <= Cap);
    QVERIFY(contents(path()).endsWith("line 99\n"));
    const QByteArray all = contents(path() + QStringLiteral(".1")) + contents(path());
    QVERIFY(all.contains("line 80\n")); // nothing is lost between two of them
    QVERIFY(!(QFileInfo(path()).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestLog::fileGoesOnWhereItWas()
{
    openFile(1000)->put(LogLevel::Info, "before");
    openFile(1000)->put(LogLevel::Info, "after");
    QCOMPARE(contents(path()).count('\n'), 2);
}

void TestLog::fullDiskLosesLinesAndCountsThem()
{
    const auto file = openFile(1 << 20);
    file->put(LogLevel::Info, "first");
    const QByteArray before = contents(path());
    {
        const fakes::SmallDisk disk(rlim_t(before.size()) + 10); // room for half a line
        file->put(LogLevel::Info, "second");
        file->put(LogLevel::Info, "third");
        QCOMPARE(contents(path()), before);
    }
    file->put(LogLevel::Info, "fourth");
    const QByteArrayList lines = contents(path()).trimmed().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[1].endsWith(" 2 lines could not be written here"));
    QVERIFY(lines[2].endsWith(" fourth"));
}

void TestLog::movedFileIsMadeAnew()
{
    const auto file = openFile(1000);
    file->put(LogLevel::Info, "old");
    QVERIFY(QFile::rename(path(), path() + QStringLiteral(".moved")));
    file->put(LogLevel::Info, "still there");
    file->reopen();
    file->put(LogLevel::Info, "new");
    QCOMPARE(contents(path() + QStringLiteral(".moved")).count('\n'), 2);
    QVERIFY(contents(path()).endsWith(" new\n"));
}

void TestLog::fileThatCannotBe()
{
    const auto file = LogFile::open(QStringLiteral("/nonexistent/simmerd.log"), 1000, m_clock);
    QVERIFY(!file);
    QCOMPARE(file.error().code, ErrorCode::FileUnreadable);
    QVERIFY(file.error().context.contains(QLatin1String("/nonexistent/simmerd.log")));
}

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"

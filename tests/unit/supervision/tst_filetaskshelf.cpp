// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/FileTaskShelf.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::supervision;

namespace {

Task bake(qint64 number)
{
    return {TaskId::random(),
            QStringLiteral("bake"),
            {{QStringLiteral("loaves"), double(number)},
             {QStringLiteral("flour"), QStringLiteral("rye")}},
            number,
            2};
}

} // namespace

class TestFileTaskShelf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void keepsTasksOverARestart();
    void keepsTheNewestOfATask();
    void forgets();
    void isForItsOwnerAlone();
    void anAbsentFolderIsEmpty();
    void setsDamagedOnesAside_data();
    void setsDamagedOnesAside();
    void othersFilesAreLeftAlone();
    void clearsWhatASaveLeft();
    void saysWhenItCannotWrite();
    void refusesWhatIsTooLarge();

private:
    QString folder() const { return m_folder->filePath(QStringLiteral("tasks")); }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QDir().mkpath(folder());
        QFile file(folder() + QLatin1Char('/') + name);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFileTaskShelf::keepsTasksOverARestart()
{
    QList<Task> tasks;
    for (int number = 12; number > 0; --number)
        tasks.prepend(bake(number));
    {
        FileTaskShelf shelf(folder());
        for (const Task &task : std::as_const(tasks))
            QVERIFY(shelf.keep(task));
    }
    const auto found = FileTaskShelf(folder()).all();
    QVERIFY(found);
    QCOMPARE(found->tasks, tasks);
    QVERIFY(found->damaged.isEmpty());
}

void TestFileTaskShelf::keepsTheNewestOfATask()
{
    FileTaskShelf shelf(folder());
    Task task = bake(1);
    QVERIFY(shelf.keep(task));
    task.starts = 3;
    QVERIFY(shelf.keep(task));
    QCOMPARE(shelf.all()->tasks, QList<Task>{task});
}

void TestFileTaskShelf::forgets()
{
    FileTaskShelf shelf(folder());
    const Task task = bake(1);
    const Task other = bake(2);
    QVERIFY(shelf.keep(task));
    QVERIFY(shelf.keep(other));
    QVERIFY(shelf.forget(task.id));
    QVERIFY(shelf.forget(task.id));
    QCOMPARE(shelf.all()->tasks, QList<Task>{other});
}

void TestFileTaskShelf::isForItsOwnerAlone()
{
    FileTaskShelf shelf(folder());
    const Task task = bake(1);
    QVERIFY(shelf.keep(task));
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                          QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFile::permissions(folder()) & others));
    QVERIFY(!(QFile::permissions(folder() + QLatin1Char('/') + task.id.toHex() +
                                 QStringLiteral(".json")) &
              others));
}

void TestFileTaskShelf::anAbsentFolderIsEmpty()
{
    FileTaskShelf shelf(folder());
    QVERIFY(shelf.all());
    QVERIFY(shelf.all()->tasks.isEmpty());
    QVERIFY(shelf.forget(TaskId::random()));
}

void TestFileTaskShelf::setsDamagedOnesAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut") << QByteArray(R"({"kind":"bake","argu)");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("starts missing") << QByteArray(R"({"kind":"bake","arguments":{},"number":1})");
    QTest::newRow("negative") << QByteArray(
        R"({"kind":"bake","arguments":{},"number":1,"starts":-1})");
    QTest::newRow("more than there is")
        << QByteArray(R"({"kind":"bake","arguments":{},"number":1,"starts":1,"salt":1})");
    QTest::newRow("too large") << QByteArray(FileTaskShelf::MostBytes + 1, ' ');
}

void TestFileTaskShelf::setsDamagedOnesAside()
{
    QFETCH(QByteArray, bytes);
    FileTaskShelf shelf(folder());
    const Task whole = bake(1);
    QVERIFY(shelf.keep(whole));
    const QString name = TaskId::random().toHex() + QStringLiteral(".json");
    const QString path = write(name, bytes);
    const auto found = shelf.all();
    QVERIFY(found);
    QCOMPARE(found->tasks, QList<Task>{whole});
    QCOMPARE(found->damaged, QStringList{name});
    QVERIFY(QFile::exists(path + QStringLiteral(".damaged"))); // nothing is thrown away
    QVERIFY(shelf.all()->damaged.isEmpty());                   // and it is told once
}

void TestFileTaskShelf::othersFilesAreLeftAlone()
{
    const QString path = write(QStringLiteral("notes.json"), "{}");
    const auto found = FileTaskShelf(folder()).all();
    QVERIFY(found->tasks.isEmpty() && found->damaged.isEmpty());
    QVERIFY(QFile::exists(path));
}

void TestFileTaskShelf::clearsWhatASaveLeft()
{
    const QString half =
        write(TaskId::random().toHex() + QStringLiteral(".json.XyZ123"), R"({"kind":)");
    QVERIFY(FileTaskShelf(folder()).all()->damaged.isEmpty());
    QVERIFY(!QFile::exists(half));
}

void TestFileTaskShelf::saysWhenItCannotWrite()
{
    write(QStringLiteral("file"), {});
    FileTaskShelf shelf(folder() + QStringLiteral("/file/tasks")); // below a file: for root too
    const Outcome kept = shelf.keep(bake(1));
    QVERIFY(!kept);
    QCOMPARE(kept.error().code, ErrorCode::FileUnreadable);
}

void TestFileTaskShelf::refusesWhatIsTooLarge()
{
    FileTaskShelf shelf(folder());
    Task task = bake(1);
    task.arguments.insert(QStringLiteral("story"), QString(FileTaskShelf::MostBytes, u'a'));
    QCOMPARE(shelf.keep(task).error().code, ErrorCode::TooLarge);
    QVERIFY(shelf.all()->tasks.isEmpty());
}

QTEST_APPLESS_MAIN(TestFileTaskShelf)
#include "tst_filetaskshelf.moc"

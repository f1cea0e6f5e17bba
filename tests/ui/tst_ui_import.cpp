// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/ImportJob.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::ui;

class TestUiImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFileHasItsAnswer();
    void cancelLeavesTheRest();
    void goesAwayWhileItReads();

private:
    QString write(const QString &name, const QByteArray &bytes);

    QTemporaryDir m_folder;
};

QString TestUiImport::write(const QString &name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write");
    return file.fileName();
}

void TestUiImport::everyFileHasItsAnswer()
{
    const QString tea = write(QStringLiteral("tea.cook"), "Steep for ~{3%minutes}.\n");
    ImportJob job({m_folder.filePath(QStringLiteral("absent.cook")), m_folder.path(), tea});
    QSignalSpy read(&job, &ImportJob::fileRead);
    QSignalSpy failed(&job, &ImportJob::fileFailed);
    QSignalSpy finished(&job, &ImportJob::finished);
    job.start();
    QVERIFY(finished.wait(PatienceMs));
    QCOMPARE(failed.size(), 2);
    QCOMPARE(failed[0][1].value<Error>().code, ErrorCode::FileUnreadable);
    QCOMPARE(read.size(), 1);
    const auto recipes = read[0][1].value<QList<recipes::Recipe>>();
    QCOMPARE(recipes.size(), 1);
    QCOMPARE(recipes[0].steps[0].slots.size(), 1);
}

void TestUiImport::cancelLeavesTheRest()
{
    const QString tea = write(QStringLiteral("tea.cook"), "Steep for ~{3%minutes}.\n");
    ImportJob job(QStringList(5000, tea));
    QSignalSpy reading(&job, &ImportJob::reading);
    QSignalSpy finished(&job, &ImportJob::finished);
    job.start();
    job.cancel();
    QVERIFY(finished.wait(PatienceMs));
    QVERIFY(reading.size() < 5000);
}

void TestUiImport::goesAwayWhileItReads()
{
    const QString tea = write(QStringLiteral("tea.cook"), "Steep for ~{3%minutes}.\n");
    {
        ImportJob job(QStringList(5000, tea));
        job.start();
    }
    QVERIFY(true); // neither waited for all files nor crashed
}

QTEST_GUILESS_MAIN(TestUiImport)
#include "tst_ui_import.moc"

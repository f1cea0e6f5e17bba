// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/DataFolder.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using storage::DataFolder;

/// The folder that one process has for itself.
class TestDataFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadePrivately();
    void secondTakerIsRefusedUntilTheFirstIsGone();
    void folderOfOthersKeepsItsPermissions();
    void fileInsteadOfFolderIsAnError();
};

void TestDataFolder::isMadePrivately()
{
    const QTemporaryDir base;
    const QString path = base.filePath(QStringLiteral("a/b"));
    const auto folder = DataFolder::take(path);
    QVERIFY(folder);
    QCOMPARE(QFileInfo(path).permissions() & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QCOMPARE((*folder)->file(QStringLiteral("x")), path + QStringLiteral("/x"));
}

void TestDataFolder::secondTakerIsRefusedUntilTheFirstIsGone()
{
    const QTemporaryDir base;
    auto first = DataFolder::take(base.path());
    QVERIFY(first);
    const auto second = DataFolder::take(base.path());
    QVERIFY(!second);
    QCOMPARE(second.error().code, ErrorCode::StoreBusy);
    first->reset();
    QVERIFY(DataFolder::take(base.path()));
}

void TestDataFolder::folderOfOthersKeepsItsPermissions()
{
    const QTemporaryDir base;
    QFile foreign(base.filePath(QStringLiteral("holiday.jpg")));
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    const auto open =
        QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(base.path(), open));
    QVERIFY(DataFolder::take(base.path()));
    QVERIFY(QFileInfo(base.path()).permissions() & QFile::ReadOther);
}

void TestDataFolder::fileInsteadOfFolderIsAnError()
{
    const QTemporaryDir base;
    QFile file(base.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto folder = DataFolder::take(file.fileName());
    QVERIFY(!folder);
    QCOMPARE(folder.error().code, ErrorCode::FileUnreadable);
    QVERIFY(folder.error().context.contains(file.fileName()));
}

QTEST_GUILESS_MAIN(TestDataFolder)
#include "tst_datafolder.moc"

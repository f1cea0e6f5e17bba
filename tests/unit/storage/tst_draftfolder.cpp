// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/ManualClock.h"
#include "fakes/SmallDisk.h"
#include "storage/device/DraftFolder.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;
using recipes::RecipeDraft;

class TestDraftFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_profile = std::make_unique<QTemporaryDir>(); }

    void keepsTheNewestAndDrops();
    void whatWasAskedIsOnTheDiskAtTheEnd();
    void isForItsOwnerAlone();
    void discardedOnesGoAfterAWhile();
    void damagedOnesAreSetAside();
    void fullDiskLeavesTheOldOne();

private:
    RecipeDraft draft(const char *title) const
    {
        RecipeDraft draft;
        draft.id = m_id;
        draft.now.title = QString::fromUtf8(title);
        draft.keptAt = m_clock.wallMs();
        return draft;
    }
    QList<RecipeDraft> all(DraftFolder &folder) const
    {
        QSignalSpy read(&folder, &DraftFolder::read);
        folder.readAll();
        return read.wait(PatienceMs) ? read.constFirst().constFirst().value<QList<RecipeDraft>>()
                                     : QList<RecipeDraft>{draft("was not read")};
    }
    QString file() const
    {
        return m_profile->filePath(QStringLiteral("drafts/") + m_id.toHex() +
                                   QStringLiteral(".json"));
    }

    std::unique_ptr<QTemporaryDir> m_profile;
    fakes::ManualClock m_clock;
    RecipeId m_id = RecipeId::random();
};

void TestDraftFolder::keepsTheNewestAndDrops()
{
    DraftFolder folder(m_clock, m_profile->path());
    QVERIFY(all(folder).isEmpty());
    QSignalSpy kept(&folder, &DraftFolder::kept);
    folder.keep(draft("Ra"));
    folder.keep(draft("Ragù"));
    QTRY_COMPARE(kept.size(), 2);
    QCOMPARE(kept.constLast().at(1).toLongLong(), m_clock.wallMs());
    QCOMPARE(all(folder), QList<RecipeDraft>{draft("Ragù")});
    folder.drop(m_id);
    QVERIFY(all(folder).isEmpty());
}

void TestDraftFolder::whatWasAskedIsOnTheDiskAtTheEnd()
{
    {
        DraftFolder folder(m_clock, m_profile->path());
        folder.keep(draft("Ragù"));
    }
    DraftFolder folder(m_clock, m_profile->path());
    QCOMPARE(all(folder), QList<RecipeDraft>{draft("Ragù")});
}

void TestDraftFolder::isForItsOwnerAlone()
{
    {
        DraftFolder folder(m_clock, m_profile->path());
        folder.keep(draft("Ragù"));
    }
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(file()) & others));
    QVERIFY(!(QFile::permissions(m_profile->filePath(QStringLiteral("drafts"))) & others));
}

void TestDraftFolder::discardedOnesGoAfterAWhile()
{
    DraftFolder folder(m_clock, m_profile->path());
    RecipeDraft discarded = draft("Ragù");
    discarded.isDiscarded = true;
    folder.keep(discarded);
    m_clock.advance(DraftFolder::DiscardedForMs);
    QCOMPARE(all(folder).size(), 1);
    m_clock.advance(1);
    QVERIFY(all(folder).isEmpty());
    QVERIFY(!QFile::exists(file()));
    folder.keep(draft("Ragù")); // one that was not discarded stays for ever
    m_clock.advance(100 * DraftFolder::DiscardedForMs);
    QCOMPARE(all(folder).size(), 1);
}

void TestDraftFolder::damagedOnesAreSetAside()
{
    DraftFolder folder(m_clock, m_profile->path());
    QVERIFY(QDir(m_profile->path()).mkdir(QStringLiteral("drafts")));
    QFile broken(file());
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("{\"version\":");
    broken.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("drafts: ")));
    QVERIFY(all(folder).isEmpty());
    QVERIFY(QFile::exists(file() + QStringLiteral(".damaged")));
    QVERIFY(all(folder).isEmpty());
}

void TestDraftFolder::fullDiskLeavesTheOldOne()
{
    DraftFolder folder(m_clock, m_profile->path());
    folder.keep(draft("Ragù"));
    QCOMPARE(all(folder).size(), 1);
    QSignalSpy notKept(&folder, &DraftFolder::notKept);
    {
        const fakes::SmallDisk small(64);
        folder.keep(draft(QByteArray(9999, 'x').constData()));
        QVERIFY(notKept.wait(PatienceMs));
    }
    QCOMPARE(notKept.constFirst().at(1).value<Error>().code, ErrorCode::DiskFull);
    QCOMPARE(all(folder), QList<RecipeDraft>{draft("Ragù")});
}

QTEST_GUILESS_MAIN(TestDraftFolder)
#include "tst_draftfolder.moc"

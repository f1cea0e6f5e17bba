// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/ManualClock.h"
#include "fakes/Photos.h"
#include "storage/photos/BlobShelf.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::storage;

namespace {

constexpr qint64 Now = 1'700'000'000'000;
constexpr qint64 DayMs = 24LL * 3600 * 1000;
constexpr BlobQuota Plenty{1LL << 30, 1000};

QList<BlobPiece> pieces(const QByteArray &bytes)
{
    QList<BlobPiece> list;
    for (qint64 at = 0; at < bytes.size(); at += BlobPartBytes)
        list += BlobPiece{BlobHash::of(bytes), bytes.size(), at, bytes.mid(at, BlobPartBytes)};
    return list;
}

} // namespace

/// Photos on a real SQLite file: whole, in pieces, cut off, wrong, too many.
class TestBlobStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup() { m_store.reset(); }

    void wholePhotoIsKept();
    void whatIsNoPhotoIsNotKept();
    void piecesMakeThePhoto_data();
    void piecesMakeThePhoto();
    void otherPiecesChangeNothing();
    void piecesSurviveACrash();
    void wrongBytesAreDropped();
    void imagesAreCheckedWhenTheyCame();
    void toldSizeGivesWayToAnother();
    void keptPhotoEndsItsDownload();
    void roomIsLimited();
    void whatNobodyWentOnWithMakesRoom();
    void errandsAreWhatIsLackingAndUnanswered();
    void answersAreBelievedForATime();
    void fileIsPrivate();
    void fileThatCannotBeOpenedFailsInWords();
    void damagedFileBeginsAnew();
    void noFileIsMadeForNoPhotos();
    void shelfTellsWhatItDid();

private:
    void reopen()
    {
        m_store.reset();
        auto opened = BlobStore::open(m_folder->path());
        QVERIFY2(opened, opened ? "" : qPrintable(describe(opened.error())));
        m_store = *std::move(opened);
    }
    /// What a kill leaves: the files as they are, without an orderly close.
    void crash()
    {
        auto left = std::make_unique<QTemporaryDir>();
        for (const QFileInfo &file : QDir(m_folder->path()).entryInfoList(QDir::Files))
            QVERIFY(QFile::copy(file.filePath(), left->filePath(file.fileName())));
        m_store.reset();
        m_folder = std::move(left);
        reopen();
    }
    qint64 count(const QString &table)
    {
        qint64 rows = -1;
        {
            QSqlDatabase file =
                QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("look"));
            file.setDatabaseName(m_folder->filePath(QStringLiteral("photos.db")));
            file.open();
            QSqlQuery query(QStringLiteral("SELECT count(*) FROM ") + table, file);
            if (query.next())
                rows = query.value(0).toLongLong();
        }
        QSqlDatabase::removeDatabase(QStringLiteral("look"));
        return rows;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<BlobStore> m_store;
};

void TestBlobStore::wholePhotoIsKept()
{
    const QByteArray photo = fakes::photo(100'000);
    const BlobHash hash = BlobHash::of(photo);
    QCOMPARE(*m_store->find(hash), BlobState());
    QCOMPARE(m_store->bytes(hash).error().code, ErrorCode::NotFound);
    QVERIFY(m_store->keep(photo, Now));
    QVERIFY(m_store->keep(photo, Now)); // once more is no harm
    crash();
    QCOMPARE(*m_store->bytes(hash), photo);
    QCOMPARE(*m_store->find(hash), (BlobState{100'000, 100'000}));
    QCOMPARE(m_store->piece(hash, BlobPartBytes)->bytes, photo.mid(BlobPartBytes, BlobPartBytes));
    QCOMPARE(m_store->piece(hash, 1).error().code, ErrorCode::NotFound);
    QCOMPARE(count(QStringLiteral("parts")), 4);
}

void TestBlobStore::whatIsNoPhotoIsNotKept()
{
    QCOMPARE(m_store->keep("hello", Now).error().code, ErrorCode::BadSyntax);
    QCOMPARE(m_store->keep({}, Now).error().code, ErrorCode::BadSyntax);
    QCOMPARE(m_store->keep(fakes::pngHeader(9000, 9000), Now).error().code, ErrorCode::TooLarge);
    QCOMPARE(m_store->keep(fakes::photo(MostBlobBytes + 1), Now).error().code, ErrorCode::TooLarge);
    QCOMPARE(count(QStringLiteral("blobs")), 0);
    QVERIFY(m_store->keep(fakes::photo(MostBlobBytes), Now));
}

void TestBlobStore::piecesMakeThePhoto_data()
{
    QTest::addColumn<int>("bytes");
    for (const qint64 bytes : {qint64(100), BlobPartBytes - 1, BlobPartBytes, BlobPartBytes + 1,
                               3 * BlobPartBytes, 3 * BlobPartBytes + 7})
        QTest::addRow("%lld", bytes) << int(bytes);
}

void TestBlobStore::piecesMakeThePhoto()
{
    QFETCH(const int, bytes);
    const QByteArray photo = fakes::photo(bytes);
    qint64 here = 0;
    for (const BlobPiece &piece : pieces(photo)) {
        here += piece.bytes.size();
        QCOMPARE(*m_store->put(piece, Now), (BlobState{bytes, here}));
    }
    QCOMPARE(*m_store->bytes(BlobHash::of(photo)), photo);
}

void TestBlobStore::otherPiecesChangeNothing()
{
    const QByteArray photo = fakes::photo(3 * BlobPartBytes);
    const QList<BlobPiece> list = pieces(photo);
    QCOMPARE(m_store->put(list[1], Now)->here, 0); // a gap
    QCOMPARE(m_store->put(list[0], Now)->here, BlobPartBytes);
    QCOMPARE(m_store->put(list[0], Now)->here, BlobPartBytes); // once more
    QCOMPARE(m_store->put(list[2], Now)->here, BlobPartBytes);
    for (const auto &[at, bytes] : QList<std::pair<qint64, qint64>>{
             {-BlobPartBytes, 1}, {1, 5}, {BlobPartBytes, 5}, {0, 0}, {4 * BlobPartBytes, 5}}) {
        const auto odd =
            m_store->put({list[0].hash, photo.size(), at, QByteArray(bytes, 'x')}, Now);
        QVERIFY(!odd);
        QCOMPARE(odd.error().code, ErrorCode::BadArgument);
    }
    QCOMPARE(m_store->find(list[0].hash)->here, BlobPartBytes);
}

/// After each piece the program dies; what was said to be here still is.
void TestBlobStore::piecesSurviveACrash()
{
    const QByteArray photo = fakes::photo(5 * BlobPartBytes + 9);
    const BlobHash hash = BlobHash::of(photo);
    for (const BlobPiece &piece : pieces(photo)) {
        QCOMPARE(m_store->find(hash)->here, piece.at);
        QVERIFY(m_store->put(piece, Now));
        crash();
    }
    QCOMPARE(*m_store->bytes(hash), photo);
}

void TestBlobStore::wrongBytesAreDropped()
{
    const QByteArray photo = fakes::photo(2 * BlobPartBytes);
    QList<BlobPiece> list = pieces(photo);
    list[0].bytes[100] = char(list[0].bytes[100] + 1);
    QVERIFY(m_store->put(list[0], Now));
    const auto put = m_store->put(list[1], Now);
    QVERIFY(!put);
    QCOMPARE(put.error().code, ErrorCode::Refused);
    QCOMPARE(*m_store->find(list[0].hash), BlobState());
    QCOMPARE(count(QStringLiteral("parts")), 0);
    for (const BlobPiece &piece : pieces(photo)) // and it can come anew
        QVERIFY(m_store->put(piece, Now));
    QVERIFY(m_store->bytes(list[0].hash));
}

void TestBlobStore::imagesAreCheckedWhenTheyCame()
{
    for (const QByteArray &bytes :
         {QByteArray(40'000, 'x'), fakes::pngHeader(9000, 9000) + QByteArray(40'000, 'x')}) {
        const QList<BlobPiece> list = pieces(bytes);
        QVERIFY(m_store->put(list[0], Now));
        const auto put = m_store->put(list[1], Now);
        QVERIFY(!put);
        QCOMPARE(put.error().code, ErrorCode::Refused);
        QVERIFY(!put.error().context.isEmpty());
    }
    QCOMPARE(count(QStringLiteral("blobs")), 0);
}

/// Somebody began this photo with a wrong size: whoever has the right one goes on from the start.
void TestBlobStore::toldSizeGivesWayToAnother()
{
    const QByteArray photo = fakes::photo(2 * BlobPartBytes);
    BlobPiece liar = pieces(photo)[0];
    liar.size = MostBlobBytes;
    QVERIFY(m_store->put(liar, Now));
    for (const BlobPiece &piece : pieces(photo))
        QVERIFY(m_store->put(piece, Now));
    QCOMPARE(*m_store->bytes(liar.hash), photo);
    QVERIFY(m_store->put(liar, Now)->isWhole()); // a whole one stays
}

void TestBlobStore::keptPhotoEndsItsDownload()
{
    const QByteArray photo = fakes::photo(3 * BlobPartBytes);
    QVERIFY(m_store->put(pieces(photo)[0], Now));
    QVERIFY(m_store->keep(photo, Now));
    QCOMPARE(*m_store->bytes(BlobHash::of(photo)), photo);
}

void TestBlobStore::roomIsLimited()
{
    QVERIFY(m_store->checkRoom(1000, {1000, 1}, Now));
    QCOMPARE(m_store->checkRoom(1001, {1000, 1}, Now).error().code, ErrorCode::TooLarge);
    QVERIFY(m_store->put(pieces(fakes::photo(40'000))[0], Now)); // counts as what it will be
    QVERIFY(m_store->checkRoom(10'000, {50'000, 2}, Now));
    QCOMPARE(m_store->checkRoom(10'001, {50'000, 2}, Now).error().code, ErrorCode::TooLarge);
    QCOMPARE(m_store->checkRoom(1, {50'000, 1}, Now).error().code, ErrorCode::TooLarge);
}

void TestBlobStore::whatNobodyWentOnWithMakesRoom()
{
    const QByteArray whole = fakes::photo(1000);
    QVERIFY(m_store->keep(whole, Now));
    QVERIFY(m_store->put(pieces(fakes::photo(40'000))[0], Now));
    QVERIFY(m_store->checkRoom(1, Plenty, Now + 6 * DayMs));
    QCOMPARE(count(QStringLiteral("blobs")), 2);
    QVERIFY(m_store->checkRoom(1, Plenty, Now + 8 * DayMs));
    QCOMPARE(count(QStringLiteral("blobs")), 1);
    QVERIFY(m_store->bytes(BlobHash::of(whole)));
}

void TestBlobStore::errandsAreWhatIsLackingAndUnanswered()
{
    const QByteArray mine = fakes::photo(1000, 1);
    const QByteArray coming = fakes::photo(40'000, 2);
    const QByteArray unwished = fakes::photo(40'000, 3);
    const BlobHash unknown = BlobHash::of("unknown");
    QVERIFY(m_store->keep(mine, Now));
    QVERIFY(m_store->put(pieces(coming)[0], Now));
    QVERIFY(m_store->put(pieces(unwished)[0], Now));
    QVERIFY(m_store->wish({BlobHash::of(mine), BlobHash::of(coming), unknown}));
    QVERIFY(m_store->wish({unknown}));
    crash();
    const auto errands = m_store->errands(Now - DayMs, Now);
    QVERIFY(errands);
    QCOMPARE(errands->offers, (QList<BlobOffer>{{BlobHash::of(mine), 1000}}));
    QCOMPARE(errands->lacking.size(), 2);
    QVERIFY(errands->lacking.contains(BlobLack{BlobHash::of(coming), BlobPartBytes}));
    QVERIFY(errands->lacking.contains(BlobLack{unknown, 0}));
    QVERIFY(errands->refused.isEmpty());
}

void TestBlobStore::answersAreBelievedForATime()
{
    const QByteArray photo = fakes::photo(1000);
    const BlobHash hash = BlobHash::of(photo);
    QVERIFY(m_store->keep(photo, Now));
    const auto offered = [&](qint64 now) {
        return !m_store->errands(now - DayMs, now)->offers.isEmpty();
    };
    QVERIFY(m_store->answer(hash, {}, Now));
    QVERIFY(!offered(Now));
    QVERIFY(!offered(Now + DayMs));
    QVERIFY(offered(Now + DayMs + 1));
    QVERIFY(offered(Now - 1)); // the clock was ahead when it was answered
    QVERIFY(m_store->answer(hash, QStringLiteral("full"), Now));
    QVERIFY(!offered(Now));
    QCOMPARE(m_store->errands(Now, Now)->refused,
             (QList<RefusedBlob>{{hash, QStringLiteral("full")}}));
    QVERIFY(m_store->forgetAnswers(BlobHash::of("other")));
    QVERIFY(!offered(Now));
    QVERIFY(m_store->forgetAnswers(hash));
    QVERIFY(offered(Now));
    QVERIFY(m_store->answer(hash, {}, Now));
    QVERIFY(m_store->forgetAnswers({}));
    QVERIFY(offered(Now));
}

void TestBlobStore::fileIsPrivate()
{
    const QFile::Permissions open =
        QFile::permissions(m_folder->filePath(QStringLiteral("photos.db")));
    QCOMPARE(open & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());
}

/// Log and timers are in another file: this one only says why it has no photos.
void TestBlobStore::fileThatCannotBeOpenedFailsInWords()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("photos.db")));
    const fakes::ManualClock clock;
    BlobShelf shelf(clock, folder.path());
    fakes::Heard failed(&shelf, &BlobShelf::keepFailed);
    fakes::Heard errands(&shelf, &BlobShelf::errandsRead);
    shelf.begin();
    shelf.keep(fakes::photo(100));
    shelf.readErrands();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.last<1>().code, ErrorCode::FileUnreadable);
    QTRY_COMPARE(errands.size(), 1);
}

/// The photos come from other devices again; the damaged file stays for who can read it.
void TestBlobStore::damagedFileBeginsAnew()
{
    const QTemporaryDir folder;
    QFile broken(folder.filePath(QStringLiteral("photos.db")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write(QByteArray(8192, 'x'));
    broken.close();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("photos.db was damaged")));
    const auto store = BlobStore::open(folder.path());
    QVERIFY(store);
    QVERIFY((*store)->keep(fakes::photo(100), Now));
    const QStringList kept = QDir(folder.path()).entryList({QStringLiteral("photos.db.damaged-*")});
    QCOMPARE(kept.size(), 1);
    QCOMPARE(QFileInfo(folder.filePath(kept.constFirst())).size(), 8192);
}

void TestBlobStore::noFileIsMadeForNoPhotos()
{
    const QTemporaryDir folder;
    fakes::ManualClock clock;
    BlobShelf shelf(clock, folder.path());
    fakes::Heard errands(&shelf, &BlobShelf::errandsRead);
    shelf.begin();
    shelf.wish({});
    shelf.forgetAnswers({});
    shelf.readErrands();
    QTRY_COMPARE(errands.size(), 1);
    QVERIFY(errands.last<0>().offers.isEmpty() && errands.last<0>().lacking.isEmpty());
    QVERIFY(!QFile::exists(BlobStore::fileIn(folder.path())));
}

void TestBlobStore::shelfTellsWhatItDid()
{
    const QTemporaryDir folder;
    fakes::ManualClock clock;
    BlobShelf shelf(clock, folder.path());
    fakes::Heard kept(&shelf, &BlobShelf::kept);
    fakes::Heard read(&shelf, &BlobShelf::photoRead);
    fakes::Heard missing(&shelf, &BlobShelf::photoMissing);
    fakes::Heard changed(&shelf, &BlobShelf::changed);
    fakes::Heard errands(&shelf, &BlobShelf::errandsRead);
    fakes::Heard arrived(&shelf, &BlobShelf::arrived);
    shelf.begin();
    const QByteArray mine = fakes::photo(40'000, 1);
    const QByteArray other = fakes::photo(40'000, 2);
    shelf.keep(mine);
    shelf.read(BlobHash::of(mine));
    shelf.read(BlobHash::of(other));
    shelf.wish({BlobHash::of(other)});
    for (const BlobPiece &piece : pieces(other))
        shelf.put(piece);
    shelf.answer(BlobHash::of(mine), QStringLiteral("no"));
    shelf.readErrands();
    QTRY_COMPARE(errands.size(), 1);
    QCOMPARE(kept.last<0>(), BlobHash::of(mine));
    QCOMPARE(read.last<1>(), mine);
    QCOMPARE(missing.last<0>(), BlobHash::of(other));
    QCOMPARE(arrived.last<0>(), BlobHash::of(other));
    QCOMPARE(changed.size(), 4); // opened, kept, wished, refused
    QCOMPARE(errands.last<0>().refused.size(), 1);
}

QTEST_GUILESS_MAIN(TestBlobStore)
#include "tst_blobstore.moc"

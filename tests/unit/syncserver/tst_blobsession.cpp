// SPDX-License-Identifier: GPL-3.0-or-later
#include "ServerTest.h"
#include "fakes/Photos.h"
#include "protocol/Limits.h"
#include "syncserver/sessions/BlobWishes.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace simmer;
using namespace simmer::protocol;
using simmer::tests::ServerTest;
using simmer::tests::WireDevice;

namespace {

constexpr qint64 Part = BlobPartBytes;

BlobPut put(const QByteArray &photo, qint64 at)
{
    return {{BlobHash::of(photo), photo.size(), at, photo.mid(at, Part)}};
}

} // namespace

/// Photos through a real server: honest, broken off, wrong, too many, and from strangers.
class TestBlobSession : public ServerTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { startFresh(); }
    void cleanup() { stopServer(); }

    void photoGoesUpAndDown();
    void uploadGoesOnAfterARestart();
    void twoWhoSendTheSameHelpEachOther();
    void gapsAndOldPiecesChangeNothing();
    void wrongBytesAreRefusedAndDropped();
    void whatIsNoPhotoIsRefused();
    void tooLargeIsRefusedAtTheOffer();
    void fullKitchenSaysSo();
    void brokenPieceEndsTheTalk();
    void strangersAndOtherKitchensGetNothing();
    void whatIsLackingIsAskedOfAllWhoCome();
    void wishesAreBoundedAndEndWithTheirSession();
    void floodOfQuestionsReachesNobody();
    void opsPassBetweenPieces();

private:
    template<class Message>
    Message ask(WireDevice &device, const FromDevice &question)
    {
        device.forget();
        device.say(question);
        if (!QTest::qWaitFor([&] { return device.heard<Message>() || device.isClosed(); },
                             PatienceMs) ||
            !device.heard<Message>())
            return {};
        return *device.heard<Message>();
    }
    void upload(WireDevice &device, const QByteArray &photo)
    {
        for (qint64 at = 0; at + Part < photo.size(); at += Part)
            QCOMPARE(ask<BlobWanted>(device, put(photo, at)).from, at + Part);
        const qint64 last = (photo.size() - 1) / Part * Part;
        QCOMPARE(ask<BlobKept>(device, put(photo, last)).hash, BlobHash::of(photo));
    }
    /// As if so many photos of that size had come before.
    void fill(int photos, qint64 size);

    const QByteArray m_photo = fakes::photo(2 * Part + 77);
    const BlobHash m_hash = BlobHash::of(m_photo);
};

void TestBlobSession::photoGoesUpAndDown()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    QCOMPARE(ask<BlobWanted>(ana, BlobOffer{m_hash, m_photo.size()}), (BlobWanted{m_hash, 0}));
    upload(ana, m_photo);
    QTRY_COMPARE(ben.heard<BlobKept>(), BlobKept{m_hash}); // all are told
    QCOMPARE(ask<BlobKept>(ana, BlobOffer{m_hash, m_photo.size()}).hash, m_hash);
    QByteArray got;
    while (got.size() < m_photo.size()) {
        const BlobPart part = ask<BlobPart>(ben, BlobAsk{m_hash, got.size()});
        QVERIFY(!part.piece.bytes.isEmpty());
        QCOMPARE(part.piece.size, m_photo.size());
        got += part.piece.bytes;
    }
    QCOMPARE(got, m_photo);
    QVERIFY(!ask<BlobRefused>(ben, BlobAsk{m_hash, 3 * Part}).why.isEmpty());
    QVERIFY(ana.faults.isEmpty() && ben.faults.isEmpty());
}

void TestBlobSession::uploadGoesOnAfterARestart()
{
    WireDevice ana;
    join(ana);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 0)).from, Part);
    stopServer();
    startServer();
    reconnect(ana);
    QCOMPARE(ask<BlobWanted>(ana, BlobOffer{m_hash, m_photo.size()}).from, Part);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, Part)).from, 2 * Part);
    QCOMPARE(ask<BlobKept>(ana, put(m_photo, 2 * Part)).hash, m_hash);
}

void TestBlobSession::twoWhoSendTheSameHelpEachOther()
{
    WireDevice ana;
    WireDevice ben;
    join(ana);
    join(ben);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 0)).from, Part);
    QCOMPARE(ask<BlobWanted>(ben, BlobOffer{m_hash, m_photo.size()}).from, Part);
    QCOMPARE(ask<BlobWanted>(ben, put(m_photo, Part)).from, 2 * Part);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, Part)).from, 2 * Part);
    QCOMPARE(ask<BlobKept>(ana, put(m_photo, 2 * Part)).hash, m_hash);
    QCOMPARE(ask<BlobKept>(ben, put(m_photo, 2 * Part)).hash, m_hash);
}

void TestBlobSession::gapsAndOldPiecesChangeNothing()
{
    WireDevice ana;
    join(ana);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, Part)), (BlobWanted{m_hash, 0}));
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 2 * Part)), (BlobWanted{m_hash, 0}));
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 0)).from, Part);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 0)).from, Part);
    QCOMPARE(ask<BlobWanted>(ana, put(m_photo, 2 * Part)).from, Part);
    // not visible before it is whole
    QCOMPARE(ask<BlobWanted>(ana, BlobAsk{m_hash, 0}).from, Part);
    QCOMPARE(ana.count<BlobPart>(), 0);
}

void TestBlobSession::wrongBytesAreRefusedAndDropped()
{
    WireDevice ana;
    join(ana);
    const QByteArray other = fakes::photo(Part + 5, 2);
    BlobPut lie = put(other, 0);
    lie.piece.hash = m_hash;
    QCOMPARE(ask<BlobWanted>(ana, lie).from, Part);
    lie.piece.at = Part;
    lie.piece.bytes = other.mid(Part);
    const BlobRefused refused = ask<BlobRefused>(ana, lie);
    QCOMPARE(refused.hash, m_hash);
    QVERIFY(!refused.why.isEmpty());
    QCOMPARE(ask<BlobWanted>(ana, BlobAsk{m_hash, 0}).from, 0);
    upload(ana, m_photo); // the true one is still welcome
}

void TestBlobSession::whatIsNoPhotoIsRefused()
{
    WireDevice ana;
    join(ana);
    for (const QByteArray &bytes : {QByteArray("MZ, a program"), fakes::pngHeader(9000, 9000)}) {
        const BlobRefused refused = ask<BlobRefused>(ana, put(bytes, 0));
        QCOMPARE(refused.hash, BlobHash::of(bytes));
        QVERIFY(!refused.why.isEmpty());
    }
}

void TestBlobSession::tooLargeIsRefusedAtTheOffer()
{
    WireDevice ana;
    join(ana);
    QVERIFY(ask<BlobRefused>(ana, BlobOffer{m_hash, MostBlobBytes + 1})
                .why.contains(QStringLiteral("8 MiB")));
    QCOMPARE(ask<BlobWanted>(ana, BlobOffer{m_hash, MostBlobBytes}).from, 0);
}

void TestBlobSession::fill(int photos, qint64 size)
{
    stopServer();
    {
        QSqlDatabase file =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("fill"));
        file.setDatabaseName(m_folder->filePath(QStringLiteral("photos.db")));
        QVERIFY(file.open());
        QSqlQuery query(file);
        QVERIFY(query.exec(
            QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                           " WHERE i < %1) INSERT INTO blobs (hash, size, here, changed)"
                           " SELECT randomblob(32), %2, %2, 0 FROM n")
                .arg(photos)
                .arg(size)));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("fill"));
    startServer();
}

void TestBlobSession::fullKitchenSaysSo()
{
    WireDevice ana;
    join(ana);
    upload(ana, m_photo);
    fill(int(limits::KitchenBlobBytes / MostBlobBytes) - 1, MostBlobBytes);
    reconnect(ana);
    const QByteArray other = fakes::photo(1000, 2);
    const auto large = BlobOffer{BlobHash::of("large"), MostBlobBytes};
    QVERIFY(ask<BlobRefused>(ana, large).why.contains(QStringLiteral("2048 MiB")));
    QCOMPARE(ask<BlobWanted>(ana, BlobOffer{BlobHash::of(other), 1000}).from, 0);
    QCOMPARE(ask<BlobKept>(ana, BlobOffer{m_hash, m_photo.size()}).hash, m_hash);
    fill(int(limits::KitchenBlobs), 1);
    reconnect(ana);
    QVERIFY(ask<BlobRefused>(ana, put(other, 0)).why.contains(QStringLiteral("10000")));
    QCOMPARE(ask<BlobPart>(ana, BlobAsk{m_hash, 0}).piece.at, 0); // what is there stays readable
}

void TestBlobSession::brokenPieceEndsTheTalk()
{
    for (const QByteArray &bytes : {m_photo.left(Part - 1), m_photo.left(Part) + 'x'}) {
        WireDevice ana;
        join(ana);
        ana.say(BlobPut{{m_hash, m_photo.size(), 0, bytes}});
        QTRY_VERIFY(ana.bye());
        QCOMPARE(*ana.bye(), ByeReason::BadMessage);
    }
}

void TestBlobSession::strangersAndOtherKitchensGetNothing()
{
    WireDevice ana;
    join(ana);
    upload(ana, m_photo);
    for (const FromDevice &message : QList<FromDevice>{
             BlobAsk{m_hash, 0}, BlobOffer{m_hash, m_photo.size()}, put(m_photo, 0)}) {
        WireDevice stranger;
        stranger.connectTo(m_url);
        QTRY_VERIFY(stranger.isOpen());
        stranger.say(message);
        QTRY_VERIFY(stranger.bye());
        QCOMPARE(*stranger.bye(), ByeReason::BadMessage);
        QCOMPARE(stranger.count<BlobPart>() + stranger.count<BlobKept>(), 0);
    }
    const auto here = std::move(m_folder);
    startFresh(); // another kitchen
    WireDevice eve;
    join(eve);
    QCOMPARE(ask<BlobWanted>(eve, BlobAsk{m_hash, 0}).from, 0);
    QCOMPARE(eve.count<BlobPart>(), 0);
    stopServer();
    m_options.dataDir = here->path();
    startServer();
    reconnect(eve);
    QCOMPARE(*eve.bye(), ByeReason::UnknownDevice);
}

void TestBlobSession::whatIsLackingIsAskedOfAllWhoCome()
{
    WireDevice ana;
    WireDevice ben;
    WireDevice cleo;
    join(ana);
    join(ben);
    QCOMPARE(ask<BlobWanted>(ana, BlobAsk{m_hash, 0}).from, 0);
    QTRY_COMPARE(ben.heard<BlobWanted>(), (BlobWanted{m_hash, 0}));
    join(cleo);
    QTRY_COMPARE(cleo.heard<BlobWanted>(), (BlobWanted{m_hash, 0}));
    ana.forget();
    upload(cleo, m_photo);
    QTRY_COMPARE(ana.heard<BlobKept>(), BlobKept{m_hash});
    reconnect(ben);
    QCOMPARE(ask<BlobKept>(ben, BlobOffer{m_hash, m_photo.size()}).hash, m_hash);
    QCOMPARE(ben.count<BlobWanted>(), 0); // fulfilled
}

void TestBlobSession::wishesAreBoundedAndEndWithTheirSession()
{
    syncserver::BlobWishes wishes;
    const auto hash = [](int n) { return BlobHash::of(QByteArray::number(n)); };
    for (int n = 0; n < limits::BlobWishes; ++n)
        QVERIFY(wishes.add(1, hash(n)));
    QVERIFY(!wishes.add(1, hash(-1))); // one too many
    QVERIFY(!wishes.add(2, hash(0)));  // known
    QVERIFY(wishes.add(2, hash(-1)));
    QCOMPARE(wishes.all().size(), limits::BlobWishes + 1);
    wishes.leave(1);
    QCOMPARE(wishes.all(), (QSet<BlobHash>{hash(0), hash(-1)}));
    wishes.fulfil(hash(0));
    QCOMPARE(wishes.all(), QSet<BlobHash>{hash(-1)});
    QVERIFY(wishes.add(1, hash(0)));
}

void TestBlobSession::floodOfQuestionsReachesNobody()
{
    WireDevice eve;
    WireDevice ben;
    join(eve);
    join(ben);
    ben.forget();
    const int asked = 2 * limits::BlobWishes;
    for (int n = 0; n < asked; ++n) {
        eve.say(BlobAsk{BlobHash::of(QByteArray::number(n)), 0});
        if (n % 128 != 127)
            continue;
        QTRY_VERIFY(eve.count<BlobWanted>() > n);
        m_clock.advance(60'000); // within the limit of messages
    }
    pushed(ben);
    QVERIFY(ben.count<BlobWanted>() <= limits::BlobWishes);
    QVERIFY(ben.count<BlobWanted>() > 0);
    eve.socket().abort();
    const auto isEveGone = [&] {
        const QList<Device> devices = listHeardBy(ben);
        return !devices.isEmpty() && !devices.constFirst().online;
    };
    QTRY_VERIFY(isEveGone());
    reconnect(ben);
    QCOMPARE(ben.count<BlobWanted>(), 0); // its wishes went with it
}

/// All is said at once: the op behind the pieces is taken as soon as these are on the disk.
void TestBlobSession::opsPassBetweenPieces()
{
    WireDevice ana;
    join(ana);
    const timers::Op op = ana.op(timers::Pause{}, now());
    ana.say(put(m_photo, 0));
    ana.say(Push{{op}});
    ana.say(put(m_photo, Part));
    ana.say(put(m_photo, 2 * Part));
    QTRY_VERIFY(ana.hasAck(op.id));
    QTRY_COMPARE(ana.heard<BlobKept>(), BlobKept{m_hash});
}

QTEST_GUILESS_MAIN(TestBlobSession)
#include "tst_blobsession.moc"

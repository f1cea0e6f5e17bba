// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/Heard.h"
#include "fakes/ManualClock.h"
#include "fakes/Photos.h"
#include "syncclient/BlobCourier.h"

#include <QTemporaryDir>
#include <QTest>

using namespace simmer;
using namespace simmer::syncclient;
using protocol::BlobAsk;
using protocol::BlobKept;
using protocol::BlobOffer;
using protocol::BlobPart;
using protocol::BlobPut;
using protocol::BlobRefused;
using protocol::BlobWanted;

namespace {

constexpr qint64 Part = BlobPartBytes;

BlobPart part(const QByteArray &photo, qint64 at)
{
    return {{BlobHash::of(photo), photo.size(), at, photo.mid(at, Part)}};
}

} // namespace

/// The courier on a real shelf; the server is the test.
class TestBlobCourier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void nothingToDoIsDone();
    void offersAndSendsOnePieceAtATime();
    void goesOnWhereTheServerIs();
    void opsGoFirst();
    void lostLinkBeginsAnewFromTheDisk();
    void answersAreRemembered();
    void anotherServerKnowsNothing();
    void refusedOneIsListedAndBlocksNobody();
    void serverThatLostItIsOfferedItAgain();
    void fetchesFromWhatIsHere();
    void whatNobodyHasIsNotWaitedFor();
    void comesWhenTheServerGotIt();
    void bytesThatNobodyAskedForAreIgnored();
    void wrongBytesAreAskedForAgainLater();
    void serverThatTellsTwoSizesIsGivenUp();

private:
    /// What the courier said since the last time, when all is settled.
    QList<protocol::FromDevice> said()
    {
        fakes::Heard settled(m_shelf.get(), &storage::BlobShelf::photoMissing);
        for (qsizetype rounds = 1; rounds <= 4; ++rounds) { // question, answer, and what follows
            m_shelf->read(BlobHash::of("nobody has this"));
            if (!QTest::qWaitFor([&] { return settled.size() >= rounds; }, PatienceMs))
                qFatal("the shelf does not answer");
        }
        return std::exchange(m_said, {});
    }
    template<class Message>
    std::optional<Message> saidOnly()
    {
        const auto all = said();
        const auto *message = all.size() == 1 ? std::get_if<Message>(&all.constFirst()) : nullptr;
        return message ? std::optional(*message) : std::nullopt;
    }
    void begin(bool anew = false)
    {
        m_courier->begin(anew);
        m_courier->setFree(true);
    }
    void restart()
    {
        m_courier.reset();
        m_shelf = std::make_unique<storage::BlobShelf>(m_clock, m_folder->path());
        m_shelf->begin();
        m_courier = std::make_unique<BlobCourier>(
            m_clock, *m_shelf, [this](const protocol::FromDevice &message) { m_said += message; });
    }
    QByteArray onDisk(const QByteArray &photo)
    {
        fakes::Heard read(m_shelf.get(), &storage::BlobShelf::photoRead);
        m_shelf->read(BlobHash::of(photo));
        said();
        return read.size() == 0 ? QByteArray() : read.last<1>();
    }

    const QByteArray m_photo = fakes::photo(2 * Part + 100);
    const BlobHash m_hash = BlobHash::of(m_photo);
    fakes::ManualClock m_clock;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<storage::BlobShelf> m_shelf;
    std::unique_ptr<BlobCourier> m_courier;
    QList<protocol::FromDevice> m_said;
};

void TestBlobCourier::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_said.clear();
    restart();
}

void TestBlobCourier::nothingToDoIsDone()
{
    QVERIFY(!m_courier->isDone());
    begin();
    QVERIFY(!m_courier->isDone()); // not before the disk was asked
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
    m_courier->end();
    QVERIFY(!m_courier->isDone());
}

void TestBlobCourier::offersAndSendsOnePieceAtATime()
{
    m_shelf->keep(m_photo);
    begin();
    QCOMPARE(saidOnly<BlobOffer>(), (BlobOffer{m_hash, m_photo.size()}));
    for (qint64 at = 0; at < m_photo.size(); at += Part) {
        m_courier->take(BlobWanted{m_hash, at});
        const auto put = saidOnly<BlobPut>();
        QVERIFY(put);
        QCOMPARE(put->piece, part(m_photo, at).piece);
        m_courier->take(BlobWanted{m_hash, at}); // said twice: that piece is on its way
        QVERIFY(said().isEmpty());
        QVERIFY(!m_courier->isDone());
    }
    m_courier->take(BlobKept{m_hash});
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
}

void TestBlobCourier::goesOnWhereTheServerIs()
{
    m_shelf->keep(m_photo);
    begin();
    said();
    m_courier->take(BlobWanted{m_hash, 2 * Part});
    QCOMPARE(saidOnly<BlobPut>()->piece, part(m_photo, 2 * Part).piece);
    m_courier->take(BlobWanted{m_hash, 0}); // it lost what it had
    QCOMPARE(saidOnly<BlobPut>()->piece, part(m_photo, 0).piece);
    m_courier->take(BlobWanted{m_hash, 3 * Part}); // beyond the end
    QVERIFY(said().isEmpty());
}

void TestBlobCourier::opsGoFirst()
{
    m_shelf->keep(m_photo);
    m_courier->begin(false);
    QVERIFY(said().isEmpty());
    m_courier->setFree(true);
    QVERIFY(saidOnly<BlobOffer>());
    m_courier->setFree(false);
    m_courier->take(BlobWanted{m_hash, 0});
    QVERIFY(said().isEmpty());
    m_courier->setFree(true);
    QVERIFY(saidOnly<BlobPut>());
}

void TestBlobCourier::lostLinkBeginsAnewFromTheDisk()
{
    m_shelf->keep(m_photo);
    begin();
    said();
    m_courier->setFree(false);
    m_courier->take(BlobWanted{m_hash, 0});
    said();
    m_courier->end();
    begin();
    QVERIFY(saidOnly<BlobOffer>()); // and not the piece that was held back
    m_courier->take(BlobWanted{m_hash, 0});
    QVERIFY(saidOnly<BlobPut>());
}

void TestBlobCourier::answersAreRemembered()
{
    m_shelf->keep(m_photo);
    begin();
    said();
    m_courier->take(BlobKept{m_hash});
    said();
    restart();
    begin();
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
    restart();
    m_clock.advance(storage::BlobShelf::BelievedMs + 1);
    begin();
    QVERIFY(saidOnly<BlobOffer>());
}

void TestBlobCourier::anotherServerKnowsNothing()
{
    m_shelf->keep(m_photo);
    m_shelf->answer(m_hash, {});
    begin();
    QVERIFY(said().isEmpty());
    m_courier->end();
    begin(true);
    QVERIFY(saidOnly<BlobOffer>());
}

void TestBlobCourier::refusedOneIsListedAndBlocksNobody()
{
    const QByteArray other = fakes::photo(500, 2);
    m_shelf->keep(m_photo);
    m_shelf->keep(other);
    begin();
    const auto first = saidOnly<BlobOffer>();
    QVERIFY(first);
    m_courier->take(BlobRefused{first->hash, QStringLiteral("full")});
    const auto second = saidOnly<BlobOffer>();
    QVERIFY(second);
    QVERIFY(second->hash != first->hash);
    m_courier->take(BlobKept{second->hash});
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
    restart();
    begin();
    QVERIFY(said().isEmpty());
    QCOMPARE(m_courier->refused(),
             (QHash<BlobHash, QString>{{first->hash, QStringLiteral("full")}}));
}

void TestBlobCourier::serverThatLostItIsOfferedItAgain()
{
    m_shelf->keep(m_photo);
    m_shelf->answer(m_hash, {});
    begin();
    QVERIFY(said().isEmpty());
    m_courier->take(BlobWanted{BlobHash::of("not here"), 0});
    QVERIFY(said().isEmpty());
    m_courier->take(BlobWanted{m_hash, 0}); // somebody asked for it
    QCOMPARE(saidOnly<BlobOffer>(), (BlobOffer{m_hash, m_photo.size()}));
}

void TestBlobCourier::fetchesFromWhatIsHere()
{
    m_shelf->put(part(m_photo, 0).piece);
    m_shelf->wish({m_hash});
    begin();
    for (qint64 at = Part; at < m_photo.size(); at += Part) {
        QCOMPARE(saidOnly<BlobAsk>(), (BlobAsk{m_hash, at}));
        QVERIFY(!m_courier->isDone());
        m_courier->take(part(m_photo, at));
        m_courier->take(part(m_photo, at)); // said twice
    }
    const auto more = said();
    QVERIFY(std::none_of(more.begin(), more.end(), [](const auto &message) {
        return std::holds_alternative<BlobAsk>(message);
    }));
    QCOMPARE(onDisk(m_photo), m_photo);
}

void TestBlobCourier::whatNobodyHasIsNotWaitedFor()
{
    const QByteArray other = fakes::photo(500, 2);
    m_shelf->wish({m_hash, BlobHash::of(other)});
    begin();
    const auto first = saidOnly<BlobAsk>();
    QVERIFY(first);
    m_courier->take(BlobWanted{first->hash, 0});
    const auto second = saidOnly<BlobAsk>();
    QVERIFY(second);
    QVERIFY(second->hash != first->hash);
    m_courier->take(BlobWanted{second->hash, 0});
    m_courier->take(BlobWanted{second->hash, 0}); // to all, also to us
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
    m_courier->end();
    begin();
    QVERIFY(saidOnly<BlobAsk>()); // on the next connection once more
}

void TestBlobCourier::comesWhenTheServerGotIt()
{
    m_shelf->wish({m_hash});
    begin();
    said();
    m_courier->take(BlobWanted{m_hash, 0});
    said();
    m_courier->take(BlobKept{BlobHash::of("another")});
    QVERIFY(said().isEmpty());
    m_courier->take(BlobKept{m_hash});
    QVERIFY(!m_courier->isDone());
    QCOMPARE(saidOnly<BlobAsk>(), (BlobAsk{m_hash, 0}));
}

void TestBlobCourier::bytesThatNobodyAskedForAreIgnored()
{
    const QByteArray other = fakes::photo(500, 2);
    m_shelf->wish({m_hash});
    begin();
    said();
    m_courier->take(part(other, 0));
    m_courier->take(part(m_photo, Part)); // a gap
    m_courier->take(BlobRefused{BlobHash::of(other), QStringLiteral("no")});
    QVERIFY(said().isEmpty());
    QVERIFY(onDisk(other).isEmpty());
    m_courier->take(part(m_photo, 0));
    QCOMPARE(saidOnly<BlobAsk>(), (BlobAsk{m_hash, Part}));
}

void TestBlobCourier::wrongBytesAreAskedForAgainLater()
{
    const QByteArray photo = fakes::photo(500);
    m_shelf->wish({BlobHash::of(photo)});
    begin();
    said();
    BlobPart wrong = part(photo, 0);
    wrong.piece.bytes[30] = char(wrong.piece.bytes[30] + 1);
    m_courier->take(wrong);
    QVERIFY(said().isEmpty());
    QVERIFY(onDisk(photo).isEmpty());
    m_courier->end();
    begin();
    QVERIFY(saidOnly<BlobAsk>());
    m_courier->take(part(photo, 0));
    said();
    QCOMPARE(onDisk(photo), photo);
}

void TestBlobCourier::serverThatTellsTwoSizesIsGivenUp()
{
    m_shelf->wish({m_hash});
    begin();
    said();
    m_courier->take(part(m_photo, 0));
    QVERIFY(saidOnly<BlobAsk>());
    BlobPart longer = part(m_photo, Part);
    longer.piece.size += Part;
    m_courier->take(longer);
    QVERIFY(said().isEmpty());
    QVERIFY(m_courier->isDone());
}

QTEST_GUILESS_MAIN(TestBlobCourier)
#include "tst_blobcourier.moc"

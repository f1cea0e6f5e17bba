// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/BlobCourier.h"

#include <utility>

namespace simmer::syncclient {

namespace {

constexpr int AgainMs = 5000; // the disk may have room again

} // namespace

BlobCourier::BlobCourier(const Clock &clock, storage::BlobShelf &shelf, Say say)
    : m_shelf(shelf)
    , m_say(std::move(say))
    , m_again(clock.makeAlarm(this))
{
    using storage::BlobShelf;
    const auto lookAgain = [this] {
        m_stale = true;
        look();
    };
    connect(m_again, &Alarm::rang, this, lookAgain);
    connect(&shelf, &BlobShelf::changed, this, lookAgain);
    connect(&shelf, &BlobShelf::errandsRead, this, &BlobCourier::errandsRead);
    connect(&shelf, &BlobShelf::pieceKept, this, &BlobCourier::pieceKept);
    connect(&shelf, &BlobShelf::pieceFailed, this, &BlobCourier::pieceFailed);
    connect(&shelf, &BlobShelf::pieceRead, this, [this](const BlobPiece &piece) {
        if (m_offered && m_offered->hash == piece.hash && piece.at == m_sentAt)
            this->say(protocol::BlobPut{piece});
    });
}

void BlobCourier::begin(bool anew)
{
    end();
    m_in = true;
    m_stale = true;
    if (anew)
        m_shelf.forgetAnswers({});
    look();
}

void BlobCourier::end()
{
    m_in = false;
    m_reading = false;
    m_held.clear();
    m_absent.clear();
    m_offers.clear();
    m_offered.reset();
    m_lacks.clear();
    m_asked = {};
    m_keeping = false;
    m_again->stop();
    announce();
}

void BlobCourier::setFree(bool free)
{
    m_free = free;
    if (!m_free)
        return;
    const auto held = std::exchange(m_held, {});
    for (const protocol::FromDevice &message : held)
        m_say(message);
}

bool BlobCourier::isDone() const
{
    return m_in && !m_stale && !m_reading && !m_offered && m_asked.isNull() && m_offers.isEmpty() &&
           m_lacks.isEmpty();
}

/// Reads what there is to do, once for any number of reasons.
void BlobCourier::look()
{
    if (m_in && m_stale && !m_reading) {
        m_stale = false;
        m_reading = true;
        m_shelf.readErrands();
    }
    announce();
}

void BlobCourier::errandsRead(const storage::BlobErrands &errands)
{
    if (!std::exchange(m_reading, false))
        return; // asked for on an earlier connection
    m_offers = errands.offers;
    m_offers.removeIf([this](const auto &offer) { return m_offered == offer; });
    m_lacks = errands.lacking;
    m_lacks.removeIf(
        [this](const auto &lack) { return lack.hash == m_asked || m_absent.contains(lack.hash); });
    m_refused.clear();
    for (const storage::RefusedBlob &blob : errands.refused)
        m_refused.insert(blob.hash, blob.why);
    Q_EMIT changed();
    offerNext();
    askNext();
    look();
}

void BlobCourier::offerNext()
{
    if (m_offered || m_offers.isEmpty())
        return;
    m_offered = m_offers.takeFirst();
    m_sentAt = -1;
    say(protocol::BlobOffer{m_offered->hash, m_offered->size});
}

void BlobCourier::askNext()
{
    if (!m_asked.isNull() || m_lacks.isEmpty())
        return;
    const storage::BlobLack lack = m_lacks.takeFirst();
    m_asked = lack.hash;
    askFrom(lack.here);
}

void BlobCourier::askFrom(qint64 place)
{
    m_askedAt = place;
    m_keeping = false;
    say(protocol::BlobAsk{m_asked, place});
}

void BlobCourier::leaveOffer()
{
    m_offered.reset();
    offerNext();
    announce();
}

void BlobCourier::leaveAsked(bool absent)
{
    if (absent)
        m_absent.insert(m_asked);
    m_asked = {};
    askNext();
    announce();
}

/// What we just sent came too late or twice when it is wanted from where we are; then that is on
/// its way already.
void BlobCourier::take(const protocol::BlobWanted &wanted)
{
    if (wanted.hash == m_asked) {
        leaveAsked(true); // the server tells when it has it
    } else if (!m_offered || m_offered->hash != wanted.hash) {
        m_shelf.forgetAnswers(wanted.hash); // offered again, if it is here
    } else if (wanted.from != m_sentAt && wanted.from < m_offered->size) {
        m_sentAt = wanted.from;
        m_shelf.readPiece(wanted.hash, wanted.from);
    }
}

void BlobCourier::take(const protocol::BlobKept &kept)
{
    if (m_offered && m_offered->hash == kept.hash) {
        m_shelf.answer(kept.hash, {});
        leaveOffer();
    } else if (m_absent.remove(kept.hash)) {
        m_stale = true;
        look();
    }
}

void BlobCourier::take(const protocol::BlobPart &part)
{
    if (part.piece.hash != m_asked || part.piece.at != m_askedAt || m_keeping)
        return;
    m_keeping = true;
    m_shelf.put(part.piece);
}

void BlobCourier::take(const protocol::BlobRefused &refused)
{
    if (m_offered && m_offered->hash == refused.hash) {
        m_shelf.answer(refused.hash, refused.why);
        leaveOffer();
    } else if (refused.hash == m_asked) {
        leaveAsked(true);
    }
}

void BlobCourier::pieceKept(const BlobHash &hash, const storage::BlobState &state)
{
    if (hash != m_asked || !m_keeping)
        return;
    if (state.isWhole())
        leaveAsked(false);
    else if (state.here != m_askedAt)
        askFrom(state.here);
    else
        leaveAsked(true); // it told two sizes of one photo
}

/// Our disk refuses, or the bytes were wrong: these are not asked for again at once.
void BlobCourier::pieceFailed(const BlobHash &hash, const Error &error)
{
    if (m_offered && m_offered->hash == hash)
        leaveOffer();
    else if (hash == m_asked)
        leaveAsked(error.code == ErrorCode::Refused);
    else
        return;
    m_again->set(AgainMs);
}

void BlobCourier::say(const protocol::FromDevice &message)
{
    if (m_free)
        m_say(message);
    else
        m_held += message;
}

void BlobCourier::announce()
{
    const bool done = isDone();
    if (std::exchange(m_wasDone, done) != done)
        Q_EMIT changed();
}

} // namespace simmer::syncclient

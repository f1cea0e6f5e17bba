// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/BlobAnswer.h"

#include "protocol/Limits.h"

namespace simmer::syncserver {

namespace limits = protocol::limits;
using storage::BlobState;
using storage::BlobStore;
using storage::KitchenStore;

namespace {

constexpr storage::BlobQuota Quota{limits::KitchenBlobBytes, limits::KitchenBlobs};

BlobAnswer saying(protocol::FromServer message)
{
    BlobAnswer answer;
    answer.said = std::move(message);
    return answer;
}

/// Errors that the photo itself is to blame for are told to its sender; others end the talk.
BlobAnswer failing(const BlobHash &hash, const Error &error)
{
    if (error.code == ErrorCode::TooLarge || error.code == ErrorCode::Refused)
        return saying(protocol::BlobRefused{hash, error.context});
    BlobAnswer answer;
    answer.broken = error;
    return answer;
}

BlobAnswer standing(const BlobHash &hash, const BlobState &state)
{
    if (state.isWhole())
        return saying(protocol::BlobKept{hash});
    return saying(protocol::BlobWanted{hash, state.here});
}

/// A photo file that does not open must not keep anybody from the timers.
BlobAnswer closed(const BlobHash &hash, const Error &error)
{
    if (error.code == ErrorCode::DiskFull) // as for all that is written
        return failing(hash, error);
    BlobAnswer answer = saying(protocol::BlobRefused{
        hash, QStringLiteral("the server cannot open its photos: ") + error.context});
    answer.trouble = error;
    return answer;
}

/// One that begins here must find room.
Outcome checkRoom(BlobStore &blobs, const BlobState &known, qint64 size, qint64 now)
{
    if (size > MostBlobBytes)
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("a photo has at most %1 MiB").arg(MostBlobBytes >> 20),
                     {}};
    return known.size == size || known.isWhole() ? done() : blobs.checkRoom(size, Quota, now);
}

BlobAnswer answerFrom(BlobStore &blobs, const protocol::BlobOffer &offer, qint64 now)
{
    const Expected<BlobState> known = blobs.find(offer.hash);
    if (!known)
        return failing(offer.hash, known.error());
    if (const Outcome room = checkRoom(blobs, *known, offer.size, now); !room)
        return failing(offer.hash, room.error());
    const bool sameSize = known->size == offer.size || known->isWhole();
    return standing(offer.hash, sameSize ? *known : BlobState());
}

BlobAnswer answerFrom(BlobStore &blobs, const protocol::BlobPut &put, qint64 now)
{
    const Expected<BlobState> known = blobs.find(put.piece.hash);
    if (!known)
        return failing(put.piece.hash, known.error());
    if (const Outcome room = checkRoom(blobs, *known, put.piece.size, now); !room)
        return failing(put.piece.hash, room.error());
    const Expected<BlobState> state = blobs.put(put.piece, now);
    if (!state)
        return failing(put.piece.hash, state.error());
    BlobAnswer answer = standing(put.piece.hash, *state);
    if (state->isWhole() && !known->isWhole())
        answer.arrived = put.piece.hash;
    return answer;
}

BlobAnswer answerFrom(BlobStore &blobs, const protocol::BlobAsk &ask, qint64)
{
    const Expected<BlobState> known = blobs.find(ask.hash);
    if (!known)
        return failing(ask.hash, known.error());
    if (!known->isWhole()) {
        BlobAnswer answer = standing(ask.hash, *known);
        answer.lacking = ask.hash;
        answer.from = known->here;
        return answer;
    }
    const Expected<BlobPiece> piece = blobs.piece(ask.hash, ask.from);
    if (piece)
        return saying(protocol::BlobPart{*piece});
    if (piece.error().code == ErrorCode::NotFound)
        return saying(protocol::BlobRefused{ask.hash, QStringLiteral("it ends before that")});
    return failing(ask.hash, piece.error());
}

template<class AboutBlob>
BlobAnswer answerIn(KitchenStore &store, const BlobHash &hash, const AboutBlob &message, qint64 now)
{
    const Expected<BlobStore *> blobs = store.blobs();
    return blobs ? answerFrom(**blobs, message, now) : closed(hash, blobs.error());
}

} // namespace

BlobAnswer answerBlob(KitchenStore &store, const protocol::BlobOffer &offer, qint64 now)
{
    return answerIn(store, offer.hash, offer, now);
}

BlobAnswer answerBlob(KitchenStore &store, const protocol::BlobPut &put, qint64 now)
{
    return answerIn(store, put.piece.hash, put, now);
}

BlobAnswer answerBlob(KitchenStore &store, const protocol::BlobAsk &ask, qint64 now)
{
    return answerIn(store, ask.hash, ask, now);
}

} // namespace simmer::syncserver

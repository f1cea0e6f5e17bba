// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/photos/BlobShelf.h"

#include "storage/Files.h"

namespace simmer::storage {

namespace {

/// For what is asked again by itself.
void warn(const Error &error)
{
    qWarning("photos: %s", qUtf8Printable(describe(error)));
}

} // namespace

BlobShelf::BlobShelf(const Clock &clock, const QString &directory)
    : m_clock(clock)
    , m_directory(directory)
    , m_closed{ErrorCode::StoreBroken, QStringLiteral("the photos are not open"), {}}
{
}

BlobShelf::~BlobShelf() = default;

void BlobShelf::begin()
{
    if (!isBare())
        open();
    Q_EMIT changed();
}

/// Neither a photo nor the wish for one was ever here.
bool BlobShelf::isBare() const
{
    return !m_store && Files::used().size(BlobStore::fileIn(m_directory)) == 0;
}

void BlobShelf::open()
{
    auto store = BlobStore::open(m_directory);
    if (store) {
        m_store = *std::move(store);
        return;
    }
    m_closed = store.error();
    warn(m_closed);
}

/// Without `whenBare` the file is made when it is not there.
void BlobShelf::inThread(std::function<void(BlobStore &)> work,
                         std::function<void(const Error &)> otherwise,
                         std::function<void()> whenBare)
{
    QMetaObject::invokeMethod(
        this,
        [this, work = std::move(work), otherwise = std::move(otherwise),
         whenBare = std::move(whenBare)] {
            if (whenBare && isBare())
                return whenBare();
            if (!m_store)
                open(); // the disk may have room again
            if (m_store)
                work(*m_store);
            else
                otherwise(m_closed);
        },
        Qt::QueuedConnection);
}

void BlobShelf::keep(const QByteArray &bytes)
{
    const BlobHash hash = BlobHash::of(bytes);
    const auto failed = [this, hash](const Error &error) { Q_EMIT keepFailed(hash, error); };
    inThread(
        [this, bytes, hash, failed](BlobStore &store) {
            if (const Outcome outcome = store.keep(bytes, m_clock.wallMs()); !outcome)
                return failed(outcome.error());
            Q_EMIT kept(hash);
            Q_EMIT changed();
        },
        failed);
}

void BlobShelf::wish(const QList<BlobHash> &hashes)
{
    const std::function<void()> nothingWished = [] {};
    inThread(
        [this, hashes](BlobStore &store) {
            if (const Outcome wished = store.wish(hashes); !wished)
                warn(wished.error());
            else
                Q_EMIT changed();
        },
        warn, hashes.isEmpty() ? nothingWished : std::function<void()>());
}

void BlobShelf::read(const BlobHash &hash)
{
    const auto missing = [this, hash](const Error &error) { Q_EMIT photoMissing(hash, error); };
    inThread(
        [this, hash, missing](BlobStore &store) {
            if (const auto bytes = store.bytes(hash))
                Q_EMIT photoRead(hash, *bytes);
            else
                missing(bytes.error());
        },
        missing);
}

void BlobShelf::readErrands()
{
    const auto none = [this](const Error &error) {
        warn(error);
        Q_EMIT errandsRead({});
    };
    inThread(
        [this, none](BlobStore &store) {
            const qint64 now = m_clock.wallMs();
            if (const auto errands = store.errands(now - BelievedMs, now))
                Q_EMIT errandsRead(*errands);
            else
                none(errands.error());
        },
        none, [this] { Q_EMIT errandsRead({}); });
}

void BlobShelf::readPiece(const BlobHash &hash, qint64 at)
{
    const auto failed = [this, hash](const Error &error) { Q_EMIT pieceFailed(hash, error); };
    inThread(
        [this, hash, at, failed](BlobStore &store) {
            if (const auto piece = store.piece(hash, at))
                Q_EMIT pieceRead(*piece);
            else
                failed(piece.error());
        },
        failed);
}

void BlobShelf::put(const BlobPiece &piece)
{
    const BlobHash hash = piece.hash;
    const auto failed = [this, hash](const Error &error) { Q_EMIT pieceFailed(hash, error); };
    inThread(
        [this, piece, failed](BlobStore &store) {
            const auto state = store.put(piece, m_clock.wallMs());
            if (!state)
                return failed(state.error());
            Q_EMIT pieceKept(piece.hash, *state);
            if (state->isWhole())
                Q_EMIT arrived(piece.hash);
        },
        failed);
}

void BlobShelf::answer(const BlobHash &hash, const QString &refused)
{
    inThread(
        [this, hash, refused](BlobStore &store) {
            if (const auto noted = store.answer(hash, refused, m_clock.wallMs()); !noted)
                warn(noted.error());
            else if (!refused.isEmpty())
                Q_EMIT changed();
        },
        warn);
}

void BlobShelf::forgetAnswers(const BlobHash &hash)
{
    inThread(
        [this, hash](BlobStore &store) {
            if (const auto forgotten = store.forgetAnswers(hash); !forgotten)
                warn(forgotten.error());
            else
                Q_EMIT changed();
        },
        warn, [this] { Q_EMIT changed(); });
}

} // namespace simmer::storage

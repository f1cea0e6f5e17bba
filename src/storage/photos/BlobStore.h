// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "base/Expected.h"

#include <QList>

#include <memory>

namespace simmer::storage {

class Database;
class Turnstile;
struct Schema;

/// How much of a photo is here; all zero for an unknown one.
struct BlobState {
    qint64 size = 0;
    qint64 here = 0; ///< bytes, from the first on

    bool isWhole() const { return size > 0 && here == size; }
    bool operator==(const BlobState &) const = default;
};

/// How much room photos may take together.
struct BlobQuota {
    qint64 bytes = 0;
    qint64 count = 0;
};

/// A photo that is here, as it is offered to the server.
struct BlobOffer {
    BlobHash hash;
    qint64 size = 0;

    bool operator==(const BlobOffer &) const = default;
};

/// A photo that is not all here yet.
struct BlobLack {
    BlobHash hash;
    qint64 here = 0; ///< bytes that are

    bool operator==(const BlobLack &) const = default;
};

/// A photo that the server will not have.
struct RefusedBlob {
    BlobHash hash;
    QString why;

    bool operator==(const RefusedBlob &) const = default;
};

/// What there is to do about photos with the server.
struct BlobErrands {
    QList<BlobOffer> offers;
    QList<BlobLack> lacking;
    QList<RefusedBlob> refused;
};

/// Photos by their hash, in an SQLite file of their own (decisions/0012), on a device as on a
/// server; part by part, so that a crash keeps what came. Every change is on the disk (fsync) when
/// its function returns. Belongs to the thread that opened it. Errors beside those named: DiskFull,
/// StoreBusy, StoreBroken.
class BlobStore
{
public:
    /// Opens or makes DIR/photos.db. Errors: as Database::open.
    static Expected<std::unique_ptr<BlobStore>> open(const QString &directory);
    static QString fileIn(const QString &directory);
    /// Of that file.
    static Schema schema();
    ~BlobStore();
    Q_DISABLE_COPY_MOVE(BlobStore)

    /// As Database's.
    void useTurnstile(Turnstile *turnstile);

    /// Keeps a whole photo at once. Errors: TooLarge, BadSyntax when it is no image.
    Outcome keep(const QByteArray &bytes, qint64 now);
    /// Takes the piece that comes next; any other changes nothing. Says how much is here then. With
    /// the last one the bytes must have the hash and be an image, or all are dropped. Errors:
    /// Refused for those; BadArgument for a piece of another shape.
    Expected<BlobState> put(const BlobPiece &piece, qint64 now);
    /// Whether so much more may come; makes room by dropping pieces that nobody went on with for a
    /// week. Errors: TooLarge.
    Outcome checkRoom(qint64 size, const BlobQuota &quota, qint64 now);
    Outcome drop(const BlobHash &hash);

    Expected<BlobState> find(const BlobHash &hash);
    /// The piece at a place that put() took. Errors: NotFound.
    Expected<BlobPiece> piece(const BlobHash &hash, qint64 at);
    /// Errors: NotFound while it is not whole.
    Expected<QByteArray> bytes(const BlobHash &hash);

    // On a device
    /// Recipes here name these.
    Outcome wish(const QList<BlobHash> &hashes);
    /// Offers are what is whole here and was not answered since `answeredSince`, nor (by a clock
    /// that went wrong) after `now`.
    Expected<BlobErrands> errands(qint64 answeredSince, qint64 now);
    /// The server has it, or (`refused` is not empty) will not have it.
    Outcome answer(const BlobHash &hash, const QString &refused, qint64 now);
    /// What the server said of this photo, or of all (a null hash), holds no longer.
    Outcome forgetAnswers(const BlobHash &hash);

private:
    explicit BlobStore(std::unique_ptr<Database> database);

    Outcome command(const QString &sql, const QVariantList &values);
    Outcome begin(const BlobPiece &piece, const BlobState &known, qint64 now);
    Outcome write(const BlobPiece &piece, qint64 now);
    Expected<QByteArray> joined(const BlobHash &hash);
    Expected<QList<BlobLack>> lacking();
    Expected<QList<BlobOffer>> offers(qint64 answeredSince, qint64 now);
    Expected<QList<RefusedBlob>> refused();

    std::unique_ptr<Database> m_database;
};

} // namespace simmer::storage

Q_DECLARE_METATYPE(simmer::storage::BlobState)
Q_DECLARE_METATYPE(simmer::storage::BlobErrands)

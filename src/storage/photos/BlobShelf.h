// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "storage/photos/BlobStore.h"

#include <QObject>

#include <functional>
#include <memory>

namespace simmer::storage {

/// A device's photos, beside its log and in the same thread: commands may be called from any
/// thread and return at once, signals come from the storage thread. The file is made for the first
/// photo. One that does not open fails each command in words; log and timers never notice.
class BlobShelf : public QObject
{
    Q_OBJECT

public:
    /// How long the server's word on a photo is believed: a server that lost photos with an old
    /// backup gets them back within that time.
    static constexpr qint64 BelievedMs = 24LL * 3600 * 1000;

    /// `clock` must outlive it.
    BlobShelf(const Clock &clock, const QString &directory);
    ~BlobShelf() override;

    /// The log is open, so there may be errands: changed().
    void begin();

    /// Keeps a photo of this device: kept() or keepFailed().
    void keep(const QByteArray &bytes);
    /// Recipes here name these: changed() when some are lacking.
    void wish(const QList<BlobHash> &hashes);
    /// Reads a whole photo: photoRead() or photoMissing().
    void read(const BlobHash &hash);

    // For the courier
    /// Reads what is to be done with the server: errandsRead().
    void readErrands();
    /// Reads a piece of a photo that is here: pieceRead() or pieceFailed().
    void readPiece(const BlobHash &hash, qint64 at);
    /// Takes a piece that came: pieceKept() or pieceFailed().
    void put(const BlobPiece &piece);
    /// The server has it, or (`refused` is not empty) will not have it: changed() then.
    void answer(const BlobHash &hash, const QString &refused);
    /// The server lacks this photo, or (a null hash) forgot what it had: changed().
    void forgetAnswers(const BlobHash &hash);

Q_SIGNALS:
    void kept(const simmer::BlobHash &hash);
    void keepFailed(const simmer::BlobHash &hash, const simmer::Error &error);
    /// All of it is here now; it came from the server.
    void arrived(const simmer::BlobHash &hash);
    void photoRead(const simmer::BlobHash &hash, const QByteArray &bytes);
    void photoMissing(const simmer::BlobHash &hash, const simmer::Error &error);
    /// There may be something to offer or to ask for.
    void changed();
    void errandsRead(const simmer::storage::BlobErrands &errands);
    void pieceRead(const simmer::BlobPiece &piece);
    void pieceKept(const simmer::BlobHash &hash, const simmer::storage::BlobState &state);
    void pieceFailed(const simmer::BlobHash &hash, const simmer::Error &error);

private:
    bool isBare() const;
    void open();
    void inThread(std::function<void(BlobStore &)> work,
                  std::function<void(const Error &)> otherwise,
                  std::function<void()> whenBare = {});

    const Clock &m_clock;
    QString m_directory;
    std::unique_ptr<BlobStore> m_store;
    Error m_closed; ///< why there is no store
};

} // namespace simmer::storage

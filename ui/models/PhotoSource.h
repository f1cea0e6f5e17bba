// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

namespace simmer::ui {

/// How large a photo is wanted: its longer edge in device pixels is at most that.
enum class PhotoSize {
    Small = 480,  ///< rows, cards, plates
    Large = 2560, ///< on top of a recipe
};
inline size_t qHash(PhotoSize size, size_t seed = 0) noexcept
{
    return ::qHash(int(size), seed);
}

/// The kitchen's photos as pictures: decoded in threads of its own, scaled down, turned upright,
/// the last ones kept. Whoever wires the program answers bytesWished() from where the bytes are.
/// GUI thread; owned by the window.
class PhotoSource : public QObject
{
    Q_OBJECT

public:
    explicit PhotoSource(QObject *parent = nullptr);
    /// Waits for what is being decoded.
    ~PhotoSource() override;

    /// The picture, if it is at hand; else a null one. Cheap enough for painting.
    QImage atHand(const BlobHash &photo, PhotoSize size) const;
    /// came() or missing() follows, never before this returns. What was asked last comes first; of
    /// more than 256 that wait the oldest are forgotten, as a long scroll leaves them behind.
    void ask(const BlobHash &photo, PhotoSize size);

    /// Answers of the wiring to bytesWished().
    void take(const BlobHash &photo, const QByteArray &bytes);
    void lack(const BlobHash &photo);
    /// Its bytes came from another device: whoever had asked in vain gets it now.
    void arrived(const BlobHash &photo);

Q_SIGNALS:
    void came(const simmer::BlobHash &photo, simmer::ui::PhotoSize size, const QImage &picture);
    /// Its bytes are not here yet, or are no picture that can be read.
    void missing(const simmer::BlobHash &photo);
    void bytesWished(const simmer::BlobHash &photo);

private:
    using Key = std::pair<BlobHash, PhotoSize>;

    void fetchNext();
    void decoded(const Key &key, const QImage &picture);

    QCache<Key, QImage> m_pictures;             ///< cost in kB
    QList<Key> m_waiting;                       ///< the next at the end
    QHash<BlobHash, PhotoSize> m_fetched;       ///< bytes or decoding under way
    QHash<BlobHash, QSet<PhotoSize>> m_lacking; ///< asked in vain
    QThreadPool m_decoders;                     ///< last: their work uses what stands above
};

/// A photo's bytes as a picture whose longer edge is at most `edge`, upright; null for what is no
/// JPEG, PNG or WebP of at most recipes::MostPhotoPixels. Any thread.
QImage decodePhoto(const QByteArray &bytes, int edge);

} // namespace simmer::ui

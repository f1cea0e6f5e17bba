// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/PhotoSource.h"

#include "recipes/PhotoHeader.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <new>

namespace simmer::ui {

namespace {

constexpr int KeptKilobytes = 96 * 1024;
constexpr int AtOnce = 2; // the disk's thread has more to do than photos
constexpr qsizetype MostWaiting = 256;
constexpr int MostMegabytes = 336; // recipes::MostPhotoPixels at 8 bytes, and some

const char *nameOf(recipes::PhotoFormat format)
{
    switch (format) {
    case recipes::PhotoFormat::Jpeg:
        return "jpeg";
    case recipes::PhotoFormat::Png:
        return "png";
    case recipes::PhotoFormat::WebP:
        return "webp";
    }
    Q_UNREACHABLE();
}

} // namespace

QImage decodePhoto(const QByteArray &bytes, int edge)
{
    const auto header = recipes::readPhotoHeader(bytes);
    if (!header)
        return {};
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer, nameOf(header->format));
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    const QSize whole(int(header->width), int(header->height));
    if (std::max(whole.width(), whole.height()) > edge)
        reader.setScaledSize(whole.scaled(edge, edge, Qt::KeepAspectRatio).expandedTo({1, 1}));
    try {
        const QImage picture = reader.read();
        return picture.isNull() ? picture
                                : picture.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    } catch (const std::bad_alloc &) {
        return {};
    }
}

PhotoSource::PhotoSource(QObject *parent)
    : QObject(parent)
    , m_pictures(KeptKilobytes)
{
    QImageReader::setAllocationLimit(MostMegabytes);
    m_decoders.setMaxThreadCount(AtOnce);
    m_decoders.setThreadPriority(QThread::LowPriority);
}

PhotoSource::~PhotoSource()
{
    m_decoders.clear();
    m_decoders.waitForDone();
}

QImage PhotoSource::atHand(const BlobHash &photo, PhotoSize size) const
{
    const QImage *picture = m_pictures.object({photo, size});
    return picture ? *picture : QImage();
}

void PhotoSource::ask(const BlobHash &photo, PhotoSize size)
{
    const Key key(photo, size);
    if (photo.isNull())
        return;
    m_waiting.removeAll(key);
    m_waiting += key;
    if (m_waiting.size() > MostWaiting)
        m_waiting.removeFirst();
    QMetaObject::invokeMethod(this, &PhotoSource::fetchNext, Qt::QueuedConnection);
}

void PhotoSource::fetchNext()
{
    for (qsizetype i = m_waiting.size() - 1; i >= 0 && m_fetched.size() < AtOnce; --i) {
        const Key key = m_waiting.at(i);
        if (m_fetched.contains(key.first))
            continue; // its other size is under way
        m_waiting.removeAt(i);
        if (const QImage picture = atHand(key.first, key.second); !picture.isNull()) {
            Q_EMIT came(key.first, key.second, picture);
            continue;
        }
        m_fetched.insert(key.first, key.second);
        m_lacking[key.first] += key.second;
        Q_EMIT bytesWished(key.first);
    }
}

void PhotoSource::take(const BlobHash &photo, const QByteArray &bytes)
{
    const auto wished = m_fetched.constFind(photo);
    if (wished == m_fetched.cend())
        return; // somebody else had asked for it
    m_decoders.start([this, photo, size = *wished, bytes] {
        const QImage picture = decodePhoto(bytes, int(size));
        QMetaObject::invokeMethod(this, [=, this] { decoded({photo, size}, picture); });
    });
}

void PhotoSource::decoded(const Key &key, const QImage &picture)
{
    const auto under = m_fetched.constFind(key.first);
    if (under == m_fetched.cend() || *under != key.second)
        return; // the bytes came twice
    m_fetched.erase(under);
    m_lacking.remove(key.first);
    if (picture.isNull()) {
        Q_EMIT missing(key.first);
    } else {
        const qsizetype cost = std::max<qsizetype>(1, picture.sizeInBytes() / 1024);
        m_pictures.insert(key, new QImage(picture), cost);
        Q_EMIT came(key.first, key.second, picture);
    }
    fetchNext();
}

void PhotoSource::lack(const BlobHash &photo)
{
    if (!m_fetched.remove(photo))
        return; // somebody else had asked for it
    Q_EMIT missing(photo);
    fetchNext();
}

void PhotoSource::arrived(const BlobHash &photo)
{
    const QSet<PhotoSize> sizes = m_lacking.take(photo);
    for (const PhotoSize size : sizes)
        ask(photo, size);
}

} // namespace simmer::ui

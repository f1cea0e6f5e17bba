// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/PhotoIntake.h"

#include "models/PhotoSource.h"
#include "recipes/PhotoHeader.h"

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QUrl>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr qint64 MostFileBytes = 64 * 1024 * 1024; // of a camera; it is made smaller
constexpr int LongestEdge = int(PhotoSize::Large);
constexpr int Quality = 88;

Expected<QByteArray> encoded(const QImage &image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    // What is clear would be black in a JPEG.
    QImage opaque(image.size(), QImage::Format_RGB32);
    opaque.fill(Qt::white);
    QPainter(&opaque).drawImage(0, 0, image);
    if (!opaque.save(&buffer, "JPEG", Quality) || bytes.size() > MostBlobBytes)
        return Error{ErrorCode::TooLarge, QStringLiteral("the picture"), {}};
    return bytes;
}

Expected<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::FileUnreadable, file.errorString(), {}};
    const QByteArray bytes = file.read(MostFileBytes + 1);
    if (bytes.size() > MostFileBytes)
        return Error{ErrorCode::TooLarge, QStringLiteral("a picture has at most 64 MB"), {}};
    return photoToKeep(bytes);
}

} // namespace

Expected<QByteArray> photoToKeep(const QByteArray &bytes)
{
    const auto header = recipes::readPhotoHeader(bytes);
    if (!header)
        return header.error();
    const QImage picture = decodePhoto(bytes, LongestEdge);
    if (picture.isNull())
        return Error{ErrorCode::BadSyntax, QStringLiteral("the picture can’t be read"), {}};
    const bool isLarge = std::max(header->width, header->height) > LongestEdge;
    return isLarge || bytes.size() > MostBlobBytes ? encoded(picture) : bytes;
}

PhotoIntake::PhotoIntake(recipes::PhotoStore &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    m_readers.setMaxThreadCount(1);
    connect(&store, &recipes::PhotoStore::kept, this, [this](const BlobHash &photo) {
        if (!m_asked.remove(photo))
            return;
        --m_underWay;
        Q_EMIT taken(photo);
    });
    connect(&store, &recipes::PhotoStore::notKept, this,
            [this](const BlobHash &photo, const Error &error) {
                if (!m_asked.remove(photo))
                    return;
                --m_underWay;
                Q_EMIT notTaken(error);
            });
}

PhotoIntake::~PhotoIntake()
{
    m_readers.clear();
    m_readers.waitForDone();
}

void PhotoIntake::takeFile(const QString &path)
{
    begin([path] { return readFile(path); });
}

void PhotoIntake::takeImage(const QImage &image)
{
    begin([image]() -> Expected<QByteArray> {
        if (qint64(image.width()) * image.height() > recipes::MostPhotoPixels)
            return Error{
                ErrorCode::TooLarge, QStringLiteral("a picture has at most 40 megapixels"), {}};
        const bool isLarge = std::max(image.width(), image.height()) > LongestEdge;
        return encoded(isLarge ? image.scaled(LongestEdge, LongestEdge, Qt::KeepAspectRatio,
                                              Qt::SmoothTransformation)
                               : image);
    });
}

bool PhotoIntake::isTaken(const QMimeData &dropped)
{
    const QList<QUrl> urls = dropped.urls();
    return dropped.hasImage() || std::any_of(urls.cbegin(), urls.cend(),
                                             [](const QUrl &url) { return url.isLocalFile(); });
}

bool PhotoIntake::take(const QMimeData &dropped)
{
    const QList<QUrl> urls = dropped.urls();
    bool any = false;
    for (const QUrl &url : urls)
        if (url.isLocalFile()) {
            takeFile(url.toLocalFile());
            any = true;
        }
    if (any || !dropped.hasImage())
        return any;
    takeImage(qvariant_cast<QImage>(dropped.imageData()));
    return true;
}

void PhotoIntake::begin(std::function<Expected<QByteArray>()> read)
{
    ++m_underWay;
    m_readers.start([this, read = std::move(read)] {
        const Expected<QByteArray> bytes = read();
        QMetaObject::invokeMethod(this, [this, bytes] {
            if (bytes) {
                const BlobHash photo = BlobHash::of(*bytes);
                if (m_asked.contains(photo)) // twice in one drop
                    --m_underWay;
                m_asked.insert(photo);
                return m_store.keep(*bytes);
            }
            --m_underWay;
            Q_EMIT notTaken(bytes.error());
        });
    });
}

} // namespace simmer::ui

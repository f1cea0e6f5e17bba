// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Photo.h"

#include "base/Blob.h"
#include "recipes/PhotoHeader.h"

#include <QFile>
#include <QSaveFile>

namespace simmer::app {

namespace {

using K = QLatin1String;

} // namespace

Expected<QJsonObject> addRequest(const Arguments &arguments)
{
    const QString &name = arguments.files.constFirst();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            ErrorCode::FileUnreadable, QStringLiteral("%1: %2").arg(name, file.errorString()), {}};
    const QByteArray bytes = file.read(MostBlobBytes + 1);
    if (bytes.size() > MostBlobBytes)
        return Error{
            ErrorCode::TooLarge,
            QStringLiteral("%1: a photo has at most %2 MiB").arg(name).arg(MostBlobBytes >> 20),
            {}};
    if (const auto header = recipes::readPhotoHeader(bytes); !header)
        return Error::because(header.error().code, name, header.error());
    QJsonObject request = arguments.request;
    request.insert(K("content"), QString::fromLatin1(bytes.toBase64()));
    return request;
}

Expected<QJsonObject> savePhoto(QJsonObject line, const QString &file)
{
    const QByteArray bytes = QByteArray::fromBase64(line.take(K("content")).toString().toLatin1());
    QSaveFile out(file);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.commit())
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("%1 cannot be written: %2").arg(file, out.errorString()),
                     {}};
    line.insert(K("file"), file);
    return line;
}

} // namespace simmer::app

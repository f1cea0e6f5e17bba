// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QByteArray>

namespace simmer::recipes {

/// The most pixels that anybody here decodes (DESIGN section 7).
inline constexpr qint64 MostPhotoPixels = 40'000'000;

enum class PhotoFormat { Jpeg, Png, WebP };

/// What the first bytes of an image say about it.
struct PhotoHeader {
    PhotoFormat format = PhotoFormat::Jpeg;
    qint64 width = 0; ///< pixels
    qint64 height = 0;

    bool operator==(const PhotoHeader &) const = default;
};

/// Reads format and size of a JPEG, PNG or WebP without decoding it; for hostile bytes. Errors:
/// BadSyntax for anything else, TooLarge above MostPhotoPixels.
Expected<PhotoHeader> readPhotoHeader(const QByteArray &bytes);

} // namespace simmer::recipes

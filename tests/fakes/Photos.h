// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <random>

namespace simmer::fakes {

/// The first bytes of a PNG of that size.
inline QByteArray pngHeader(quint32 width, quint32 height)
{
    QByteArray header("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", 16);
    for (const quint32 side : {width, height}) {
        const quint32 big = qToBigEndian(side);
        header.append(reinterpret_cast<const char *>(&big), sizeof big);
    }
    return header;
}

/// A photo as far as anybody looks who does not decode it: so many bytes, others for each seed.
inline QByteArray photo(qsizetype bytes, quint32 seed = 1)
{
    QByteArray made = pngHeader(400, 300);
    std::mt19937 dice(seed); // NOLINT(bugprone-random-generator-seed): the same on every run
    while (made.size() < bytes)
        made += char(dice());
    return made.left(bytes);
}

} // namespace simmer::fakes

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/PhotoHeader.h"

#include <QtEndian>

namespace simmer::recipes {

namespace {

using Found = std::optional<PhotoHeader>;

/// Bytes that may end anywhere: what lies beyond them reads as absent.
class Bytes
{
public:
    explicit Bytes(const QByteArray &bytes)
        : m_bytes(bytes)
    {
    }

    bool has(qsizetype at, qsizetype count) const
    {
        return at >= 0 && count <= m_bytes.size() && at <= m_bytes.size() - count;
    }
    bool hasText(qsizetype at, QByteArrayView text) const
    {
        return has(at, text.size()) && QByteArrayView(m_bytes).sliced(at, text.size()) == text;
    }
    int byte(qsizetype at) const { return has(at, 1) ? quint8(m_bytes[at]) : -1; }
    template<class Number>
    qint64 big(qsizetype at) const
    {
        return has(at, sizeof(Number)) ? qFromBigEndian<Number>(m_bytes.constData() + at) : 0;
    }
    template<class Number>
    qint64 little(qsizetype at) const
    {
        return has(at, sizeof(Number)) ? qFromLittleEndian<Number>(m_bytes.constData() + at) : 0;
    }
    /// Three bytes, little-endian.
    qint64 little24(qsizetype at) const
    {
        return has(at, 3) ? little<quint16>(at) + (qint64(byte(at + 2)) << 16) : 0;
    }

private:
    const QByteArray &m_bytes;
};

/// PNG, https://www.w3.org/TR/png/#11IHDR: the size stands in the first chunk.
Found png(const Bytes &bytes)
{
    if (!bytes.hasText(0, QByteArrayView("\x89PNG\r\n\x1a\n", 8)) || bytes.big<quint32>(8) != 13 ||
        !bytes.hasText(12, "IHDR"))
        return std::nullopt;
    return PhotoHeader{PhotoFormat::Png, bytes.big<quint32>(16), bytes.big<quint32>(20)};
}

/// A marker that begins a frame (ITU-T T.81, table B.1): all of C0 to CF but DHT, JPG and DAC.
bool beginsFrame(int marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/// JPEG: segment by segment to the frame header, which stands before any image data.
Found jpeg(const Bytes &bytes)
{
    if (!bytes.hasText(0, "\xff\xd8\xff"))
        return std::nullopt;
    for (qsizetype at = 2; bytes.byte(at) == 0xff;) {
        while (bytes.byte(at + 1) == 0xff) // fill bytes
            ++at;
        const int marker = bytes.byte(at + 1);
        const qint64 length = bytes.big<quint16>(at + 2);
        if (beginsFrame(marker) && length >= 8)
            return PhotoHeader{PhotoFormat::Jpeg, bytes.big<quint16>(at + 7),
                               bytes.big<quint16>(at + 5)};
        const bool standsAlone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
        if (marker <= 0 || marker == 0xd9 || marker == 0xda || (!standsAlone && length < 2))
            return std::nullopt;
        at += 2 + (standsAlone ? 0 : length);
    }
    return std::nullopt;
}

/// WebP, https://developers.google.com/speed/webp/docs/riff_container; VP8: RFC 6386, section 9.1.
Found webp(const Bytes &bytes)
{
    if (!bytes.hasText(0, "RIFF") || !bytes.hasText(8, "WEBP"))
        return std::nullopt;
    if (bytes.hasText(12, "VP8X") && bytes.has(24, 6))
        return PhotoHeader{PhotoFormat::WebP, bytes.little24(24) + 1, bytes.little24(27) + 1};
    if (bytes.hasText(12, "VP8 ") && bytes.hasText(23, "\x9d\x01\x2a"))
        return PhotoHeader{PhotoFormat::WebP, bytes.little<quint16>(26) & 0x3fff,
                           bytes.little<quint16>(28) & 0x3fff};
    if (bytes.hasText(12, "VP8L") && bytes.byte(20) == 0x2f && bytes.has(21, 4)) {
        const qint64 bits = bytes.little<quint32>(21);
        return PhotoHeader{PhotoFormat::WebP, (bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1};
    }
    return std::nullopt;
}

} // namespace

Expected<PhotoHeader> readPhotoHeader(const QByteArray &bytes)
{
    const Bytes read(bytes);
    Found found = png(read);
    if (!found)
        found = jpeg(read);
    if (!found)
        found = webp(read);
    if (!found || found->width <= 0 || found->height <= 0)
        return Error{ErrorCode::BadSyntax, QStringLiteral("no JPEG, PNG or WebP image"), {}};
    if (found->width > MostPhotoPixels || found->height > MostPhotoPixels ||
        found->width * found->height > MostPhotoPixels)
        return Error{ErrorCode::TooLarge,
                     QStringLiteral("the image is %1 × %2 pixels; at most %3 megapixels are taken")
                         .arg(found->width)
                         .arg(found->height)
                         .arg(MostPhotoPixels / 1'000'000),
                     {}};
    return *found;
}

} // namespace simmer::recipes

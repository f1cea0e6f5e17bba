// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Gzip.h"

#include <array>
#include <zlib.h>

namespace simmer::recipes::formats {

namespace {

constexpr qsizetype ChunkBytes = qsizetype(64) * 1024;
// zlib.h, inflateInit2: 15 bits of window, and 16 to accept the gzip wrapper only.
constexpr int GzipWindow = 15 + 16;

Error damaged()
{
    return {ErrorCode::BadSyntax, QStringLiteral("the packed file is damaged or cut short"), {}};
}

/// A z_stream that is always ended.
class Inflater
{
public:
    explicit Inflater(const QByteArray &packed)
    {
        m_stream.next_in = // zlib never writes there; its type lacks the const unless ZLIB_CONST is
                           // defined.
            reinterpret_cast<Bytef *>(const_cast<char *>(packed.constData()));
        m_stream.avail_in = static_cast<uInt>(packed.size());
        m_ready = inflateInit2(&m_stream, GzipWindow) == Z_OK;
    }
    ~Inflater()
    {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    Q_DISABLE_COPY_MOVE(Inflater)

    bool isReady() const { return m_ready; }

    /// Appends the next chunk and returns zlib's word on it.
    int appendTo(QByteArray &plain)
    {
        std::array<char, ChunkBytes> chunk;
        m_stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        m_stream.avail_out = static_cast<uInt>(chunk.size());
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        plain.append(chunk.data(), ChunkBytes - static_cast<qsizetype>(m_stream.avail_out));
        return result;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

} // namespace

bool isGzip(const QByteArray &bytes)
{
    return bytes.startsWith("\x1f\x8b\x08");
}

Expected<QByteArray> gunzip(const QByteArray &packed, qint64 limit)
{
    Inflater inflater(packed);
    QByteArray plain;
    int result = inflater.isReady() ? Z_OK : Z_MEM_ERROR;
    while (result == Z_OK) {
        result = inflater.appendTo(plain);
        if (plain.size() > limit)
            return Error{ErrorCode::TooLarge,
                         QStringLiteral("it unpacks to more than %1 MB").arg(limit / 1024 / 1024),
                         {}};
    }
    if (result != Z_STREAM_END)
        return damaged();
    return plain;
}

} // namespace simmer::recipes::formats

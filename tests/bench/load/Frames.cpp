// SPDX-License-Identifier: GPL-3.0-or-later
#include "Frames.h"

#include "Loop.h"

#include <boost/endian/conversion.hpp>
#include <cstring>

namespace simmer::load {

namespace {

constexpr std::uint8_t Final = 0x80;
constexpr std::uint8_t Masked = 0x80;
constexpr size_t LongestHeader = 14;

void mask(char *bytes, size_t size, std::uint32_t key)
{
    const std::uint64_t wide = std::uint64_t(key) << 32 | key;
    for (; size >= sizeof wide; size -= sizeof wide, bytes += sizeof wide) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes, sizeof word);
        word ^= wide;
        std::memcpy(bytes, &word, sizeof word);
    }
    char small[sizeof wide];
    std::memcpy(small, &wide, sizeof wide);
    for (size_t i = 0; i < size; ++i)
        bytes[i] = char(bytes[i] ^ small[i]);
}

/// Where the payload of a frame is in its bytes.
struct Header {
    size_t at = 2;
    size_t size = 0;
};

std::optional<Header> readHeader(std::string_view bytes)
{
    Header header;
    if (bytes.size() < header.at)
        return std::nullopt;
    const auto *raw = reinterpret_cast<const unsigned char *>(bytes.data());
    if ((raw[0] & 0x70) != 0)
        throw Failure("the server sent a frame with reserved bits");
    if ((raw[1] & Masked) != 0)
        throw Failure("the server sent a masked frame");
    header.size = raw[1];
    if (header.size < 126)
        return header;
    const size_t extra = header.size == 126 ? 2 : 8;
    header.at += extra;
    if (bytes.size() < header.at)
        return std::nullopt;
    header.size = extra == 2 ? boost::endian::load_big_u16(raw + 2)
                             : size_t(boost::endian::load_big_u64(raw + 2));
    return header;
}

} // namespace

/// xorshift64*: new for each frame, as the RFC wants; nobody here has to be kept from guessing.
std::uint32_t FrameWriter::newMask()
{
    m_state ^= m_state >> 12;
    m_state ^= m_state << 25;
    m_state ^= m_state >> 27;
    return std::uint32_t((m_state * 0x2545F4914F6CDD1DULL) >> 32);
}

std::string_view FrameWriter::frame(std::string_view payload, Opcode opcode)
{
    unsigned char header[LongestHeader] = {static_cast<unsigned char>(Final | int(opcode))};
    size_t at = 2;
    if (payload.size() < 126) {
        header[1] = static_cast<unsigned char>(Masked | payload.size());
    } else if (payload.size() <= 0xffff) {
        header[1] = Masked | 126;
        boost::endian::store_big_u16(header + at, std::uint16_t(payload.size()));
        at += 2;
    } else {
        header[1] = Masked | 127;
        boost::endian::store_big_u64(header + at, payload.size());
        at += 8;
    }
    const std::uint32_t key = newMask();
    std::memcpy(header + at, &key, sizeof key);
    at += sizeof key;
    m_frame.assign(reinterpret_cast<const char *>(header), at);
    m_frame.append(payload);
    mask(m_frame.data() + at, payload.size(), key);
    return m_frame;
}

std::optional<Message> FrameReader::next(std::string_view &bytes)
{
    while (const auto header = readHeader(bytes)) {
        if (bytes.size() - header->at < header->size)
            return std::nullopt;
        const auto first = static_cast<unsigned char>(bytes.front());
        const auto opcode = Opcode(first & 0x0f);
        const bool isFinal = (first & Final) != 0;
        const std::string_view payload = bytes.substr(header->at, header->size);
        bytes.remove_prefix(header->at + header->size);
        if (int(opcode) >= int(Opcode::Close))
            return Message{opcode, payload};
        if ((opcode == Opcode::More) != m_inPieces)
            throw Failure("the server mixed up the frames of a message");
        if (!m_inPieces && isFinal)
            return Message{opcode, payload};
        if (!m_inPieces)
            m_opcode = opcode;
        m_pieces.append(payload);
        m_inPieces = !isFinal;
        if (isFinal) {
            m_whole.swap(m_pieces);
            m_pieces.clear();
            return Message{m_opcode, m_whole};
        }
    }
    return std::nullopt;
}

} // namespace simmer::load

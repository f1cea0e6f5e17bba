// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace simmer::load {

/// RFC 6455, section 5.2.
enum class Opcode : std::uint8_t { More = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/// Writes a client's frames: whole messages, each under a new mask.
class FrameWriter
{
public:
    explicit FrameWriter(std::uint64_t seed)
        : m_state(seed | 1)
    {
    }

    /// The frame stays valid until the next call.
    std::string_view frame(std::string_view payload, Opcode opcode = Opcode::Text);

private:
    std::uint32_t newMask();

    std::uint64_t m_state;
    std::string m_frame;
};

/// A whole message of a server.
struct Message {
    Opcode opcode = Opcode::Text;
    std::string_view payload; ///< valid until the next call
};

/// Takes a server's frames from a stream. Failure for what a server must not send.
class FrameReader
{
public:
    /// The next message that is whole in `bytes`, from which it is taken away; also pieces of a
    /// message that is not whole are.
    std::optional<Message> next(std::string_view &bytes);

private:
    std::string m_pieces; ///< of a message that comes in several frames
    std::string m_whole;
    Opcode m_opcode = Opcode::Text;
    bool m_inPieces = false;
};

} // namespace simmer::load

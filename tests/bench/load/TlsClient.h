// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string_view>

struct ssl_st;

namespace simmer::load {

/// A device's side of TLS 1.3 on a socket that does not block; whoever has it waits for the socket.
/// All show the same certificate, and take any of the server's, which is this machine.
class TlsClient
{
public:
    enum class Wants { Nothing, ToRead, ToWrite };

    explicit TlsClient(int descriptor);

    /// What the socket has to allow before the next call; Nothing: it is done. Failure when the
    /// server will not.
    Wants shakeHands();
    /// Zero: there is nothing now; nothing: the connection is over. As much as is there.
    std::optional<size_t> read(char *bytes, size_t room);
    /// How much of it went; nothing: the connection is over.
    std::optional<size_t> write(std::string_view bytes);

private:
    std::optional<size_t> went(int result);

    std::unique_ptr<ssl_st, void (*)(ssl_st *)> m_ssl;
};

} // namespace simmer::load

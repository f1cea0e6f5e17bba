// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Bench.h"
#include "Child.h"
#include "Line.h"

#include <initializer_list>
#include <optional>

namespace simmer::load {

/// How long the reply (RESP2) is that `bytes` begin with, when it is whole.
std::optional<size_t> replySize(std::string_view bytes);

/// Debian's redis-server; each answer waits until the append-only file is on the disk.
class Redis
{
public:
    explicit Redis(Bench &bench);

    Child &process() { return m_process; }
    std::uint16_t port() const { return m_port; }

private:
    std::uint16_t m_port;
    Child m_process;
};

/// A client of Redis (RESP2).
class RedisLine final : public Line
{
public:
    explicit RedisLine(Loop &loop)
        : Line(loop, "redis")
    {
    }

    /// Appends a command to `text`.
    static void write(std::string &text, std::initializer_list<std::string_view> words);
    void say(std::initializer_list<std::string_view> words);

    /// One whole reply, as it came.
    std::function<void(std::string_view)> onReply = [](std::string_view) {};

protected:
    void take(std::string_view &bytes) override;

private:
    std::string m_command;
};

} // namespace simmer::load

// SPDX-License-Identifier: GPL-3.0-or-later
#include "Redis.h"

#include <charconv>

namespace simmer::load {

namespace {

constexpr size_t Unfinished = std::string_view::npos;

/// Where the reply that begins at `at` ends, if it is whole.
size_t endOfReply(std::string_view bytes, size_t at)
{
    const size_t line = bytes.find("\r\n", at);
    if (line == Unfinished)
        return Unfinished;
    long number = 0;
    std::from_chars(bytes.data() + at + 1, bytes.data() + line, number);
    size_t end = line + 2;
    if (bytes[at] == '$' && number >= 0)
        end += size_t(number) + 2;
    if (bytes[at] == '*')
        for (long i = 0; i < number && end < bytes.size(); ++i)
            if (end = endOfReply(bytes, end); end == Unfinished)
                return Unfinished;
    return end <= bytes.size() ? end : Unfinished;
}

/// The number of elements may promise more than is there yet.
bool isWhole(std::string_view bytes, size_t end)
{
    return end != Unfinished && bytes.substr(0, end).ends_with("\r\n");
}

std::vector<std::string> commandFor(const std::filesystem::path &folder, std::uint16_t port)
{
    return {"redis-server",
            "--port",
            std::to_string(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.string(),
            "--appendonly",
            "yes",
            "--appendfsync",
            "always",
            "--save",
            "",
            "--maxclients",
            "10000",
            "--daemonize",
            "no",
            "--tcp-backlog",
            "511"};
}

} // namespace

Redis::Redis(Bench &bench)
    : m_port(freePort())
    , m_process(commandFor(bench.newFolder("redis"), m_port), bench.newFolder("log") / "redis.log")
{
    awaitPort(m_process, m_port);
}

void RedisLine::write(std::string &text, std::initializer_list<std::string_view> words)
{
    text += '*';
    text += std::to_string(words.size());
    text += "\r\n";
    for (const std::string_view word : words) {
        text += '$';
        text += std::to_string(word.size());
        text += "\r\n";
        text += word;
        text += "\r\n";
    }
}

void RedisLine::say(std::initializer_list<std::string_view> words)
{
    m_command.clear();
    write(m_command, words);
    send(m_command);
}

void RedisLine::take(std::string_view &bytes)
{
    while (!bytes.empty()) {
        const size_t end = endOfReply(bytes, 0);
        if (!isWhole(bytes, end))
            return;
        const std::string_view reply = bytes.substr(0, end);
        bytes.remove_prefix(end);
        if (reply.front() == '-')
            fail(std::string(reply));
        onReply(reply);
    }
}

} // namespace simmer::load

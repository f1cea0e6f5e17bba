// SPDX-License-Identifier: GPL-3.0-or-later
#include "Redis.h"

#include <charconv>

namespace simmer::load {

namespace {

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

std::optional<size_t> replySize(std::string_view bytes)
{
    const size_t line = bytes.find("\r\n");
    if (line == std::string_view::npos || line == 0)
        return std::nullopt;
    long number = 0;
    std::from_chars(bytes.data() + 1, bytes.data() + line, number);
    size_t size = line + 2;
    if (bytes.front() == '$' && number >= 0)
        size += size_t(number) + 2;
    for (long i = 0; bytes.front() == '*' && i < number; ++i) {
        const auto element = replySize(bytes.substr(size));
        if (!element)
            return std::nullopt;
        size += *element;
    }
    return size <= bytes.size() ? std::optional(size) : std::nullopt;
}

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
    while (const auto size = replySize(bytes)) {
        const std::string_view reply = bytes.substr(0, *size);
        bytes.remove_prefix(*size);
        if (reply.front() == '-')
            fail(std::string(reply));
        onReply(reply);
    }
}

} // namespace simmer::load

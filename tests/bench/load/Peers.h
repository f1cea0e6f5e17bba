// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Bench.h"
#include "Child.h"
#include "PressPath.h"

namespace simmer::load {

/// Debian's mosquitto. It writes what it keeps to the disk now and then: a press is not durable.
class Mosquitto
{
public:
    explicit Mosquitto(Bench &bench);
    std::unique_ptr<PressPath> path(Loop &loop) const;

private:
    std::uint16_t m_port;
    Child m_process;
};

/// Debian's nats-server with a JetStream of files, and a consumer that is told what the stream has
/// kept. 2.9 has no `sync_interval: always` (2.10 has): it syncs every two minutes.
class Nats
{
public:
    explicit Nats(Bench &bench);
    std::unique_ptr<PressPath> path(Loop &loop) const;

private:
    std::uint16_t m_port;
    Child m_process;
};

/// This program as a process that gives the bytes of one connection to another: what no server
/// that does anything can beat.
class Relay
{
public:
    explicit Relay(Bench &bench);
    std::unique_ptr<PressPath> path(Loop &loop) const;
    /// That process' life.
    static void serve(std::uint16_t port);

private:
    std::uint16_t m_port;
    Child m_process;
};

/// Appends 300 bytes to a file in `folder` and has them written, so many times.
Latencies syncs(const std::filesystem::path &folder, int times);
/// Rows a second of SQLite alone, with full durability, so many rows a commit.
double sqliteRows(const std::filesystem::path &folder, int rowsEach);

} // namespace simmer::load

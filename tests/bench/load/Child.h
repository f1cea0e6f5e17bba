// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace simmer::load {

/// Variables and their values.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// A program that the bench started; ended with it, by its process id.
class Child
{
public:
    /// Its output goes to `log`. Failure when it cannot be started.
    Child(const std::vector<std::string> &command, const std::filesystem::path &log,
          const Environment &more = {});
    ~Child();
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    /// Failure, with the last lines of its log, when it ended by itself.
    void mustLive();
    /// SIGTERM, and after 10 s SIGKILL.
    void stop();
    pid_t pid() const { return m_pid; }
    /// Resident memory, bytes.
    long residentBytes() const;
    /// Processor time of all its threads so far, seconds.
    double cpuSeconds() const;

private:
    std::filesystem::path m_log;
    std::string m_name;
    pid_t m_pid = 0;
};

/// What a program prints until its end. Failure when it cannot be started.
std::string outputOf(const std::vector<std::string> &command);
/// A port of loopback that nobody listens on now.
std::uint16_t freePort();
/// Connects to a port until somebody listens there, at most 20 s. Failure when `child` ended.
void awaitPort(Child &child, std::uint16_t port);
/// One GET / answer; empty when nobody answers.
std::string httpGet(std::uint16_t port, const std::string &path);
/// The kind of file system and the device below a folder, as words. Failure for one in memory.
std::string diskUnder(const std::filesystem::path &folder);
/// As many open sockets as this process and its children may have.
void raiseSocketLimit();

} // namespace simmer::load

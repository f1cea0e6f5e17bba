// SPDX-License-Identifier: GPL-3.0-or-later
#include "Child.h"

#include "Loop.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <netinet/in.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace simmer::load {

namespace {

using namespace std::chrono_literals;

constexpr auto Patience = 20s;
constexpr auto StopPatience = 10s;

/// A socket that is closed with its scope.
struct Socket {
    Socket()
        : fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
    }
    ~Socket() { ::close(fd); }
    Socket(const Socket &) = delete;
    Socket &operator=(const Socket &) = delete;

    bool connect(std::uint16_t port) const
    {
        sockaddr_in address = loopback(port);
        return ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    static sockaddr_in loopback(std::uint16_t port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }

    int fd;
};

std::string lastLines(const std::filesystem::path &log)
{
    std::ifstream file(log);
    std::stringstream text;
    text << file.rdbuf();
    const std::string all = text.str();
    return all.size() > 800 ? all.substr(all.size() - 800) : all;
}

[[noreturn]] void becomeProgram(const std::vector<std::string> &command, int log,
                                const Environment &more)
{
    for (const auto &[name, value] : more)
        ::setenv(name.c_str(), value.c_str(), 1);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // also when this bench is killed
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    std::vector<char *> words;
    for (const std::string &word : command)
        words.push_back(const_cast<char *>(word.c_str()));
    words.push_back(nullptr);
    ::execvp(words.front(), words.data());
    ::_exit(127);
}

} // namespace

Child::Child(const std::vector<std::string> &command, const std::filesystem::path &log,
             const Environment &more)
    : m_log(log)
    , m_name(std::filesystem::path(command.front()).filename().string())
{
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        throw Failure("cannot write " + log.string());
    m_pid = ::fork();
    if (m_pid == 0)
        becomeProgram(command, file, more);
    ::close(file);
    if (m_pid < 0)
        throw Failure("cannot start " + m_name);
}

Child::~Child()
{
    stop();
}

void Child::mustLive()
{
    if (m_pid == 0 || ::waitpid(m_pid, nullptr, WNOHANG) == 0)
        return;
    m_pid = 0;
    throw Failure(m_name + " ended by itself:\n" + lastLines(m_log));
}

void Child::stop()
{
    if (m_pid == 0)
        return;
    ::kill(m_pid, SIGTERM);
    const auto start = Steady::now();
    while (::waitpid(m_pid, nullptr, WNOHANG) == 0) {
        if (Steady::now() - start > StopPatience)
            ::kill(m_pid, SIGKILL);
        std::this_thread::sleep_for(2ms);
    }
    m_pid = 0;
}

long Child::residentBytes() const
{
    std::ifstream file("/proc/" + std::to_string(m_pid) + "/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("VmRSS:"))
            return std::stol(line.substr(std::strlen("VmRSS:"))) * 1024;
    throw Failure("cannot see how much memory " + m_name + " has");
}

double Child::cpuSeconds() const
{
    double nanoseconds = 0;
    for (const auto &thread :
         std::filesystem::directory_iterator("/proc/" + std::to_string(m_pid) + "/task")) {
        double ran = 0;
        std::ifstream(thread.path() / "schedstat") >> ran;
        nanoseconds += ran;
    }
    return nanoseconds / 1e9;
}

std::string outputOf(const std::vector<std::string> &command)
{
    std::string line;
    for (const std::string &word : command)
        line.append("'").append(word).append("' ");
    FILE *output = ::popen(line.c_str(), "r");
    if (!output)
        throw Failure("cannot start " + line);
    std::string text;
    char piece[4096];
    while (const size_t size = std::fread(piece, 1, sizeof piece, output))
        text.append(piece, size);
    ::pclose(output);
    return text;
}

std::uint16_t freePort()
{
    const Socket socket;
    sockaddr_in address = Socket::loopback(0);
    socklen_t size = sizeof address;
    auto *plain = reinterpret_cast<sockaddr *>(&address);
    if (::bind(socket.fd, plain, size) != 0 || ::getsockname(socket.fd, plain, &size) != 0)
        throw Failure("no port is free");
    return ntohs(address.sin_port);
}

void awaitPort(Child &child, std::uint16_t port)
{
    for (const auto start = Steady::now(); Steady::now() - start < Patience;) {
        child.mustLive();
        if (Socket().connect(port))
            return;
        std::this_thread::sleep_for(2ms);
    }
    throw Failure("nobody listens on port " + std::to_string(port));
}

std::string httpGet(std::uint16_t port, const std::string &path)
{
    const Socket socket;
    if (!socket.connect(port))
        return {};
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (::send(socket.fd, request.data(), request.size(), MSG_NOSIGNAL) < 0)
        return {};
    std::string answer;
    char piece[4096];
    for (ssize_t size = 0; (size = ::recv(socket.fd, piece, sizeof piece, 0)) > 0;)
        answer.append(piece, size_t(size));
    return answer;
}

std::string diskUnder(const std::filesystem::path &folder)
{
    const std::string path = std::filesystem::canonical(folder).string();
    std::ifstream mounts("/proc/self/mounts");
    std::string best;
    std::string found;
    for (std::string line; std::getline(mounts, line);) {
        std::istringstream words(line);
        std::string device;
        std::string place;
        std::string kind;
        words >> device >> place >> kind;
        const bool isAbove = place == "/" || path == place || path.starts_with(place + "/");
        if (isAbove && place.size() >= best.size()) {
            best = place;
            found = kind + " on " + device;
        }
    }
    if (found.starts_with("tmpfs") || found.starts_with("ramfs"))
        throw Failure(path + " is in memory (" + found + "): durability cannot be measured there");
    return found;
}

void raiseSocketLimit()
{
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace simmer::load

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Systemd.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace simmer::app {

namespace {

constexpr int FirstDescriptor = 3; // SD_LISTEN_FDS_START
constexpr int MostDescriptors = 64;

QByteArray take(const char *name)
{
    const QByteArray value = qgetenv(name);
    qunsetenv(name);
    return value;
}

/// Whether what the variable says is meant for this process, and not for one that started it.
bool isMe(const QByteArray &pid)
{
    return pid.toLongLong() == qint64(::getpid());
}

QList<int> takeDescriptors()
{
    const bool mine = isMe(take("LISTEN_PID"));
    const int count = std::min(take("LISTEN_FDS").toInt(), MostDescriptors);
    qunsetenv("LISTEN_FDNAMES");
    QList<int> all;
    for (int i = 0; mine && i < count; ++i)
        if (::fcntl(FirstDescriptor + i, F_SETFD, FD_CLOEXEC) == 0)
            all += FirstDescriptor + i;
    return all;
}

int takeWatchdog()
{
    const QByteArray pid = take("WATCHDOG_PID");
    const qint64 microseconds = take("WATCHDOG_USEC").toLongLong();
    if (!pid.isEmpty() && !isMe(pid))
        return 0;
    return int(std::clamp<qint64>(microseconds / 1000, 0, std::numeric_limits<int>::max()));
}

} // namespace

Systemd Systemd::fromEnvironment()
{
    Systemd systemd;
    systemd.m_address = take("NOTIFY_SOCKET");
    systemd.m_watchdogMs = takeWatchdog();
    systemd.m_descriptors = takeDescriptors();
    return systemd;
}

void Systemd::say(const QByteArray &lines) const
{
    sockaddr_un to = {};
    if (m_address.size() < 2 || size_t(m_address.size()) >= sizeof to.sun_path)
        return;
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, m_address.constData(), size_t(m_address.size()));
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0'; // an abstract name, unix(7)
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0)
        return;
    const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(m_address.size()));
    [[maybe_unused]] const ssize_t sent =
        ::sendto(socket, lines.constData(), size_t(lines.size()), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr *>(&to), length);
    ::close(socket);
}

} // namespace simmer::app

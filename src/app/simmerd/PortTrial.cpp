// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/PortTrial.h"

#include <cerrno>
#include <cstring>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

namespace simmer::app {

Outcome tryPort(const ListenOn &address)
{
    addrinfo hints = {};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (const int wrong =
            ::getaddrinfo(address.address.toLatin1().constData(),
                          QByteArray::number(address.port).constData(), &hints, &found);
        wrong != 0)
        return Error{ErrorCode::Refused, QString::fromLocal8Bit(::gai_strerror(wrong)), {}};
    const int socket = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1; // as the server does: what lingers of a closed one is no hindrance
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const bool free =
        ::bind(socket, found->ai_addr, found->ai_addrlen) == 0 && ::listen(socket, 1) == 0;
    const QString why = QString::fromLocal8Bit(std::strerror(errno));
    ::close(socket);
    ::freeaddrinfo(found);
    return free ? done() : Outcome(Error{ErrorCode::Refused, why, {}});
}

} // namespace simmer::app

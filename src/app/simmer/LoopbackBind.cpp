// SPDX-License-Identifier: GPL-3.0-or-later
// Qt 6.4's VNC platform listens on every address and asks for no password. Preloaded before the
// desktop by ./dev run, this puts each socket that would listen everywhere on loopback.
#include <cstring>
#include <dlfcn.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace {

using Bind = int (*)(int, const sockaddr *, socklen_t);

bool isEverywhere(const sockaddr_in6 &address)
{
    return std::memcmp(&address.sin6_addr, &in6addr_any, sizeof in6addr_any) == 0;
}

} // namespace

extern "C" int bind(int socket, const sockaddr *address, socklen_t length)
{
    static const Bind next = reinterpret_cast<Bind>(dlsym(RTLD_NEXT, "bind"));
    if (address->sa_family == AF_INET && length >= socklen_t(sizeof(sockaddr_in))) {
        sockaddr_in v4{};
        std::memcpy(&v4, address, sizeof v4);
        if (v4.sin_addr.s_addr == htonl(INADDR_ANY))
            v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return next(socket, reinterpret_cast<const sockaddr *>(&v4), sizeof v4);
    }
    if (address->sa_family == AF_INET6 && length >= socklen_t(sizeof(sockaddr_in6))) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, address, sizeof v6);
        if (isEverywhere(v6)) { // ::ffff:127.0.0.1, so that IPv4 viewers get in
            v6.sin6_addr = in6addr_any;
            v6.sin6_addr.s6_addr[10] = v6.sin6_addr.s6_addr[11] = 0xff;
            v6.sin6_addr.s6_addr[12] = 127;
            v6.sin6_addr.s6_addr[15] = 1;
        }
        return next(socket, reinterpret_cast<const sockaddr *>(&v6), sizeof v6);
    }
    return next(socket, address, length);
}

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "identity/Identity.h"

#include <memory>

struct ssl_ctx_st;
struct ssl_st;

namespace simmer::syncserver {

/// What all TLS connections of a server share: TLS 1.3 only, its key and certificates, no tickets
/// and no resumption, so that each connection shows its key anew. Any certificate is taken from a
/// client, as proof that it has the key; whose key that is, the kitchen knows.
class TlsContext
{
public:
    /// Errors: BadArgument for keys that OpenSSL finds too weak or unfit.
    static Expected<TlsContext> make(const identity::Identity &identity);

    ssl_ctx_st *native() const { return m_native.get(); }

private:
    explicit TlsContext(std::shared_ptr<ssl_ctx_st> native)
        : m_native(std::move(native))
    {
    }

    std::shared_ptr<ssl_ctx_st> m_native;
};

/// How far a step of TLS came.
enum class TlsStep {
    Done,
    WaitToRead,  ///< again when the socket has something to read
    WaitToWrite, ///< again when the socket takes something
    Ended,       ///< the other side said that nothing more comes
    Failed,      ///< broken for good
};

/// The server's side of one TLS connection, over a socket that never blocks. Holds no buffers
/// between messages: a quiet connection costs some 18 KiB
/// more than a plain one (./dev bench sockets). Network thread only.
class TlsTalk
{
public:
    /// `descriptor` stays the caller's and must outlive every call.
    TlsTalk(const TlsContext &context, int descriptor);
    ~TlsTalk();
    Q_DISABLE_COPY_MOVE(TlsTalk)

    TlsStep shakeHands();
    /// Up to `size` bytes; `done` tells how many.
    TlsStep read(void *bytes, size_t size, size_t &done);
    /// After a wait it wants the same bytes again.
    TlsStep write(const void *bytes, size_t size, size_t &done);
    /// Tells the other side, as far as that goes without waiting, that nothing more comes.
    void sayEnd();

    /// The key that the client showed in its handshake.
    std::optional<identity::Fingerprint> key() const;

private:
    TlsStep judge(int result);

    ssl_st *m_native;
    bool m_whole = true; ///< no error so far; after one, OpenSSL may not even say goodbye
};

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/net/Tls.h"

#include "identity/OpenSsl.h"

#include <cerrno>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace simmer::syncserver {

namespace {

namespace openssl = identity::openssl;

constexpr long ClientChainBytes = 16 * 1024; // a device's certificate has some 500

// OpenSSL's own socket BIO would raise SIGPIPE when the other side is gone.

int descriptorOf(BIO *bio)
{
    return int(reinterpret_cast<intptr_t>(BIO_get_data(bio)));
}

bool isAgain()
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

int receive(BIO *bio, char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    const ssize_t got = ::recv(descriptorOf(bio), bytes, size_t(size), MSG_DONTWAIT);
    if (got < 0 && isAgain())
        BIO_set_retry_read(bio);
    if (got == 0)
        BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
    return int(got);
}

int transmit(BIO *bio, const char *bytes, int size)
{
    BIO_clear_retry_flags(bio);
    const ssize_t put = ::send(descriptorOf(bio), bytes, size_t(size), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (put < 0 && isAgain())
        BIO_set_retry_write(bio);
    return int(put);
}

long control(BIO *bio, int what, long, void *)
{
    if (what == BIO_CTRL_EOF)
        return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0;
    return what == BIO_CTRL_FLUSH; // nothing is kept back
}

BIO_METHOD *makeMethod()
{
    BIO_METHOD *method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "simmer socket");
    BIO_meth_set_read(method, receive);
    BIO_meth_set_write(method, transmit);
    BIO_meth_set_ctrl(method, control);
    return method;
}

/// A table of functions, for the life of the process.
const BIO_METHOD *method()
{
    static const std::unique_ptr<BIO_METHOD, openssl::Freer<BIO_meth_free>> made(makeMethod());
    return made.get();
}

/// That the client has the key to its certificate is checked elsewhere by OpenSSL, always.
int takeAny(X509_STORE_CTX *store, void *)
{
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
}

bool showIdentity(SSL_CTX *context, const identity::Identity &identity)
{
    const openssl::Bio text = openssl::reader(identity.certificates);
    const openssl::Certificate own = openssl::readCertificate(text.get());
    const openssl::Key key = openssl::readKey(identity.key);
    if (!own || !key || SSL_CTX_use_certificate(context, own.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return false;
    while (const openssl::Certificate next = openssl::readCertificate(text.get()))
        if (SSL_CTX_add1_chain_cert(context, next.get()) != 1)
            return false;
    return true;
}

} // namespace

Expected<TlsContext> TlsContext::make(const identity::Identity &identity)
{
    ERR_clear_error();
    const std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX *context = made.get();
    if (!context || !showIdentity(context, identity))
        return openssl::failure(ErrorCode::BadArgument,
                                QStringLiteral("this certificate cannot be used for TLS"));
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    // Or one read follows as many requests for new keys as come, and nobody else has a turn.
    SSL_CTX_clear_mode(context, SSL_MODE_AUTO_RETRY);
    SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_max_cert_list(context, ClientChainBytes);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context, takeAny, nullptr);
    return TlsContext(made);
}

TlsTalk::TlsTalk(const TlsContext &context, int descriptor)
    : m_native(SSL_new(context.native()))
{
    BIO *bio = BIO_new(method());
    Q_CHECK_PTR(m_native);
    Q_CHECK_PTR(bio);
    BIO_set_data(bio, reinterpret_cast<void *>(intptr_t(descriptor)));
    BIO_set_init(bio, 1);
    SSL_set_bio(m_native, bio, bio);
    SSL_set_accept_state(m_native);
}

TlsTalk::~TlsTalk()
{
    SSL_free(m_native);
}

TlsStep TlsTalk::judge(int result)
{
    const int error = SSL_get_error(m_native, result);
    ERR_clear_error();
    if (error == SSL_ERROR_NONE)
        return TlsStep::Done;
    if (error == SSL_ERROR_WANT_READ)
        return TlsStep::WaitToRead;
    if (error == SSL_ERROR_WANT_WRITE)
        return TlsStep::WaitToWrite;
    if (error == SSL_ERROR_ZERO_RETURN)
        return TlsStep::Ended;
    m_whole = false;
    return TlsStep::Failed;
}

TlsStep TlsTalk::shakeHands()
{
    ERR_clear_error();
    return judge(SSL_do_handshake(m_native));
}

TlsStep TlsTalk::read(void *bytes, size_t size, size_t &done)
{
    ERR_clear_error();
    return judge(SSL_read_ex(m_native, bytes, size, &done));
}

TlsStep TlsTalk::write(const void *bytes, size_t size, size_t &done)
{
    ERR_clear_error();
    return judge(SSL_write_ex(m_native, bytes, size, &done));
}

void TlsTalk::sayEnd()
{
    if (m_whole && SSL_is_init_finished(m_native))
        SSL_shutdown(m_native);
    m_whole = false;
    ERR_clear_error();
}

std::optional<identity::Fingerprint> TlsTalk::key() const
{
    const X509 *certificate = SSL_get0_peer_certificate(m_native);
    return certificate ? std::optional(openssl::fingerprintOf(certificate)) : std::nullopt;
}

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "TlsClient.h"

#include "Loop.h"
#include "identity/Identity.h"
#include "identity/OpenSsl.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace simmer::load {

namespace {

namespace openssl = identity::openssl;

std::shared_ptr<SSL_CTX> makeContext()
{
    std::shared_ptr<SSL_CTX> made(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    const auto identity = identity::make();
    if (!made || !identity)
        throw Failure("no TLS for the devices");
    const openssl::Bio text = openssl::reader(identity->certificates);
    const openssl::Certificate certificate = openssl::readCertificate(text.get());
    const openssl::Key key = openssl::readKey(identity->key);
    if (SSL_CTX_use_certificate(made.get(), certificate.get()) != 1 ||
        SSL_CTX_use_PrivateKey(made.get(), key.get()) != 1)
        throw Failure("no certificate for the devices");
    SSL_CTX_set_min_proto_version(made.get(), TLS1_3_VERSION);
    SSL_CTX_set_verify(made.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_session_cache_mode(made.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(made.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                     SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    return made;
}

SSL_CTX *context()
{
    static const std::shared_ptr<SSL_CTX> made = makeContext();
    return made.get();
}

} // namespace

TlsClient::TlsClient(int descriptor)
    : m_ssl(SSL_new(context()), SSL_free)
{
    if (!m_ssl || SSL_set_fd(m_ssl.get(), descriptor) != 1)
        throw Failure("no memory for TLS");
    SSL_set_connect_state(m_ssl.get());
}

TlsClient::Wants TlsClient::shakeHands()
{
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    if (result == 1)
        return Wants::Nothing;
    const int error = SSL_get_error(m_ssl.get(), result);
    if (error == SSL_ERROR_WANT_READ)
        return Wants::ToRead;
    if (error == SSL_ERROR_WANT_WRITE)
        return Wants::ToWrite;
    throw Failure("the server did not shake hands by TLS");
}

std::optional<size_t> TlsClient::read(char *bytes, size_t room)
{
    ERR_clear_error();
    return went(SSL_read(m_ssl.get(), bytes, int(room)));
}

std::optional<size_t> TlsClient::write(std::string_view bytes)
{
    ERR_clear_error();
    return went(SSL_write(m_ssl.get(), bytes.data(), int(bytes.size())));
}

std::optional<size_t> TlsClient::went(int result)
{
    if (result > 0)
        return size_t(result);
    const int error = SSL_get_error(m_ssl.get(), result);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE)
        return 0;
    return std::nullopt;
}

} // namespace simmer::load

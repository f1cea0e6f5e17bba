// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/OpenSsl.h"

#include <QCryptographicHash>

#include <array>
#include <openssl/err.h>
#include <openssl/pem.h>

namespace simmer::identity::openssl {

namespace {

/// No passphrase: nobody is there to type one when a server starts.
int noPassphrase(char *, int, int, void *)
{
    return -1;
}

QByteArray written(BIO *bio)
{
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return QByteArray(bytes, size);
}

} // namespace

Bio reader(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

Error failure(ErrorCode code, const QString &context)
{
    std::array<char, 256> words{};
    const unsigned long number = ERR_get_error();
    ERR_clear_error();
    if (number == 0)
        return {code, context, {}};
    ERR_error_string_n(number, words.data(), words.size());
    return {code, context + QStringLiteral(": ") + QString::fromLatin1(words.data()), {}};
}

Key readKey(const QByteArray &pem)
{
    Key key(PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, noPassphrase, nullptr));
    ERR_clear_error();
    return key;
}

Certificate readCertificate(BIO *pem)
{
    Certificate certificate(PEM_read_bio_X509(pem, nullptr, noPassphrase, nullptr));
    ERR_clear_error();
    return certificate;
}

QByteArray pemOf(X509 *certificate)
{
    const Bio out(BIO_new(BIO_s_mem()));
    return out && PEM_write_bio_X509(out.get(), certificate) == 1 ? written(out.get())
                                                                  : QByteArray();
}

QByteArray pemOf(EVP_PKEY *key)
{
    const Bio out(BIO_new(BIO_s_secmem()));
    const bool done = out && PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0,
                                                           nullptr, nullptr) == 1;
    return done ? written(out.get()) : QByteArray();
}

Fingerprint fingerprintOf(const X509 *certificate)
{
    unsigned char *bytes = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &bytes);
    const QByteArray key(reinterpret_cast<const char *>(bytes), std::max(size, 0));
    OPENSSL_free(bytes);
    return *Fingerprint::fromBytes(QCryptographicHash::hash(key, QCryptographicHash::Sha256));
}

} // namespace simmer::identity::openssl

// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Certificates.h"

#include "identity/OpenSsl.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

namespace simmer::identity {

namespace {

using namespace openssl;

constexpr long Day = 24L * 3600;
constexpr long Validity = 20 * 365 * Day;
constexpr int SerialBytes = 16;

using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

bool setSerial(X509 *certificate)
{
    std::array<unsigned char, SerialBytes> bytes{};
    if (RAND_bytes(bytes.data(), int(bytes.size())) != 1)
        return false;
    bytes[0] = (bytes[0] & 0x7fU) | 0x40U; // positive, and of full length
    const Number number(BN_bin2bn(bytes.data(), int(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate));
}

bool setName(X509 *certificate)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto *words = reinterpret_cast<const unsigned char *>("Simmer");
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, words, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1;
}

bool extend(X509 *certificate, int kind, const char *value)
{
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Valid since yesterday: of two machines one is always a little behind.
bool fill(X509 *certificate, EVP_PKEY *key)
{
    return X509_set_version(certificate, X509_VERSION_3) == 1 && setSerial(certificate) &&
           setName(certificate) && X509_gmtime_adj(X509_getm_notBefore(certificate), -Day) &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), Validity) &&
           X509_set_pubkey(certificate, key) == 1 &&
           extend(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           extend(certificate, NID_ext_key_usage, "serverAuth,clientAuth") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

} // namespace

Expected<QByteArray> makeSelfSigned()
{
    ERR_clear_error();
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get()))
        return failure(ErrorCode::Refused, QStringLiteral("no key could be made"));
    return pemOf(key.get()) + pemOf(certificate.get());
}

std::optional<Fingerprint> fingerprintOf(const QByteArray &certificate)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(certificate.constData());
    const Certificate parsed(d2i_X509(nullptr, &bytes, long(certificate.size())));
    ERR_clear_error();
    return parsed ? std::optional(openssl::fingerprintOf(parsed.get())) : std::nullopt;
}

} // namespace simmer::identity

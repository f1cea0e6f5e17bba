// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Sha256.h"

#include <memory>
#include <openssl/evp.h>

namespace simmer {

namespace {

constexpr qsizetype Bytes = 32;

struct Free {
    void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
};

} // namespace

/// It fails only where memory ends.
QByteArray sha256(std::initializer_list<QByteArrayView> parts)
{
    static const EVP_MD *const method =
        EVP_MD_fetch(nullptr, "SHA256", nullptr); // once: it is slow
    thread_local const std::unique_ptr<EVP_MD_CTX, Free> context(EVP_MD_CTX_new());
    bool went = method && context && EVP_DigestInit_ex2(context.get(), method, nullptr) == 1;
    for (const QByteArrayView part : parts)
        went = went && EVP_DigestUpdate(context.get(), part.data(), size_t(part.size())) == 1;
    QByteArray sum(Bytes, Qt::Uninitialized);
    went = went && EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char *>(sum.data()),
                                      nullptr) == 1;
    if (!went)
        qBadAlloc();
    return sum;
}

} // namespace simmer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity/Identity.h"

#include "identity/Certificates.h"
#include "identity/OpenSsl.h"

#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <openssl/err.h>
#include <sys/stat.h>
#include <unistd.h>

namespace simmer::identity {

namespace {

using namespace openssl;

constexpr qint64 MostBytes = 64 * 1024; // of a file; a long chain has some 10 KiB
constexpr mode_t OwnerOnly = S_IRUSR | S_IWUSR;

/// Whether others may read a file: it is closed to them, not taken, or theirs too.
enum class Privacy { Mend, RefuseOthers, Any };

Error failed(ErrorCode code, const QString &path)
{
    return {code, path + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno)), {}};
}

/// An open file.
class Descriptor
{
public:
    Descriptor(const QString &path, int flags)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, OwnerOnly))
    {
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    Q_DISABLE_COPY_MOVE(Descriptor)

    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }

private:
    int m_number;
};

Outcome checkPrivacy(const QString &path, int file, const struct stat &state, Privacy privacy)
{
    const bool mendable = privacy == Privacy::Mend && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0;
    if (mendable && ::fchmod(file, OwnerOnly) != 0)
        return Error{ErrorCode::Refused,
                     QStringLiteral("%1 holds a private key, others may read it, and that cannot"
                                    " be changed; its owner must: chmod 600")
                         .arg(path),
                     {}};
    // A group may: Debian's ssl-cert is for that.
    if (privacy == Privacy::RefuseOthers && (state.st_mode & S_IRWXO) != 0)
        return Error{ErrorCode::Refused,
                     QStringLiteral("everybody may read the private key %1; chmod o= first, and"
                                    " better make a new one")
                         .arg(path),
                     {}};
    return done();
}

Expected<QByteArray> read(const QString &path, Privacy privacy)
{
    const Descriptor file(path, O_RDONLY | O_NONBLOCK); // a pipe would wait for its writer
    struct stat state {
    };
    if (!file.isOpen() || ::fstat(file.number(), &state) != 0)
        return failed(errno == ENOENT ? ErrorCode::NotFound : ErrorCode::FileUnreadable, path);
    if (!S_ISREG(state.st_mode) || state.st_size > MostBytes)
        return Error{ErrorCode::BadSyntax, QStringLiteral("%1 is no PEM file").arg(path), {}};
    if (const Outcome closed = checkPrivacy(path, file.number(), state, privacy); !closed)
        return closed.error();
    QByteArray bytes(MostBytes, 0);
    const ssize_t size = ::read(file.number(), bytes.data(), size_t(bytes.size()));
    if (size < 0)
        return failed(ErrorCode::FileUnreadable, path);
    bytes.truncate(size);
    return bytes;
}

/// The identity in these texts; `path` is named in errors.
Expected<Identity> parsed(const QByteArray &certificates, const QByteArray &keyText,
                          const QString &path)
{
    const Bio text = reader(certificates);
    const Certificate own = readCertificate(text.get());
    const Key key = readKey(keyText);
    if (!own || !key)
        return Error{ErrorCode::BadSyntax,
                     QStringLiteral("no %1 can be read in %2; put back a copy of the file")
                         .arg(own ? QStringLiteral("private key without passphrase")
                                  : QStringLiteral("certificate"),
                              path),
                     {}};
    const bool fit = X509_check_private_key(own.get(), key.get()) == 1;
    ERR_clear_error();
    if (!fit)
        return Error{ErrorCode::Refused,
                     QStringLiteral("%1: the certificate is not of this private key").arg(path),
                     {}};
    Identity identity{pemOf(own.get()), pemOf(key.get()), fingerprintOf(own.get())};
    while (const Certificate next = readCertificate(text.get()))
        identity.certificates += pemOf(next.get());
    return identity;
}

Outcome writeAll(int file, const QByteArray &bytes)
{
    qsizetype done = 0;
    while (done < bytes.size()) {
        const ssize_t wrote = ::write(file, bytes.constData() + done, size_t(bytes.size() - done));
        if (wrote < 0 && errno != EINTR)
            return failed(ErrorCode::DiskFull, QStringLiteral("a new key cannot be saved"));
        done += std::max<ssize_t>(wrote, 0);
    }
    return ::fsync(file) == 0
               ? simmer::done()
               : failed(ErrorCode::DiskFull, QStringLiteral("a new key cannot be saved"));
}

/// All of it or nothing, whatever happens meanwhile; for its owner alone, whatever the umask is.
Outcome writeDurably(const QString &path, const QByteArray &bytes)
{
    const QString half = path + QStringLiteral(".new");
    ::unlink(QFile::encodeName(half).constData()); // of a crash
    {
        const Descriptor file(half, O_WRONLY | O_CREAT | O_EXCL);
        if (!file.isOpen() || ::fchmod(file.number(), OwnerOnly) != 0)
            return failed(ErrorCode::FileUnreadable, half);
        if (const Outcome wrote = writeAll(file.number(), bytes); !wrote)
            return wrote;
    }
    if (::rename(QFile::encodeName(half).constData(), QFile::encodeName(path).constData()) != 0)
        return failed(ErrorCode::FileUnreadable, path);
    const Descriptor folder(QFileInfo(path).absolutePath(), O_RDONLY | O_DIRECTORY);
    if (!folder.isOpen() || ::fsync(folder.number()) != 0)
        return failed(ErrorCode::DiskFull, path);
    return done();
}

} // namespace

Expected<Identity> make()
{
    const Expected<QByteArray> text = makeSelfSigned();
    return text ? fromPem(*text) : text.error();
}

Expected<Identity> fromPem(const QByteArray &text)
{
    return parsed(text, text, QStringLiteral("what was kept of it"));
}

Expected<Identity> loadOrMake(const QString &path)
{
    Expected<QByteArray> text = read(path, Privacy::Mend);
    if (!text && text.error().code != ErrorCode::NotFound)
        return text.error();
    if (!text) {
        text = makeSelfSigned();
        if (!text)
            return text.error();
        if (const Outcome wrote = writeDurably(path, *text); !wrote)
            return wrote.error();
    }
    return parsed(*text, *text, path);
}

Expected<Identity> load(const QString &certificates, const QString &key)
{
    const Expected<QByteArray> chain = read(certificates, Privacy::Any);
    if (!chain)
        return chain.error();
    const Expected<QByteArray> secret = read(key, Privacy::RefuseOthers);
    if (!secret)
        return secret.error();
    return parsed(*chain, *secret, certificates + QStringLiteral(" and ") + key);
}

} // namespace simmer::identity

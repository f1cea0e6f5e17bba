// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and certificates as files and on the wire, fingerprints and codes as people type them. The
// first byte chooses.
#include "identity/Certificates.h"
#include "identity/Identity.h"
#include "identity/PairingProof.h"

#include <QFile>
#include <QTemporaryDir>

using namespace simmer;
using namespace simmer::identity;

namespace {

/// A folder in memory, where there is one.
const QTemporaryDir &folder()
{
    static const QTemporaryDir made(QFile::exists(QStringLiteral("/dev/shm"))
                                        ? QStringLiteral("/dev/shm/simmer-fuzz-XXXXXX")
                                        : QStringLiteral("simmer-fuzz-XXXXXX"));
    return made;
}

QString keep(const char *name, const QByteArray &bytes)
{
    QFile file(folder().filePath(QLatin1String(name)));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) ||
        file.write(bytes) != bytes.size())
        qFatal("no file");
    return file.fileName();
}

/// What was read is the same when it is written and read again.
void check(const Expected<Identity> &read)
{
    if (!read) {
        if (read.error().context.isEmpty() || read.error().context.contains(u'\n'))
            qFatal("an error that says nothing");
        return;
    }
    const auto again = loadOrMake(keep("again.pem", read->certificates + read->key));
    if (!again || !(*again == *read))
        qFatal("an identity that does not survive");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), qsizetype(size - 1));
    switch (data[0] % 4) {
    case 0:
        check(loadOrMake(keep("own.pem", bytes)));
        break;
    case 1: {
        const qsizetype middle = bytes.indexOf("-----BEGIN PRIVATE KEY");
        const QString chain = keep("chain.pem", bytes.left(middle));
        check(load(chain, keep("key.pem", middle < 0 ? bytes : bytes.mid(middle))));
        break;
    }
    case 2:
        if (const auto key = fingerprintOf(bytes); key && deviceIdOf(*key).isNull())
            qFatal("a key without a device");
        break;
    case 3: {
        const QString text = QString::fromUtf8(bytes);
        const auto typed = Fingerprint::fromText(text);
        if (typed && Fingerprint::fromText(typed->toText()) != typed)
            qFatal("a fingerprint that reads otherwise");
        if (hashOf(text).toBytes().size() != 32)
            qFatal("no hash");
        break;
    }
    }
    return 0;
}

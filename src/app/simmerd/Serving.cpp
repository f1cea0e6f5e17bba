// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Serving.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

namespace simmer::app {

namespace {

constexpr qsizetype TokenBytes = 32;

/// What is kept in memory of the token in that file.
Expected<QByteArray> hashOfTokenIn(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            ErrorCode::FileUnreadable, path + QStringLiteral(": ") + file.errorString(), {}};
    const QByteArray digits = file.read(2 * TokenBytes + 2).trimmed();
    const QByteArray token = QByteArray::fromHex(digits);
    if (token.size() != TokenBytes || token.toHex() != digits.toLower())
        return Error{ErrorCode::BadArgument,
                     path +
                         QStringLiteral(" holds no token: 64 hexadecimal digits, as “openssl rand "
                                        "-hex 32” gives them"),
                     {}};
    return QCryptographicHash::hash(token, QCryptographicHash::Sha256);
}

/// The own key is made at the first start; devices know the server by it, so it lives with the
/// data.
Expected<identity::Identity> identityOf(const Config &config)
{
    if (!config.certFile.isEmpty())
        return identity::load(config.certFile, config.keyFile);
    QDir().mkpath(config.dataDir);
    return identity::loadOrMake(config.dataDir + QStringLiteral("/server.pem"));
}

} // namespace

Expected<syncserver::ServerOptions> optionsOf(const Config &config, const QList<int> &descriptors)
{
    syncserver::ServerOptions options;
    options.dataDir = config.dataDir;
    options.at.clear();
    for (const int descriptor : descriptors)
        options.at += syncserver::ListenAt{{}, 0, descriptor};
    for (const ListenOn &place : config.listen)
        if (descriptors.isEmpty())
            options.at += syncserver::ListenAt{place.address, place.port};
    options.behindProxy = config.behindProxy;
    options.hosts = config.hosts;
    options.origins = config.origins;
    options.opsPerSecond = config.opsPerSecond;
    options.kitchenName = config.name;
    options.webhookRing = config.webhookRing;
    options.webhookUnattended = config.webhookUnattended;
    options.announce = config.announce;
    if (!config.metricsTokenFile.isEmpty()) {
        const Expected<QByteArray> hash = hashOfTokenIn(config.metricsTokenFile);
        if (!hash)
            return hash.error();
        options.metricsTokenHash = *hash;
    }
#ifdef SIMMER_FAULT_HOOK
    bool isNumber = false; // for benches that order many faults
    const int restarts = qEnvironmentVariableIntValue("SIMMER_RESTARTS", &isNumber);
    if (isNumber)
        options.crashes.restarts.most = restarts;
#endif
    if (config.plain || config.behindProxy)
        return options;
    const Expected<identity::Identity> identity = identityOf(config);
    if (!identity)
        return identity.error();
    options.identity = *identity;
    return options;
}

} // namespace simmer::app

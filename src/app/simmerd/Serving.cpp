// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Serving.h"

#include <QDir>

#include <array>

namespace simmer::app {

namespace {

/// That the server library does not take yet.
constexpr std::array Untaken{Key::WebhookRing, Key::WebhookUnattended, Key::Name,
                             Key::MetricsTokenFile};

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

QStringList beyondServer(const Effective &effective)
{
    QStringList problems;
    for (const Key key : Untaken)
        if (effective.isSetByHand(key))
            problems += QStringLiteral("%1: this simmerd cannot follow %2 yet; leave it out")
                            .arg(effective.given.value(key).from, settingOf(key).name);
    return problems;
}

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

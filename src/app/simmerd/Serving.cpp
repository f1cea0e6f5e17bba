// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Serving.h"

#include <array>

namespace simmer::app {

namespace {

/// That the server library does not take yet.
constexpr std::array Untaken{
    Key::Hosts,       Key::Origins,           Key::Cert, Key::CertKey,         Key::OpsPerSecond,
    Key::WebhookRing, Key::WebhookUnattended, Key::Name, Key::MetricsTokenFile};

/// Whether the server library takes sockets that systemd opened.
template<class Options>
concept TakesDescriptors = requires(Options options)
{
    options.descriptors;
};

template<class Options>
void hand(Options &options, const QList<int> &descriptors)
{
    if constexpr (TakesDescriptors<Options>)
        options.descriptors = {descriptors.begin(), descriptors.end()};
}

} // namespace

QStringList beyondServer(const Effective &effective)
{
    QStringList problems;
    for (const Key key : Untaken)
        if (effective.isSetByHand(key))
            problems += QStringLiteral("%1: this simmerd cannot follow %2 yet; leave it out")
                            .arg(effective.given.value(key).from, settingOf(key).name);
    if (effective.config.listen.size() > 1)
        problems += QStringLiteral("%1: this simmerd listens at one address only; leave %2 out")
                        .arg(effective.given.value(Key::Listen).from,
                             effective.given.value(Key::Listen).values.constLast());
    return problems;
}

bool takesDescriptors()
{
    return TakesDescriptors<syncserver::ServerOptions>;
}

syncserver::ServerOptions optionsOf(const Config &config, const QList<int> &descriptors)
{
    syncserver::ServerOptions options;
    options.dataDir = config.dataDir;
    options.address = config.listen.constFirst().address;
    options.port = config.listen.constFirst().port;
    options.behindProxy = config.behindProxy;
    hand(options, descriptors);
    return options;
}

} // namespace simmer::app

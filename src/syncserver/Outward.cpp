// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Outward.h"

#include <QDateTime>
#include <QHostAddress>

#include <algorithm>

namespace simmer::syncserver {

namespace {

constexpr QLatin1String CookingFile("/cooking.db");

QDate todayBy(const Clock &clock)
{
    return QDateTime::fromMSecsSinceEpoch(clock.wallMs()).date();
}

} // namespace

Outward::Outward(const Clock &clock, const ServerOptions &options, GuestBook guests,
                 MetricsPage::Source kitchens)
    : m_clock(clock)
    , m_cookingFile(options.dataDir + CookingFile)
    , m_api(std::move(guests))
    , m_metrics(completed(std::move(kitchens)), options.metricsTokenHash)
    , m_rings(hookTo(options.webhookRing))
    , m_unattended(hookTo(options.webhookUnattended))
{
    m_front.add("/api/v1", m_api);
    m_front.add("/metrics", m_metrics);
    m_cooked = std::make_unique<supervision::WriteBuffer<storage::Cooked>>(
        clock, QStringLiteral("cooking log"), [this](const auto &rows) { return keep(rows); },
        supervision::WriteBufferLimits(),
        [this](qint64 rows) {
            Q_EMIT warned(QStringLiteral("%1 lines of the cooking log were lost").arg(rows));
        });
}

Outward::~Outward() = default;

std::unique_ptr<Webhooks> Outward::hookTo(const QUrl &url)
{
    if (url.isEmpty())
        return nullptr;
    auto hooks = std::make_unique<Webhooks>(m_clock, QList<QUrl>{url});
    connect(hooks.get(), &Webhooks::delivered, this, [this] { ++m_delivered; });
    connect(hooks.get(), &Webhooks::failed, this, [this](const QString &host, const QString &why) {
        ++m_failed;
        Q_EMIT warned(QStringLiteral("the webhook of %1 did not take an event: %2").arg(host, why));
    });
    return hooks;
}

MetricsPage::Source Outward::completed(MetricsPage::Source kitchens)
{
    return [this, kitchens = std::move(kitchens)](std::function<void(const Metrics &)> then) {
        kitchens([this, then = std::move(then)](Metrics metrics) {
            metrics.hooksDelivered = m_delivered;
            metrics.hooksFailed = m_failed;
            metrics.httpRequests = m_front.requests();
            then(metrics);
        });
    };
}

Lookout::Reports Outward::reports()
{
    Lookout::Reports reports;
    reports.event = [this](const HookEvent &event) {
        const auto &hooks = event.kind == HookEvent::Kind::Ring ? m_rings : m_unattended;
        if (hooks)
            hooks->tell(event);
    };
    reports.cooked = [this](const storage::Cooked &cooked) { m_cooked->add(cooked); };
    return reports;
}

/// In the buffer's thread. The file is open only meanwhile: every few seconds at most, and only
/// while somebody cooks.
Outcome Outward::writeDown(const QList<storage::Cooked> &rows)
{
    using storage::CookingLog;
    const QDate today = todayBy(m_clock);
    const auto log = CookingLog::open(
        m_cookingFile, today, m_isSound ? CookingLog::Look::Briefly : CookingLog::Look::EveryPage);
    if (!log)
        return log.error();
    if (!(*log)->setAside().isEmpty())
        Q_EMIT warned(
            QStringLiteral("the cooking log was damaged; it is set aside as %1, and a new "
                           "one is begun")
                .arg((*log)->setAside()));
    if (const Outcome written = (*log)->write(rows); !written || m_pruned == today)
        return written;
    m_pruned = today;
    return (*log)->prune(m_clock.wallMs() - CookingLog::KeepMs);
}

/// It is tried again, so that one warning is enough.
Outcome Outward::keep(const QList<storage::Cooked> &rows)
{
    const Outcome kept = writeDown(rows);
    m_isSound = bool(kept);
    if (!kept && !m_isFailing)
        Q_EMIT warned(QStringLiteral("the cooking log cannot be written: ") +
                      describe(kept.error()));
    m_isFailing = !kept;
    return kept;
}

void Outward::announce(const QList<ListenAt> &places,
                       const std::optional<identity::Identity> &identity)
{
    const auto found = std::find_if(places.begin(), places.end(), [](const ListenAt &place) {
        return !QHostAddress(place.address).isLoopback();
    });
    if (found == places.end() || !identity)
        return;
    m_beacon = std::make_unique<Beacon>(
        Beacon::Sign{found->port, identity->fingerprint.toBytes().toHex()});
    connect(m_beacon.get(), &Beacon::silent, this, [this](const QString &why) {
        Q_EMIT warned(QStringLiteral("the server is not announced in the house: ") + why);
    });
}

} // namespace simmer::syncserver

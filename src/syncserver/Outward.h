// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "supervision/WriteBuffer.h"
#include "syncserver/Beacon.h"
#include "syncserver/SyncServer.h"
#include "syncserver/api/Api.h"
#include "syncserver/api/Metrics.h"
#include "syncserver/kitchen/Lookout.h"

#include <atomic>

namespace simmer::syncserver {

/// What a server does beside serving its devices: the HTTP API, metrics, webhooks, the cooking log
/// and the announcement in the house. Lives in the server's thread; must outlive its network and
/// kitchen threads, which call it.
class Outward : public QObject
{
    Q_OBJECT

public:
    /// `clock` must outlive it. `kitchens` tells what they count, from the kitchen thread.
    Outward(const Clock &clock, const ServerOptions &options, GuestBook guests,
            MetricsPage::Source kitchens);
    ~Outward() override;

    HttpResponder &responder() { return m_front; }
    /// For the kitchens.
    Lookout::Reports reports();
    /// Tells the house where the server listens, if that is beyond this machine.
    void announce(const QList<ListenAt> &places, const std::optional<identity::Identity> &identity);

Q_SIGNALS:
    void warned(const QString &what);

private:
    std::unique_ptr<Webhooks> hookTo(const QUrl &url);
    MetricsPage::Source completed(MetricsPage::Source kitchens);
    Outcome keep(const QList<storage::Cooked> &rows);
    Outcome writeDown(const QList<storage::Cooked> &rows);

    const Clock &m_clock;
    const QString m_cookingFile;
    std::atomic<qint64> m_delivered = 0;
    std::atomic<qint64> m_failed = 0;
    Api m_api;
    MetricsPage m_metrics;
    HttpFront m_front;
    std::unique_ptr<Webhooks> m_rings; ///< null: nobody wants them
    std::unique_ptr<Webhooks> m_unattended;
    std::unique_ptr<Beacon> m_beacon;
    // Of the buffer's thread while it runs
    QDate m_pruned;
    bool m_isSound = false; ///< its pages were looked at, and nothing failed since
    bool m_isFailing = false;
    std::unique_ptr<supervision::WriteBuffer<storage::Cooked>> m_cooked; ///< goes first
};

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Http.h"

#include <QList>

namespace simmer::syncserver {

/// Some durations, counted by how long they were at most. Seconds.
class Durations
{
public:
    /// From a disk that holds a commit in its cache to one that stalls.
    static inline const QList<double> Bounds{0.0005, 0.001, 0.0025, 0.005, 0.01,
                                             0.025,  0.05,  0.1,    0.25,  1.0};

    void count(double seconds);

    /// How many were at most Bounds[i].
    const QList<qint64> &upTo() const { return m_upTo; }
    qint64 all() const { return m_all; }
    double sum() const { return m_sum; }

    bool operator==(const Durations &) const = default;

private:
    QList<qint64> m_upTo = QList<qint64>(Bounds.size(), 0);
    qint64 m_all = 0;
    double m_sum = 0;
};

/// What a server tells of itself. Counts are since its start. No names of kitchens, people or
/// devices are in it: whoever runs a server for many may look at it.
struct Metrics {
    double startedAt = 0;        ///< seconds since 1970
    qint64 kitchens = 0;         ///< on the disk
    qint64 liveKitchens = 0;     ///< with a worker
    qint64 safeModeKitchens = 0; ///< whose worker failed too often
    qint64 workerRestarts = 0;
    qint64 devices = 0;   ///< connected and let in
    qint64 strangers = 0; ///< sockets of nobody yet
    qint64 displays = 0;  ///< open streams of events
    qint64 ops = 0;       ///< committed
    qint64 refusedOps = 0;
    Durations commits; ///< until they were durable
    qint64 rings = 0;
    qint64 unattendedRings = 0;
    qint64 hooksDelivered = 0;
    qint64 hooksFailed = 0;
    qint64 httpRequests = 0;
    qint64 storeBytes = 0;

    bool operator==(const Metrics &) const = default;
};

/// As Prometheus reads it (text format 0.0.4).
QByteArray prometheusText(const Metrics &metrics);

/// Answers GET /metrics: to this machine, and to whoever has the token of the configuration.
class MetricsPage final : public HttpResponder
{
public:
    /// Gathers what there is and gives it on, from any thread.
    using Source = std::function<void(std::function<void(const Metrics &)>)>;

    /// `tokenHash` is the SHA-256 of the token's 32 bytes; empty: this machine only.
    MetricsPage(Source source, QByteArray tokenHash);

    void answer(HttpRequest request, Reply reply, Open open) override;

private:
    bool mayRead(const HttpRequest &request) const;

    Source m_source;
    QByteArray m_tokenHash;
};

} // namespace simmer::syncserver

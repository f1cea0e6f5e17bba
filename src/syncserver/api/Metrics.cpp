// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Metrics.h"

#include "syncserver/api/Api.h"
#include "syncserver/api/Problem.h"

#include <QCryptographicHash>

namespace simmer::syncserver {

namespace {

/// Writes one family after the other.
class Page
{
public:
    void gauge(const char *name, const char *help, double value)
    {
        one(name, help, "gauge", value);
    }
    void counter(const char *name, const char *help, qint64 value)
    {
        one(name, help, "counter", double(value));
    }
    void histogram(const char *name, const char *help, const Durations &durations)
    {
        begin(name, help, "histogram");
        for (qsizetype i = 0; i < Durations::Bounds.size(); ++i)
            line(QByteArray(name) + "_bucket{le=\"" + number(Durations::Bounds[i]) + "\"}",
                 double(durations.upTo()[i]));
        line(QByteArray(name) + "_bucket{le=\"+Inf\"}", double(durations.all()));
        line(QByteArray(name) + "_sum", durations.sum());
        line(QByteArray(name) + "_count", double(durations.all()));
    }

    QByteArray text;

private:
    /// Whole numbers are written as such, whatever their size.
    static QByteArray number(double value)
    {
        const auto whole = qint64(value);
        return double(whole) == value ? QByteArray::number(whole)
                                      : QByteArray::number(value, 'g', 15);
    }
    void line(const QByteArray &name, double value) { text += name + ' ' + number(value) + '\n'; }
    void begin(const char *name, const char *help, const char *type)
    {
        text += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void one(const char *name, const char *help, const char *type, double value)
    {
        begin(name, help, type);
        line(name, value);
    }
};

bool areEqual(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned char different = 0; // all bytes are looked at, so that time tells nothing
    for (qsizetype i = 0; i < a.size(); ++i)
        different = static_cast<unsigned char>(different | (a[i] ^ b[i]));
    return different == 0;
}

void writeWork(Page &page, const Metrics &metrics)
{
    page.counter("simmer_ops_total", "Ops that were committed", metrics.ops);
    page.counter("simmer_ops_refused_total", "Ops that were refused for good", metrics.refusedOps);
    page.histogram("simmer_commit_seconds", "How long commits took until they were durable",
                   metrics.commits);
    page.counter("simmer_rings_total", "Timers that came to their end", metrics.rings);
    page.counter("simmer_rings_unattended_total", "Rings that nobody answered for long",
                 metrics.unattendedRings);
    page.counter("simmer_webhooks_delivered_total", "Events that a webhook took",
                 metrics.hooksDelivered);
    page.counter("simmer_webhooks_failed_total", "Events that were given up", metrics.hooksFailed);
    page.counter("simmer_http_requests_total", "HTTP requests that were answered",
                 metrics.httpRequests);
}

} // namespace

void Durations::count(double seconds)
{
    for (qsizetype i = 0; i < Bounds.size(); ++i)
        m_upTo[i] += seconds <= Bounds[i];
    ++m_all;
    m_sum += seconds;
}

QByteArray prometheusText(const Metrics &metrics)
{
    Page page;
    page.gauge("simmer_start_time_seconds", "When the server started", metrics.startedAt);
    page.gauge("simmer_kitchens", "Kitchens on the disk", double(metrics.kitchens));
    page.gauge("simmer_kitchens_live", "Kitchens with a worker", double(metrics.liveKitchens));
    page.gauge("simmer_kitchens_safe_mode", "Kitchens whose worker failed too often",
               double(metrics.safeModeKitchens));
    page.counter("simmer_worker_restarts_total", "Workers that were started anew",
                 metrics.workerRestarts);
    page.gauge("simmer_devices_connected", "Devices that are connected", double(metrics.devices));
    page.gauge("simmer_sockets_strangers", "Sockets of nobody yet", double(metrics.strangers));
    page.gauge("simmer_displays", "Open streams of events", double(metrics.displays));
    page.gauge("simmer_store_bytes", "Size of the store's files", double(metrics.storeBytes));
    writeWork(page, metrics);
    return page.text;
}

MetricsPage::MetricsPage(Source source, QByteArray tokenHash)
    : m_source(std::move(source))
    , m_tokenHash(std::move(tokenHash))
{
}

bool MetricsPage::mayRead(const HttpRequest &request) const
{
    if (request.isLocal)
        return true;
    const auto token = bearerToken(request.authorization);
    return token && !m_tokenHash.isEmpty() &&
           areEqual(QCryptographicHash::hash(*token, QCryptographicHash::Sha256), m_tokenHash);
}

void MetricsPage::answer(HttpRequest request, Reply reply, Open)
{
    if (request.method != "GET")
        return reply(wrongMethod("GET"));
    if (!mayRead(request))
        return reply(problem(403, QStringLiteral("metrics are for this machine only"),
                             QStringLiteral("send the metrics token of the configuration")));
    m_source([reply](const Metrics &metrics) {
        reply({200,
               "text/plain; version=0.0.4; charset=utf-8",
               prometheusText(metrics),
               {{"Cache-Control", "no-store"}}});
    });
}

} // namespace simmer::syncserver

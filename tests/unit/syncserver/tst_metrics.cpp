// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Metrics.h"

#include <QCryptographicHash>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace simmer::syncserver;

namespace {

const QByteArray Token(32, 'm');

Metrics some()
{
    Metrics metrics;
    metrics.startedAt = 1'700'000'000.5;
    metrics.kitchens = 10'000;
    metrics.liveKitchens = 3;
    metrics.safeModeKitchens = 1;
    metrics.workerRestarts = 4;
    metrics.devices = 7;
    metrics.strangers = 2;
    metrics.displays = 5;
    metrics.ops = 10'000'000'000'000;
    metrics.refusedOps = 11;
    metrics.rings = 12;
    metrics.unattendedRings = 13;
    metrics.hooksDelivered = 14;
    metrics.hooksFailed = 15;
    metrics.httpRequests = 16;
    metrics.storeBytes = 17;
    metrics.commits.count(0.0004);
    metrics.commits.count(0.003);
    metrics.commits.count(7);
    return metrics;
}

/// The samples of a page, by name and labels.
QHash<QByteArray, QByteArray> samples(const QByteArray &page)
{
    QHash<QByteArray, QByteArray> all;
    for (const QByteArray &line : page.split('\n'))
        if (!line.isEmpty() && !line.startsWith('#'))
            all.insert(line.left(line.lastIndexOf(' ')), line.mid(line.lastIndexOf(' ') + 1));
    return all;
}

HttpRequest request(bool isLocal, const QByteArray &token = {})
{
    HttpRequest request;
    request.method = "GET";
    request.path = "/metrics";
    request.isLocal = isLocal;
    if (!token.isEmpty())
        request.authorization = "Bearer " + token.toHex();
    return request;
}

} // namespace

/// What a server tells of itself, and to whom.
class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTextThatPrometheusReads();
    void tellsEachNumber();
    void durationsAreCumulative();
    void onlyForThisMachineOrWithTheToken();
    void onlyRead();

private:
    HttpAnswer ask(const HttpRequest &request, const QByteArray &tokenHash)
    {
        HttpAnswer got{0, {}, {}, {}};
        MetricsPage page([this](auto give) { ++m_gathered, give(some()); }, tokenHash);
        page.answer(request, [&got](const HttpAnswer &answer) { got = answer; }, {});
        return got;
    }

    int m_gathered = 0;
};

/// Each family once, its HELP and TYPE before its samples, names as they should be.
void TestMetrics::isTextThatPrometheusReads()
{
    const QByteArray page = prometheusText(some());
    QVERIFY(page.endsWith('\n'));
    static const QRegularExpression sample(QStringLiteral(
        "^(simmer_[a-z_]+)(\\{le=\"[0-9.+Inf]+\"\\})? -?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?$"));
    QSet<QString> families;
    QString family;
    QString type;
    for (const QByteArray &line : page.chopped(1).split('\n')) {
        const QString text = QString::fromUtf8(line);
        if (text.startsWith(QLatin1String("# HELP "))) {
            family = text.section(u' ', 2, 2);
            QVERIFY2(!families.contains(family), line);
            families.insert(family);
        } else if (text.startsWith(QLatin1String("# TYPE "))) {
            QCOMPARE(text.section(u' ', 2, 2), family);
            type = text.section(u' ', 3);
            QCOMPARE(type == QLatin1String("counter"), family.endsWith(QLatin1String("_total")));
        } else {
            const auto match = sample.match(text);
            QVERIFY2(match.hasMatch(), line);
            QVERIFY2(match.captured(1).startsWith(family), line);
        }
    }
    QCOMPARE(families.size(), 17);
}

void TestMetrics::tellsEachNumber()
{
    const auto all = samples(prometheusText(some()));
    QCOMPARE(all.value("simmer_ops_total"), "10000000000000"); // no digit is lost
    QCOMPARE(all.value("simmer_start_time_seconds"), "1700000000.5");
    const QList<std::pair<QByteArray, QByteArray>> expected{
        {"simmer_kitchens", "10000"},
        {"simmer_kitchens_live", "3"},
        {"simmer_kitchens_safe_mode", "1"},
        {"simmer_worker_restarts_total", "4"},
        {"simmer_devices_connected", "7"},
        {"simmer_sockets_strangers", "2"},
        {"simmer_displays", "5"},
        {"simmer_ops_refused_total", "11"},
        {"simmer_rings_total", "12"},
        {"simmer_rings_unattended_total", "13"},
        {"simmer_webhooks_delivered_total", "14"},
        {"simmer_webhooks_failed_total", "15"},
        {"simmer_http_requests_total", "16"},
        {"simmer_store_bytes", "17"}};
    for (const auto &[name, value] : expected)
        QCOMPARE(all.value(name), value);
}

void TestMetrics::durationsAreCumulative()
{
    const auto all = samples(prometheusText(some()));
    QCOMPARE(all.value("simmer_commit_seconds_bucket{le=\"0.0005\"}"), "1");
    QCOMPARE(all.value("simmer_commit_seconds_bucket{le=\"0.0025\"}"), "1");
    QCOMPARE(all.value("simmer_commit_seconds_bucket{le=\"0.005\"}"), "2");
    QCOMPARE(all.value("simmer_commit_seconds_bucket{le=\"1\"}"), "2");
    QCOMPARE(all.value("simmer_commit_seconds_bucket{le=\"+Inf\"}"), "3");
    QCOMPARE(all.value("simmer_commit_seconds_count"), "3");
    QCOMPARE(all.value("simmer_commit_seconds_sum"), "7.0034");
}

void TestMetrics::onlyForThisMachineOrWithTheToken()
{
    const QByteArray hash = QCryptographicHash::hash(Token, QCryptographicHash::Sha256);
    QCOMPARE(ask(request(true), {}).status, 200);
    QCOMPARE(ask(request(false, Token), hash).status, 200);
    const int gathered = m_gathered;
    QCOMPARE(ask(request(false), hash).status, 403);
    QCOMPARE(ask(request(false, QByteArray(32, 'x')), hash).status, 403);
    QCOMPARE(ask(request(false, Token), {}).status, 403);
    QCOMPARE(ask(request(false, hash), hash).status,
             403); // who read the configuration has no token
    QCOMPARE(m_gathered, gathered);
    QVERIFY(ask(request(true), hash).type.startsWith("text/plain; version=0.0.4"));
}

void TestMetrics::onlyRead()
{
    HttpRequest post = request(true);
    post.method = "POST";
    QCOMPARE(ask(post, {}).status, 405);
}

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"

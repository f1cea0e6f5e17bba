// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/HookCourier.h"

#include <optional>

namespace simmer::syncserver {

namespace {

constexpr int Redirects = 300;
constexpr int ClientErrors = 400;
constexpr int ServerErrors = 500;
constexpr int TimedOut = 408;
constexpr int TooMany = 429;

QNetworkRequest requestTo(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader,
                      QByteArrayLiteral("Simmer/" SIMMER_VERSION));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    return request;
}

/// Why it will never be taken; nothing when it was, or may be later.
std::optional<QString> refusal(int status)
{
    if (status >= Redirects && status < ClientErrors)
        return QStringLiteral("it points elsewhere (%1); configure the final address").arg(status);
    if (status >= ClientErrors && status < ServerErrors && status != TimedOut && status != TooMany)
        return QStringLiteral("it refuses (%1); check the address").arg(status);
    return std::nullopt;
}

/// Without the address, which Qt's own text names: its path is mostly a secret.
QString reason(QNetworkReply::NetworkError error)
{
    switch (int(error)) {
    case QNetworkReply::ConnectionRefusedError:
        return QStringLiteral("nothing listens there");
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("the name is unknown");
    case QNetworkReply::OperationCanceledError:
        return QStringLiteral("no answer in time");
    case QNetworkReply::SslHandshakeFailedError:
        return QStringLiteral("its certificate cannot be verified");
    default:
        return QStringLiteral("the connection failed (%1)").arg(int(error));
    }
}

} // namespace

HookCourier::HookCourier(QNetworkAccessManager &network, const Clock &clock, QUrl url,
                         HookTiming timing)
    : m_network(network)
    , m_url(std::move(url))
    , m_timing(timing)
    , m_patience(clock.makeAlarm(this))
{
    connect(m_patience, &Alarm::rang, this, [this] {
        if (m_reply)
            m_reply->abort(); // answered() follows
        else
            post();
    });
}

HookCourier::~HookCourier()
{
    if (m_reply)
        m_reply->disconnect(this);
    delete m_reply;
}

void HookCourier::bring(const QByteArray &body)
{
    m_waiting.enqueue(body);
    if (m_waiting.size() == 1) {
        post();
    } else if (m_waiting.size() > Webhooks::MostWaiting) {
        m_waiting.removeAt(1);
        Q_EMIT failed(m_url.host(), QStringLiteral("too much waits for it"));
    }
}

void HookCourier::post()
{
    ++m_tries;
    m_reply = m_network.post(requestTo(m_url), m_waiting.constFirst());
    connect(m_reply, &QNetworkReply::readyRead, m_reply, &QIODevice::readAll); // of no interest
    connect(m_reply, &QNetworkReply::finished, this, [this, reply = m_reply] { answered(reply); });
    m_patience->set(m_timing.timeoutMs);
}

void HookCourier::answered(QNetworkReply *reply)
{
    m_reply = nullptr;
    m_patience->stop();
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (const auto never = refusal(status)) {
        Q_EMIT failed(m_url.host(), *never);
        next();
    } else if (reply->error() != QNetworkReply::NoError) {
        again(status >= ClientErrors ? QStringLiteral("it is in trouble (%1)").arg(status)
                                     : reason(reply->error()));
    } else {
        Q_EMIT delivered(m_url.host());
        next();
    }
}

void HookCourier::again(const QString &why)
{
    if (m_tries >= Webhooks::Tries) {
        Q_EMIT failed(m_url.host(), why);
        next();
        return;
    }
    qint64 pause = m_timing.firstPauseMs;
    for (int i = 1; i < m_tries; ++i)
        pause *= 4;
    m_patience->set(pause);
}

void HookCourier::next()
{
    m_tries = 0;
    m_waiting.dequeue();
    if (!m_waiting.isEmpty())
        post();
}

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/SyncClient.h"

#include "syncclient/Link.h"
#include "syncclient/ServerAddress.h"
#include "syncclient/WebSocketWire.h"

namespace simmer::syncclient {

SyncClient::SyncClient(const Clock &clock, storage::DeviceLog &log, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_log(log)
{
    m_thread = std::make_unique<supervision::SupervisedThread>(
        clock, QStringLiteral("link"), [this](supervision::Mode mode) { return makeLink(mode); });
    m_thread->cutFrom(&log);
    m_thread->cutFrom(&log.blobs());
}

SyncClient::~SyncClient() = default;

std::unique_ptr<QObject> SyncClient::makeLink(supervision::Mode mode)
{
    const bool isHeir = m_hadLink;
    auto link =
        std::make_unique<Link>(m_clock, m_log, std::make_unique<WebSocketWire>(), mode, isHeir);
    m_link = link.get();
    m_hadLink = true;
    connect(link.get(), &Link::statusChanged, this, [this](const LinkStatus &status) {
        if (status == m_status)
            return;
        m_status = status;
        Q_EMIT statusChanged(status);
    });
    connect(link.get(), &Link::reviewed, this, &SyncClient::reviewed);
    connect(link.get(), &Link::paired, this, [this] {
        m_pairing = false;
        Q_EMIT paired();
    });
    connect(link.get(), &Link::pairingFailed, this, [this](const Error &error) {
        m_pairing = false;
        Q_EMIT pairingFailed(error);
    });
    connect(link.get(), &Link::offsetMeasured, this, &SyncClient::offsetMeasured);
    connect(link.get(), &Link::pulseChanged, this, &SyncClient::pulseChanged);
    if (m_watchers > 0)
        m_link->watch(true);
    if (std::exchange(m_pairing, false)) // the code may be used up: nobody tries it again
        Q_EMIT pairingFailed(
            {ErrorCode::Crashed, QStringLiteral("the link broke down; ask for a new code"), {}});
    if (isHeir)
        m_log.askWaiting(m_question); // somebody may wait for a review
    return link;
}

void SyncClient::pair(const QUrl &server, const QString &code, const QString &deviceName,
                      const std::optional<identity::Fingerprint> &serverKey)
{
    m_pairing = true;
    QMetaObject::invokeMethod(
        m_link.data(),
        [link = m_link.data(), request = PairingRequest{socketAddress(server), code, deviceName,
                                                        serverKey}] { link->pair(request); },
        Qt::QueuedConnection);
}

void SyncClient::watchPulse(QObject &watcher)
{
    ++m_watchers;
    tellWhetherWatched();
    connect(&watcher, &QObject::destroyed, this, [this] {
        if (--m_watchers == 0)
            tellWhetherWatched();
    });
}

void SyncClient::tellWhetherWatched()
{
    QMetaObject::invokeMethod(
        m_link.data(), [link = m_link.data(), on = m_watchers > 0] { link->watch(on); },
        Qt::QueuedConnection);
}

quint64 SyncClient::review()
{
    m_log.askWaiting(++m_question);
    return m_question;
}

} // namespace simmer::syncclient

// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/SyncClient.h"

#include "syncclient/Link.h"
#include "syncclient/WebSocketWire.h"

namespace simmer::syncclient {

SyncClient::SyncClient(const Clock &clock, storage::DeviceLog &log, QObject *parent)
    : QObject(parent)
    , m_log(log)
    , m_link(new Link(clock, log, std::make_unique<WebSocketWire>()))
{
    connect(m_link, &Link::statusChanged, this, [this](const LinkStatus &status) {
        if (status == m_status)
            return;
        m_status = status;
        Q_EMIT statusChanged(status);
    });
    connect(m_link, &Link::reviewed, this, &SyncClient::reviewed);
    connect(m_link, &Link::paired, this, &SyncClient::paired);
    connect(m_link, &Link::pairingFailed, this, &SyncClient::pairingFailed);
    connect(m_link, &Link::offsetMeasured, this, &SyncClient::offsetMeasured);
    m_thread = startThread(QStringLiteral("link"), m_link);
}

SyncClient::~SyncClient() = default;

void SyncClient::pair(const QUrl &server, const QString &code, const QString &deviceName)
{
    QMetaObject::invokeMethod(
        m_link, [link = m_link, server, code, deviceName] { link->pair(server, code, deviceName); },
        Qt::QueuedConnection);
}

void SyncClient::review()
{
    m_log.askWaiting();
}

} // namespace simmer::syncclient

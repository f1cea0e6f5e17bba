// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Alarm.h"
#include "syncserver/onlookers/Webhooks.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QQueue>

namespace simmer::syncserver {

/// Brings events to one address, one after the other; so that an address that is down holds up no
/// other one. Lives in the thread of the posting.
class HookCourier : public QObject
{
    Q_OBJECT

public:
    /// All must outlive it.
    HookCourier(QNetworkAccessManager &network, const Clock &clock, QUrl url, HookTiming timing);
    ~HookCourier() override;

    void bring(const QByteArray &body);

Q_SIGNALS:
    void delivered(const QString &host);
    void failed(const QString &host, const QString &why);

private:
    void post();
    void answered(QNetworkReply *reply);
    void again(const QString &why);
    void next();

    QNetworkAccessManager &m_network;
    const QUrl m_url;
    const HookTiming m_timing;
    QQueue<QByteArray> m_waiting; ///< the first is under way
    QNetworkReply *m_reply = nullptr;
    Alarm *m_patience; ///< the end of a try, or of the pause after one
    int m_tries = 0;   ///< of the first
};

} // namespace simmer::syncserver

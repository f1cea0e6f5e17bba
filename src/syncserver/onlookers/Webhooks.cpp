// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/onlookers/Webhooks.h"

#include "syncserver/onlookers/HookCourier.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

namespace simmer::syncserver {

namespace {

using K = QLatin1String;

QString word(HookEvent::Kind kind)
{
    switch (kind) {
    case HookEvent::Kind::Ring:
        return QStringLiteral("ring");
    case HookEvent::Kind::Unattended:
        return QStringLiteral("unattended");
    }
    Q_UNREACHABLE();
}

QString instant(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace

QByteArray hookBody(const HookEvent &event)
{
    const timers::Timer &timer = event.timer;
    const bool onTime = timers::ringKind(timer.endAt, event.at) == timers::RingKind::OnTime;
    const QJsonObject kitchen{{K("id"), event.kitchen.toHex()}, {K("name"), event.kitchenName}};
    const QJsonObject json{{K("event"), word(event.kind)},
                           {K("at"), instant(event.at)},
                           {K("kitchen"), kitchen},
                           {K("timer"), QJsonObject{{K("id"), timer.id.toHex()},
                                                    {K("name"), timer.name},
                                                    {K("ring"), timer.ringKey.toHex()},
                                                    {K("ended"), instant(timer.endAt)},
                                                    {K("late"), !onTime}}}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Expected<QUrl> hookUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isWeb = url.scheme() == K("https") || url.scheme() == K("http");
    if (!url.isValid() || !isWeb || url.host().isEmpty())
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("a webhook is an address that begins with https:// or http://"),
                     {}};
    return url;
}

/// The thread's end of it: what was told, and a courier for each address.
class Webhooks::Postman : public QObject
{
public:
    explicit Postman(QNetworkAccessManager *network)
        : m_network(network)
    {
        m_network->setParent(this); // moves to the thread with it
    }
    ~Postman() override { qDeleteAll(m_couriers); } // before the network, which ends their replies
    Q_DISABLE_COPY_MOVE(Postman)

    void add(HookCourier *courier)
    {
        courier->setParent(this);
        m_couriers += courier;
    }

    void tell(const HookEvent &event)
    {
        const Told key(int(event.kind), event.timer.ringKey);
        if (m_told.contains(key))
            return;
        m_told.insert(key);
        m_toldInOrder.enqueue(key);
        if (m_toldInOrder.size() > MostRemembered)
            m_told.remove(m_toldInOrder.dequeue());
        const QByteArray body = hookBody(event);
        for (HookCourier *courier : std::as_const(m_couriers))
            courier->bring(body);
    }

    QNetworkAccessManager &network() { return *m_network; }

private:
    using Told = QPair<int, OpId>;

    QNetworkAccessManager *m_network;
    QList<HookCourier *> m_couriers;
    QSet<Told> m_told;
    QQueue<Told> m_toldInOrder;
};

Webhooks::Webhooks(const Clock &clock, const QList<QUrl> &urls, HookTiming timing)
    : m_postman(new Postman(new QNetworkAccessManager))
{
    for (const QUrl &url : urls) {
        auto *courier = new HookCourier(m_postman->network(), clock, url, timing);
        connect(courier, &HookCourier::delivered, this, &Webhooks::delivered, Qt::DirectConnection);
        connect(courier, &HookCourier::failed, this, &Webhooks::failed, Qt::DirectConnection);
        m_postman->add(courier);
    }
    m_thread = startThread(QStringLiteral("webhooks"), m_postman);
}

Webhooks::~Webhooks() = default;

void Webhooks::tell(const HookEvent &event)
{
    QMetaObject::invokeMethod(
        m_postman, [postman = m_postman, event] { postman->tell(event); }, Qt::QueuedConnection);
}

} // namespace simmer::syncserver

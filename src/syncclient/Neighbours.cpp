// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncclient/Neighbours.h"

#include "protocol/LanSign.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusServiceWatcher>
#include <QHostAddress>
#include <QMap>
#include <QUuid>

namespace simmer::syncclient {

namespace {

// avahi-common/defs.h
const QString Service = QStringLiteral("org.freedesktop.Avahi");
const QString ServerFace = QStringLiteral("org.freedesktop.Avahi.Server");
const QString BrowserFace = QStringLiteral("org.freedesktop.Avahi.ServiceBrowser");
constexpr int AnyInterface = -1;
constexpr int AnyProtocol = -1;
constexpr qsizetype LongestName = 63; // of a DNS label
enum ResolveField {
    Interface,
    Protocol,
    Name,
    Type,
    Domain,
    Host,
    AddressProtocol,
    Address,
    Port,
    Txt
};

/// Where a server was seen: it may be on several wires, by IPv4 and IPv6.
struct Way {
    int interface = 0;
    int protocol = 0;

    auto operator<=>(const Way &) const = default;
};

/// What the daemon's answer says; nothing when it is no server of ours.
std::optional<Neighbour> neighbourOf(const QList<QVariant> &answer)
{
    if (answer.size() <= Txt)
        return std::nullopt;
    const auto sign = protocol::fromTxt(qdbus_cast<QByteArrayList>(answer[Txt]));
    QHostAddress host(answer[Address].toString());
    const uint port = answer[Port].toUInt();
    if (!sign || host.isNull() || port == 0 || port > 65535)
        return std::nullopt;
    QString where = host.toString();
    if (host.isLinkLocal() && host.protocol() == QAbstractSocket::IPv6Protocol)
        where += QLatin1Char('%') + QString::number(answer[Interface].toInt());
    QUrl url;
    url.setScheme(QStringLiteral("wss"));
    url.setHost(where);
    url.setPort(int(port));
    return Neighbour{answer[Name].toString(), url, sign->version, sign->fingerprint};
}

QDBusMessage call(const QString &what, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(Service, QStringLiteral("/"), ServerFace, what);
    message.setArguments(arguments);
    message.setAutoStartService(false); // who stopped Avahi wants it so
    return message;
}

} // namespace

/// The talk with avahi-daemon.
class Neighbours::Avahi : public QObject
{
    Q_OBJECT

public:
    Avahi(Neighbours &neighbours, const QString &bus);
    ~Avahi() override { QDBusConnection::disconnectFromBus(m_connectionName); }
    Q_DISABLE_COPY_MOVE(Avahi)

    void browse();
    QList<Neighbour> all() const;

private Q_SLOTS:
    void itemNew(int interface, int protocol, const QString &name, const QString &type,
                 const QString &domain, uint flags);
    void itemRemove(int interface, int protocol, const QString &name, const QString &type,
                    const QString &domain, uint flags);

private:
    using Ways = QMap<Way, std::optional<Neighbour>>;

    void resolved(const QString &name, Way way, const Neighbour &neighbour);
    void forgetAll();

    Neighbours &m_neighbours;
    const QString m_connectionName;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QMap<QString, Ways> m_seen; ///< by name; without a neighbour until it is resolved
    int m_era = 0;              ///< of the daemon
};

Neighbours::Avahi::Avahi(Neighbours &neighbours, const QString &bus)
    : m_neighbours(neighbours)
    , m_connectionName(QUuid::createUuid().toString())
    , m_bus(bus.isEmpty()
                ? QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_connectionName)
                : QDBusConnection::connectToBus(bus, m_connectionName))
    , m_watcher(Service, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &Avahi::browse);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &Avahi::forgetAll);
    // On any path, and before there is a browser: its first words may come before its name does.
    m_bus.connect(Service, {}, BrowserFace, QStringLiteral("ItemNew"), this,
                  SLOT(itemNew(int, int, QString, QString, QString, uint)));
    m_bus.connect(Service, {}, BrowserFace, QStringLiteral("ItemRemove"), this,
                  SLOT(itemRemove(int, int, QString, QString, QString, uint)));
}

void Neighbours::Avahi::browse()
{
    forgetAll();
    m_bus.asyncCall(call(QStringLiteral("ServiceBrowserNew"),
                         {AnyInterface, AnyProtocol, protocol::LanService, QString(), 0U}));
}

QList<Neighbour> Neighbours::Avahi::all() const
{
    QList<Neighbour> known;
    for (const Ways &ways : m_seen)
        for (const auto &neighbour : ways)
            if (neighbour) {
                known += *neighbour;
                break;
            }
    return known;
}

void Neighbours::Avahi::itemNew(int interface, int protocol, const QString &name,
                                const QString &type, const QString &domain, uint)
{
    const bool isKnown = m_seen.contains(name);
    if (type != protocol::LanService || name.isEmpty() || name.toUtf8().size() > LongestName ||
        (!isKnown && m_seen.size() >= Most))
        return;
    const Way way{interface, protocol};
    m_seen[name].insert(way, std::nullopt);
    auto *watcher = new QDBusPendingCallWatcher(
        m_bus.asyncCall(call(QStringLiteral("ResolveService"),
                             {interface, protocol, name, type, domain, protocol, 0U})),
        this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, name, way, era = m_era] {
                watcher->deleteLater();
                if (watcher->isError() || era != m_era)
                    return;
                if (const auto neighbour = neighbourOf(watcher->reply().arguments());
                    neighbour && neighbour->name == name)
                    resolved(name, way, *neighbour);
            });
}

/// One address is enough: others are told when that one goes.
void Neighbours::Avahi::resolved(const QString &name, Way way, const Neighbour &neighbour)
{
    const auto seen = m_seen.find(name);
    if (seen == m_seen.end() || !seen->contains(way))
        return; // it went meanwhile
    const bool isFirst = std::none_of(seen->cbegin(), seen->cend(),
                                      [](const auto &known) { return known.has_value(); });
    seen->insert(way, neighbour);
    if (isFirst)
        Q_EMIT m_neighbours.found(neighbour);
}

void Neighbours::Avahi::itemRemove(int interface, int protocol, const QString &name,
                                   const QString &type, const QString &, uint)
{
    const auto seen = m_seen.find(name);
    if (type != protocol::LanService || seen == m_seen.end())
        return;
    const auto gone = seen->take({interface, protocol});
    const auto left = std::find_if(seen->cbegin(), seen->cend(),
                                   [](const auto &known) { return known.has_value(); });
    if (left != seen->cend()) {
        if (gone)
            Q_EMIT m_neighbours.found(**left);
        return;
    }
    if (seen->isEmpty())
        m_seen.erase(seen);
    if (gone)
        Q_EMIT m_neighbours.lost(name);
}

void Neighbours::Avahi::forgetAll()
{
    ++m_era;
    const QList<Neighbour> known = all();
    m_seen.clear();
    for (const Neighbour &neighbour : known)
        Q_EMIT m_neighbours.lost(neighbour.name);
}

Neighbours::Neighbours(const QString &bus, QObject *parent)
    : QObject(parent)
    , m_avahi(std::make_unique<Avahi>(*this, bus))
{
    m_avahi->browse();
}

Neighbours::~Neighbours() = default;

QList<Neighbour> Neighbours::all() const
{
    return m_avahi->all();
}

} // namespace simmer::syncclient

#include "Neighbours.moc"

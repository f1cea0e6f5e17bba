// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/Beacon.h"

#include "protocol/LanSign.h"
#include "protocol/Messages.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QUuid>

namespace simmer::syncserver {

namespace {

// avahi-common/defs.h
const QString Service = QStringLiteral("org.freedesktop.Avahi");
const QString ServerFace = QStringLiteral("org.freedesktop.Avahi.Server");
const QString GroupFace = QStringLiteral("org.freedesktop.Avahi.EntryGroup");
constexpr int AnyInterface = -1;
constexpr int AnyProtocol = -1;
constexpr int ServerRunning = 2;
enum GroupState { Uncommitted, Registering, Established, Collision, Failure };

QDBusMessage call(const QString &path, const QString &face, const QString &what,
                  const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(Service, path, face, what);
    message.setArguments(arguments);
    message.setAutoStartService(false); // who stopped Avahi wants it so
    return message;
}

} // namespace

/// The talk with avahi-daemon. A group of entries is made anew whenever the daemon is.
class Beacon::Avahi : public QObject
{
    Q_OBJECT

public:
    Avahi(Beacon &beacon, const Sign &sign, const QString &bus);
    ~Avahi() override;

    void begin();

private Q_SLOTS:
    void serverChanged(int state, const QString &why);
    void groupChanged(int state, const QString &why, const QDBusMessage &message);

private:
    void makeGroup();
    void addService();
    void hush(const QString &why);
    /// Calls, and goes on with `then` unless it failed or another group was begun meanwhile.
    template<class Then>
    void ask(const QDBusMessage &message, Then then);

    Beacon &m_beacon;
    const Sign m_sign;
    const QString m_connectionName;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    QString m_group; ///< its path; empty without one
    int m_attempt = 0;
    int m_number = 1;
};

Beacon::Avahi::Avahi(Beacon &beacon, const Sign &sign, const QString &bus)
    : m_beacon(beacon)
    , m_sign(sign)
    , m_connectionName(QUuid::createUuid().toString())
    , m_bus(bus.isEmpty()
                ? QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_connectionName)
                : QDBusConnection::connectToBus(bus, m_connectionName))
    , m_watcher(Service, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    qDBusRegisterMetaType<QByteArrayList>(); // the TXT record
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, &Avahi::makeGroup);
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        ++m_attempt;
        m_group.clear();
        hush(QStringLiteral("avahi-daemon went away"));
    });
    m_bus.connect(Service, QStringLiteral("/"), ServerFace, QStringLiteral("StateChanged"), this,
                  SLOT(serverChanged(int, QString)));
    m_bus.connect(Service, {}, GroupFace, QStringLiteral("StateChanged"), this,
                  SLOT(groupChanged(int, QString, QDBusMessage)));
}

Beacon::Avahi::~Avahi()
{
    if (!m_group.isEmpty())
        m_bus.send(call(m_group, GroupFace, QStringLiteral("Free")));
    QDBusConnection::disconnectFromBus(m_connectionName);
}

void Beacon::Avahi::begin()
{
    if (m_bus.isConnected())
        makeGroup();
    else
        hush(QStringLiteral("there is no D-Bus"));
}

template<class Then>
void Beacon::Avahi::ask(const QDBusMessage &message, Then then)
{
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, then, attempt = m_attempt] {
                watcher->deleteLater();
                if (attempt != m_attempt)
                    return;
                if (watcher->isError())
                    hush(watcher->error().message());
                else
                    then(*watcher);
            });
}

void Beacon::Avahi::makeGroup()
{
    ++m_attempt;
    m_group.clear();
    ask(call(QStringLiteral("/"), ServerFace, QStringLiteral("EntryGroupNew")),
        [this](const QDBusPendingReply<QDBusObjectPath> &group) {
            m_group = group.value().path();
            addService();
        });
}

void Beacon::Avahi::addService()
{
    const protocol::LanSign sign{protocol::ProtocolVersion, m_sign.fingerprint};
    const QVariantList entry{AnyInterface,
                             AnyProtocol,
                             0U,
                             QStringLiteral("Simmer %1").arg(m_number),
                             protocol::LanService,
                             QString(), // the daemon's own domain and host
                             QString(),
                             QVariant::fromValue(m_sign.port),
                             QVariant::fromValue(protocol::toTxt(sign))};
    ask(call(m_group, GroupFace, QStringLiteral("AddService"), entry), [this](const auto &) {
        ask(call(m_group, GroupFace, QStringLiteral("Commit")), [](const auto &) {});
    });
}

/// After the host's own name changed all has to be said again.
void Beacon::Avahi::serverChanged(int state, const QString &)
{
    if (state == ServerRunning && m_beacon.name().isEmpty() && m_group.isEmpty()) {
        makeGroup();
    } else if (state != ServerRunning && !m_group.isEmpty()) {
        m_bus.send(call(m_group, GroupFace, QStringLiteral("Free")));
        ++m_attempt;
        m_group.clear();
        hush(QStringLiteral("avahi-daemon is looking for a name"));
    }
}

void Beacon::Avahi::groupChanged(int state, const QString &why, const QDBusMessage &message)
{
    if (message.path() != m_group)
        return;
    switch (state) {
    case Established:
        m_beacon.m_name = QStringLiteral("Simmer %1").arg(m_number);
        Q_EMIT m_beacon.announced(m_beacon.m_name);
        break;
    case Collision:
        if (++m_number > MostNames) {
            m_number = 1;
            hush(QStringLiteral("all names are taken"));
            break;
        }
        m_beacon.m_name.clear();
        ask(call(m_group, GroupFace, QStringLiteral("Reset")),
            [this](const auto &) { addService(); });
        break;
    case Failure:
        hush(why);
        break;
    default: // on its way
        break;
    }
}

void Beacon::Avahi::hush(const QString &why)
{
    m_beacon.m_name.clear();
    Q_EMIT m_beacon.silent(why);
}

Beacon::Beacon(const Sign &sign, const QString &bus, QObject *parent)
    : QObject(parent)
    , m_avahi(std::make_unique<Avahi>(*this, sign, bus))
{
    QMetaObject::invokeMethod(
        m_avahi.get(), [this] { m_avahi->begin(); }, Qt::QueuedConnection); // once it is heard
}

Beacon::~Beacon() = default;

} // namespace simmer::syncserver

#include "Beacon.moc"

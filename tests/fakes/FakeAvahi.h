// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QHash>
#include <QMap>
#include <QObject>

#include <memory>

namespace simmer::fakes {

/// A service as avahi-daemon keeps it.
struct AvahiEntry {
    QString name;
    QString type;
    QString address = QStringLiteral("192.168.1.7");
    quint16 port = 0;
    QByteArrayList txt;
    int interface = 2;
    int protocol = 0;
};

class FakeAvahi;

/// org.freedesktop.Avahi.EntryGroup
class AvahiGroup : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.EntryGroup")

public:
    AvahiGroup(FakeAvahi &avahi, QString path)
        : m_avahi(avahi)
        , m_path(std::move(path))
    {
    }

public Q_SLOTS:
    void AddService(int interface, int protocol, uint flags, const QString &name,
                    const QString &type, const QString &domain, const QString &host, ushort port,
                    const QByteArrayList &txt);
    void Commit();
    void Reset();
    void Free();

private:
    FakeAvahi &m_avahi;
    const QString m_path;
    AvahiEntry m_entry;
};

/// org.freedesktop.Avahi.Server: what of avahi-daemon is used here, in the test's process but on a
/// connection of its own.
class FakeAvahi : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Avahi.Server")

public:
    explicit FakeAvahi(const QString &bus)
        : m_name(QStringLiteral("fake avahi %1").arg(quintptr(this)))
        , m_bus(QDBusConnection::connectToBus(bus, m_name))
    {
        qDBusRegisterMetaType<QByteArrayList>();
        m_bus.registerObject(QStringLiteral("/"), this, QDBusConnection::ExportAllSlots);
        m_bus.registerService(QStringLiteral("org.freedesktop.Avahi"));
    }
    ~FakeAvahi() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Avahi"));
        m_groups.clear();
        QDBusConnection::disconnectFromBus(m_name);
    }
    Q_DISABLE_COPY_MOVE(FakeAvahi)

    /// What was committed, by group.
    const QMap<QString, AvahiEntry> &published() const { return m_published; }
    /// Others of the house have these names.
    QStringList taken;

    /// Somebody in the house comes and goes.
    void appear(const AvahiEntry &entry)
    {
        m_house += entry;
        tellBrowser(QStringLiteral("ItemNew"), entry);
    }
    void vanish(const AvahiEntry &entry) { tellBrowser(QStringLiteral("ItemRemove"), entry); }
    /// The state of the daemon (2: runs, 3: its host name is taken).
    void changeState(int state)
    {
        if (state != 2)
            m_published.clear();
        tell(QStringLiteral("/"), QStringLiteral("org.freedesktop.Avahi.Server"),
             QStringLiteral("StateChanged"), {state, QString()});
    }
    /// Somebody takes the name of a group that stood.
    void collide(const QString &group)
    {
        taken += m_published.take(group).name;
        tellGroup(group, 3);
    }

    void commit(const QString &group, const AvahiEntry &entry)
    {
        tellGroup(group, 1);
        if (taken.contains(entry.name)) {
            tellGroup(group, 3);
            return;
        }
        m_published.insert(group, entry);
        tellGroup(group, 2);
    }
    void withdraw(const QString &group) { m_published.remove(group); }

public Q_SLOTS:
    QDBusObjectPath EntryGroupNew()
    {
        const QString path = QStringLiteral("/group%1").arg(++m_number);
        const auto group = std::make_shared<AvahiGroup>(*this, path);
        m_groups.insert(path, group);
        m_bus.registerObject(path, group.get(), QDBusConnection::ExportAllSlots);
        return QDBusObjectPath(path);
    }
    QDBusObjectPath ServiceBrowserNew(int, int, const QString &type, const QString &, uint)
    {
        m_browsed = type;
        for (const AvahiEntry &entry : std::as_const(m_house)) // even before it answers
            tellBrowser(QStringLiteral("ItemNew"), entry);
        return QDBusObjectPath(QStringLiteral("/browser"));
    }
    int ResolveService(int interface, int protocol, const QString &name, const QString &type,
                       const QString &domain, int addressProtocol, uint, int &outProtocol,
                       QString &outName, QString &outType, QString &outDomain, QString &host,
                       int &outAddressProtocol, QString &address, ushort &port, QByteArrayList &txt,
                       uint &flags)
    {
        outProtocol = protocol;
        outName = name;
        outType = type;
        outDomain = domain;
        host = QStringLiteral("somewhere.local");
        outAddressProtocol = addressProtocol;
        flags = 0;
        for (const AvahiEntry &entry : std::as_const(m_house))
            if (entry.name == name && entry.interface == interface && entry.protocol == protocol) {
                address = entry.address;
                port = entry.port;
                txt = entry.txt;
            }
        return interface;
    }

private:
    void tell(const QString &path, const QString &face, const QString &signal,
              const QVariantList &arguments)
    {
        QDBusMessage message = QDBusMessage::createSignal(path, face, signal);
        message.setArguments(arguments);
        m_bus.send(message);
    }
    void tellGroup(const QString &group, int state)
    {
        tell(group, QStringLiteral("org.freedesktop.Avahi.EntryGroup"),
             QStringLiteral("StateChanged"), {state, QString()});
    }
    void tellBrowser(const QString &signal, const AvahiEntry &entry)
    {
        if (!m_browsed.isEmpty())
            tell(QStringLiteral("/browser"), QStringLiteral("org.freedesktop.Avahi.ServiceBrowser"),
                 signal,
                 {entry.interface, entry.protocol, entry.name, entry.type, QStringLiteral("local"),
                  0U});
    }

    const QString m_name;
    QDBusConnection m_bus;
    int m_number = 0;
    QHash<QString, std::shared_ptr<AvahiGroup>> m_groups;
    QMap<QString, AvahiEntry> m_published;
    QList<AvahiEntry> m_house;
    QString m_browsed;
};

inline void AvahiGroup::AddService(int, int, uint, const QString &name, const QString &type,
                                   const QString &domain, const QString &host, ushort port,
                                   const QByteArrayList &txt)
{
    Q_ASSERT(domain.isEmpty() && host.isEmpty());
    m_entry.name = name;
    m_entry.type = type;
    m_entry.port = port;
    m_entry.txt = txt;
}

inline void AvahiGroup::Commit()
{
    m_avahi.commit(m_path, m_entry);
}

inline void AvahiGroup::Reset()
{
    m_avahi.withdraw(m_path);
}

inline void AvahiGroup::Free()
{
    m_avahi.withdraw(m_path);
}

} // namespace simmer::fakes

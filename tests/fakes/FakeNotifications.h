// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace simmer::fakes {

/// A notification as the server was told it.
struct ShownNote {
    QString title;
    QString body;
    QStringList actions; ///< id, label, id, label …
    int urgency = -1;
    int timeout = -1;
    uint replaces = 0;
};

/// org.freedesktop.Notifications: what a desktop's server does, in the test's process but on a
/// connection of its own.
class FakeNotifications : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

public:
    explicit FakeNotifications(const QString &bus, uint firstId = 1)
        : m_name(QStringLiteral("fake notifications %1").arg(quintptr(this)))
        , m_bus(QDBusConnection::connectToBus(bus, m_name))
        , m_next(firstId)
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/Notifications"), this,
                             QDBusConnection::ExportAllSlots);
        m_bus.registerService(QStringLiteral("org.freedesktop.Notifications"));
    }
    ~FakeNotifications() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
        QDBusConnection::disconnectFromBus(m_name);
    }
    Q_DISABLE_COPY_MOVE(FakeNotifications)

    QStringList can{QStringLiteral("actions"), QStringLiteral("body")};
    const QMap<uint, ShownNote> &shown() const { return m_shown; }
    int told() const { return m_told; }
    ShownNote only() const { return m_shown.size() == 1 ? m_shown.first() : ShownNote(); }

    void press(uint id, const QString &action)
    {
        tell(QStringLiteral("ActionInvoked"), {id, action});
    }
    /// The person closes it.
    void dismiss(uint id)
    {
        m_shown.remove(id);
        tell(QStringLiteral("NotificationClosed"), {id, 2U});
    }

public Q_SLOTS:
    QStringList GetCapabilities() { return can; }
    uint Notify(const QString &, uint replaces, const QString &, const QString &title,
                const QString &body, const QStringList &actions, const QVariantMap &hints,
                int timeout)
    {
        const uint id = m_shown.contains(replaces) ? replaces : m_next++;
        m_shown.insert(id, {title, body, actions, hints.value(QStringLiteral("urgency")).toInt(),
                            timeout, replaces});
        ++m_told;
        return id;
    }
    void CloseNotification(uint id)
    {
        if (m_shown.remove(id) > 0)
            tell(QStringLiteral("NotificationClosed"), {id, 3U});
    }

private:
    void tell(const QString &signal, const QVariantList &arguments)
    {
        QDBusMessage message =
            QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/Notifications"),
                                       QStringLiteral("org.freedesktop.Notifications"), signal);
        message.setArguments(arguments);
        m_bus.send(message);
    }

    const QString m_name;
    QDBusConnection m_bus;
    uint m_next;
    int m_told = 0;
    QMap<uint, ShownNote> m_shown;
};

} // namespace simmer::fakes

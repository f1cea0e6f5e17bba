// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QStringList>

#include <fcntl.h>
#include <unistd.h>

namespace simmer::fakes {

/// org.freedesktop.login1.Manager: gives inhibitors as logind does, as one end of a pipe; the other
/// end tells whether it is still held.
class FakeLogind : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")

public:
    explicit FakeLogind(const QString &bus)
        : m_name(QStringLiteral("fake logind %1").arg(quintptr(this)))
        , m_bus(QDBusConnection::connectToBus(bus, m_name))
    {
        m_bus.registerObject(QStringLiteral("/org/freedesktop/login1"), this,
                             QDBusConnection::ExportAllSlots);
        m_bus.registerService(QStringLiteral("org.freedesktop.login1"));
    }
    ~FakeLogind() override
    {
        m_bus.unregisterService(QStringLiteral("org.freedesktop.login1"));
        QDBusConnection::disconnectFromBus(m_name);
        for (const int end : m_ends)
            ::close(end);
    }
    Q_DISABLE_COPY_MOVE(FakeLogind)

    bool refuses = false;
    /// What was asked for: what, who, why, mode.
    const QList<QStringList> &asked() const { return m_asked; }
    /// How many of those given are still held.
    int held() const
    {
        int count = 0;
        for (const int end : m_ends) {
            char byte = 0;
            count += ::read(end, &byte, 1) == 0 ? 0 : 1; // 0: the other end is closed
        }
        return count;
    }

public Q_SLOTS:
    QDBusUnixFileDescriptor Inhibit(const QString &what, const QString &who, const QString &why,
                                    const QString &mode)
    {
        m_asked.append({what, who, why, mode});
        if (refuses) {
            sendErrorReply(QDBusError::AccessDenied, QStringLiteral("not here"));
            return {};
        }
        int ends[2] = {-1, -1};
        if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return {};
        m_ends.append(ends[0]);
        QDBusUnixFileDescriptor given;
        given.giveFileDescriptor(ends[1]);
        return given;
    }

private:
    const QString m_name;
    QDBusConnection m_bus;
    QList<QStringList> m_asked;
    QList<int> m_ends;
};

} // namespace simmer::fakes

// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/AwakeHold.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUuid>

namespace simmer::ui {

namespace {

// https://specifications.freedesktop.org/idle-inhibit-spec/latest/
constexpr int AnswerWithinMs = 3000;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"),
                                          QStringLiteral("/org/freedesktop/ScreenSaver"),
                                          QStringLiteral("org.freedesktop.ScreenSaver"), method);
}

QDBusConnection connection(const QString &name)
{
    return name.isEmpty() ? QDBusConnection::sessionBus() : QDBusConnection(name);
}

} // namespace

AwakeHold::AwakeHold(const QString &address, QObject *parent)
    : QObject(parent)
{
    if (address.isEmpty())
        return;
    m_bus = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QDBusConnection::connectToBus(address, m_bus);
}

AwakeHold::~AwakeHold()
{
    release();
    if (!m_bus.isEmpty())
        QDBusConnection::disconnectFromBus(m_bus);
}

void AwakeHold::hold(const QString &why)
{
    m_isWished = true;
    if (m_cookie || m_isAsking || !connection(m_bus).isConnected())
        return;
    m_isAsking = true;
    QDBusMessage inhibit = call(QStringLiteral("Inhibit"));
    inhibit << QStringLiteral("Simmer") << why;
    auto *answer =
        new QDBusPendingCallWatcher(connection(m_bus).asyncCall(inhibit, AnswerWithinMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<quint32> reply = *answer;
        answered(reply.isError() ? std::nullopt : std::optional(reply.value()));
        answer->deleteLater();
    });
}

void AwakeHold::answered(std::optional<quint32> cookie)
{
    m_isAsking = false;
    m_cookie = cookie;
    if (!m_isWished)
        return release();
    if (cookie)
        Q_EMIT heldChanged(true);
}

void AwakeHold::release()
{
    m_isWished = false;
    if (!m_cookie)
        return;
    QDBusMessage let = call(QStringLiteral("UnInhibit"));
    let << *m_cookie;
    m_cookie.reset();
    connection(m_bus).send(let);
    Q_EMIT heldChanged(false);
}

} // namespace simmer::ui

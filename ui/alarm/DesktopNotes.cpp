// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/DesktopNotes.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUuid>
#include <QVariantMap>

namespace simmer::ui {

namespace {

// https://specifications.freedesktop.org/notification-spec/1.2/
const QString Service = QStringLiteral("org.freedesktop.Notifications");
const QString Path = QStringLiteral("/org/freedesktop/Notifications");
constexpr uint DismissedByUser = 2;
constexpr int AnswerWithinMs = 3000; // a server that is only being started

QDBusMessage call(const QString &what, const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(Service, Path, Service, what);
    message.setArguments(arguments);
    return message;
}

} // namespace

DesktopNotes::DesktopNotes(const QString &bus, QObject *parent)
    : QObject(parent)
    , m_name(QUuid::createUuid().toString())
    , m_bus(bus.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name)
                          : QDBusConnection::connectToBus(bus, m_name))
    , m_watcher(Service, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    if (!m_bus.isConnected()) {
        m_server = Server::Absent;
        return;
    }
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, [this] {
        serverWent();
        ask();
    });
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &DesktopNotes::serverWent);
    m_bus.connect(Service, Path, Service, QStringLiteral("ActionInvoked"), this,
                  SLOT(actionInvoked(uint, QString)));
    m_bus.connect(Service, Path, Service, QStringLiteral("NotificationClosed"), this,
                  SLOT(notificationClosed(uint, uint)));
    ask();
}

DesktopNotes::~DesktopNotes()
{
    withdrawAll();
    QDBusConnection::disconnectFromBus(m_name);
}

void DesktopNotes::ask()
{
    m_server = Server::Asked;
    auto *answer = new QDBusPendingCallWatcher(
        m_bus.asyncCall(call(QStringLiteral("GetCapabilities")), AnswerWithinMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, era = m_era] {
        answer->deleteLater();
        if (era != m_era)
            return;
        const QDBusPendingReply<QStringList> reply = *answer;
        if (!reply.isError())
            return serverCame(reply.value());
        m_server = Server::Absent;
        for (Shown &shown : m_shown)
            if (shown.next)
                Q_EMIT unheard(*shown.next);
    });
}

void DesktopNotes::serverCame(const QStringList &can)
{
    m_server = Server::There;
    m_can = can;
    const QStringList keys = m_shown.keys();
    for (const QString &key : keys)
        send(key);
}

/// What stands is shown again by the next server.
void DesktopNotes::serverWent()
{
    ++m_era;
    m_server = Server::Absent;
    m_can.clear();
    m_shown.removeIf([](const QHash<QString, Shown>::iterator &entry) { return entry->isOver; });
    for (Shown &shown : m_shown) {
        if (!shown.next)
            shown.next = shown.note;
        shown.id = 0;
        shown.isUnderWay = false;
    }
}

void DesktopNotes::show(const QString &key, const DesktopNote &note)
{
    Shown &shown = m_shown[key];
    shown.isOver = false;
    shown.next = note;
    if (m_server == Server::There)
        return send(key);
    if (m_server != Server::Absent)
        return;
    // The bus may start a server for who asks; until then another way has to do.
    if (m_bus.isConnected())
        ask();
    else
        Q_EMIT unheard(note);
}

void DesktopNotes::send(const QString &key)
{
    Shown &shown = m_shown[key];
    if (shown.isUnderWay || !shown.next)
        return;
    shown.note = *std::exchange(shown.next, std::nullopt);
    shown.isUnderWay = true;
    const DesktopNote &note = shown.note;
    QStringList actions;
    if (m_can.contains(QLatin1String("actions")))
        for (const DesktopNote::Action &action : note.actions)
            actions << action.id << action.label;
    const QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue(uchar(note.urgency))},
                            {QStringLiteral("desktop-entry"), QStringLiteral("simmer")},
                            {QStringLiteral("suppress-sound"), true}, // the alarm has its own
                            {QStringLiteral("transient"), note.goneAfterMs > 0}};
    const bool marked = m_can.contains(QLatin1String("body-markup"));
    auto *answer = new QDBusPendingCallWatcher(
        m_bus.asyncCall(call(QStringLiteral("Notify"),
                             {QStringLiteral("Simmer"), shown.id, QStringLiteral("simmer"),
                              note.title, marked ? note.body.toHtmlEscaped() : note.body, actions,
                              hints, note.goneAfterMs})),
        this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, key, era = m_era] {
        answer->deleteLater();
        if (era != m_era)
            return;
        const QDBusPendingReply<uint> reply = *answer;
        if (reply.isError() && m_shown.contains(key))
            Q_EMIT unheard(m_shown.value(key).note);
        sent(key, reply.isError() ? 0 : reply.value());
    });
}

void DesktopNotes::sent(const QString &key, uint id)
{
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return close(id);
    found->isUnderWay = false;
    found->id = id;
    if (found->isOver) {
        m_shown.erase(found);
        return close(id);
    }
    send(key);
}

void DesktopNotes::withdraw(const QString &key)
{
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return;
    if (found->isUnderWay) {
        found->isOver = true;
        found->next.reset();
        return;
    }
    const uint id = found->id;
    m_shown.erase(found);
    close(id);
}

void DesktopNotes::withdrawAll()
{
    const QStringList keys = m_shown.keys();
    for (const QString &key : keys)
        withdraw(key);
}

void DesktopNotes::close(uint id)
{
    if (id != 0 && m_server == Server::There)
        m_bus.asyncCall(call(QStringLiteral("CloseNotification"), {id}));
}

QString DesktopNotes::keyOf(uint id) const
{
    for (auto it = m_shown.cbegin(); it != m_shown.cend(); ++it)
        if (it->id == id && id != 0)
            return it.key();
    return {};
}

void DesktopNotes::actionInvoked(uint id, const QString &action)
{
    const QString key = keyOf(id);
    if (!key.isEmpty())
        Q_EMIT acted(key, action);
}

void DesktopNotes::notificationClosed(uint id, uint reason)
{
    const QString key = keyOf(id);
    if (key.isEmpty())
        return;
    Shown &shown = m_shown[key];
    shown.id = 0;
    if (!shown.isUnderWay && !shown.next)
        m_shown.remove(key);
    if (reason == DismissedByUser)
        Q_EMIT dismissed(key);
}

} // namespace simmer::ui

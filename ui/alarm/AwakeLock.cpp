// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AwakeLock.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QUuid>

#include <algorithm>

namespace simmer::ui {

namespace {

// https://www.freedesktop.org/wiki/Software/systemd/inhibit/
const QString Service = QStringLiteral("org.freedesktop.login1");
const QString Path = QStringLiteral("/org/freedesktop/login1");
const QString Face = QStringLiteral("org.freedesktop.login1.Manager");
constexpr int AnswerWithinMs = 5000;
constexpr int AgainMs = 10 * 60'000;

} // namespace

AwakeLock::AwakeLock(LiveTimers &timers, const QString &bus, QObject *parent)
    : QObject(parent)
    , m_timers(timers)
    , m_name(QUuid::createUuid().toString())
    , m_bus(bus.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SystemBus, m_name)
                          : QDBusConnection::connectToBus(bus, m_name))
    , m_watcher(Service, m_bus, QDBusServiceWatcher::WatchForOwnerChange)
{
    connect(&timers, &LiveTimers::changed, this, &AwakeLock::review);
    connect(&timers, &LiveTimers::loaded, this, &AwakeLock::review);
    m_again.setInterval(AgainMs);
    connect(&m_again, &QTimer::timeout, this, &AwakeLock::review);
    m_again.start();
    // A lock dies with the daemon that gave it.
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &AwakeLock::release);
    connect(&m_watcher, &QDBusServiceWatcher::serviceRegistered, this, [this] {
        release();
        m_refused = false;
        review();
    });
    review();
}

AwakeLock::~AwakeLock()
{
    QDBusConnection::disconnectFromBus(m_name);
}

void AwakeLock::setAllowed(bool allowed)
{
    m_allowed = allowed;
    review();
}

bool AwakeLock::isWanted() const
{
    if (!m_allowed || !m_timers.isLoaded())
        return false;
    const QList<timers::Timer> all = m_timers.onPass();
    return std::any_of(all.cbegin(), all.cend(), [this](const timers::Timer &timer) {
        return timer.phase == timers::Phase::Running && timer.endAt - m_timers.now() <= HorizonMs &&
               !m_timers.isLate(timer.id);
    });
}

void AwakeLock::review()
{
    if (!isWanted())
        return release();
    if (!isHeld() && !m_asked && !m_refused)
        ask();
}

void AwakeLock::ask()
{
    if (!m_bus.isConnected()) {
        m_refused = true;
        return Q_EMIT refused();
    }
    QDBusMessage message =
        QDBusMessage::createMethodCall(Service, Path, Face, QStringLiteral("Inhibit"));
    message << QStringLiteral("sleep:idle") << QStringLiteral("Simmer") << tr("A timer runs")
            << QStringLiteral("block");
    m_asked = true;
    auto *answer = new QDBusPendingCallWatcher(m_bus.asyncCall(message, AnswerWithinMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        answer->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *answer;
        answered(reply.isError() ? QDBusUnixFileDescriptor() : reply.value());
    });
}

void AwakeLock::answered(const QDBusUnixFileDescriptor &lock)
{
    m_asked = false;
    if (!lock.isValid()) {
        if (!std::exchange(m_refused, true))
            Q_EMIT refused();
        return;
    }
    m_lock = lock;
    Q_EMIT heldChanged(true);
    review(); // perhaps nothing runs any more
}

void AwakeLock::release()
{
    if (!isHeld())
        return;
    m_lock = {};
    Q_EMIT heldChanged(false);
}

} // namespace simmer::ui

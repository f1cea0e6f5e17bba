// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/DesktopWishes.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace simmer::ui {

namespace {

// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
constexpr uint PreferDark = 1;
constexpr int AnswerWithinMs = 2000;

QString service()
{
    return QStringLiteral("org.freedesktop.portal.Desktop");
}
QString path()
{
    return QStringLiteral("/org/freedesktop/portal/desktop");
}
QString interface()
{
    return QStringLiteral("org.freedesktop.portal.Settings");
}
// What is asked for: the group and the key in it.
const QString Appearance = QStringLiteral("org.freedesktop.appearance");
const QString ColourScheme = QStringLiteral("color-scheme");
const QString Gnome = QStringLiteral("org.gnome.desktop.interface");
const QString Animations = QStringLiteral("enable-animations");

/// The portal's Read wraps its answer in a second variant.
QVariant unwrapped(QVariant value)
{
    for (int layer = 0; layer < 3 && value.canConvert<QDBusVariant>(); ++layer)
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopWishes::DesktopWishes(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service(), path(), interface(), QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask(Appearance, ColourScheme);
    ask(Gnome, Animations);
}

void DesktopWishes::ask(const QString &group, const QString &key)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("Read"));
    message << group << key;
    auto *answer = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(message, AnswerWithinMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, group, key] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError())
            settingChanged(group, key, reply.value());
        answer->deleteLater();
    });
}

void DesktopWishes::settingChanged(const QString &group, const QString &key,
                                   const QDBusVariant &value)
{
    const QVariant said = unwrapped(value.variant());
    bool dark = m_dark;
    bool still = m_still;
    if (group == Appearance && key == ColourScheme)
        dark = said.toUInt() == PreferDark;
    else if (group == Gnome && key == Animations)
        still = said.isValid() && !said.toBool();
    if (dark == m_dark && still == m_still)
        return;
    m_dark = dark;
    m_still = still;
    Q_EMIT changed();
}

} // namespace simmer::ui

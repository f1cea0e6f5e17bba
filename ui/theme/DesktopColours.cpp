// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/DesktopColours.h"

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
QString appearance()
{
    return QStringLiteral("org.freedesktop.appearance");
}
QString colourScheme()
{
    return QStringLiteral("color-scheme");
}

/// The portal's Read wraps its answer in a second variant.
QVariant unwrapped(QVariant value)
{
    for (int layer = 0; layer < 3 && value.canConvert<QDBusVariant>(); ++layer)
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

DesktopColours::DesktopColours(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(service(), path(), interface(), QStringLiteral("SettingChanged"), this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    QDBusMessage ask =
        QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("Read"));
    ask << appearance() << colourScheme();
    auto *answer = new QDBusPendingCallWatcher(bus.asyncCall(ask, AnswerWithinMs), this);
    connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
        const QDBusPendingReply<QDBusVariant> reply = *answer;
        if (!reply.isError())
            take(reply.value().variant());
        answer->deleteLater();
    });
}

void DesktopColours::settingChanged(const QString &group, const QString &key,
                                    const QDBusVariant &value)
{
    if (group == appearance() && key == colourScheme())
        take(value.variant());
}

void DesktopColours::take(const QVariant &value)
{
    const bool dark = unwrapped(value).toUInt() == PreferDark;
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace simmer::ui {

/// Whether the desktop asks for dark colours, by the portal's org.freedesktop.appearance
/// color-scheme (Qt tells it only from 6.5 on). Asked without waiting; light until it answers and
/// where there is no session bus. GUI thread.
class DesktopColours : public QObject
{
    Q_OBJECT

public:
    explicit DesktopColours(QObject *parent = nullptr);

    bool prefersDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);

    bool m_dark = false;
};

} // namespace simmer::ui

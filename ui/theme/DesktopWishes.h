// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>

namespace simmer::ui {

/// Whether the desktop asks for dark colours and for less motion, by its portal (Qt tells the first
/// only from 6.5 on). Asked without waiting; light and lively until it answers and where there is
/// no session bus. GUI thread.
class DesktopWishes : public QObject
{
    Q_OBJECT

public:
    explicit DesktopWishes(QObject *parent = nullptr);

    bool prefersDark() const { return m_dark; }
    bool prefersLessMotion() const { return m_still; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &group, const QString &key);

    bool m_dark = false;
    bool m_still = false;
};

} // namespace simmer::ui

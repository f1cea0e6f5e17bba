// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <optional>

namespace simmer::ui {

/// Keeps the screen awake by org.freedesktop.ScreenSaver, which GNOME, KDE and Xfce answer. Asked
/// without waiting; where nobody answers nothing happens. GUI thread; lets go at its end.
class AwakeHold : public QObject
{
    Q_OBJECT

public:
    /// The session's bus, or that of an `address`.
    explicit AwakeHold(const QString &address = {}, QObject *parent = nullptr);
    ~AwakeHold() override;

    /// `why` in the user's words: desktops show it.
    void hold(const QString &why);
    void release();
    /// Whether the desktop agreed.
    bool isHeld() const { return m_cookie.has_value(); }

Q_SIGNALS:
    void heldChanged(bool held);

private:
    void answered(std::optional<quint32> cookie);

    QString m_bus; ///< the connection's name; empty for the session's
    std::optional<quint32> m_cookie;
    bool m_isWished = false;
    bool m_isAsking = false;
};

} // namespace simmer::ui

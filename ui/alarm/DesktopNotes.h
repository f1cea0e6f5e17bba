// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

namespace simmer::ui {

/// A notification of the desktop.
struct DesktopNote {
    enum class Urgency { Low = 0, Normal = 1, Critical = 2 };
    struct Action {
        QString id;
        QString label;

        bool operator==(const Action &) const = default;
    };

    QString title;
    QString body; ///< plain text
    Urgency urgency = Urgency::Normal;
    int goneAfterMs = 0; ///< 0: stays until it is answered
    QList<Action> actions;

    bool operator==(const DesktopNote &) const = default;
};

/// The desktop's notifications (org.freedesktop.Notifications): one for each key, replaced in its
/// place, and withdrawn. Where no server answers it says so, and shows what still stands when one
/// comes. Never blocks. GUI thread.
class DesktopNotes : public QObject
{
    Q_OBJECT

public:
    /// On the session's bus, or the one of that address.
    explicit DesktopNotes(const QString &bus = {}, QObject *parent = nullptr);
    ~DesktopNotes() override;

    void show(const QString &key, const DesktopNote &note);
    void withdraw(const QString &key);
    void withdrawAll();
    /// What the server can, by its own word; empty before it answered.
    const QStringList &capabilities() const { return m_can; }

Q_SIGNALS:
    /// The person chose an action; "default" is a click on the whole.
    void acted(const QString &key, const QString &action);
    /// The person closed it.
    void dismissed(const QString &key);
    /// Nobody there shows this one: tell it in another way.
    void unheard(const simmer::ui::DesktopNote &note);

private Q_SLOTS:
    void actionInvoked(uint id, const QString &action);
    void notificationClosed(uint id, uint reason);

private:
    enum class Server { Unknown, Asked, There, Absent };
    struct Shown {
        uint id = 0;
        bool isUnderWay = false;         ///< Notify was called, its id is not known yet
        std::optional<DesktopNote> next; ///< to be shown; after the answer when one is under way
        bool isOver = false;             ///< to be closed as soon as its id is known
        DesktopNote note;
    };

    void ask();
    void serverCame(const QStringList &can);
    void serverWent();
    void send(const QString &key);
    void sent(const QString &key, uint id);
    void close(uint id);
    QString keyOf(uint id) const;

    const QString m_name;
    QDBusConnection m_bus;
    QDBusServiceWatcher m_watcher;
    Server m_server = Server::Unknown;
    QStringList m_can;
    int m_era = 0; ///< of the server: ids of an earlier one mean nothing
    QHash<QString, Shown> m_shown;
};

} // namespace simmer::ui

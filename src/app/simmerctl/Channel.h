// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Desk.h"
#include "app/DeskSocket.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

class QLocalSocket;

namespace simmer::app {

/// The way to a profile's device: its own, when nobody holds the profile, else the door of the
/// program that does. Lives in the main thread.
class Channel : public QObject
{
    Q_OBJECT

public:
    /// How long to wait for a profile that is held by a program without a door (another short
    /// command), ms.
    static constexpr qint64 PatienceMs = 10'000;

    /// `lasting`: this program stays, so it opens a door for others while it holds the profile.
    Channel(const QString &profile, bool lasting);

    /// Begins; opened() or failed() follows.
    void open();
    /// One request at a time; answers come to `line` and `end`.
    void ask(const QJsonObject &request, const std::function<void(const QJsonObject &)> &line,
             const std::function<void(const std::optional<QString> &)> &end);
    /// Whether the device is ours and belongs to a kitchen: then nobody else keeps it in sync.
    bool syncsItself() const;

Q_SIGNALS:
    /// Something that people want to know although what they asked for is done all the same.
    void noticed(const QString &what);
    void opened();
    void failed(const QString &trouble);

private:
    void tryToOpen();
    void tryDoor();
    void own(std::unique_ptr<Device> device);
    void askThroughDoor(const QJsonObject &request,
                        const std::function<void(const QJsonObject &)> &line,
                        const std::function<void(const std::optional<QString> &)> &end);

    QString m_profile;
    bool m_lasting;
    QElapsedTimer m_trying;
    QTimer m_again;
    std::unique_ptr<Device> m_device;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<DeskSocket> m_door;
};

} // namespace simmer::app

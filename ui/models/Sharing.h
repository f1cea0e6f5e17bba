// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "base/Ids.h"
#include "base/Role.h"

#include <QList>
#include <QObject>
#include <QStringList>

#include <optional>

namespace simmer::ui {

/// A device of the shared kitchen, as its list shows it. Times are wall clock, ms.
struct SharedDevice {
    DeviceId id;
    QString name;
    Role role = Role::Owner;
    bool isThis = false;
    bool isHere = false; ///< connected now
    qint64 joined = 0;
    std::optional<qint64> seen = {};

    bool operator==(const SharedDevice &) const = default;
};

/// A one-time code that is still good.
struct Invitation {
    QString code; ///< four groups of four
    QString link; ///< all that another device needs, as one text
    Role role = Role::Cook;

    bool operator==(const Invitation &) const = default;
};

/// How this device's kitchen is shared.
struct SharingStatus {
    enum class State {
        Elsewhere, ///< the device is in another server's kitchen: nothing to share here
        Off,
        Starting,
        On,
    };

    State state = State::Off;
    bool isPaused = false; ///< Off, but it was shared from here: its devices wait
    QString kitchen;       ///< Elsewhere: that kitchen's name
    QStringList addresses; ///< On: "192.168.1.24:7464", the likeliest first
    QString key;           ///< On: the server's fingerprint in groups of four; empty without TLS
    QList<SharedDevice> devices;
    std::optional<Invitation> invitation;
    std::optional<Error> trouble; ///< why it is off although it was wished, or what fails
    quint16 takenPort = 0;        ///< that is the trouble: another program has it; 0: it is not
    quint16 otherPort = 0;        ///< the one to try then
};

/// The kitchen's server inside this program, as its dialog sees it. Lives in the GUI thread; no
/// command waits for anything but a server's end (two seconds at most). changed() or failed()
/// follows each.
class Sharing : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual const SharingStatus &status() const = 0;
    /// How long status().invitation is good from now, ms; 0 without one.
    virtual qint64 codeLeftMs() const = 0;

    virtual void switchOn() = 0;
    /// Every device goes on by itself with what it has, this one too.
    virtual void switchOff() = 0;
    /// Shares at status().otherPort; devices that know the old one have to join anew.
    virtual void takeOtherPort() = 0;
    /// Makes a one-time code for a device that shall have this role.
    virtual void invite(Role role) = 0;
    /// Puts a device out of the kitchen.
    virtual void remove(const DeviceId &device) = 0;

Q_SIGNALS:
    void changed();
    /// A device came in by a code.
    void joined(const QString &name);
    void failed(const simmer::Error &error);
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>

#include <memory>

namespace simmer::ui {

/// One sound on one output. GUI thread; owned by whoever asked for it.
class Voice : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// From its beginning; `endlessly`, or once.
    virtual void play(bool endlessly) = 0;
    virtual void stop() = 0;
    /// 0…1, as a share of what the device can, by ear.
    virtual void setLoudness(double share) = 0;

Q_SIGNALS:
    /// The file cannot be played after all.
    void failed();
};

/// Where this machine can be heard. GUI thread.
class Speakers : public QObject
{
    Q_OBJECT

public:
    struct Device {
        QByteArray id;
        QString name;

        bool operator==(const Device &) const = default;
    };

    using QObject::QObject;

    /// The default one first; empty where there is none.
    virtual QList<Device> devices() const = 0;
    /// On the device of that id, or the default one when it is not there.
    virtual std::unique_ptr<Voice> voice(const QUrl &sound, const QByteArray &device) = 0;

Q_SIGNALS:
    void changed();
};

/// Those that Qt Multimedia finds.
std::unique_ptr<Speakers> machineSpeakers();

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

class QMediaDevices;
class QSoundEffect;

namespace simmer::ui {

/// The bell: one sound however many timers ring, until none does; a soft one once for a check. On a
/// machine without a sound device it is silent and says so, because QSoundEffect would not. GUI
/// thread; owned by the window.
class AlarmSound : public QObject
{
    Q_OBJECT

public:
    explicit AlarmSound(QObject *parent = nullptr);
    ~AlarmSound() override;

    bool hasDevice() const { return m_hasDevice; }
    bool isRinging() const { return m_wanted; }
    /// Rings until told otherwise.
    void setRinging(bool wanted);
    /// The soft chime, once.
    void chime();

Q_SIGNALS:
    void deviceChanged(bool hasDevice);

private:
    void devicesChanged();
    void play();

    std::unique_ptr<QMediaDevices> m_devices;
    bool m_hasDevice = false;
    bool m_wanted = false;
    std::unique_ptr<QSoundEffect> m_bell; ///< absent without a device
    std::unique_ptr<QSoundEffect> m_chime;
};

} // namespace simmer::ui

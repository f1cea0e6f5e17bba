// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/Speakers.h"

#include <QElapsedTimer>
#include <QTimer>

namespace simmer::ui {

/// The bell: one sound however many timers ring, until none does; a soft one once for a check or a
/// cue. Begins softly and grows to the chosen volume in 20 s, to the full one when nobody comes. On
/// a machine without a sound device it is silent and says so, and begins when one appears. GUI
/// thread; owned by the AlarmDesk.
class AlarmSound : public QObject
{
    Q_OBJECT

public:
    /// How long it takes from soft to the chosen volume, and between two steps, ms.
    struct Pace {
        int rampMs = 20'000;
        int stepMs = 250;
    };

    explicit AlarmSound(std::unique_ptr<Speakers> speakers, QObject *parent = nullptr);
    AlarmSound(std::unique_ptr<Speakers> speakers, Pace pace, QObject *parent = nullptr);
    ~AlarmSound() override;

    bool hasDevice() const { return m_hasDevice; }
    QList<Speakers::Device> devices() const { return m_speakers->devices(); }
    bool isRinging() const { return m_ringing; }
    /// The sound that rings, or rang last.
    const QString &ringsBy() const { return m_ring; }
    /// What is heard now, 0…1; 0 while it is silent.
    double loudness() const;

    /// 0…100, of what the device can. Holds until nobody comes: then it is the full one.
    void setVolume(int percent);
    /// An id of devices(); empty or absent: the default one.
    void setDeviceId(const QByteArray &device);
    /// An id of RingSounds, or the absolute path of a WAV file that checkedWave() took.
    void setSound(const QString &choice);
    /// Whether it begins softly.
    void setRamp(bool wanted);
    int volume() const { return m_volume; }
    const QByteArray &deviceId() const { return m_device; }
    const QString &sound() const { return m_choice; }
    bool ramps() const { return m_ramps; }
    /// Plays this sound, or the chosen one, once at the chosen volume; another call begins anew.
    void test(const QString &choice = {});

    /// Rings until told otherwise, with this sound when it is not empty.
    void ring(const QString &choice = {});
    void stop();
    /// Nobody comes: as loud as can be, while it rings.
    void setEscalated(bool wanted);
    bool isEscalated() const { return m_escalated; }
    /// The soft chime, once.
    void chime();

Q_SIGNALS:
    void deviceChanged(bool hasDevice);

private:
    void reviewDevices();
    void begin();
    void grow();
    void soundFailed();

    std::unique_ptr<Speakers> m_speakers;
    const Pace m_pace;
    bool m_hasDevice = false;
    int m_volume = 80;
    QByteArray m_device;
    QString m_choice = QStringLiteral("bell");
    bool m_ramps = true;

    bool m_ringing = false;
    bool m_escalated = false;
    QString m_ring;          ///< the sound of this ringing
    bool m_fellBack = false; ///< to the bell, because that one cannot be played
    QElapsedTimer m_since;
    QTimer m_step;
    std::unique_ptr<Voice> m_bell; ///< while it rings on a device
    std::unique_ptr<Voice> m_once; ///< chime or test
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmSound.h"

#include <QAudioDevice>
#include <QMediaDevices>
#include <QSoundEffect>
#include <QUrl>

namespace simmer::ui {

AlarmSound::AlarmSound(QObject *parent)
    : QObject(parent)
    , m_devices(std::make_unique<QMediaDevices>())
{
    connect(m_devices.get(), &QMediaDevices::audioOutputsChanged, this,
            &AlarmSound::devicesChanged);
    devicesChanged();
}

AlarmSound::~AlarmSound() = default;

/// A headset may come or go while a timer rings: the bell moves to what is there now.
void AlarmSound::devicesChanged()
{
    const bool had = m_hasDevice;
    m_hasDevice = !QMediaDevices::audioOutputs().isEmpty();
    m_bell.reset();
    m_chime.reset();
    if (m_hasDevice) {
        m_bell = std::make_unique<QSoundEffect>();
        m_bell->setSource(QUrl(QStringLiteral("qrc:/simmer/sounds/ring.wav")));
        m_bell->setLoopCount(QSoundEffect::Infinite);
        m_chime = std::make_unique<QSoundEffect>();
        m_chime->setSource(QUrl(QStringLiteral("qrc:/simmer/sounds/check.wav")));
    }
    play();
    if (had != m_hasDevice)
        Q_EMIT deviceChanged(m_hasDevice);
}

void AlarmSound::setRinging(bool wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = wanted;
    play();
}

void AlarmSound::play()
{
    if (!m_bell)
        return;
    m_wanted ? m_bell->play() : m_bell->stop();
}

void AlarmSound::chime()
{
    if (m_chime)
        m_chime->play();
}

} // namespace simmer::ui

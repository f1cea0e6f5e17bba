// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmSound.h"

#include "alarm/RingSounds.h"

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr double Softest = 0.3; // of the chosen volume: heard beside the stove at once
constexpr double ChimePart = 0.6;

} // namespace

AlarmSound::AlarmSound(std::unique_ptr<Speakers> speakers, QObject *parent)
    : AlarmSound(std::move(speakers), Pace(), parent)
{
}

AlarmSound::AlarmSound(std::unique_ptr<Speakers> speakers, Pace pace, QObject *parent)
    : QObject(parent)
    , m_speakers(std::move(speakers))
    , m_pace(pace)
    , m_hasDevice(!m_speakers->devices().isEmpty())
{
    m_step.setInterval(pace.stepMs);
    connect(&m_step, &QTimer::timeout, this, &AlarmSound::grow);
    connect(m_speakers.get(), &Speakers::changed, this, &AlarmSound::reviewDevices);
}

AlarmSound::~AlarmSound() = default;

/// A headset may come or go while a timer rings: the bell moves to what is there now.
void AlarmSound::reviewDevices()
{
    const bool had = std::exchange(m_hasDevice, !m_speakers->devices().isEmpty());
    m_once.reset();
    if (m_ringing)
        begin();
    if (had != m_hasDevice)
        Q_EMIT deviceChanged(m_hasDevice);
}

double AlarmSound::loudness() const
{
    if (!m_ringing || !m_hasDevice)
        return 0;
    if (m_escalated)
        return 1;
    const double wanted = std::max(m_volume, 1) / 100.0;
    const double part = double(m_since.elapsed()) / m_pace.rampMs;
    return m_ramps ? wanted * std::clamp(Softest + (1 - Softest) * part, 0.0, 1.0) : wanted;
}

void AlarmSound::setVolume(int percent)
{
    m_volume = std::clamp(percent, 0, 100);
    grow();
}

void AlarmSound::setDeviceId(const QByteArray &device)
{
    if (std::exchange(m_device, device) != device && m_ringing)
        begin();
}

void AlarmSound::setSound(const QString &choice)
{
    m_choice = choice;
}

void AlarmSound::setRamp(bool wanted)
{
    m_ramps = wanted;
    grow();
}

void AlarmSound::test(const QString &choice)
{
    if (!m_hasDevice)
        return;
    m_once =
        m_speakers->voice(RingSounds::sourceOf(choice.isEmpty() ? m_choice : choice), m_device);
    m_once->setLoudness(m_volume / 100.0);
    m_once->play(false);
}

void AlarmSound::ring(const QString &choice)
{
    const QString wanted = choice.isEmpty() ? m_choice : choice;
    if (m_ringing && wanted == m_ring)
        return;
    if (!std::exchange(m_ringing, true))
        m_since.start();
    m_ring = wanted;
    m_fellBack = false;
    begin();
}

void AlarmSound::stop()
{
    m_ringing = m_escalated = false;
    m_step.stop();
    m_bell.reset();
}

void AlarmSound::setEscalated(bool wanted)
{
    m_escalated = wanted && m_ringing;
    grow();
}

void AlarmSound::begin()
{
    m_bell.reset();
    if (!m_hasDevice)
        return;
    m_bell =
        m_speakers->voice(m_fellBack ? RingSounds::bell() : RingSounds::sourceOf(m_ring), m_device);
    connect(m_bell.get(), &Voice::failed, this, &AlarmSound::soundFailed, Qt::QueuedConnection);
    m_step.start();
    grow();
    m_bell->play(true);
}

/// A file that is gone or broken must not be a silent alarm.
void AlarmSound::soundFailed()
{
    if (m_ringing && !std::exchange(m_fellBack, true))
        begin();
}

void AlarmSound::grow()
{
    if (m_bell)
        m_bell->setLoudness(loudness());
    if (!m_ramps || m_escalated || !m_ringing || m_since.elapsed() >= m_pace.rampMs)
        m_step.stop();
}

void AlarmSound::chime()
{
    if (!m_hasDevice || m_ringing)
        return;
    m_once = m_speakers->voice(RingSounds::chime(), m_device);
    m_once->setLoudness(ChimePart * m_volume / 100.0);
    m_once->play(false);
}

} // namespace simmer::ui

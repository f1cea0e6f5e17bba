// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/Speakers.h"

#include <QAudio>
#include <QAudioDevice>
#include <QMediaDevices>
#include <QSoundEffect>

namespace simmer::ui {

namespace {

class EffectVoice final : public Voice
{
public:
    EffectVoice(const QUrl &sound, const QAudioDevice &device)
        : m_effect(device)
    {
        connect(&m_effect, &QSoundEffect::statusChanged, this, [this] {
            if (m_effect.status() == QSoundEffect::Error)
                Q_EMIT failed();
        });
        m_effect.setSource(sound);
    }

    void play(bool endlessly) override
    {
        m_effect.setLoopCount(endlessly ? int(QSoundEffect::Infinite) : 1);
        m_effect.play();
    }
    void stop() override { m_effect.stop(); }
    void setLoudness(double share) override
    {
        m_effect.setVolume(QAudio::convertVolume(float(share), QAudio::LogarithmicVolumeScale,
                                                 QAudio::LinearVolumeScale));
    }

private:
    QSoundEffect m_effect;
};

class MachineSpeakers final : public Speakers
{
public:
    MachineSpeakers()
    {
        connect(&m_devices, &QMediaDevices::audioOutputsChanged, this, &Speakers::changed);
    }

    QList<Device> devices() const override
    {
        QList<Device> list;
        const QList<QAudioDevice> outputs = QMediaDevices::audioOutputs();
        for (const QAudioDevice &output : outputs)
            list.insert(output.isDefault() ? 0 : list.size(), {output.id(), output.description()});
        return list;
    }

    std::unique_ptr<Voice> voice(const QUrl &sound, const QByteArray &device) override
    {
        QAudioDevice wanted = QMediaDevices::defaultAudioOutput();
        const QList<QAudioDevice> outputs = QMediaDevices::audioOutputs();
        for (const QAudioDevice &output : outputs)
            if (output.id() == device)
                wanted = output;
        return std::make_unique<EffectVoice>(sound, wanted);
    }

private:
    QMediaDevices m_devices;
};

} // namespace

std::unique_ptr<Speakers> machineSpeakers()
{
    return std::make_unique<MachineSpeakers>();
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/Speakers.h"

#include <algorithm>

namespace simmer::fakes {

/// Outputs that a test plugs in and out; it hears what is played.
class FakeSpeakers : public ui::Speakers
{
public:
    /// A sound that is on.
    struct Heard {
        QUrl sound;
        QByteArray device;
        bool endlessly = false;
        double loudness = 0;
    };

    QList<Device> devices() const override { return m_devices; }
    std::unique_ptr<ui::Voice> voice(const QUrl &sound, const QByteArray &device) override;

    void plug(const QByteArray &device)
    {
        m_devices += {device, QString::fromLatin1(device)};
        Q_EMIT changed();
    }
    void unplug(const QByteArray &device)
    {
        m_devices.removeIf([&](const Device &one) { return one.id == device; });
        Q_EMIT changed();
    }

    QList<Device> m_devices{{"speaker", QStringLiteral("speaker")}};
    QList<Heard *> m_on;      ///< what plays now
    QList<QUrl> m_everPlayed; ///< in their order
    QList<QUrl> m_broken;     ///< files that cannot be played
};

class FakeVoice : public ui::Voice
{
public:
    FakeVoice(FakeSpeakers &speakers, const QUrl &sound, const QByteArray &device)
        : m_speakers(speakers)
        , m_heard{sound, device}
    {
    }
    ~FakeVoice() override { stop(); }
    Q_DISABLE_COPY_MOVE(FakeVoice)

    void play(bool endlessly) override
    {
        if (m_speakers.m_broken.contains(m_heard.sound))
            return Q_EMIT failed();
        m_heard.endlessly = endlessly;
        m_speakers.m_everPlayed += m_heard.sound;
        if (!m_speakers.m_on.contains(&m_heard))
            m_speakers.m_on += &m_heard;
    }
    void stop() override { m_speakers.m_on.removeAll(&m_heard); }
    void setLoudness(double share) override { m_heard.loudness = share; }

private:
    FakeSpeakers &m_speakers;
    FakeSpeakers::Heard m_heard;
};

inline std::unique_ptr<ui::Voice> FakeSpeakers::voice(const QUrl &sound, const QByteArray &device)
{
    return std::make_unique<FakeVoice>(*this, sound, device);
}

} // namespace simmer::fakes

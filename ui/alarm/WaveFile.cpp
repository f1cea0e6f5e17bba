// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/WaveFile.h"

#include <QFile>
#include <QtEndian>

#include <cstdlib>
#include <optional>

namespace simmer::ui {

namespace {

// https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
constexpr qsizetype HeadBytes = 12;
constexpr qsizetype ChunkHeadBytes = 8;
constexpr qsizetype FormatBytes = 16;
constexpr quint16 Pcm = 1;
constexpr int MostChunks = 64;
constexpr qint64 ShortestMs = 100;
constexpr int QuietestPeak = 1024; // of 32,768: less is not heard over a pan

Error broken(const char *what)
{
    return {ErrorCode::BadSyntax, QString::fromLatin1(what), {}};
}

struct Chunks {
    QByteArrayView format;
    QByteArrayView samples;
};

quint32 number(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

quint16 half(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.data() + at);
}

/// The two chunks that matter; the others are passed over.
Expected<Chunks> chunksOf(QByteArrayView bytes)
{
    if (bytes.size() < HeadBytes || bytes.first(4) != "RIFF" || bytes.sliced(8, 4) != "WAVE")
        return broken("it is no WAV file");
    Chunks chunks;
    qsizetype at = HeadBytes;
    for (int i = 0; i < MostChunks && bytes.size() - at >= ChunkHeadBytes; ++i) {
        const QByteArrayView name = bytes.sliced(at, 4);
        const qsizetype size = number(bytes, at + 4);
        at += ChunkHeadBytes;
        if (size > bytes.size() - at)
            return broken("the WAV file is cut off");
        if (name == "fmt ")
            chunks.format = bytes.sliced(at, size);
        if (name == "data") {
            chunks.samples = bytes.sliced(at, size);
            return chunks;
        }
        at += std::min(size + size % 2, bytes.size() - at);
    }
    return broken("no sound in the WAV file");
}

bool isSilent(QByteArrayView samples)
{
    for (qsizetype at = 0; at + 1 < samples.size(); at += 2)
        if (std::abs(int(qFromLittleEndian<qint16>(samples.data() + at))) >= QuietestPeak)
            return false;
    return true;
}

} // namespace

Expected<WaveFile> checkedWave(QIODevice &file)
{
    const QByteArray bytes = file.read(LargestWave + 1);
    if (bytes.size() > LargestWave)
        return Error{ErrorCode::TooLarge, QStringLiteral("a sound may have 10 MB"), {}};
    const auto chunks = chunksOf(bytes);
    if (!chunks)
        return chunks.error();
    if (chunks->format.size() < FormatBytes)
        return broken("the WAV file does not say its format");
    const QByteArrayView format = chunks->format;
    WaveFile wave{half(format, 2), int(std::min<quint32>(number(format, 4), 1'000'000)), 0};
    if (half(format, 0) != Pcm || half(format, 14) != 16)
        return broken("the sound is not 16-bit PCM");
    if (wave.channels < 1 || wave.channels > 2 || half(format, 12) != 2 * wave.channels)
        return broken("the sound has neither one channel nor two");
    if (wave.rate < 8000 || wave.rate > 192'000)
        return broken("the sound’s rate is not between 8 and 192 kHz");
    wave.lengthMs = chunks->samples.size() * 1000 / (2 * wave.channels * qint64(wave.rate));
    if (wave.lengthMs < ShortestMs)
        return broken("the sound is too short");
    if (isSilent(chunks->samples))
        return broken("the sound is too quiet to be heard");
    return wave;
}

Expected<WaveFile> checkedWave(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::FileUnreadable, path, {}};
    return checkedWave(file);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QString>

class QIODevice;

namespace simmer::ui {

/// A sound that can be trusted to wake a cook: what checkedWave() found in it.
struct WaveFile {
    int channels = 0;
    int rate = 0; ///< samples a second
    qint64 lengthMs = 0;

    bool operator==(const WaveFile &) const = default;
};

inline constexpr qint64 LargestWave = 10'000'000; ///< bytes

/// Whether QSoundEffect will play the file, so that it is heard: RIFF/WAVE with 16-bit PCM, one or
/// two channels, not cut off, longer than a tenth of a second and not silent. Reads all of it; any
/// thread. Errors: FileUnreadable, TooLarge, BadSyntax.
Expected<WaveFile> checkedWave(QIODevice &file);
Expected<WaveFile> checkedWave(const QString &path);

} // namespace simmer::ui

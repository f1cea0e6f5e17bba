#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the two sounds of Simmer beside this file: ring.wav (a two-tone bell, looped until somebody
stops it) and check.wav (a soft chime, once). 16-bit PCM, mono, 44.1 kHz: what QSoundEffect plays
everywhere. Run it again after a change; the results are in the tree."""

import math
import pathlib
import struct
import wave

RATE = 44_100
# A bell's partials: hum, prime, tierce, quint, nominal (ratios), how loud, how long (s).
PARTIALS = [(0.5, 0.25, 1.3), (1.0, 1.0, 1.0), (1.19, 0.22, 0.6), (1.5, 0.14, 0.45), (2.0, 0.35, 0.5)]


def strike(samples, start, pitch, loudness, stretch=1.0):
    """Adds one stroke of a bell of `pitch` Hz at `start` seconds."""
    first = int(start * RATE)
    for i in range(first, len(samples)):
        t = (i - first) / RATE
        attack = min(1.0, t / 0.006)  # 6 ms, so that it does not click
        tone = sum(
            level * math.exp(-t / (0.35 * length * stretch)) * math.sin(2 * math.pi * pitch * ratio * t)
            for ratio, level, length in PARTIALS
        )
        samples[i] += loudness * attack * tone


def write(name, seconds, strokes, peak):
    samples = [0.0] * int(seconds * RATE)
    for stroke in strokes:
        strike(samples, *stroke)
    fade = int(0.05 * RATE)
    for i in range(fade):  # ends in silence: a seam in the loop would be heard
        samples[-1 - i] *= i / fade
    loudest = max(abs(sample) for sample in samples)
    path = pathlib.Path(__file__).with_name(name)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        for sample in samples:
            out.writeframesraw(struct.pack("<h", round(sample / loudest * peak * 32767)))


# E5 and C5, twice, then a breath: heard from the next room, bearable at the stove.
write("ring.wav", 2.0, [(0.0, 659.26, 1.0), (0.28, 523.25, 1.0), (0.62, 659.26, 1.0), (0.9, 523.25, 1.0)], 0.8)
write("check.wav", 1.2, [(0.0, 523.25, 1.0, 1.2), (0.16, 783.99, 0.7, 1.2)], 0.4)

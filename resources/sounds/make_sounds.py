#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the sounds of Simmer beside this file: rings, looped until somebody stops them, from the
gentle ring-wood.wav and ring-glass.wav over ring.wav (a two-tone bell) to the insistent
ring-oven.wav and ring-clang.wav, and check.wav (a soft chime, once). 16-bit PCM, mono, 44.1 kHz: what QSoundEffect plays
everywhere. Run it again after a change; the results are in the tree."""

import math
import pathlib
import struct
import wave

RATE = 44_100
# A bell's partials: hum, prime, tierce, quint, nominal (ratios), how loud, how long (s).
BELL = [(0.5, 0.25, 1.3), (1.0, 1.0, 1.0), (1.19, 0.22, 0.6), (1.5, 0.14, 0.45), (2.0, 0.35, 0.5)]
# A marimba's bar: the fourth and tenth harmonic, short.
WOOD = [(1.0, 1.0, 0.45), (3.93, 0.22, 0.12), (9.54, 0.06, 0.05)]
# A rubbed glass: nearly pure, long.
GLASS = [(1.0, 1.0, 1.1), (2.32, 0.18, 0.7), (4.25, 0.08, 0.35)]
# A triangle hung at the door: many high partials that beat against each other.
CLANG = [(1.0, 0.7, 0.9), (1.51, 0.6, 0.8), (2.26, 0.8, 0.8), (2.31, 0.6, 0.8), (3.47, 0.4, 0.6), (4.7, 0.3, 0.4)]
# An oven's piezo: odd harmonics of a square wave, cut off by beeps().
PIEZO = [(1.0, 1.0, 99), (3.0, 0.33, 99), (5.0, 0.2, 99)]


def strike(samples, partials, start, pitch, loudness, stretch=1.0, until=99.0):
    """Adds one stroke of a body with `partials` at `pitch` Hz, `start` seconds in; `until` s long."""
    first = int(start * RATE)
    for i in range(first, min(len(samples), first + int(until * RATE))):
        t = (i - first) / RATE
        attack = min(1.0, t / 0.006, (until - t) / 0.006)  # 6 ms, so that it does not click
        tone = sum(
            level * math.exp(-t / (0.35 * length * stretch)) * math.sin(2 * math.pi * pitch * ratio * t)
            for ratio, level, length in partials
        )
        samples[i] += loudness * attack * tone


def write(name, seconds, strokes, peak, partials=BELL):
    samples = [0.0] * int(seconds * RATE)
    for stroke in strokes:
        strike(samples, partials, *stroke)
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


# G4, C5, E5, up and down: easy on a sleeping child.
write("ring-wood.wav", 1.8, [(0.0, 392.0, 0.9), (0.2, 523.25, 0.9), (0.4, 659.26, 1.0), (0.6, 523.25, 0.8)], 0.6, WOOD)
# A5 and E6, slowly.
write("ring-glass.wav", 2.0, [(0.0, 880.0, 1.0), (0.5, 1318.5, 0.7), (1.0, 880.0, 0.6)], 0.6, GLASS)
# E5 and C5, twice, then a breath: heard from the next room, bearable at the stove.
write("ring.wav", 2.0, [(0.0, 659.26, 1.0), (0.28, 523.25, 1.0), (0.62, 659.26, 1.0), (0.9, 523.25, 1.0)], 0.8)
write("check.wav", 1.2, [(0.0, 523.25, 1.0, 1.2), (0.16, 783.99, 0.7, 1.2)], 0.4)
# Four beeps at 2 kHz, where ears are keenest, and a pause.
write("ring-oven.wav", 1.4, [(0.2 * n, 2093.0, 1.0, 1.0, 0.1) for n in range(4)], 0.7, PIEZO)
# A triangle struck round and round, through any extractor hood.
write("ring-clang.wav", 1.2, [(0.15 * n, 1046.5, 1.0 if n % 2 == 0 else 0.8) for n in range(8)], 0.9, CLANG)

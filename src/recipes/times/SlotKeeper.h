// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

namespace simmer::recipes {

/// What an author says of the times in a step, where that differs from what TimeFinder reads. A
/// length of 0 is the one that was found.
struct Correction {
    int start = 0; ///< UTF-16 units in the step's text
    int end = 0;
    QString words;         ///< what stood there when it was corrected
    bool isDenied = false; ///< "this is not a timer"
    qint64 shortestSeconds = 0;
    qint64 longestSeconds = 0;
    QString name;

    bool hasLength() const { return shortestSeconds > 0; }
    bool operator==(const Correction &) const = default;
};

/// A piece of a text that was replaced by another: `removed` units at `at` by `added`.
struct TextChange {
    int at = 0;
    int removed = 0;
    int added = 0;

    bool operator==(const TextChange &) const = default;
};

/// The smallest change that makes `now` of `was`. Where several fit ("aa" became "aaa"), the one
/// that begins at `near`, or before it.
TextChange changeBetween(QStringView was, QStringView now, int near);

/// The corrections by which a stored step differs from what is found in its text.
QList<Correction> correctionsOf(const Step &step, const QList<Slot> &found);

/// The slots of a text: what was found, corrected. In the order of the text, never overlapping,
/// each as the codec takes it. A corrected length holds while its words stand, or while nothing is
/// read there: a text that says another time now is believed.
QList<Slot> correctedSlots(const QString &text, const QList<Slot> &found,
                           const QList<Correction> &corrections);

/// The corrections after the text was changed: they move with their words, and leave with them.
QList<Correction> movedBy(const TextChange &change, const QList<Correction> &corrections);
/// The same for times that were found before the change, until the text is read again.
QList<Slot> movedBy(const TextChange &change, const QList<Slot> &slotList);

/// The corrections with this one, in the place of those that it overlaps.
QList<Correction> with(const Correction &correction, const QList<Correction> &corrections);
/// The corrections without those that overlap [start, end).
QList<Correction> without(int start, int end, const QList<Correction> &corrections);

} // namespace simmer::recipes

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/SlotKeeper.h"

#include <algorithm>

namespace simmer::recipes {

namespace {

template<class One, class Other>
bool overlap(const One &one, const Other &other)
{
    return one.start < other.end && other.start < one.end;
}

/// Where [start, end) is after a change; nothing when all of it was replaced.
template<class Span>
bool move(const TextChange &change, Span &span)
{
    const int gone = change.at + change.removed;
    const int shift = change.added - change.removed;
    if (span.end <= change.at)
        return true;
    if (span.start >= gone) {
        span.start += shift;
        span.end += shift;
        return true;
    }
    if (change.at <= span.start && gone >= span.end)
        return false;
    if (change.at < span.start) { // its first words went
        span.start = change.at + change.added;
        span.end += shift;
    } else if (gone > span.end) { // its last
        span.end = change.at;
    } else {
        span.end += shift;
    }
    return span.start < span.end;
}

template<class Span>
QList<Span> allMoved(const TextChange &change, const QList<Span> &spans)
{
    QList<Span> moved;
    for (Span span : spans)
        if (move(change, span))
            moved += span;
    return moved;
}

/// What a correction makes of the times found where it stands.
std::optional<Slot> slotOf(const Correction &correction, const QString &text,
                           const QList<Slot> &found)
{
    if (correction.isDenied)
        return {};
    const auto under = std::find_if(found.cbegin(), found.cend(),
                                    [&](const Slot &slot) { return overlap(slot, correction); });
    const bool stands =
        under == found.cend() ||
        text.mid(correction.start, correction.end - correction.start) == correction.words;
    if (correction.hasLength() && stands)
        return Slot{correction.start, correction.end, correction.shortestSeconds,
                    correction.longestSeconds, correction.name};
    if (under == found.cend())
        return {};
    Slot slot = *under;
    slot.name = correction.name;
    return slot;
}

} // namespace

TextChange changeBetween(QStringView was, QStringView now, int near)
{
    const auto shorter = std::min({was.size(), now.size(), qsizetype(std::max(near, 0))});
    qsizetype head = 0;
    while (head < shorter && was[head] == now[head])
        ++head;
    const auto most = std::min(was.size(), now.size()) - head;
    qsizetype tail = 0;
    while (tail < most && was[was.size() - 1 - tail] == now[now.size() - 1 - tail])
        ++tail;
    // What is equal beyond `near` is no part of the change, unless the tail has it already.
    while (head < std::min(was.size(), now.size()) - tail && was[head] == now[head])
        ++head;
    return {int(head), int(was.size() - tail - head), int(now.size() - tail - head)};
}

QList<Correction> correctionsOf(const Step &step, const QList<Slot> &found)
{
    QList<Correction> corrections;
    const auto wordsOf = [&](const Slot &slot) {
        return step.text.mid(slot.start, slot.end - slot.start);
    };
    for (const Slot &slot : step.slots) {
        if (found.contains(slot))
            continue;
        Slot plain = slot;
        plain.name.clear();
        Correction correction{slot.start, slot.end, wordsOf(slot), false, 0, 0, slot.name};
        if (!found.contains(plain)) {
            correction.shortestSeconds = slot.shortestSeconds;
            correction.longestSeconds = slot.longestSeconds;
        }
        corrections += correction;
    }
    for (const Slot &slot : found)
        if (std::none_of(step.slots.cbegin(), step.slots.cend(),
                         [&](const Slot &kept) { return overlap(kept, slot); }))
            corrections += Correction{slot.start, slot.end, wordsOf(slot), true, 0, 0, {}};
    std::sort(corrections.begin(), corrections.end(),
              [](const Correction &a, const Correction &b) { return a.start < b.start; });
    return corrections;
}

QList<Slot> correctedSlots(const QString &text, const QList<Slot> &found,
                           const QList<Correction> &corrections)
{
    QList<Slot> all;
    for (const Correction &correction : corrections)
        if (const auto slot = slotOf(correction, text, found))
            all += *slot;
    for (const Slot &slot : found)
        if (std::none_of(corrections.cbegin(), corrections.cend(),
                         [&](const Correction &correction) { return overlap(correction, slot); }))
            all += slot;
    std::stable_sort(all.begin(), all.end(),
                     [](const Slot &a, const Slot &b) { return a.start < b.start; });
    QList<Slot> kept;
    for (const Slot &slot : std::as_const(all)) {
        const int floor = kept.isEmpty() ? 0 : kept.constLast().end;
        if (slot.start >= floor && slot.start < slot.end && slot.end <= text.size())
            kept += slot;
    }
    return kept;
}

QList<Correction> movedBy(const TextChange &change, const QList<Correction> &corrections)
{
    return allMoved(change, corrections);
}

QList<Slot> movedBy(const TextChange &change, const QList<Slot> &slotList)
{
    return allMoved(change, slotList);
}

QList<Correction> with(const Correction &correction, const QList<Correction> &corrections)
{
    QList<Correction> all = without(correction.start, correction.end, corrections);
    const auto place = std::find_if(all.cbegin(), all.cend(), [&](const Correction &other) {
        return other.start > correction.start;
    });
    all.insert(place, correction);
    return all;
}

QList<Correction> without(int start, int end, const QList<Correction> &corrections)
{
    QList<Correction> left;
    const Slot span{start, end, 0, 0, {}};
    std::copy_if(corrections.cbegin(), corrections.cend(), std::back_inserter(left),
                 [&](const Correction &correction) { return !overlap(correction, span); });
    return left;
}

} // namespace simmer::recipes

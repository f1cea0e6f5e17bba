// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"
#include "words/CardWords.h"

namespace simmer::ui {

/// One ring that wants an answer, as every part of the alarm shows it.
struct AlarmCall {
    TimerId timer;
    OpId ring; ///< the ring key
    RecipeId recipe;
    QString dish; ///< the recipe's short title; empty for a free timer
    CardWords words;
    QString story;    ///< "Started by Ana on Kitchen laptop. Rang 18:45, after 25 min."
    qint64 dueAt = 0; ///< kitchen ms

    bool isLate() const { return words.face.look == Look::Late; }
    bool operator==(const AlarmCall &) const = default;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timers/Op.h"

#include <QMetaType>
#include <QSet>

namespace simmer::timers {

/// A cooking that nobody touched for so long is over, as most are never ended: shorter than from
/// one breakfast to the next, longer than a dough's night. Milliseconds.
inline constexpr qint64 IdleCookingMs = 18LL * 3600 * 1000;

/// The cooking of a recipe: its newest run, folded from the ops of its session.
struct Cooking {
    RecipeId recipe;
    QString cook;         ///< who began it
    qint64 begunAt = 0;   ///< kitchen ms
    qint64 touchedAt = 0; ///< kitchen time of the last thing that anybody did in it
    bool ended = false;
    int step = 0; ///< where the cooks are, from 0
    Scale scale;
    QSet<Box> ticked;

    bool operator==(const Cooking &) const = default;
};

/// Whether it is cooked at that moment: neither ended nor forgotten.
bool isOn(const Cooking &cooking, qint64 now);

/// The cooking as a pure function of its session's ops, which stand in the order of before().
/// Nothing while it was never begun. The rules: src/decisions/0011-recipes-and-cooking.md.
std::optional<Cooking> foldCooking(const QList<StampedOp> &ops);

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::Cooking)

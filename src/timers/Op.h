// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>
#include <variant>

namespace simmer::timers {

/// The longest countdown, 400 days: longer than any ham hangs. Milliseconds.
inline constexpr qint64 LongestTimerMs = 400LL * 24 * 3600 * 1000;

/// The shortest time between a countdown's start, its cues and its end that can be asked for, ms.
inline constexpr qint64 ShortestCueMs = 10'000;
inline constexpr qsizetype MostCues = 16;
inline constexpr qsizetype MostStages = 16;

/// Where in a recipe a timer was started.
struct Place {
    RecipeId recipe;
    int step = 0; ///< index from 0
    int slot = 0; ///< index from 0 within the step

    bool operator==(const Place &) const = default;
};

/// A soft call inside a countdown: "stir" every five minutes, half way, two minutes before the end.
struct Cue {
    enum class Kind { Every, Halfway, Before };

    Kind kind = Kind::Every;
    qint64 ms = 0; ///< of running time, for Every and Before
    QString words; ///< "Stir"; may be empty

    bool operator==(const Cue &) const = default;
};

/// A countdown that begins by itself when the one before it ends.
struct Stage {
    QString name;
    qint64 checkMs = 0;
    qint64 totalMs = 0;
    QList<Cue> cues = {};

    bool operator==(const Stage &) const = default;
};

/// Begins a countdown, or begins an ended one anew. A range rings at totalMs and asks for a look
/// at checkMs; a plain duration has both equal.
struct Start {
    QString name;
    qint64 checkMs = 0;
    qint64 totalMs = 0;
    std::optional<Place> place;
    QList<Cue> cues = {};
    QList<Stage> then = {}; ///< in their order

    bool operator==(const Start &) const = default;
};
struct Pause {
    bool operator==(const Pause &) const = default;
};
struct Resume {
    bool operator==(const Resume &) const = default;
};
/// Moves the end; negative is sooner, past zero means "ring now".
struct Add {
    qint64 deltaMs = 0;

    bool operator==(const Add &) const = default;
};
struct Cancel {
    bool operator==(const Cancel &) const = default;
};
/// Silences one ring, everywhere: the one that `ring`, the op that last set the end, brought.
struct Acknowledge {
    OpId ring;

    bool operator==(const Acknowledge &) const = default;
};
/// Silences one ring and lets the timer ring again `ms` later.
struct Snooze {
    OpId ring;
    qint64 ms = 0;

    bool operator==(const Snooze &) const = default;
};
struct Rename {
    QString name;

    bool operator==(const Rename &) const = default;
};
/// Replaces all cues of a timer.
struct SetCues {
    QList<Cue> cues;

    bool operator==(const SetCues &) const = default;
};
/// Writes a recipe, as recipes::toJson has it.
struct WriteRecipe {
    QJsonObject recipe;

    bool operator==(const WriteRecipe &) const = default;
};
struct RemoveRecipe {
    bool operator==(const RemoveRecipe &) const = default;
};

using Action = std::variant<Start, Pause, Resume, Add, Cancel, Acknowledge, Snooze, Rename, SetCues,
                            WriteRecipe, RemoveRecipe>;

/// One thing that a cook did to a timer or a recipe. The only thing that is stored and sent.
struct Op {
    OpId id;
    DeviceId device;
    QString cook;  ///< who did it, as shown
    QUuid subject; ///< the timer or recipe that it is about
    Action action;
    qint64 at = 0;      ///< kitchen time of the press, milliseconds
    qint64 counter = 0; ///< Lamport counter: above that of every op its device had seen
    BootId boot;        ///< the boot in which it was made, and
    qint64 bootMs = 0;  ///< its boot time: what is left of `at` when the offset was wrong
    QList<OpId> seen;   ///< the newest ops of this subject that the device had seen

    bool operator==(const Op &) const = default;
};

/// An op with its place in kitchen time; seq 0 while it waits in the outbox.
struct StampedOp {
    Op op;
    qint64 kt = 0;
    qint64 seq = 0;

    bool operator==(const StampedOp &) const = default;
};

/// The timer that the op is about, if it is about one.
std::optional<TimerId> timerOf(const Op &op);
/// The recipe that the op is about, if it is about one.
std::optional<RecipeId> recipeOf(const Op &op);

/// Whether a countdown may be that long, ms.
bool isLength(qint64 ms);
/// Whether a cue makes sense in any countdown.
bool isCue(const Cue &cue);

/// The order in which ops count: (kt, counter, device, id), the same on every device.
bool before(const StampedOp &a, const StampedOp &b);

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::Op)
Q_DECLARE_METATYPE(simmer::timers::StampedOp)

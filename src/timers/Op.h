// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Ids.h"

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>

#include <compare>
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
/// Writes fields of a recipe, named as recipes::toJson names them; null clears one, and those that
/// are not here stay as they are.
struct WriteRecipe {
    QJsonObject recipe;

    bool operator==(const WriteRecipe &) const = default;
};
struct RemoveRecipe {
    bool operator==(const RemoveRecipe &) const = default;
};

/// A box beside a recipe's ingredient or step.
struct Box {
    enum class Kind { Ingredient, Step };

    Kind kind = Kind::Ingredient;
    int index = 0; ///< from 0

    auto operator<=>(const Box &) const = default;

    friend size_t qHash(const Box &box, size_t seed = 0)
    {
        return qHashMulti(seed, int(box.kind), box.index);
    }
};

/// How much of a recipe is cooked, as a fraction in lowest terms: three eggs of four are 3/4, and
/// a third stays a third.
struct Scale {
    static constexpr int Most = 1000; ///< of either number, which is 1 at least

    int times = 1;
    int over = 1;

    bool operator==(const Scale &) const = default;
};
/// times ÷ over in lowest terms; nothing when that is out of range.
std::optional<Scale> scaleOf(qint64 times, qint64 over);

inline constexpr qsizetype MostTicks = 256; ///< in one op
inline constexpr int MostSteps = 10'000;    ///< or boxes, of a recipe
inline constexpr qsizetype MostSeen = 64;   ///< ops that one op can name as seen

/// What a cook says while a recipe is cooked. What is absent stays as it is.
struct Cook {
    enum class Turn { Begin, End };

    RecipeId recipe;
    std::optional<Turn> turn;
    std::optional<int> step; ///< where the cooks are, from 0
    std::optional<Scale> scale;
    QMap<Box, bool> ticks = {}; ///< on or off

    bool operator==(const Cook &) const = default;
};

using Action = std::variant<Start, Pause, Resume, Add, Cancel, Acknowledge, Snooze, Rename, SetCues,
                            WriteRecipe, RemoveRecipe, Cook>;

/// One thing that a cook did to a timer, a recipe or the cooking of one. The only thing that is
/// stored and sent.
struct Op {
    OpId id;
    DeviceId device;
    QString cook;  ///< who did it, as shown
    QUuid subject; ///< the timer, recipe or cooking session that it is about
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
/// The recipe whose cooking the op is about, if it is about one.
std::optional<RecipeId> cookedIn(const Op &op);
/// The session in which a recipe is cooked: the same on every device (UUIDv5), so that two that
/// begin without each other cook together.
SessionId sessionOf(const RecipeId &recipe);

/// Whether a countdown may be that long, ms.
bool isLength(qint64 ms);
/// Whether it can be the index of a step or a box.
bool isStep(int index);
/// Whether a cue makes sense in any countdown.
bool isCue(const Cue &cue);

/// The order in which ops count: (kt, counter, device, id), the same on every device.
bool before(const StampedOp &a, const StampedOp &b);
/// Puts ops, or the newest stamps of those that are there already, where before() wants them.
void putInOrder(QList<StampedOp> &ops, const QList<StampedOp> &fresh);

} // namespace simmer::timers

Q_DECLARE_METATYPE(simmer::timers::Op)
Q_DECLARE_METATYPE(simmer::timers::StampedOp)

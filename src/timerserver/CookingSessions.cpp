// SPDX-License-Identifier: GPL-3.0-or-later
#include "timerserver/CookingSessions.h"

#include "storage/Scribe.h"
#include "timers/Sight.h"

#include <algorithm>

namespace simmer::timerserver {

namespace {

using storage::Draft;
using timers::Cook;

/// What the next op has seen. The oldest are left out where an op can't name them all.
QList<OpId> headsOf(const QList<timers::StampedOp> &ops)
{
    const std::vector<qsizetype> heads = timers::Sight(ops).heads();
    QList<OpId> ids;
    for (const qsizetype head : heads)
        ids += ops[head].op.id;
    return ids.mid(std::max<qsizetype>(0, ids.size() - timers::MostSeen));
}

/// What the codec would refuse.
Outcome sensible(const Cook &wish)
{
    if (wish.ticks.size() > timers::MostTicks)
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("at most %1 boxes at once").arg(timers::MostTicks),
                     {}};
    bool fine = !wish.step || timers::isStep(*wish.step);
    for (auto it = wish.ticks.cbegin(); it != wish.ticks.cend(); ++it)
        fine = fine && timers::isStep(it.key().index);
    if (!fine)
        return Error{ErrorCode::BadArgument, QStringLiteral("there is no such step or box"), {}};
    const timers::Scale scale = wish.scale.value_or(timers::Scale());
    if (timers::scaleOf(scale.times, scale.over) != scale)
        return Error{ErrorCode::BadArgument, QStringLiteral("that is no scale"), {}};
    return done();
}

/// The text of a session that is equal on devices where it is.
QByteArray textOf(const timers::Cooking &cooking)
{
    QList<timers::Box> boxes(cooking.ticked.cbegin(), cooking.ticked.cend());
    std::sort(boxes.begin(), boxes.end());
    QByteArrayList parts{
        cooking.cook.toUtf8().toHex(),         QByteArray::number(cooking.begunAt),
        QByteArray::number(cooking.touchedAt), QByteArray::number(int(cooking.ended)),
        QByteArray::number(cooking.step),      QByteArray::number(cooking.scale.times),
        QByteArray::number(cooking.scale.over)};
    for (const timers::Box &box : std::as_const(boxes))
        parts += QByteArray::number(int(box.kind)) + '.' + QByteArray::number(box.index);
    return parts.join(' ');
}

} // namespace

CookingSessions::CookingSessions(const Clock &clock, storage::DeviceLog &log, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    connect(&log, &storage::DeviceLog::loaded, this,
            [this](const storage::LoadedLog &loaded) { m_offsetMs = loaded.offsetMs; });
    connect(&log, &storage::DeviceLog::offsetKept, this,
            [this](qint64 offsetMs) { m_offsetMs = offsetMs; });
    // Connected after these: what it writes at the start wants to know the hour.
    m_scribe = std::make_unique<storage::Scribe>(
        log, [](const timers::Op &op) { return timers::cookedIn(op).has_value(); }, nullptr);
    connect(m_scribe.get(), &storage::Scribe::loaded, this,
            [this](const QList<timers::StampedOp> &ops) {
                take(ops);
                Q_EMIT loaded();
            });
    connect(m_scribe.get(), &storage::Scribe::came, this, &CookingSessions::take);
}

CookingSessions::~CookingSessions() = default;

std::optional<timers::Cooking> CookingSessions::current(const RecipeId &recipe) const
{
    const auto found = m_cookings.constFind(recipe);
    if (found == m_cookings.cend() || !timers::isOn(*found, now()))
        return std::nullopt;
    return *found;
}

void CookingSessions::begin(const RecipeId &recipe)
{
    cook({recipe, Cook::Turn::Begin, {}, {}});
}

void CookingSessions::end(const RecipeId &recipe)
{
    cook({recipe, Cook::Turn::End, {}, {}});
}

void CookingSessions::tick(const RecipeId &recipe, const timers::Box &box, bool on)
{
    cook({recipe, {}, {}, {}, {{box, on}}});
}

void CookingSessions::setStep(const RecipeId &recipe, int step)
{
    cook({recipe, {}, step, {}});
}

void CookingSessions::setScale(const RecipeId &recipe, const timers::Scale &scale)
{
    cook({recipe, {}, {}, scale});
}

void CookingSessions::cook(const timers::Cook &wish, const OpId &asOp)
{
    const QUuid session = timers::sessionOf(wish.recipe).uuid();
    const auto make = [this, wish, session, asOp]() -> Expected<std::optional<Draft>> {
        if (const Outcome sense = sensible(wish); !sense)
            return sense.error();
        Cook said = wish;
        if (!said.turn && !current(wish.recipe))
            said.turn = Cook::Turn::Begin;
        if (said.turn == Cook::Turn::End && !current(wish.recipe))
            return Error{ErrorCode::BadArgument, QStringLiteral("nobody cooks that recipe"), {}};
        const QList<timers::StampedOp> ops = m_ops.value(wish.recipe);
        return std::optional(
            Draft{asOp,
                  session,
                  said,
                  {},
                  headsOf(ops),
                  ops.isEmpty() ? std::nullopt : std::optional(ops.constLast().kt)});
    };
    m_scribe->write(session, make, [this, asOp](const Outcome &outcome) {
        if (outcome)
            Q_EMIT kept(asOp);
        else
            Q_EMIT notKept(asOp, outcome.error());
    });
}

void CookingSessions::take(const QList<timers::StampedOp> &ops)
{
    QHash<RecipeId, QList<timers::StampedOp>> fresh;
    for (const timers::StampedOp &stamped : ops)
        if (const auto recipe = timers::cookedIn(stamped.op))
            fresh[*recipe] += stamped;
    for (auto it = fresh.cbegin(); it != fresh.cend(); ++it) {
        QList<timers::StampedOp> &known = m_ops[it.key()];
        timers::putInOrder(known, it.value());
        const auto folded = timers::foldCooking(known);
        if (m_cookings.contains(it.key()) == folded.has_value() &&
            m_cookings.value(it.key()) == folded.value_or(timers::Cooking()))
            continue;
        if (folded)
            m_cookings.insert(it.key(), *folded);
        else
            m_cookings.remove(it.key());
        Q_EMIT cookingChanged(it.key());
    }
}

QHash<RecipeId, QByteArray> CookingSessions::canonical() const
{
    QHash<RecipeId, QByteArray> all;
    for (const timers::Cooking &cooking : m_cookings)
        all.insert(cooking.recipe, textOf(cooking));
    return all;
}

} // namespace simmer::timerserver

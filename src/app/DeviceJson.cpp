// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeviceJson.h"

#include "timers/OpCodec.h"

#include <algorithm>

namespace simmer::app {

namespace {

using K = QLatin1String;

QString word(timers::State state)
{
    switch (state) {
    case timers::State::Waiting:
        return QStringLiteral("waiting");
    case timers::State::Running:
        return QStringLiteral("running");
    case timers::State::Paused:
        return QStringLiteral("paused");
    case timers::State::Ringing:
        return QStringLiteral("ringing");
    case timers::State::Done:
        return QStringLiteral("done");
    case timers::State::Cancelled:
        return QStringLiteral("cancelled");
    }
    Q_UNREACHABLE();
}

QString word(recipes::Edit::Fate fate)
{
    switch (fate) {
    case recipes::Edit::Fate::Stands:
        return QStringLiteral("stands");
    case recipes::Edit::Fate::Replaced:
        return QStringLiteral("replaced");
    case recipes::Edit::Fate::Lost:
        return QStringLiteral("lost");
    }
    Q_UNREACHABLE();
}

/// The numbers of the ticked boxes of a kind, from 1 and in their order.
QJsonArray tickedOf(const timers::Cooking &cooking, timers::Box::Kind kind)
{
    QList<int> numbers;
    for (const timers::Box &box : cooking.ticked)
        if (box.kind == kind)
            numbers += box.index + 1;
    std::sort(numbers.begin(), numbers.end());
    QJsonArray array;
    for (const int number : std::as_const(numbers))
        array.append(number);
    return array;
}

QJsonValue orNull(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

/// For each UTF-16 offset asked in rising order, how many code points lie before it.
class CodePoints
{
public:
    explicit CodePoints(const QString &text)
        : m_text(text)
    {
    }

    int before(int offset)
    {
        for (; m_at < offset; ++m_at)
            if (!m_text[m_at].isLowSurrogate())
                ++m_points;
        return m_points;
    }

private:
    const QString &m_text;
    int m_at = 0;
    int m_points = 0;
};

} // namespace

QJsonObject timerJson(const timers::Timer &timer, qint64 nowMs)
{
    const bool paused = timer.phase == timers::Phase::Paused;
    return {{K("id"), timer.id.toHex()},
            {K("name"), timer.name},
            {K("state"), word(timers::stateAt(timer, nowMs))},
            {K("end_ms"), paused ? QJsonValue() : QJsonValue(timer.endAt)},
            {K("remaining_ms"), timers::remainingAt(timer, nowMs)},
            {K("shown"), timers::shownAt(timer, nowMs)},
            {K("recipe"), timer.place ? QJsonValue(timer.place->recipe.toHex()) : QJsonValue()},
            {K("step"), timer.place ? QJsonValue(timer.place->step + 1) : QJsonValue()},
            {K("slot"), timer.place ? QJsonValue(timer.place->slot + 1) : QJsonValue()},
            {K("ring_key"), timer.ringKey.toHex()}};
}

QJsonArray slotsJson(const QString &text, const QList<recipes::Slot> &slotList)
{
    QJsonArray array;
    CodePoints points(text);
    for (const recipes::Slot &slot : slotList) {
        const int start = points.before(slot.start);
        array.append(QJsonObject{{K("min_seconds"), slot.shortestSeconds},
                                 {K("max_seconds"), slot.longestSeconds},
                                 {K("start"), start},
                                 {K("end"), points.before(slot.end)}});
    }
    return array;
}

QJsonObject recipeJson(const recipes::Recipe &recipe)
{
    QJsonArray steps;
    for (const recipes::Step &step : recipe.steps)
        steps.append(
            QJsonObject{{K("text"), step.text}, {K("timers"), slotsJson(step.text, step.slots)}});
    return {{K("id"), recipe.id.toHex()},
            {K("title"), recipe.title},
            {K("ingredients"), QJsonArray::fromStringList(recipe.ingredients)},
            {K("instructions_list"), QJsonArray::fromStringList(instructionLines(recipe))},
            {K("prep_time"), orNull(recipe.prepMinutes)},
            {K("cook_time"), orNull(recipe.cookMinutes)},
            {K("total_time"), orNull(recipe.totalMinutes)},
            {K("yields"), recipe.yields},
            {K("steps"), steps}};
}

QJsonObject editJson(const recipes::Edit &edit)
{
    return {{K("at_ms"), edit.kt},
            {K("cook"), edit.cook},
            {K("device"), edit.device.toHex()},
            {K("field"), edit.field.isEmpty() ? QJsonValue() : QJsonValue(edit.field)},
            {K("value"), edit.value},
            {K("fate"), word(edit.fate)}};
}

QJsonObject cookingJson(const timers::Cooking &cooking, qint64 nowMs)
{
    return {{K("id"), cooking.recipe.toHex()},
            {K("cooking"), timers::isOn(cooking, nowMs)},
            {K("cook"), cooking.cook},
            {K("begun_ms"), cooking.begunAt},
            {K("step"), cooking.step + 1},
            {K("scale"), QJsonArray{cooking.scale.times, cooking.scale.over}},
            {K("ingredients_ticked"), tickedOf(cooking, timers::Box::Kind::Ingredient)},
            {K("steps_ticked"), tickedOf(cooking, timers::Box::Kind::Step)}};
}

QJsonObject refusedJson(const storage::RefusedOp &refused, const QString &name)
{
    return {{K("id"), refused.op.id.toHex()},
            {K("what"), timers::toJson(refused.op).value(K("type"))},
            {K("name"), name},
            {K("cook"), refused.op.cook},
            {K("at_ms"), refused.op.at},
            {K("why"), refused.why}};
}

QString linkWord(syncclient::LinkState state)
{
    using syncclient::LinkState;
    switch (state) {
    case LinkState::Alone:
        return QStringLiteral("alone");
    case LinkState::Connecting:
        return QStringLiteral("connecting");
    case LinkState::CatchingUp:
        return QStringLiteral("catching-up");
    case LinkState::Level:
        return QStringLiteral("level");
    case LinkState::Removed:
        return QStringLiteral("removed");
    case LinkState::ReadOnly:
        return QStringLiteral("read-only");
    case LinkState::Copied:
        return QStringLiteral("copied");
    }
    Q_UNREACHABLE();
}

} // namespace simmer::app

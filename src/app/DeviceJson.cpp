// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/DeviceJson.h"

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
    case LinkState::Copied:
        return QStringLiteral("copied");
    }
    Q_UNREACHABLE();
}

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/RecipeJson.h"

namespace simmer::recipes {

namespace {

using K = QLatin1String;

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

QJsonValue orNull(const std::optional<int> &number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonArray slotsJson(const QString &text, const QList<Slot> &slotList)
{
    QJsonArray array;
    CodePoints points(text);
    for (const Slot &slot : slotList) {
        const int start = points.before(slot.start);
        array.append(QJsonObject{{K("min_seconds"), slot.shortestSeconds},
                                 {K("max_seconds"), slot.longestSeconds},
                                 {K("start"), start},
                                 {K("end"), points.before(slot.end)}});
    }
    return array;
}

QJsonObject recipeJson(const Recipe &recipe)
{
    QJsonArray steps;
    for (const Step &step : recipe.steps)
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

} // namespace simmer::recipes

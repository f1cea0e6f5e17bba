// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk does with recipes and their cooking.
#include "app/Desk.h"
#include "app/DeviceJson.h"
#include "app/RecipeEdit.h"

#include <algorithm>

namespace simmer::app {

namespace {

using K = QLatin1String;
using timers::Cook;

Error misuse(const QString &what)
{
    return {ErrorCode::BadArgument, what, {}};
}

Expected<QMap<timers::Box, bool>> ticksOf(const QJsonArray &list, const recipes::Recipe &recipe)
{
    QMap<timers::Box, bool> ticks;
    for (const QJsonValue &each : list) {
        const bool step = each[K("box")].toString() == K("step");
        const qint64 number = each[K("number")].toInteger();
        const qsizetype most = step ? recipe.steps.size() : recipe.ingredients.size();
        if (number < 1 || number > most)
            return Error{ErrorCode::NotFound,
                         QStringLiteral("“%1” has %2 %3")
                             .arg(recipe.title)
                             .arg(most)
                             .arg(step ? QStringLiteral("steps") : QStringLiteral("ingredients")),
                         {}};
        ticks.insert(
            {step ? timers::Box::Kind::Step : timers::Box::Kind::Ingredient, int(number - 1)},
            each[K("on")].toBool());
    }
    return ticks;
}

/// What a cook request says; steps and boxes count from 1.
Expected<Cook> wishOf(const QJsonObject &request, const recipes::Recipe &recipe)
{
    Cook wish{recipe.id, {}, {}, {}};
    if (request.value(K("end")).toBool())
        wish.turn = Cook::Turn::End;
    if (request.value(K("anew")).toBool())
        wish.turn = Cook::Turn::Begin;
    if (request.contains(K("step"))) {
        const qint64 step = request.value(K("step")).toInteger();
        if (step < 1 || step > recipe.steps.size())
            return Error{
                ErrorCode::NotFound,
                QStringLiteral("“%1” has %2 steps").arg(recipe.title).arg(recipe.steps.size()),
                {}};
        wish.step = int(step - 1);
    }
    if (request.contains(K("scale"))) {
        const QJsonArray scale = request.value(K("scale")).toArray();
        wish.scale = timers::scaleOf(scale.at(0).toInteger(), scale.at(1).toInteger());
        if (!wish.scale)
            return misuse(QStringLiteral("a recipe is scaled by 1/1000 to 1000"));
    }
    const auto ticks = ticksOf(request.value(K("ticks")).toArray(), recipe);
    if (!ticks)
        return ticks.error();
    wish.ticks = *ticks;
    return wish;
}

} // namespace

void Desk::answerWhenSaved(const recipes::Recipe &recipe, const Answer &answer)
{
    auto &book = m_device.recipes();
    connect(&book, &recipes::RecipeBook::saved, answer.owner,
            [recipe, answer](const RecipeId &saved) {
                if (saved != recipe.id)
                    return;
                answer.line({{K("id"), recipe.id.toHex()}, {K("title"), recipe.title}});
                answer.end({});
            });
    connect(&book, &recipes::RecipeBook::notSaved, answer.owner,
            [recipe, answer](const RecipeId &failed, const Error &error) {
                if (failed == recipe.id)
                    answer.end(error);
            });
}

void Desk::edit(const QJsonObject &request, const Answer &answer)
{
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    if (!recipe) {
        answer.end(recipe.error());
        return;
    }
    const auto changed =
        edited(*recipe, request.value(K("field")).toString(), request.value(K("value")));
    if (!changed) {
        answer.end(changed.error());
        return;
    }
    answerWhenSaved(*changed, answer);
    m_device.recipes().edit(*recipe, *changed);
}

void Desk::remove(const QJsonObject &request, const Answer &answer)
{
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    if (!recipe) {
        answer.end(recipe.error());
        return;
    }
    answerWhenSaved(*recipe, answer);
    m_device.recipes().remove(recipe->id);
}

/// Of a removed recipe too, when its whole id is given.
void Desk::history(const QJsonObject &request, const Answer &answer)
{
    const QString wanted = request.value(K("recipe")).toString();
    const auto recipe = findRecipe(wanted);
    const RecipeId id = recipe ? recipe->id : RecipeId::fromHex(wanted).value_or(RecipeId());
    const QList<recipes::Edit> edits = m_device.recipes().history(id);
    if (edits.isEmpty()) {
        answer.end(recipe ? std::optional<Error>() : recipe.error());
        return;
    }
    for (const recipes::Edit &edit : edits)
        answer.line(editJson(edit));
    answer.end({});
}

QJsonObject Desk::cookingLine(const timers::Cooking &cooking) const
{
    QJsonObject line = cookingJson(cooking, m_device.timers().now());
    line.insert(K("title"), m_device.recipes().recipes().value(cooking.recipe).title);
    return line;
}

void Desk::listCooking(const QJsonObject &, const Answer &answer)
{
    QList<timers::Cooking> list = m_device.cooking().all().values();
    list.removeIf([now = m_device.timers().now()](const timers::Cooking &cooking) {
        return !timers::isOn(cooking, now);
    });
    std::sort(list.begin(), list.end(), [](const auto &a, const auto &b) {
        return std::pair(a.begunAt, a.recipe.uuid()) < std::pair(b.begunAt, b.recipe.uuid());
    });
    for (const timers::Cooking &cooking : std::as_const(list))
        answer.line(cookingLine(cooking));
    answer.end({});
}

void Desk::cook(const QJsonObject &request, const Answer &answer)
{
    const auto recipe = findRecipe(request.value(K("recipe")).toString());
    const auto wish = recipe ? wishOf(request, *recipe) : Expected<Cook>(recipe.error());
    if (!wish) {
        answer.end(wish.error());
        return;
    }
    auto &cooking = m_device.cooking();
    const auto current = cooking.current(recipe->id);
    if (current && *wish == Cook{recipe->id, {}, {}, {}}) { // nothing but a look at it
        answer.line(cookingLine(*current));
        answer.end({});
        return;
    }
    const OpId op = OpId::random();
    connect(&cooking, &timerserver::CookingSessions::kept, answer.owner,
            [this, op, answer, id = recipe->id](const OpId &kept) {
                if (kept != op)
                    return;
                answer.line(cookingLine(m_device.cooking().all().value(id)));
                answer.end({});
            });
    connect(&cooking, &timerserver::CookingSessions::notKept, answer.owner,
            [op, answer](const OpId &failed, const Error &error) {
                if (failed == op)
                    answer.end(error);
            });
    cooking.cook(*wish, op);
}

} // namespace simmer::app

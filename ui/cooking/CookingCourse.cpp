// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingCourse.h"

#include <algorithm>

namespace simmer::ui {

using recipes::Recipe;
using timers::Box;
using timerserver::CookingSessions;

CookingCourse::CookingCourse(const recipes::RecipeBook &book, const LiveTimers &timers,
                             CookingSessions &cooking, QObject *parent)
    : QObject(parent)
    , m_book(book)
    , m_timers(timers)
    , m_cooking(cooking)
{
    connect(&cooking, &CookingSessions::cookingChanged, this, &CookingCourse::review);
    const auto answered = [this](const OpId &op) {
        if (m_told.remove(op))
            review();
    };
    connect(&cooking, &CookingSessions::kept, this, answered);
    connect(&cooking, &CookingSessions::notKept, this, answered);
    connect(&book, &recipes::RecipeBook::recipeChanged, this, &CookingCourse::take);
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, [this](const RecipeId &recipe) {
        if (recipe == m_recipe.id)
            Q_EMIT over();
    });
}

std::optional<int> CookingCourse::pageFrom(int step, int way) const
{
    for (; step >= 0 && step < m_recipe.steps.size(); step += way)
        if (!m_recipe.steps.at(step).isHeading())
            return step;
    return std::nullopt;
}

/// Where to read when the kitchen is at that step, which may be a heading on an older device, or
/// past the end of a recipe that became shorter.
int CookingCourse::pageAt(int step) const
{
    const int within = std::clamp(step, 0, std::max(0, int(m_recipe.steps.size()) - 1));
    const auto page = pageFrom(within, 1);
    return page ? *page : pageFrom(within, -1).value_or(0);
}

void CookingCourse::open(const RecipeId &recipe)
{
    const auto found = m_book.recipes().constFind(recipe);
    if (found == m_book.recipes().cend())
        return;
    m_recipe = *found;
    m_isAtEnd = false;
    m_elsewhere.reset();
    m_told.clear();
    const auto cooking = m_cooking.current(recipe);
    m_step = pageAt(cooking ? cooking->step : 0);
    if (!cooking)
        tell(m_step, {});
    Q_EMIT changed();
}

/// The recipe was edited while it is cooked.
void CookingCourse::take(const Recipe &recipe)
{
    if (recipe.id != m_recipe.id)
        return;
    m_recipe = recipe;
    m_step = pageAt(m_step);
    Q_EMIT changed();
}

QSet<Box> CookingCourse::ticked() const
{
    const auto cooking = m_cooking.current(m_recipe.id);
    return cooking ? cooking->ticked : QSet<Box>();
}

recipes::Fraction CookingCourse::factor() const
{
    const auto cooking = m_cooking.current(m_recipe.id);
    return cooking ? recipes::Fraction::of(cooking->scale.times, cooking->scale.over)
                   : recipes::Fraction::of(1);
}

QList<RecipeId> CookingCourse::dishes() const
{
    QList<RecipeId> ids;
    for (auto it = m_cooking.all().cbegin(); it != m_cooking.all().cend(); ++it)
        if (m_book.recipes().contains(it.key()) &&
            (it.key() == m_recipe.id || m_cooking.current(it.key())))
            ids += it.key();
    if (!m_recipe.id.isNull() && !ids.contains(m_recipe.id))
        ids += m_recipe.id;
    std::sort(ids.begin(), ids.end(), [this](const RecipeId &a, const RecipeId &b) {
        return m_book.recipes().value(a).title.localeAwareCompare(m_book.recipes().value(b).title) <
               0;
    });
    return ids;
}

bool CookingCourse::isUnderWay(int step) const
{
    for (int slot = 0; slot < m_recipe.steps.at(step).slots.size(); ++slot) {
        const auto timer = m_timers.find(timers::timerAt({m_recipe.id, step, slot}));
        if (timer && isOnPass(*timer))
            return true;
    }
    return false;
}

void CookingCourse::next()
{
    if (m_isAtEnd || steps() == 0)
        return;
    QMap<Box, bool> ticks;
    const Box left{Box::Kind::Step, m_step};
    if (!isUnderWay(m_step) && !ticked().contains(left))
        ticks.insert(left, true);
    const auto page = after();
    m_isAtEnd = !page;
    m_step = page.value_or(m_step);
    tell(m_step, ticks);
    Q_EMIT changed();
}

void CookingCourse::back()
{
    const std::optional<int> page = m_isAtEnd ? m_step : before();
    if (!page)
        return;
    m_step = *page;
    m_isAtEnd = false;
    tell(m_step, {});
    Q_EMIT changed();
}

void CookingCourse::goTo(int step)
{
    if (step < 0 || step >= m_recipe.steps.size() || (pageAt(step) == m_step && !m_isAtEnd))
        return;
    m_step = pageAt(step);
    m_isAtEnd = false;
    tell(m_step, {});
    Q_EMIT changed();
}

void CookingCourse::follow()
{
    if (m_elsewhere)
        goTo(*m_elsewhere);
}

void CookingCourse::tick(const Box &box, bool on)
{
    m_cooking.tick(m_recipe.id, box, on);
}

void CookingCourse::tell(int step, const QMap<Box, bool> &ticks)
{
    const OpId op = OpId::random();
    m_told.insert(op);
    m_elsewhere.reset();
    m_cooking.cook({m_recipe.id, {}, step, {}, ticks}, op);
}

void CookingCourse::review()
{
    const auto cooking = m_cooking.current(m_recipe.id);
    if (m_told.isEmpty()) {
        const bool isApart =
            cooking && cooking->step < m_recipe.steps.size() && pageAt(cooking->step) != m_step;
        m_elsewhere = isApart ? std::optional(pageAt(cooking->step)) : std::nullopt;
    }
    Q_EMIT changed();
}

void CookingCourse::nextDish()
{
    const QList<RecipeId> all = dishes();
    if (all.size() > 1)
        open(all.at((all.indexOf(m_recipe.id) + 1) % all.size()));
}

void CookingCourse::finish()
{
    const RecipeId ended = m_recipe.id;
    QList<RecipeId> left = dishes();
    left.removeAll(ended);
    if (m_cooking.current(ended))
        m_cooking.end(ended);
    if (left.isEmpty())
        Q_EMIT over();
    else
        open(left.constFirst());
}

} // namespace simmer::ui

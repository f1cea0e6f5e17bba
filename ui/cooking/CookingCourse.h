// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/LiveTimers.h"
#include "recipes/RecipeBook.h"
#include "recipes/scaling/Fraction.h"
#include "timerserver/CookingSessions.h"

#include <QObject>

namespace simmer::ui {

/// Where the reader of cooking mode is: which dish, which step. The kitchen hears of each step, and
/// a dish resumes where the kitchen left it; but when another device moves on, the reader's step
/// stays until they follow. Steps go by their index in the recipe, as in ops; headings over nothing
/// are passed by. GUI thread.
class CookingCourse : public QObject
{
    Q_OBJECT

public:
    CookingCourse(const recipes::RecipeBook &book, const LiveTimers &timers,
                  timerserver::CookingSessions &cooking, QObject *parent = nullptr);

    /// Goes to a dish, at the kitchen's step of it; begins it when nobody cooks it. Nothing for an
    /// unknown recipe.
    void open(const RecipeId &recipe);
    const recipes::Recipe &recipe() const { return m_recipe; }
    /// From 0.
    int step() const { return m_step; }
    /// How many there are to read.
    int steps() const { return recipes::countedSteps(m_recipe); }
    /// The next to read after step(), or before it.
    std::optional<int> after() const { return pageFrom(m_step + 1, 1); }
    std::optional<int> before() const { return pageFrom(m_step - 1, -1); }
    /// Past the last step: all is done.
    bool isAtEnd() const { return m_isAtEnd; }
    QSet<timers::Box> ticked() const;
    recipes::Fraction factor() const;
    /// The step at which another device is, where it is not the reader's.
    std::optional<int> elsewhere() const { return m_elsewhere; }
    /// What is cooked now, by title, this dish too.
    QList<RecipeId> dishes() const;

    /// The step that is left counts as done, unless one of its timers is under way.
    void next();
    void back();
    void goTo(int step);
    void follow();
    void tick(const timers::Box &box, bool on);
    void nextDish();
    /// Ends the cooking of this dish, and goes to another that is cooked; over() when there is
    /// none.
    void finish();

Q_SIGNALS:
    /// Anything of the above.
    void changed();
    /// Nothing is left to cook here, or the recipe was removed.
    void over();

private:
    std::optional<int> pageFrom(int step, int way) const;
    int pageAt(int step) const;
    bool isUnderWay(int step) const;
    void tell(int step, const QMap<timers::Box, bool> &ticks);
    void review();
    void take(const recipes::Recipe &recipe);

    const recipes::RecipeBook &m_book;
    const LiveTimers &m_timers;
    timerserver::CookingSessions &m_cooking;
    recipes::Recipe m_recipe;
    int m_step = 0;
    bool m_isAtEnd = false;
    std::optional<int> m_elsewhere;
    QSet<OpId> m_told; ///< steps that the kitchen has not heard of yet
};

} // namespace simmer::ui

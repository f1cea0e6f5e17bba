// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "recipes/scaling/Servings.h"

#include <QCoreApplication>

namespace simmer::ui {

/// What the page of a recipe says besides the author's words. Pure.
class RecipeWords
{
    Q_DECLARE_TR_FUNCTIONS(RecipeWords)

public:
    /// What is counted, without the number: "servings", "rolls", "×" where the recipe does not say.
    static QString yieldNoun(const std::optional<recipes::Servings> &servings, double count);
    /// "6 servings".
    static QString yields(const std::optional<recipes::Servings> &servings,
                          const recipes::Fraction &factor);
    /// "Written for 4. Times are not scaled."; empty for the recipe as it is written.
    static QString writtenFor(const recipes::Recipe &recipe, const recipes::Fraction &factor);
    /// "1 h 40 min · 35 min hands-on · 6 servings".
    static QString meta(const recipes::Recipe &recipe, const recipes::Fraction &factor);
    /// The whole recipe as text to be pasted into a letter.
    static QString asText(const recipes::Recipe &recipe, const recipes::Fraction &factor);
    /// A name for its file: the title without what file systems refuse.
    static QString fileName(const recipes::Recipe &recipe);
};

} // namespace simmer::ui

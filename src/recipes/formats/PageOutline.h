// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/formats/HtmlPage.h"

#include <QStringList>

namespace simmer::recipes::formats {

/// What a page shows under its headings "Ingredients" and "Method".
struct PageOutline {
    QStringList ingredients;
    QStringList steps;

    bool isWhole() const { return !ingredients.isEmpty() && !steps.isEmpty(); }
};

/// The lists under a page's headings, for pages whose recipe is meant for readers only. Guesses by
/// the words of headings and the look of lists, never by the site; finds nothing rather than
/// something doubtful.
PageOutline outlineOf(const HtmlPage &page);

} // namespace simmer::recipes::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/formats/HtmlPage.h"

#include <QJsonObject>
#include <QList>

namespace simmer::recipes::formats {

/// The Recipe items of a page's microdata (HTML Standard, section 5) as JSON-LD nodes, so that one
/// mapping serves both. A property that a page gives several times is a list, and so are the lines
/// of an element with list items; other lines stay one text with newlines.
QList<QJsonObject> microdataRecipes(const HtmlPage &page);

} // namespace simmer::recipes::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/formats/HtmlPage.h"

#include <QString>
#include <QStringList>

namespace simmer::recipes::formats {

/// What a reader sees of a node, one string a line: blocks and <br> break lines, white space is
/// folded, empty lines are left out.
QStringList linesOf(const HtmlPage &page, int node);

/// The same on one line.
QString textOf(const HtmlPage &page, int node);

/// The lines of a value that may hold markup, entities (also encoded twice) and newlines; where
/// text stands in a block, only the block breaks lines. Lines of mere punctuation are left out.
QStringList plainLines(const QString &value);

/// The same on one line.
QString plainText(const QString &value);

} // namespace simmer::recipes::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QList>
#include <QString>

namespace simmer::recipes::formats {

struct HtmlAttribute {
    QString name; ///< in lower case
    QString value;

    bool operator==(const HtmlAttribute &) const = default;
};

/// An element or a run of text. A page is the list of its nodes in the order of the page, so the
/// descendants of node i are the nodes i+1 … end-1, and no walk needs recursion.
struct HtmlNode {
    const char *tag = ""; ///< static, in lower case; empty for text and for unknown elements
    QString text;         ///< of a run of text, entities decoded
    QList<HtmlAttribute> attributes;
    int end = 0; ///< index of the first node that is no descendant

    bool is(const char *name) const { return qstrcmp(tag, name) == 0; }
    bool has(QLatin1String name) const;
    /// The attribute's value, empty where it is absent.
    QString attribute(QLatin1String name) const;
};

using HtmlPage = QList<HtmlNode>;

/// The tree of a page, however broken its markup. Errors: BadSyntax when it is nested deeper than
/// any real page, TooLarge when it takes more memory or time than GumboHeap grants.
Expected<HtmlPage> parseHtml(const QString &html);

} // namespace simmer::recipes::formats

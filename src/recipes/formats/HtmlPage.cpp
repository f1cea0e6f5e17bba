// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/HtmlPage.h"

#include "recipes/formats/GumboHeap.h"
#include "recipes/formats/HtmlDepth.h"

#include <algorithm>
#include <gumbo.h>
#include <vector>

namespace simmer::recipes::formats {

namespace {

QList<HtmlAttribute> attributesOf(const GumboElement &element)
{
    QList<HtmlAttribute> attributes;
    attributes.reserve(element.attributes.length);
    for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto *a = static_cast<const GumboAttribute *>(element.attributes.data[i]);
        attributes.append({QString::fromUtf8(a->name).toLower(), QString::fromUtf8(a->value)});
    }
    return attributes;
}

bool isElement(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

/// The node without its children; nothing for what a reader never sees.
std::optional<HtmlNode> copied(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        return HtmlNode{
            gumbo_normalized_tagname(node->v.element.tag), {}, attributesOf(node->v.element), 0};
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_WHITESPACE:
        return HtmlNode{"", QString::fromUtf8(node->v.text.text), {}, 0};
    case GUMBO_NODE_DOCUMENT:
    case GUMBO_NODE_COMMENT:
        return std::nullopt;
    }
    Q_UNREACHABLE();
}

struct Frame {
    const GumboNode *node;
    int index;
    unsigned nextChild;
};

HtmlPage copied(const GumboOutput *output)
{
    HtmlPage page;
    page.append(*copied(output->root));
    std::vector<Frame> path{{output->root, 0, 0}};
    while (!path.empty()) {
        Frame &top = path.back();
        const GumboVector &children = top.node->v.element.children;
        if (top.nextChild == children.length) {
            page[top.index].end = static_cast<int>(page.size());
            path.pop_back();
            continue;
        }
        const auto *child = static_cast<const GumboNode *>(children.data[top.nextChild++]);
        auto node = copied(child);
        if (!node)
            continue;
        node->end = static_cast<int>(page.size()) + 1;
        page.append(*std::move(node));
        if (isElement(child))
            path.push_back({child, static_cast<int>(page.size()) - 1, 0});
    }
    return page;
}

} // namespace

bool HtmlNode::has(QLatin1String name) const
{
    return std::any_of(attributes.cbegin(), attributes.cend(),
                       [&](const HtmlAttribute &a) { return a.name == name; });
}

QString HtmlNode::attribute(QLatin1String name) const
{
    const auto found = std::find_if(attributes.cbegin(), attributes.cend(),
                                    [&](const HtmlAttribute &a) { return a.name == name; });
    return found == attributes.cend() ? QString() : found->value;
}

Expected<HtmlPage> parseHtml(const QString &html)
{
    const QByteArray utf8 = html.toUtf8();
    if (isTooDeep(utf8))
        return Error{ErrorCode::BadSyntax,
                     QStringLiteral("its elements are nested more than %1 deep").arg(MaxHtmlDepth),
                     {}};
    GumboHeap heap;
    const GumboOutput *output = heap.parse(utf8);
    if (!output)
        return Error{ErrorCode::TooLarge, QStringLiteral("it is too tangled to be read"), {}};
    return copied(output);
}

} // namespace simmer::recipes::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/PageOutline.h"

#include "recipes/formats/Headings.h"
#include "recipes/formats/HtmlText.h"

#include <algorithm>

namespace simmer::recipes::formats {

namespace {

constexpr int MaxHeadingNodes = 8;   ///< a heading is a small element
constexpr int MaxRegionNodes = 4000; ///< nodes under one heading, far above real pages
constexpr int MaxHeadings = 200;     ///< more of them are no recipe

struct Place {
    int start;
    int end;
    int rank; ///< 1 … 6 of h1 … h6, 7 for what only looks like a heading
    Heading kind;
};

int rankOf(const HtmlNode &node)
{
    const bool isHeading = node.tag[0] == 'h' && node.tag[1] >= '1' && node.tag[1] <= '6';
    return isHeading && node.tag[2] == 0 ? node.tag[1] - '0' : 7;
}

bool isOutside(const HtmlNode &node)
{
    return node.is("nav") || node.is("footer") || node.is("script") || node.is("style") ||
           node.is("template") || node.is("head") || node.is("form");
}

QList<Place> headingsOf(const HtmlPage &page)
{
    QList<Place> places;
    for (int i = 0; i < page.size() && places.size() < MaxHeadings; ++i) {
        const HtmlNode &node = page[i];
        if (isOutside(node)) {
            i = node.end - 1;
            continue;
        }
        const bool small = node.tag[0] != 0 && node.end - i <= MaxHeadingNodes && node.end > i + 1;
        if (!small || node.is("a") || node.is("li"))
            continue;
        if (const auto kind = headingOf(textOf(page, i))) {
            places.append({i, node.end, rankOf(node), *kind});
            i = node.end - 1;
        }
    }
    return places;
}

/// Where the region of a heading ends: at the next telling heading, or at one of no lower rank.
int regionEnd(const HtmlPage &page, const QList<Place> &places, qsizetype which)
{
    const Place &place = places[which];
    int end = std::min<int>(static_cast<int>(page.size()), place.end + MaxRegionNodes);
    if (which + 1 < places.size())
        end = std::min(end, places[which + 1].start);
    for (int i = place.end; i < end; ++i) {
        const int rank = rankOf(page[i]);
        if (rank < 7 && rank <= std::max(place.rank == 7 ? 2 : place.rank, 1))
            return i;
    }
    return end;
}

/// The line without the bullet that a page wrote as text.
QString withoutBullet(const QString &line)
{
    const bool bullet =
        line.size() > 2 && line[1] == u' ' && QStringView(u"•·-–—*▢□").contains(line.front());
    return bullet ? line.mid(2).trimmed() : line;
}

/// The texts of the elements with this tag in a region, or their lines.
QStringList textsIn(const HtmlPage &page, int start, int end, const char *tag, bool byLine)
{
    QStringList texts;
    for (int i = start; i < end; ++i) {
        if (!page[i].is(tag))
            continue;
        if (byLine)
            texts += linesOf(page, i);
        else
            texts += textOf(page, i);
        i = page[i].end - 1;
    }
    texts.removeAll(QString());
    std::transform(texts.cbegin(), texts.cend(), texts.begin(), withoutBullet);
    return texts;
}

bool hasDigit(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.isNumber(); });
}

bool looksLikeIngredients(const QStringList &lines)
{
    const auto measured = std::count_if(lines.cbegin(), lines.cend(), hasDigit);
    const bool brief = std::all_of(lines.cbegin(), lines.cend(),
                                   [](const QString &line) { return line.size() < 200; });
    return lines.size() >= 3 && lines.size() <= 100 && brief && measured * 3 >= lines.size();
}

bool looksLikeSteps(const QStringList &lines)
{
    qsizetype letters = 0;
    for (const QString &line : lines)
        letters += line.size();
    return !lines.isEmpty() && lines.size() <= 100 && letters >= 80 && letters / lines.size() >= 25;
}

QStringList linesUnder(const HtmlPage &page, int start, int end, Heading kind)
{
    const auto fits = kind == Heading::Ingredients ? looksLikeIngredients : looksLikeSteps;
    const QStringList items = textsIn(page, start, end, "li", false);
    if (fits(items))
        return items;
    const QStringList paragraphs = textsIn(page, start, end, "p", true);
    return fits(paragraphs) ? paragraphs : QStringList();
}

} // namespace

PageOutline outlineOf(const HtmlPage &page)
{
    PageOutline outline;
    const QList<Place> places = headingsOf(page);
    for (qsizetype i = 0; i < places.size(); ++i) {
        const Heading kind = places[i].kind;
        if (kind == Heading::Other)
            continue;
        QStringList &lines = kind == Heading::Ingredients ? outline.ingredients : outline.steps;
        if (lines.isEmpty())
            lines = linesUnder(page, places[i].end, regionEnd(page, places, i), kind);
    }
    return outline;
}

} // namespace simmer::recipes::formats

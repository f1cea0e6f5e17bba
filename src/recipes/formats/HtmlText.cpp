// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/HtmlText.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <vector>

namespace simmer::recipes::formats {

namespace {

// A value that went through two encoders needs two passes; more is no text but an attack.
constexpr int MaxPasses = 4;

constexpr std::array Blocks{
    "address", "article", "aside", "blockquote", "dd",  "div",   "dl", "dt",  "fieldset",
    "figure",  "footer",  "form",  "h1",         "h2",  "h3",    "h4", "h5",  "h6",
    "header",  "hr",      "li",    "main",       "nav", "ol",    "p",  "pre", "section",
    "table",   "tbody",   "td",    "tfoot",      "th",  "thead", "tr", "ul",  "br"};
constexpr std::array Unseen{"script", "style", "template", "noscript", "head", "svg", "select"};

template<size_t N>
bool isOneOf(const HtmlNode &node, const std::array<const char *, N> &names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *n) { return node.is(n); });
}

/// Lines in the making: text is added, breaks end the line.
class Lines
{
public:
    void add(const QString &text) { m_line += text; }
    void addLines(const QString &text)
    {
        const QStringList parts = text.split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (i > 0)
                endLine();
            add(parts[i]);
        }
    }
    void endLine()
    {
        // Zero width spaces, byte order marks, soft hyphens: no reader sees them, no search finds.
        m_line.remove(QChar(0x200b)).remove(QChar(0xfeff)).remove(QChar(0xad));
        QString line = m_line.simplified();
        // Half a surrogate pair ("\\ud83c" in JSON) would not survive being stored as UTF-8.
        if (!line.isValidUtf16())
            line = QString::fromUtf8(line.toUtf8());
        if (!line.isEmpty())
            m_lines.append(line);
        m_line.clear();
    }
    QStringList take()
    {
        endLine();
        return std::move(m_lines);
    }

private:
    QString m_line;
    QStringList m_lines;
};

bool isMarkedUp(const QString &value)
{
    static const QRegularExpression pattern(QStringLiteral(R"(</?[a-zA-Z!]|&#?\w{2,32};?)"));
    return pattern.match(value).hasMatch();
}

enum class Newlines { Fold, Break };

QStringList readLines(const HtmlPage &page, int node, Newlines newlines)
{
    Lines lines;
    std::vector<int> blockEnds;
    for (int i = node; i < page[node].end; ++i) {
        for (; !blockEnds.empty() && blockEnds.back() <= i; blockEnds.pop_back())
            lines.endLine();
        const HtmlNode &at = page[i];
        if (isOneOf(at, Unseen)) {
            i = at.end - 1;
        } else if (isOneOf(at, Blocks)) {
            lines.endLine();
            blockEnds.push_back(at.end);
        } else if (newlines == Newlines::Break && blockEnds.empty()) {
            lines.addLines(at.text);
        } else {
            lines.add(at.text);
        }
    }
    return lines.take();
}

/// The value without one layer of markup. Newlines outside its blocks are kept as lines.
QString unwrapped(const QString &value)
{
    const auto page = parseHtml(value);
    if (!page)
        return value;
    return readLines(*page, 0, Newlines::Break).join(QLatin1Char('\n'));
}

bool saysSomething(const QString &line)
{
    return std::any_of(line.cbegin(), line.cend(),
                       [](QChar c) { return c.isLetterOrNumber() || c.isSurrogate(); });
}

} // namespace

QStringList linesOf(const HtmlPage &page, int node)
{
    return readLines(page, node, Newlines::Fold);
}

QString textOf(const HtmlPage &page, int node)
{
    return linesOf(page, node).join(QLatin1Char(' '));
}

QStringList plainLines(const QString &value)
{
    QString text = value;
    text.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n');
    for (int pass = 0; pass < MaxPasses && isMarkedUp(text); ++pass)
        text = unwrapped(text);
    Lines lines;
    lines.addLines(text);
    QStringList taken = lines.take();
    taken.removeIf([](const QString &line) { return !saysSomething(line); });
    return taken;
}

QString plainText(const QString &value)
{
    return plainLines(value).join(QLatin1Char(' '));
}

} // namespace simmer::recipes::formats

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/HtmlDepth.h"

#include <QByteArrayView>
#include <QHash>

#include <algorithm>
#include <array>
#include <vector>

namespace simmer::recipes::formats {

namespace {

template<size_t N>
bool isOneOf(const QByteArray &name, const std::array<const char *, N> &names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *n) { return name == n; });
}

// HTML Standard, section 13.1.2: void elements, and those whose content is no markup.
constexpr std::array Void{"area",  "base", "br",   "col",   "embed",  "hr",    "img",
                          "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::array Raw{"script", "style", "textarea", "title", "xmp", "iframe", "noembed"};
// The same, section 13.1.2.4: a sibling closes them; old pages never close them otherwise.
constexpr std::array SelfClosing{"p",  "li", "dt",     "dd",       "tr",
                                 "td", "th", "option", "optgroup", "tbody"};

class Scan
{
public:
    explicit Scan(const QByteArray &html)
        : m_html(html)
    {
    }

    bool isTooDeep()
    {
        while ((m_at = m_html.indexOf('<', m_at)) >= 0) {
            takeTag();
            if (m_open.size() > MaxHtmlDepth)
                return true;
            if (m_at < 0)
                return false;
        }
        return false;
    }

private:
    void takeTag()
    {
        const QByteArrayView rest = QByteArrayView(m_html).sliced(m_at + 1);
        if (rest.startsWith("!--"))
            skipTo("-->");
        else if (rest.startsWith('/'))
            takeEnd();
        else if (!rest.isEmpty() && std::isalpha(static_cast<uchar>(rest.front())))
            takeStart();
        else
            ++m_at;
    }

    void skipTo(const char *end) { m_at = m_html.indexOf(end, m_at + 1); }

    QByteArray nameAt(qsizetype start) const
    {
        const auto isEnd = [](char c) { return !std::isalnum(static_cast<uchar>(c)) && c != '-'; };
        const auto *end = std::find_if(m_html.cbegin() + start, m_html.cend(), isEnd);
        return m_html.mid(start, end - m_html.cbegin() - start).toLower();
    }

    void takeEnd()
    {
        const QByteArray name = nameAt(m_at + 2);
        if (m_count.value(name) > 0) {
            const auto last = std::find(m_open.rbegin(), m_open.rend(), name);
            closeDownTo(m_open.rend() - last - 1);
        }
        skipTo(">");
    }

    void closeDownTo(qsizetype depth)
    {
        while (static_cast<qsizetype>(m_open.size()) > depth) {
            --m_count[m_open.back()];
            m_open.pop_back();
        }
    }

    void takeStart()
    {
        const QByteArray name = nameAt(m_at + 1);
        const bool closed = skipAttributes();
        if (isOneOf(name, Raw) && !closed && m_at >= 0) {
            skipTo(QByteArray("</" + name).constData());
        } else if (!closed && !isOneOf(name, Void)) {
            closeSiblings(name);
            m_open.push_back(name);
            ++m_count[name];
        }
    }

    void closeSiblings(const QByteArray &name)
    {
        if (!isOneOf(name, SelfClosing))
            return;
        for (qsizetype i = static_cast<qsizetype>(m_open.size()) - 1; i >= 0; --i) {
            const QByteArray &open = m_open[static_cast<size_t>(i)];
            if (open == name)
                return closeDownTo(i);
            if (!isOneOf(open, SelfClosing))
                return;
        }
    }

    /// Moves behind the tag's '>' that stands in no quotes; true when the tag closes itself.
    bool skipAttributes()
    {
        char last = 0;
        for (++m_at; m_at < m_html.size(); ++m_at) {
            const char c = m_html[m_at];
            if (c == '>')
                return last == '/';
            if ((c == '"' || c == '\'') && last == '=') {
                m_at = m_html.indexOf(c, m_at + 1);
                if (m_at < 0)
                    return false;
            }
            if (c != ' ')
                last = c;
        }
        m_at = -1;
        return false;
    }

    const QByteArray &m_html;
    qsizetype m_at = 0;
    std::vector<QByteArray> m_open;
    QHash<QByteArray, int> m_count;
};

} // namespace

bool isTooDeep(const QByteArray &html)
{
    return Scan(html).isTooDeep();
}

} // namespace simmer::recipes::formats

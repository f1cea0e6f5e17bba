// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/JsonRepair.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonParseError>

#include <algorithm>
#include <array>

namespace simmer::recipes::formats {

namespace {

bool isHex(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isDigit() || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
    });
}

/// One pass over the text; each function takes what stands at m_at and moves behind it.
class Repair
{
public:
    explicit Repair(QStringView in)
        : m_in(in)
    {
        m_out.reserve(in.size() + 16);
    }

    QString run()
    {
        while (m_at < m_in.size()) {
            if (!skipWrapper())
                takeToken(m_in[m_at]);
        }
        return m_values > 1 ? u'[' + m_out + u']' : m_out;
    }

private:
    /// What pages put around JSON: HTML comments, CDATA marks, JavaScript comments, semicolons.
    bool skipWrapper()
    {
        const QStringView rest = m_in.sliced(m_at);
        for (const QLatin1String mark :
             {QLatin1String("<!--"), QLatin1String("-->"), QLatin1String("<![CDATA["),
              QLatin1String("]]>"), QLatin1String("//"), QLatin1String(";")}) {
            if (rest.startsWith(mark)) {
                m_at += mark.size();
                return true;
            }
        }
        if (!rest.startsWith(QLatin1String("/*")))
            return false;
        const qsizetype end = m_in.indexOf(QLatin1String("*/"), m_at + 2);
        m_at = end < 0 ? m_in.size() : end + 2;
        return true;
    }

    void takeToken(QChar c)
    {
        if (c == u'"')
            return takeString();
        ++m_at;
        if (c == u'{' || c == u'[')
            open(c);
        else if (c == u'}' || c == u']')
            close(c);
        else if (c == u',')
            takeComma();
        else
            m_out += c;
    }

    void open(QChar c)
    {
        if (m_depth++ == 0 && ++m_values > 1)
            m_out += u',';
        m_out += c;
    }

    /// A closing bracket too many is dropped.
    void close(QChar c)
    {
        if (m_depth == 0)
            return;
        --m_depth;
        m_out += c;
    }

    void takeComma()
    {
        const qsizetype next = skipSpace(m_at);
        const bool trailing = next == m_in.size() || m_in[next] == u'}' || m_in[next] == u']';
        if (!trailing && m_depth > 0 && !m_out.endsWith(u','))
            m_out += u',';
    }

    qsizetype skipSpace(qsizetype at) const
    {
        while (at < m_in.size() && m_in[at].isSpace())
            ++at;
        return at;
    }

    void takeString()
    {
        m_out += u'"';
        for (++m_at; m_at < m_in.size(); ++m_at) {
            const QChar c = m_in[m_at];
            if (c == u'"' && endsString())
                break;
            takeCharacter(c);
        }
        m_out += u'"';
        ++m_at;
    }

    /// A quote ends its string only where JSON goes on behind it; others belong to the text.
    bool endsString() const
    {
        const qsizetype next = skipSpace(m_at + 1);
        return next == m_in.size() || QStringView(u",:}]").contains(m_in[next]);
    }

    void takeCharacter(QChar c)
    {
        if (c == u'"')
            m_out += QLatin1String("\\\"");
        else if (c == u'\\')
            takeEscape();
        else if (c < u' ')
            m_out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            m_out += c;
    }

    void takeEscape()
    {
        const QStringView next = m_in.sliced(m_at + 1);
        if (next.startsWith(u'u') && next.size() > 4 && isHex(next.sliced(1, 4))) {
            m_out += u'\\';
        } else if (!next.isEmpty() && QStringView(u"\"\\/bfnrt").contains(next.front())) {
            m_out += u'\\';
            m_out += next.front();
            ++m_at;
        }
    }

    QStringView m_in;
    QString m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_values = 0;
};

std::optional<QJsonValue> strictly(const QString &json, QString *problem)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json.toUtf8(), &error);
    *problem = error.errorString();
    if (error.error != QJsonParseError::NoError)
        return std::nullopt;
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QString withoutQuotEntities(QString json)
{
    return json.replace(QLatin1String("&quot;"), QLatin1String("\""))
        .replace(QLatin1String("&amp;"), QLatin1String("&"));
}

} // namespace

QString repairedJson(const QString &json)
{
    return Repair(json).run();
}

Expected<QJsonValue> parseJson(const QString &json)
{
    QString problem;
    if (auto value = strictly(json, &problem))
        return *std::move(value);
    const QString first = problem;
    if (auto value = strictly(repairedJson(json), &problem))
        return *std::move(value);
    if (auto value = strictly(repairedJson(withoutQuotEntities(json)), &problem))
        return *std::move(value);
    return Error{ErrorCode::BadSyntax, QStringLiteral("its JSON is broken: %1").arg(first), {}};
}

} // namespace simmer::recipes::formats

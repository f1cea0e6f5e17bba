// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/FrontMatter.h"

#include <QRegularExpression>

namespace simmer::recipes::formats::cooklang {

namespace {

bool isFence(QStringView line)
{
    return line.startsWith(u"---") && line.trimmed() == u"---";
}

qsizetype indentOf(const QString &line)
{
    qsizetype indent = 0;
    while (indent < line.size() && line[indent].isSpace())
        ++indent;
    return indent;
}

/// The value of a scalar: quotes and comments taken off.
QString scalar(QStringView raw)
{
    QStringView text = raw.trimmed();
    const QChar quote = text.isEmpty() ? QChar() : text.front();
    if (quote == u'"' || quote == u'\'') {
        const qsizetype end = text.indexOf(quote, 1);
        const qsizetype last = text.lastIndexOf(quote);
        const bool escaped = end != last;
        text = last > 0 ? text.sliced(1, last - 1) : text.sliced(1);
        QString value = text.toString();
        if (escaped && quote == u'"')
            value.replace(QLatin1String("\\\""), QLatin1String("\""));
        else if (escaped)
            value.replace(QLatin1String("''"), QLatin1String("'"));
        return value;
    }
    static const QRegularExpression comment(QStringLiteral(R"((?:^|\s)#.*$)"));
    return text.toString().remove(comment).trimmed();
}

/// The parts of "[a, "b, c"]".
QStringList flowList(QStringView raw)
{
    QStringList values;
    QString part;
    QChar quote;
    for (const QChar c : raw) {
        if (quote.isNull() ? c == u'"' || c == u'\'' : c == quote)
            quote = quote.isNull() ? c : QChar();
        if (c == u',' && quote.isNull())
            values += scalar(std::exchange(part, {}));
        else
            part += c;
    }
    values += scalar(part);
    values.removeAll(QString());
    return values;
}

QStringList valuesOf(QStringView raw)
{
    const QStringView text = raw.trimmed();
    if (text.startsWith(u'[') && text.endsWith(u']') && text.size() > 1)
        return flowList(text.sliced(1, text.size() - 2));
    const QString value = scalar(text);
    return value.isEmpty() ? QStringList() : QStringList{value};
}

/// Reads the lines between the fences one by one.
class Reader
{
public:
    explicit Reader(QList<Entry> &entries)
        : m_entries(entries)
    {
    }

    void take(const QString &line)
    {
        const QString text = line.trimmed();
        const qsizetype indent = indentOf(line);
        if (!m_block.isNull() && (indent > 0 || text.isEmpty()))
            takeBlockLine(text);
        else if (text.isEmpty() || text.startsWith(u'#'))
            return;
        else if (text.startsWith(u"- ") && !m_entries.isEmpty())
            m_entries[m_parent].values += valuesOf(QStringView(text).sliced(2));
        else if (indent > 0 && !m_parentKey.isEmpty())
            takeNested(text);
        else
            takeKey(text);
    }

private:
    void takeKey(const QString &text)
    {
        m_block = QChar();
        const Entry entry = entryOf(text);
        const QString value = text.mid(text.indexOf(u':') + 1).trimmed();
        m_parentKey = entry.key;
        m_parent = m_entries.size();
        m_entries.append(entry);
        if (value.startsWith(u'|') || value.startsWith(u'>')) {
            m_block = value.front();
            m_entries.last().values.clear();
        }
    }

    void takeNested(const QString &text)
    {
        Entry entry = entryOf(text);
        if (entry.key.isEmpty())
            return;
        entry.key = m_parentKey + u'.' + entry.key;
        m_entries.append(entry);
    }

    /// "|" keeps the lines of its block, ">" lets them flow together.
    void takeBlockLine(const QString &text)
    {
        QStringList &values = m_entries.last().values;
        if (values.isEmpty())
            values += text;
        else
            values.first() += (m_block == u'|' ? u'\n' : u' ') + text;
    }

    QList<Entry> &m_entries;
    QString m_parentKey;
    qsizetype m_parent = 0;
    QChar m_block;
};

} // namespace

Entry entryOf(const QString &line)
{
    qsizetype colon = line.indexOf(QLatin1String(": "));
    if (colon < 0)
        colon = line.indexOf(u':');
    if (colon < 0)
        return {{}, valuesOf(line)};
    return {scalar(QStringView(line).first(colon)), valuesOf(QStringView(line).sliced(colon + 1))};
}

qsizetype parseFrontMatter(const QString &text, QList<Entry> &entries)
{
    qsizetype at = 0;
    while (at < text.size() && text[at] == u'\n')
        ++at;
    qsizetype end = text.indexOf(u'\n', at);
    if (end < 0 || !isFence(QStringView(text).sliced(at, end - at)))
        return 0;
    QList<Entry> found;
    Reader reader(found);
    while (end >= 0) {
        at = end + 1;
        end = text.indexOf(u'\n', at);
        const QString line = text.mid(at, end < 0 ? -1 : end - at);
        if (isFence(line)) {
            entries += found;
            return end < 0 ? text.size() : end + 1;
        }
        reader.take(line);
    }
    return 0;
}

} // namespace simmer::recipes::formats::cooklang

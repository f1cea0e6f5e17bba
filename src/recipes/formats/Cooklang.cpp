// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Cooklang.h"

#include "recipes/formats/CooklangItems.h"
#include "recipes/formats/FrontMatter.h"

#include <algorithm>

namespace simmer::recipes::formats::cooklang {

namespace {

// Where a comment stood: a line with nothing else is no empty line, so it ends no step.
constexpr QChar CommentMark = QChar::Null;

/// Takes out "-- …" up to the end of the line and "[- … -]" over lines. A run of three or more
/// dashes is no comment (canonical test testMetadataBreak).
class CommentStripper
{
public:
    explicit CommentStripper(QStringView in)
        : m_in(in)
    {
    }

    QString run()
    {
        while (m_at < m_in.size()) {
            if (m_in[m_at] == u'-')
                takeDashes();
            else if (!takeBlock())
                m_out += m_in[m_at++];
        }
        return m_out;
    }

private:
    void takeDashes()
    {
        qsizetype end = m_at;
        while (end < m_in.size() && m_in[end] == u'-')
            ++end;
        if (end - m_at == 2) {
            end = m_in.indexOf(u'\n', end);
            m_out += CommentMark;
            m_at = end < 0 ? m_in.size() : end;
        } else {
            m_out += m_in.sliced(m_at, end - m_at);
            m_at = end;
        }
    }

    bool takeBlock()
    {
        if (!m_mayClose || !m_in.sliced(m_at).startsWith(u"[-"))
            return false;
        const qsizetype end = m_in.indexOf(u"-]", m_at + 2);
        m_mayClose = end >= 0;
        if (!m_mayClose)
            return false;
        m_out += CommentMark;
        m_at = end + 2;
        return true;
    }

    QStringView m_in;
    qsizetype m_at = 0;
    QString m_out;
    bool m_mayClose = true; ///< false once no "-]" follows, so that the search is not repeated
};

/// Puts lines together to paragraphs, notes, sections and old metadata.
class BlockParser
{
public:
    explicit BlockParser(Document &document)
        : m_document(document)
    {
    }

    void take(QString line)
    {
        const bool commented = line.contains(CommentMark);
        line.remove(CommentMark);
        if (line.trimmed().isEmpty()) {
            if (!commented)
                endBlock();
        } else if (line.startsWith(u">>") && line.contains(u':')) {
            endBlock();
            m_document.metadata.append(entryOf(line.mid(2)));
        } else if (line.startsWith(u'>')) {
            takeNote(line.mid(1).trimmed());
        } else if (line.startsWith(u'=')) {
            endBlock();
            takeSection(line.trimmed());
        } else {
            takeText(line);
        }
    }

    void endBlock()
    {
        if (!m_note.isEmpty())
            m_document.notes.append(std::exchange(m_note, {}));
        if (m_paragraph.endsWith(u'\n'))
            m_paragraph.chop(1);
        if (!m_paragraph.trimmed().isEmpty())
            m_document.steps.append({parseItems(m_paragraph), m_section});
        m_paragraph.clear();
    }

private:
    void takeNote(const QString &text)
    {
        if (!m_paragraph.isEmpty())
            endBlock();
        m_note += m_note.isEmpty() ? text : u' ' + text;
    }

    void takeSection(QStringView line)
    {
        while (line.startsWith(u'='))
            line = line.sliced(1);
        while (line.endsWith(u'='))
            line.chop(1);
        m_section = line.trimmed().toString();
    }

    /// A backslash at the end of a line keeps the line break; otherwise lines flow together.
    void takeText(QString line)
    {
        if (!m_note.isEmpty())
            endBlock();
        if (!m_paragraph.isEmpty() && !m_paragraph.endsWith(u'\n'))
            m_paragraph += u' ';
        const bool broken = line.endsWith(u'\\');
        if (broken)
            line.chop(1);
        m_paragraph += line;
        if (broken)
            m_paragraph += u'\n';
    }

    Document &m_document;
    QString m_section;
    QString m_paragraph;
    QString m_note;
};

} // namespace

Document parse(const QString &text)
{
    QString lines = text;
    lines.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\r', u'\n');
    lines.remove(CommentMark);
    Document document;
    const qsizetype body = parseFrontMatter(lines, document.metadata);
    BlockParser blocks(document);
    const QString stripped = CommentStripper(QStringView(lines).sliced(body)).run();
    for (const QString &line : stripped.split(u'\n'))
        blocks.take(line);
    blocks.endBlock();
    return document;
}

} // namespace simmer::recipes::formats::cooklang

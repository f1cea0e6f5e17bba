// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimeTokens.h"

#include <algorithm>
#include <optional>

namespace simmer::recipes {

namespace {

using Kind = TimeToken::Kind;

/// More than any time that is of use; what is larger stays here instead of overflowing.
constexpr double LargestFigure = 1e9;
/// Longer words are in no table, and need not be folded.
constexpr int LongestWord = 40;

bool isUnspaced(QChar c)
{
    const QChar::Script script = c.script();
    return script == QChar::Script_Han || script == QChar::Script_Hiragana ||
           script == QChar::Script_Katakana || script == QChar::Script_Thai;
}

bool isDash(QChar c)
{
    static constexpr QStringView dashes = u"-~\u2010\u2011\u2012\u2013\u2014\u2015\u2053\u2212"
                                          u"\u301C\uFE58\uFE63\uFF0D\uFF5E\u223C\u02DC";
    return dashes.contains(c);
}

bool isApostrophe(QChar c)
{
    return c == u'\'' || c == u'\u2019' || c == u'\u2018' || c == u'\u02BC';
}

/// The Ukrainian apostrophe is a letter to Unicode, but typed as a mark as often.
bool isWordLetter(QChar c)
{
    return c.isLetter() && !isApostrophe(c);
}

bool isDigit(QChar c)
{
    return c.isDigit();
}

bool isInvisible(QChar c)
{
    return c == u'\u00AD' || c.category() == QChar::Other_Format;
}

/// One walk through the text; every function moves m_at forward only.
class Splitter
{
public:
    explicit Splitter(QStringView text)
        : m_text(text)
    {
    }

    QList<TimeToken> run()
    {
        while (m_at < m_text.size()) {
            if (peek().isSpace() || isInvisible(peek())) {
                m_space = true;
                ++m_at;
            } else {
                m_tokens.append(next());
                m_space = false;
            }
        }
        return std::move(m_tokens);
    }

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : QChar();
    }

    TimeToken next()
    {
        TimeToken token;
        token.start = static_cast<int>(m_at);
        token.spaceBefore = m_space;
        if (isDigit(peek()) || vulgarFraction(peek()))
            readFigure(token);
        else if (isWordLetter(peek()))
            readWord(token);
        else
            readMark(token);
        token.end = static_cast<int>(m_at);
        return token;
    }

    void readWord(TimeToken &token)
    {
        token.kind = Kind::Word;
        const qsizetype start = m_at;
        const bool single = isUnspaced(peek());
        ++m_at;
        while (m_at < m_text.size() && belongsToWord(single))
            ++m_at;
        if (m_at - start <= LongestWord)
            token.folded = foldedWord(m_text.sliced(start, m_at - start));
        // The apostrophe of an elision is only a joint: "d'heure", "mezz'ora".
        if (!single && isApostrophe(peek()) && peek(1).isLetter())
            ++m_at;
    }

    bool belongsToWord(bool single) const
    {
        // A soft hyphen inside a word is only where it may be broken.
        const QChar next = isInvisible(peek()) ? peek(1) : peek();
        return next.isMark() || (!single && isWordLetter(next) && !isUnspaced(next));
    }

    void readMark(TimeToken &token)
    {
        const QChar c = m_text[m_at++];
        token.folded = isApostrophe(c) ? QStringLiteral("'") : QString(c);
        if (isDash(c))
            token.kind = Kind::Dash;
        else if (c == u'/' || c == u'\u2044')
            token.kind = Kind::Slash;
        else if (c == u',')
            token.kind = Kind::Comma;
        else if (c == u'.')
            token.kind = Kind::Dot;
    }

    void readFigure(TimeToken &token)
    {
        token.kind = Kind::Figure;
        token.glued = isGluedToWord();
        if (!isDigit(peek())) {
            token.value = *vulgarFraction(m_text[m_at++]);
            token.fraction = true;
            return;
        }
        token.value = readWhole();
        const QChar mark = peek();
        if (isDigit(peek(1)) && (mark == u'.' || mark == u',' || mark == u':'))
            readTail(token);
        else if (isDigit(peek(1)) && (mark == u'/' || mark == u'\u2044'))
            readFraction(token);
        else if (const auto part = vulgarFraction(mark)) {
            token.value += *part;
            ++m_at;
        }
    }

    bool isGluedToWord() const
    {
        if (m_space || m_tokens.isEmpty())
            return false;
        const TimeToken &last = m_tokens.last();
        return last.kind == Kind::Word && !isUnspaced(m_text[last.end - 1]);
    }

    double readWhole()
    {
        double value = 0;
        for (; isDigit(peek()); ++m_at)
            value = std::min(value * 10 + peek().digitValue(), LargestFigure);
        return value;
    }

    /// Decimals, thousands or minutes; a second mark makes it a date or a version.
    void readTail(TimeToken &token)
    {
        const QChar mark = m_text[m_at++];
        const qsizetype start = m_at;
        const double tail = readWhole();
        const qsizetype digits = m_at - start;
        if (mark == u':')
            token.value += tail / 60;
        else if (mark == u',' && digits == 3 && token.value >= 1)
            token.value = std::min(token.value * 1000 + tail, LargestFigure);
        else
            token.value += decimals(start, digits);
        if (mark == u':' && (digits != 2 || tail >= 60))
            token.usable = false;
        while (isDigit(peek(1)) && (peek() == u'.' || peek() == u',' || peek() == u':')) {
            ++m_at;
            readWhole();
            token.usable = false;
        }
    }

    double decimals(qsizetype start, qsizetype count) const
    {
        double value = 0;
        double weight = 0.1;
        for (qsizetype i = 0; i < std::min<qsizetype>(count, 9); ++i, weight /= 10)
            value += weight * m_text[start + i].digitValue();
        return value;
    }

    /// "3/4" and "3/2" are fractions, "5/6" and "10/15" stay two figures with a slash.
    void readFraction(TimeToken &token)
    {
        const qsizetype slash = m_at++;
        const double below = readWhole();
        const bool cooksUse = below == 2 || below == 3 || below == 4 || below == 8;
        if (!cooksUse) {
            m_at = slash;
            return;
        }
        token.above = static_cast<int>(std::min(token.value, 1000.0));
        token.value /= below;
        token.fraction = true;
    }

    static std::optional<double> vulgarFraction(QChar c)
    {
        if (c.category() != QChar::Number_Other || c.decompositionTag() != QChar::Fraction)
            return {};
        const QString parts = c.decomposition();
        const qsizetype bar = parts.indexOf(u'\u2044');
        const double above = parts.first(bar).toDouble();
        const double below = parts.sliced(bar + 1).toDouble();
        return below > 0 ? std::optional(above / below) : std::nullopt;
    }

    QStringView m_text;
    qsizetype m_at = 0;
    bool m_space = false;
    QList<TimeToken> m_tokens;
};

bool isAscii(QStringView word)
{
    return std::all_of(word.begin(), word.end(), [](QChar c) { return c.unicode() < 0x80; });
}

} // namespace

QString foldedWord(QStringView word)
{
    if (isAscii(word))
        return word.toString().toLower();
    const QString plain =
        word.toString().normalized(QString::NormalizationForm_KC).toLower().toCaseFolded();
    QString folded;
    for (const QChar c : plain) {
        if (isApostrophe(c))
            folded += u'\'';
        else if (c == u'\u00DF') // Qt folds letter by letter
            folded += QStringLiteral("ss");
        else if (c != u'\u0307' &&
                 !isInvisible(c)) // what lower case leaves of the Turkish dotted I
            folded += c;
    }
    return folded;
}

QString withoutAccents(const QString &folded)
{
    if (isAscii(folded))
        return folded;
    QString bare;
    const QString parts = folded.normalized(QString::NormalizationForm_KD);
    for (const QChar c : parts) {
        if (c.unicode() < 0x300 || c.unicode() > 0x36F)
            bare += c;
    }
    // The dotless i, the crossed l and o are letters of their own, not letters with accents.
    bare.replace(u'\u0131', u'i').replace(u'\u0142', u'l').replace(u'\u00F8', u'o');
    return bare.normalized(QString::NormalizationForm_KC);
}

QList<TimeToken> timeTokens(QStringView text)
{
    return Splitter(text).run();
}

} // namespace simmer::recipes

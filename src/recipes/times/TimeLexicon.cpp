// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimeLexicon.h"

namespace simmer::recipes {

namespace {

using Kind = TimeToken::Kind;

/// No phrase in the tables is longer; a bound for look-up.
constexpr qsizetype LongestPhrase = 5;

QString keyOf(QStringView phrase)
{
    QStringList parts;
    const QList<TimeToken> tokens = timeTokens(phrase);
    for (const TimeToken &token : tokens)
        parts.append(token.folded);
    return parts.join(u' ');
}

/// Const, so that a range-for doesn't detach it.
const QStringList phrasesOf(QStringView phrases)
{
    return phrases.toString().split(QStringLiteral(", "), Qt::SkipEmptyParts);
}

TimeRole roleOfMark(Kind kind)
{
    switch (kind) {
    case Kind::Dash:
        return TimeRole::Dash;
    case Kind::Slash:
        return TimeRole::Slash;
    case Kind::Comma:
        return TimeRole::Comma;
    case Kind::Figure:
        return TimeRole::Number;
    case Kind::Word:
    case Kind::Dot:
    case Kind::Symbol:
        return TimeRole::Other;
    }
    return TimeRole::Other;
}

bool endsClause(const TimeToken &following)
{
    static constexpr QStringView marks = u";:!?)]。！？）";
    return following.kind == Kind::Dot || following.kind == Kind::Comma ||
           (following.kind == Kind::Symbol && marks.contains(following.folded));
}

} // namespace

TimeLexicon::TimeLexicon(const TimeWords &words)
    : m_words(words)
    , m_common(keyOf(words.common).split(u' ', Qt::SkipEmptyParts))
{
    addCounting();
    addComposedNumbers();
    addHalves();
    for (const TimeWords::Unit &unit : words.units)
        add(unit.phrases, {TimeRole::Unit, double(unit.seconds), unit.use});
    add(words.to, {TimeRole::To});
    add(words.orElse, {TimeRole::Or});
    add(words.plus, {TimeRole::Plus});
    add(words.between, {TimeRole::Between});
    add(words.fillers, {TimeRole::Filler});
    add(words.clock, {TimeRole::Clock});
    add(words.cancels, {TimeRole::Cancel});
    add(words.others, {TimeRole::Other});
}

void TimeLexicon::addCounting()
{
    for (const auto &number : m_words.numbers)
        add(number.phrases, {TimeRole::Number, number.value});
    for (const auto &number : m_words.multipliers)
        add(number.phrases, {TimeRole::Multiplier, number.value});
    for (const auto &number : m_words.fractions)
        add(number.phrases, {TimeRole::Fraction, number.value});
    for (const auto &number : m_words.additions)
        add(number.phrases, {TimeRole::Addition, number.value});
    add(m_words.one, {TimeRole::One, 1});
}

/// "fünfundzwanzig" and "tjugofem": tens and ones in one word.
void TimeLexicon::addComposedNumbers()
{
    for (int tens = 10; tens < 100; tens += 10) {
        for (int ones = 1; ones < 10; ++ones) {
            const Meaning meaning{TimeRole::Number, double(tens + ones)};
            for (const QString &ten : wordsFor(tens)) {
                for (const QString &one : wordsFor(ones))
                    addComposed(one, ten, meaning);
            }
        }
    }
}

void TimeLexicon::addComposed(const QString &one, const QString &ten, const Meaning &meaning)
{
    if (m_words.tensBeforeOnes)
        addPhrase(ten + one, meaning);
    for (const QString &joint : phrasesOf(m_words.onesBeforeTens))
        addPhrase(one + joint + ten, meaning);
}

/// "zweieinhalb".
void TimeLexicon::addHalves()
{
    for (int whole = 1; whole <= 12; ++whole) {
        for (const QString &word : wordsFor(whole)) {
            for (const QString &ending : phrasesOf(m_words.halfEnding))
                addPhrase(word + ending, {TimeRole::Number, whole + 0.5});
        }
    }
}

QStringList TimeLexicon::wordsFor(double value) const
{
    QStringList found;
    for (const auto &number : m_words.numbers) {
        if (number.value == value)
            found += phrasesOf(number.phrases);
    }
    return found;
}

void TimeLexicon::add(QStringView phrases, const Meaning &meaning)
{
    for (const QString &phrase : phrasesOf(phrases))
        addPhrase(phrase, meaning);
}

void TimeLexicon::addPhrase(const QString &phrase, const Meaning &meaning)
{
    Meaning whole = meaning;
    whole.abbreviation = phrase.endsWith(u'.');
    whole.complete = true;
    const QString key = keyOf(QStringView(phrase).chopped(whole.abbreviation ? 1 : 0));
    addKey(key, whole);
    const QString bare = withoutAccents(key);
    if (!m_meanings.value(bare).complete && !m_common.contains(bare))
        addKey(bare, whole);
}

void TimeLexicon::addKey(const QString &key, const Meaning &meaning)
{
    for (qsizetype end = key.indexOf(u' '); end >= 0; end = key.indexOf(u' ', end + 1)) {
        if (const QString begin = key.first(end); !m_meanings.contains(begin))
            m_meanings.insert(begin, {});
    }
    m_meanings.insert(key, meaning);
}

QStringList TimeLexicon::vocabulary() const
{
    QStringList words = m_common;
    for (auto it = m_meanings.begin(); it != m_meanings.end(); ++it) {
        const QStringList parts = it.key().split(u' ');
        for (const QString &part : parts) {
            if (part.at(0).isLetter())
                words.append(part);
        }
    }
    return words;
}

TimeLexicon::Match TimeLexicon::longestMatch(const QList<TimeToken> &tokens, qsizetype at) const
{
    Match best;
    QString key;
    const qsizetype last = qMin(tokens.size(), at + LongestPhrase);
    for (qsizetype i = at; i < last && !tokens[i].folded.isEmpty(); ++i) {
        key = i == at ? tokens[i].folded : key + u' ' + tokens[i].folded;
        const auto found = m_meanings.constFind(key);
        if (found == m_meanings.constEnd())
            break;
        if (found->complete)
            best = {*found, i + 1 - at};
    }
    return best;
}

QList<TimeTerm> TimeLexicon::terms(const QList<TimeToken> &tokens, const UnitsAbroad &abroad) const
{
    QList<TimeTerm> terms;
    for (qsizetype i = 0; i < tokens.size();) {
        const Match match = longestMatch(tokens, i);
        const bool behindUnit = !terms.isEmpty() && terms.last().role == TimeRole::Unit;
        TimeTerm term =
            match.tokens > 0 ? termOf(match.meaning) : termOf(tokens[i], behindUnit, abroad);
        term.spaceBefore = tokens[i].spaceBefore;
        term.start = tokens[i].start;
        i += qMax<qsizetype>(match.tokens, 1);
        term.end = tokens[i - 1].end;
        if (match.meaning.abbreviation && i < tokens.size() && tokens[i].kind == Kind::Dot)
            ++i;
        term.endsClause = i >= tokens.size() || endsClause(tokens[i]);
        term.beforeWord = i < tokens.size() && tokens[i].kind == Kind::Word;
        term.spaceAfter = i < tokens.size() && tokens[i].spaceBefore;
        // What means nothing here only keeps its neighbours apart: one term is enough for that.
        const bool idle = term.role == TimeRole::Other && !terms.isEmpty() &&
                          terms.last().role == TimeRole::Other;
        if (!idle)
            terms.append(term);
    }
    return terms;
}

TimeTerm TimeLexicon::termOf(const Meaning &meaning)
{
    TimeTerm term;
    term.role = meaning.role;
    term.value = meaning.value;
    term.use = meaning.use;
    return term;
}

/// A token that the tables don't know: a figure, a mark, or a unit of another language.
TimeTerm TimeLexicon::termOf(const TimeToken &token, bool behindUnit, const UnitsAbroad &abroad)
{
    TimeTerm term;
    if (const int seconds = token.folded.isEmpty() ? 0 : abroad.value(token.folded); seconds > 0)
        return termOf(Meaning{TimeRole::Unit, double(seconds), UnitUse::AfterFigure});
    term.figure = token.kind == Kind::Figure;
    const bool counts = token.usable && (!token.glued || behindUnit);
    term.role = term.figure && !counts ? TimeRole::Other : roleOfMark(token.kind);
    term.value = token.value;
    term.fraction = token.fraction;
    term.above = token.above;
    return term;
}

} // namespace simmer::recipes

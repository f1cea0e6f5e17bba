// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Amounts.h"

#include <QRegularExpression>

#include <algorithm>

namespace simmer::recipes {

namespace {

constexpr qsizetype LongestLine = 2000;

QRegularExpression anchored(const QString &pattern)
{
    return QRegularExpression(QStringLiteral("\\G(?:%1)").arg(pattern),
                              QRegularExpression::CaseInsensitiveOption |
                                  QRegularExpression::UseUnicodePropertiesOption);
}

// What may stand before the first amount: marks of a list, and words for "about".
const QString About = QStringLiteral(
    "about |around |approx(?:imately|\\.)? |roughly |ca\\.? ?|circa |etwa |"
    "ungefähr |environ |plm\\.? |~ ?|≈ ?|at least |up to |cerca de |ok\\. |mind(?:estens|\\.) ");
// Between two numbers of a range.
const QString Between = QStringLiteral(" ?[-–—~〜] ?| (?:to|or|bis|oder|à|ou|a|o|of|til|tot) ");
// Between two ways to say the same amount, or two parts of it.
const QString Another =
    QStringLiteral(" ?/ ?| ?= ?| ?\\+ ?| (?:or|oder|ou|plus|and|und|et) (?:an? )?");
// What looks like an amount and is a name or a share.
const QString Names = QStringLiteral("7[ -]?up\\b|[45][ -]spice|\\d+ ?[%°]|\\d+[.)] (?!\\d)");
// "Juice of 2 limes", "Saft von 1 Zitrone", "zest from 1 lemon", "jus d’1 citron".
const QString Of =
    QStringLiteral("(?:^|[\\s(])(?:of|from|von|aus|de|di|van) |\\bd[’']|(?:大さじ|小さじ|カップ)");

/// In brackets after a count: the size of one, not of all.
const QRegularExpression &each()
{
    static const QRegularExpression words(
        QStringLiteral("\\b(?:each|apiece|je|pro|chacune?s?|ciascun[oa]|cada|elk)\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return words;
}

qsizetype skip(const QRegularExpression &what, QStringView line, qsizetype at)
{
    const auto match = what.match(line, at);
    return match.hasMatch() ? match.capturedEnd() : at;
}

/// Reads the amounts of one line, from left to right.
class LineReader
{
public:
    LineReader(QStringView line, const QString &language)
        : m_line(line)
        , m_language(language)
    {
    }

    Amounts read();

private:
    std::optional<Amount> amountAt(qsizetype at) const;
    std::optional<Amount> wordedAt(qsizetype at) const;
    std::optional<Amount> measureAt(qsizetype at) const;
    void addHighEnd(Amount &amount) const;
    bool addUnit(Amount &amount) const;
    bool isWhole(const Amount &amount) const;
    qsizetype afterTimes(const Amount &amount) const;
    qsizetype readChain(qsizetype at);
    qsizetype readBrackets(qsizetype at);
    bool isSizeOfOne(qsizetype open, qsizetype close, const Amount &inside) const;
    bool namesContainer(qsizetype end) const;
    void readRest(qsizetype at);
    void readAnywhere();
    bool isMeasure(const Amount &amount) const
    {
        return amount.unit && amount.unit->unit->kind != Unit::Kind::Length;
    }

    QStringView m_line;
    const QString &m_language;
    Amounts m_found;
};

/// "3 to 4", "3-4": the second is the larger one.
void LineReader::addHighEnd(Amount &amount) const
{
    static const QRegularExpression between = anchored(Between);
    const qsizetype at = skip(between, m_line, amount.low.end);
    if (at == amount.low.end)
        return;
    const auto high = numberAt(m_line, at, m_language);
    if (high && high->amount.value() > amount.low.amount.value())
        amount.high = high;
}

/// Takes the word after the numbers when it is a unit. False when that word makes them no amount.
bool LineReader::addUnit(Amount &amount) const
{
    qsizetype at = amount.numbersEnd();
    const bool isSpaced = at < m_line.size() && m_line.at(at).isSpace();
    while (at < m_line.size() && m_line.at(at).isSpace())
        ++at;
    amount.unit = unitAt(m_line, at);
    if (amount.unit && amount.unit->unit->kind == Unit::Kind::Length) {
        // A piece of ginger grows; a tin of 20 cm does not.
        static const QRegularExpression piece = anchored(QStringLiteral(
            "[ -]?(?:\\w+ )?(?:piece|knob|stick|stück|morceau|pezzo|trozo|ginger|ingwer|"
            "gingembre|zenzero|jengibre)\\b"));
        return piece.match(m_line, amount.unit->end).hasMatch();
    }
    if (amount.unit || at >= m_line.size())
        return true;
    const QChar next = m_line.at(at);
    if (next == u'%' || next == u'°' || next == u':') // a share, a heat, a ratio
        return false;
    if (next.category() == QChar::Letter_Other)
        return true; // scripts without spaces
    // "405er", "5-spice", "8-oz"
    return isSpaced || !(next.isLetterOrNumber() || next == u'-' || next == u'_');
}

/// Not the end of another word or number: "B12", "1'000".
bool LineReader::isWhole(const Amount &amount) const
{
    const qsizetype start = amount.low.start;
    if (start == 0)
        return true;
    const QChar before = m_line.at(start - 1);
    if (before.isLetter())
        return before.category() == QChar::Letter_Other; // scripts without spaces: 小さじ1
    if (before == u'’' || before == u'\'')               // "d’1 citron", but "1'000"
        return start < 2 || !m_line.at(start - 2).isDigit();
    return !before.isDigit() && !QStringView(u".,#№-").contains(before);
}

std::optional<Amount> LineReader::amountAt(qsizetype at) const
{
    static const QRegularExpression names = anchored(Names);
    const auto low = numberAt(m_line, at, m_language);
    if (!low || names.match(m_line, at).hasMatch())
        return std::nullopt;
    Amount amount{*low, {}, {}};
    if (!isWhole(amount))
        return std::nullopt;
    addHighEnd(amount);
    if (!addUnit(amount))
        return std::nullopt;
    return amount;
}

/// "two eggs", "half a lemon", "a cup of": an article counts only before a measure.
std::optional<Amount> LineReader::wordedAt(qsizetype at) const
{
    static const QRegularExpression article =
        anchored(QStringLiteral("(?:an?|eine?[mnrs]?|une?|uno|una|um|uma)(?= )"));
    Amount amount;
    if (const auto worded = wordedNumberAt(m_line, at, m_language)) {
        amount.low = *worded;
        return addUnit(amount) ? std::optional(amount) : std::nullopt;
    }
    const qsizetype end = skip(article, m_line, at);
    if (end == at)
        return std::nullopt;
    amount.low = {Fraction::of(1), Number::Style::Whole, at, end, true};
    if (!addUnit(amount) || !amount.unit || amount.unit->unit->kind == Unit::Kind::Vague)
        return std::nullopt;
    return amount;
}

/// An amount with a unit, with or without "about" before it.
std::optional<Amount> LineReader::measureAt(qsizetype at) const
{
    static const QRegularExpression about = anchored(About);
    const auto amount = amountAt(skip(about, m_line, at));
    return amount && isMeasure(*amount) ? amount : std::nullopt;
}

/// Past "x 400 g", the size of one of them; else the amount's end.
qsizetype LineReader::afterTimes(const Amount &amount) const
{
    static const QRegularExpression times = anchored(QStringLiteral(" ?[x×*] ?(?=\\d)"));
    const qsizetype at = skip(times, m_line, amount.end());
    if (at == amount.end() || amount.unit)
        return amount.end();
    const auto size = amountAt(at);
    return size ? size->end() : amount.end();
}

/// Takes amounts that say the same in another measure, or add to it: "/9 oz", " + 2 tbsp".
qsizetype LineReader::readChain(qsizetype at)
{
    static const QRegularExpression another = anchored(Another);
    while (true) {
        const qsizetype next = skip(another, m_line, at);
        const auto amount = next > at ? measureAt(next) : std::nullopt;
        if (!amount)
            return at;
        m_found.all += *amount;
        at = amount->end();
    }
}

bool LineReader::namesContainer(qsizetype end) const
{
    for (qsizetype at = 0; at < end; ++at) {
        const bool begins = at == 0 || !m_line.at(at - 1).isLetterOrNumber();
        const auto unit = begins ? unitAt(m_line, at) : std::nullopt;
        if (unit && unit->unit->kind == Unit::Kind::Container)
            return true;
    }
    return false;
}

/// "2 (400 g) tins", "1 can tomatoes (28 oz)", "2 breasts (200 g each)".
bool LineReader::isSizeOfOne(qsizetype open, qsizetype close, const Amount &inside) const
{
    if (each().match(m_line.mid(open, close - open)).hasMatch())
        return true;
    const Amount &before = m_found.all.constLast();
    using Kind = Unit::Kind;
    const auto kind = before.unit ? before.unit->unit->kind : Kind::Pieces;
    if (kind == Kind::Scales || kind == Kind::Spoons)
        return false;
    const bool followsCount = !before.unit && before.end() + 1 >= open && isMeasure(inside);
    return followsCount || namesContainer(open);
}

/// Takes the amounts at the beginning of brackets: "(18 fl oz)", "(about 3)".
qsizetype LineReader::readBrackets(qsizetype at)
{
    static const QRegularExpression about = anchored(About);
    const qsizetype open = at;
    const qsizetype close = m_line.indexOf(u')', open);
    if (close < 0)
        return m_line.size();
    const auto first = amountAt(skip(about, m_line, open + 1));
    const bool fills = first && first->end() == close;
    if (!first || first->end() > close || (!isMeasure(*first) && !fills) ||
        isSizeOfOne(open, close, *first))
        return close + 1;
    m_found.all += *first;
    readChain(first->end());
    return close + 1;
}

/// What stands after the first amount: brackets, and what is added for something else.
void LineReader::readRest(qsizetype at)
{
    static const QRegularExpression plus(
        QStringLiteral("\\(|(?:\\+|\\b(?:plus|and|und|et|e|or|oder|ou|zzgl\\.)) "),
        QRegularExpression::CaseInsensitiveOption);
    while (at < m_line.size()) {
        const auto match = plus.match(m_line, at);
        if (!match.hasMatch())
            return;
        if (m_line.at(match.capturedStart()) == u'(') {
            at = readBrackets(match.capturedStart());
            continue;
        }
        at = match.capturedEnd();
        if (const auto amount = measureAt(at)) {
            m_found.all += *amount;
            at = readChain(amount->end());
        }
    }
}

/// For a line that does not begin with an amount: the first that has a unit, or stands at the end
/// after a comma, or after "juice of".
void LineReader::readAnywhere()
{
    static const QRegularExpression of(Of, QRegularExpression::CaseInsensitiveOption |
                                               QRegularExpression::UseUnicodePropertiesOption);
    if (each().match(m_line).hasMatch())
        return;
    for (qsizetype at = 0; at < m_line.size(); ++at) {
        const QChar sign = m_line.at(at);
        if (!sign.isNumber() || (at > 0 && m_line.at(at - 1).isDigit()))
            continue;
        const auto amount = amountAt(at);
        if (!amount)
            continue;
        const QStringView before = m_line.left(at).trimmed();
        const bool isApart = !before.isEmpty() && QStringView(u",:;–-").contains(before.back());
        const bool closes = isApart && (m_line.mid(amount->end()).trimmed().isEmpty() ||
                                        (before.back() != u',' && m_line.at(at - 1).isSpace()));
        const auto said = of.match(m_line.left(at), std::max<qsizetype>(0, at - 6));
        const bool isOf = said.hasMatch() && said.capturedEnd() == at;
        if (!isMeasure(*amount) && !closes && !isOf)
            continue;
        m_found.all += *amount;
        return readRest(readChain(amount->end()));
    }
}

Amounts LineReader::read()
{
    static const QRegularExpression marks =
        anchored(QStringLiteral("[\\s\\-–—•*·＊☐□]*(?:\\d{1,2}[.)] (?=\\d))?(?:%1)?").arg(About));
    const qsizetype start = skip(marks, m_line, 0);
    auto first = amountAt(start);
    if (!first)
        first = wordedAt(start);
    if (!first) {
        readAnywhere();
        return m_found;
    }
    m_found.all += *first;
    m_found.headStart = first->low.start;
    m_found.headEnd = readChain(afterTimes(*first));
    readRest(m_found.headEnd);
    return m_found;
}

} // namespace

Amounts amountsIn(QStringView line, const QString &language)
{
    return line.size() > LongestLine ? Amounts() : LineReader(line, language).read();
}

} // namespace simmer::recipes

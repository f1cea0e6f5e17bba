// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Scaling.h"

#include "recipes/scaling/Amounts.h"

#include <QStringList>

namespace simmer::recipes {

namespace {

// A line whose amount is longer reads better as it is.
constexpr qsizetype LongestAmount = 26;

/// An amount in the words that it will have.
struct Written {
    QString numbers;
    QString unit;
};

class AmountWriter
{
public:
    AmountWriter(const Amount &amount, const Fraction &factor, const QString &language)
        : m_amount(amount)
        , m_unit(amount.unit ? amount.unit->unit : nullptr)
        , m_low(amount.low.amount * factor)
        , m_language(language)
    {
        if (amount.high)
            m_high = amount.high->amount * factor;
    }

    Written write(QStringView line);

private:
    bool isScales() const { return m_unit && m_unit->kind == Unit::Kind::Scales; }
    void changeUnit(QString &unit);
    void agree(QString &unit) const;
    QString numberText(const Fraction &value, const Number &asWritten) const;
    QString decimals(const Fraction &value) const;

    const Amount &m_amount;
    const Unit *m_unit;
    Fraction m_low;
    std::optional<Fraction> m_high;
    const QString &m_language;
};

/// 0.75 kg is 750 g, and 1500 g are 1.5 kg when the author had not so many.
void AmountWriter::changeUnit(QString &unit)
{
    const auto change = [&](const char *to, const Fraction &by) {
        m_low = m_low * by;
        if (m_high)
            m_high = *m_high * by;
        unit = QString::fromUtf8(to);
    };
    const bool isFraction = m_amount.low.style == Number::Style::Fraction && m_low.bottom <= 4;
    const double most = (m_high ? *m_high : m_low).value();
    if (m_unit->smaller && most < 1 && !isFraction)
        return change(m_unit->smaller, Fraction::of(1000));
    const double before = (m_amount.high ? m_amount.high->amount : m_amount.low.amount).value();
    if (m_unit->larger && m_low.value() >= 1000 && before < 1000)
        change(m_unit->larger, Fraction::of(1, 1000));
}

/// One cup, two cups; French and Portuguese count up to two as one.
void AmountWriter::agree(QString &unit) const
{
    const bool fromTwo = m_language == QLatin1String("fr") || m_language == QLatin1String("pt");
    const auto isMany = [&](const Fraction &value) {
        return fromTwo ? value.value() >= 2 : value.value() > 1;
    };
    const Fraction &was = m_amount.high ? m_amount.high->amount : m_amount.low.amount;
    const bool wanted = isMany(m_high.value_or(m_low));
    if (wanted == isMany(was) || wanted == m_amount.unit->isMany ||
        qstrcmp(m_unit->one, m_unit->many) == 0)
        return;
    const bool isCapital = unit.front().isUpper();
    const bool hasDot = unit.endsWith(u'.');
    unit = QString::fromUtf8(wanted ? m_unit->many : m_unit->one);
    if (isCapital)
        unit[0] = unit.front().toUpper();
    if (hasDot)
        unit += u'.';
}

QString AmountWriter::decimals(const Fraction &value) const
{
    // "250 g" have no decimals worth weighing; "0.4 kg", "2.5 g" and "1.5 dl" have.
    const bool isSmall = value.value() < 10 || (m_unit && m_unit->smaller);
    return inDecimals(value, decimalSignOf(m_language), isSmall ? 2 : 0);
}

QString AmountWriter::numberText(const Fraction &value, const Number &asWritten) const
{
    const bool isShort = 100 % value.bottom == 0; // at most two decimals
    if (isScales())
        return asWritten.style == Number::Style::Fraction && value.bottom <= 4 ? inFractions(value)
                                                                               : decimals(value);
    if (asWritten.style == Number::Style::Decimal && isShort && value.value() < 100)
        return inDecimals(value, decimalSignOf(m_language), 2);
    return inFractions(value);
}

Written AmountWriter::write(QStringView line)
{
    Written written;
    if (m_unit)
        written.unit =
            line.mid(m_amount.unit->start, m_amount.unit->end - m_amount.unit->start).toString();
    if (isScales())
        changeUnit(written.unit);
    if (m_unit)
        agree(written.unit);
    written.numbers = numberText(m_low, m_amount.low);
    if (!m_high)
        return written;
    const QString high = numberText(*m_high, *m_amount.high);
    if (high != written.numbers)
        written.numbers +=
            line.mid(m_amount.low.end, m_amount.high->start - m_amount.low.end).toString() + high;
    return written;
}

QString capitalised(const QString &text)
{
    return text.left(1).toUpper() + text.mid(1);
}

/// "(135 g) cashews" as "cashews (135 g)".
QString bracketsLast(const QString &what)
{
    const qsizetype close = what.startsWith(u'(') ? what.indexOf(u')') : -1;
    const QString rest = what.mid(close + 1).trimmed();
    if (close < 0 || rest.isEmpty() || !rest.front().isLetterOrNumber())
        return what;
    return rest + u' ' + what.left(close + 1);
}

/// What is left of a line without its amount, without "of" and what joined the two.
QString withoutJoints(QString what)
{
    static const QStringList joints{QStringLiteral("of "), QStringLiteral("de "),
                                    QStringLiteral("di "), QStringLiteral("d’"),
                                    QStringLiteral("d'")};
    what = bracketsLast(what.trimmed());
    for (const QString &joint : joints)
        if (what.startsWith(joint) && what.size() > joint.size()) {
            what.remove(0, joint.size());
            break;
        }
    while (!what.isEmpty() && QStringView(u",;:–-").contains(what.back()))
        what.chop(1);
    return capitalised(what.trimmed());
}

} // namespace

QString scaledLine(const QString &line, const Fraction &factor, const QString &language)
{
    if (factor == Fraction::of(1) || factor.top < 1 || factor.bottom < 1)
        return line;
    QString scaled = line;
    const QList<Amount> amounts = amountsIn(line, language).all;
    for (auto amount = amounts.crbegin(); amount != amounts.crend(); ++amount) {
        const Written written = AmountWriter(*amount, factor, language).write(line);
        if (amount->unit)
            scaled.replace(amount->unit->start, amount->unit->end - amount->unit->start,
                           written.unit);
        scaled.replace(amount->low.start, amount->numbersEnd() - amount->low.start,
                       written.numbers);
    }
    return scaled;
}

IngredientParts partsOf(const QString &line, const QString &language)
{
    const Amounts amounts = amountsIn(line, language);
    if (amounts.all.isEmpty())
        return {{}, capitalised(line.trimmed())};
    qsizetype start = amounts.headStart;
    qsizetype end = amounts.headEnd;
    if (end == 0) {
        // "Sugar, 130 g": the amount stands last.
        start = amounts.all.constFirst().low.start;
        end = amounts.all.constLast().end();
        if (end != line.size() || !line.at(std::max<qsizetype>(0, start - 1)).isSpace())
            return {{}, capitalised(line.trimmed())};
    }
    const QString what = withoutJoints(line.left(start) + line.mid(end));
    if (what.isEmpty() || end - start > LongestAmount)
        return {{}, capitalised(line.trimmed())};
    return {line.mid(start, end - start), what};
}

} // namespace simmer::recipes

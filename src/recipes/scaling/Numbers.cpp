// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Numbers.h"

#include <QHash>
#include <QRegularExpression>

#include <cmath>

namespace simmer::recipes {

namespace {

using Match = QRegularExpressionMatch;

QRegularExpression anchored(const QString &pattern)
{
    return QRegularExpression(QStringLiteral("\\G(?:%1)").arg(pattern),
                              QRegularExpression::UseUnicodePropertiesOption);
}

/// The value of a sign like ½, which Unicode takes apart as "1⁄2".
Fraction signValue(QChar sign)
{
    const QString parts = sign.decomposition();
    const qsizetype slash = parts.indexOf(QChar(0x2044));
    return slash < 0 ? Fraction()
                     : Fraction::of(parts.left(slash).toInt(), parts.mid(slash + 1).toInt());
}

/// Fractions that cooks write; "10/12" is a size of prawns.
bool isKitchenly(int top, int bottom)
{
    return top > 0 && ((bottom >= 2 && bottom <= 6) || bottom == 8 || bottom == 16) &&
           top < 10 * bottom;
}

Number numberOf(const Fraction &amount, Number::Style style, const Match &match)
{
    return {amount, style, match.capturedStart(), match.capturedEnd()};
}

std::optional<Number> fractionAt(QStringView line, qsizetype at)
{
    // "1 1/2", "1-1/2", "1/2", "1 /2"; then "1½", "1 ½", "½".
    static const QRegularExpression slashed = anchored(QStringLiteral(
        "(?:(\\d{1,4})[ \\x{a0}\\x{2009}-])?(\\d{1,3}) ?[/\\x{2044}] ?(\\d{1,2})(?!\\d)"));
    static const QRegularExpression signedPart = anchored(QStringLiteral(
        "(?:(\\d{1,4})[ \\x{a0}\\x{2009}]?)?([\\x{bc}-\\x{be}\\x{2150}-\\x{215e}])"));
    if (const Match match = slashed.match(line, at); match.hasMatch()) {
        const int whole = match.capturedView(1).toInt();
        const int top = match.capturedView(2).toInt();
        const int bottom = match.capturedView(3).toInt();
        if (isKitchenly(top, bottom) && (whole == 0 || top < bottom))
            return numberOf(Fraction::of(whole * bottom + top, bottom), Number::Style::Fraction,
                            match);
    }
    if (const Match match = signedPart.match(line, at); match.hasMatch()) {
        const Fraction part = signValue(match.capturedView(2).front());
        const qint64 whole = match.capturedView(1).toInt();
        if (part.top > 0)
            return numberOf(Fraction::of(whole * part.bottom + part.top, part.bottom),
                            Number::Style::Fraction, match);
    }
    return std::nullopt;
}

/// "1.000" is a thousand where the comma is the decimal sign, unless it is nothing before it.
bool isThousands(QStringView whole, QStringView sign, QStringView rest, const QString &language)
{
    return rest.size() == 3 && whole != QLatin1String("0") &&
           sign.front() != decimalSignOf(language);
}

std::optional<Number> figuresAt(QStringView line, qsizetype at, const QString &language)
{
    static const QRegularExpression figures =
        anchored(QStringLiteral("(\\d{1,6})(?:([.,])(\\d{1,3}))?(?![\\d/\\x{2044}]|[.,]\\d)"));
    const Match match = figures.match(line, at);
    if (!match.hasMatch())
        return std::nullopt;
    const QStringView whole = match.capturedView(1);
    const QStringView rest = match.capturedView(3);
    if (whole.startsWith(u'0') && (rest.isEmpty() || whole.size() > 1))
        return std::nullopt;
    if (rest.isEmpty())
        return numberOf(Fraction::of(whole.toInt()), Number::Style::Whole, match);
    const qint64 scale = std::llround(std::pow(10, double(rest.size())));
    const qint64 all = whole.toInt() * scale + rest.toInt();
    if (all == 0)
        return std::nullopt;
    if (isThousands(whole, match.capturedView(2), rest, language))
        return numberOf(Fraction::of(all), Number::Style::Whole, match);
    return numberOf(Fraction::of(all, scale), Number::Style::Decimal, match);
}

struct Words {
    const char *language;
    const char *half;                  ///< pattern of "half a"
    std::array<const char *, 12> upTo; ///< one … twelve; null where it is an article, too
};

constexpr std::array AllWords{
    Words{"en",
          "half (?:an? )?|an? half ",
          {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
           "twelve"}},
    Words{"de",
          "eine? halbe[srn]? |halbe[srn]? ",
          {nullptr, "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
           "elf", "zwölf"}},
    Words{"fr",
          "(?:une? )?demi(?:e? |-)",
          {nullptr, "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
           "douze"}},
    Words{"it",
          "mezz[oa] ",
          {nullptr, "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci",
           "undici", "dodici"}},
    Words{"es",
          "medi[oa] ",
          {nullptr, "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez",
           "once", "doce"}},
    Words{"pt",
          "mei[oa] ",
          {nullptr, "dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez",
           "onze", "doze"}},
};

const Words *wordsOf(const QString &language)
{
    const QString wanted = language.isEmpty() ? QStringLiteral("en") : language;
    for (const Words &words : AllWords)
        if (wanted == QLatin1String(words.language))
            return &words;
    return nullptr;
}

QRegularExpression halfOf(const Words &words)
{
    static QHash<QLatin1String, QRegularExpression> compiled;
    QRegularExpression &half = compiled[QLatin1String(words.language)];
    if (half.pattern().isEmpty()) {
        half = anchored(QStringLiteral("(?:%1)(?=\\w)").arg(QString::fromUtf8(words.half)));
        half.setPatternOptions(half.patternOptions() | QRegularExpression::CaseInsensitiveOption);
    }
    return half;
}

} // namespace

QChar decimalSignOf(const QString &language)
{
    static const QStringList points{QString(), QStringLiteral("en"), QStringLiteral("ja"),
                                    QStringLiteral("zh"), QStringLiteral("ko")};
    return points.contains(language) ? u'.' : u',';
}

std::optional<Number> numberAt(QStringView line, qsizetype at, const QString &language)
{
    if (const auto fraction = fractionAt(line, at))
        return fraction;
    return figuresAt(line, at, language);
}

std::optional<Number> wordedNumberAt(QStringView line, qsizetype at, const QString &language)
{
    const Words *words = wordsOf(language);
    if (!words)
        return std::nullopt;
    if (const Match match = halfOf(*words).match(line, at); match.hasMatch()) {
        Number number = numberOf(Fraction::of(1, 2), Number::Style::Fraction, match);
        while (number.end > at && line.at(number.end - 1) == u' ')
            --number.end;
        number.isWord = true;
        return number;
    }
    qsizetype end = at;
    while (end < line.size() && line.at(end).isLetter())
        ++end;
    if (end == at || end >= line.size() || line.at(end) != u' ')
        return std::nullopt;
    const QString word = line.mid(at, end - at).toString().toLower();
    for (std::size_t i = 0; i < words->upTo.size(); ++i)
        if (words->upTo.at(i) && word == QString::fromUtf8(words->upTo.at(i)))
            return Number{Fraction::of(qint64(i) + 1), Number::Style::Whole, at, end, true};
    return std::nullopt;
}

} // namespace simmer::recipes

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Servings.h"

#include "recipes/scaling/Numbers.h"

#include <QRegularExpression>

#include <cmath>

namespace simmer::recipes {

namespace {

constexpr qsizetype LongestYield = 200;
constexpr qsizetype LongestNoun = 24;
constexpr qint64 ByQuartersFrom = 16;
constexpr qint64 MostTimes = 100;
constexpr double Least = 0.25;

bool saysPeople(const QString &words)
{
    static const QRegularExpression people(
        QStringLiteral(
            "\\b(?:serv\\w*|portion\\w*|person\\w*|people|adults?|guests?|feeds|für|pour|"
            "per|para|porz\\w*|porci\\w*|porç\\w*|pessoas?|perso\\w*|porties|personen|"
            "Esser|couverts?|convives?|porcj\\w*|порци\\w*|adag|人分|人份)"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return people.match(words).hasMatch();
}

/// The words after the number, up to where another thought begins.
QString nounAfter(const QString &text)
{
    static const QRegularExpression more(QStringLiteral("[(,;/.:]|\\d"));
    static const QRegularExpression range(QStringLiteral("^\\s*(?:[-–—]|to|bis|à|a)\\s*\\d+\\s*"));
    QString noun = text;
    noun.remove(range);
    const qsizetype end = noun.indexOf(more);
    noun = (end < 0 ? noun : noun.left(end)).simplified();
    return noun.size() > LongestNoun ? QString() : noun;
}

} // namespace

std::optional<Servings> servingsIn(const QString &yields, const QString &language)
{
    if (yields.size() > LongestYield)
        return std::nullopt;
    for (qsizetype at = 0; at < yields.size(); ++at) {
        const bool begins = at == 0 || !yields.at(at - 1).isLetterOrNumber();
        if (!begins)
            continue;
        auto number = numberAt(yields, at, language);
        if (!number)
            number = wordedNumberAt(yields, at, language);
        if (!number)
            continue;
        const QString rest = yields.mid(number->end);
        if (rest.size() > 1 && rest.front() == u'-' && rest.at(1).isLetter())
            continue; // "9-inch cake"
        const bool people =
            saysPeople(yields.left(number->start)) || saysPeople(rest) || rest.trimmed().isEmpty();
        return Servings{number->amount, saysPeople(rest) ? QString() : nounAfter(rest), people};
    }
    return std::nullopt;
}

std::optional<Fraction> nextFactor(const Fraction &count, const Fraction &now, bool more)
{
    if (count.top < 1)
        return std::nullopt;
    const double shown = (count * now).value();
    const double step = count.value() >= double(ByQuartersFrom) ? std::round(count.value() / 4) : 1;
    const double target = more ? std::floor(shown / step + 1e-9) * step + step
                               : std::ceil(shown / step - 1e-9) * step - step;
    if (more && target > count.value() * double(MostTimes))
        return std::nullopt;
    const bool isPart = target < 1; // half a loaf, but never half a serving of four
    const Fraction wanted =
        isPart ? (count * now) * Fraction::of(1, 2) : Fraction::of(qint64(target));
    if (isPart && (count.value() > 2 || wanted.value() < Least))
        return std::nullopt;
    return wanted * Fraction::of(count.bottom, count.top);
}

} // namespace simmer::recipes

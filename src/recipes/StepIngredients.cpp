// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/StepIngredients.h"

#include "recipes/scaling/Scaling.h"

#include <QSet>

#include <algorithm>

namespace simmer::recipes {

namespace {

constexpr qsizetype LeastStem = 3;
constexpr qsizetype MostLines = 500; // of a recipe that somebody wrote to annoy

/// Takes one ending off, of a plural or a gender; false when none is left.
bool shorten(QString &stem)
{
    for (const QLatin1String ending :
         {QLatin1String("oes"), QLatin1String("es"), QLatin1String("en"), QLatin1String("s"),
          QLatin1String("n"), QLatin1String("e"), QLatin1String("i"), QLatin1String("o"),
          QLatin1String("a")})
        if (stem.endsWith(ending) && stem.size() - ending.size() >= LeastStem) {
            stem.chop(ending.size());
            return true;
        }
    return false;
}

/// "Tomatoes" and "Tomaten" as "tomat": lower case, no accents, no endings. All that look like one
/// go, or else "onions" and "onion" would not meet.
QString stemOf(QStringView word)
{
    const QString apart = word.toString().normalized(QString::NormalizationForm_D);
    QString stem;
    for (const QChar letter : apart)
        if (letter.isLetter())
            stem += letter.toCaseFolded();
    while (shorten(stem))
        ;
    return stem;
}

QStringList stemsOf(QStringView text)
{
    QStringList stems;
    qsizetype start = 0;
    for (qsizetype at = 0; at <= text.size(); ++at) {
        const bool inside = at < text.size() && (text.at(at).isLetter() || text.at(at).isMark());
        if (inside)
            continue;
        if (at - start >= LeastStem)
            stems += stemOf(text.mid(start, at - start));
        start = at + 1;
    }
    return stems;
}

/// The words that name it: what stands before a comma or a bracket.
QStringList namesOf(const QString &line, const QString &language)
{
    const QString what = partsOf(line, language).what;
    const auto end = std::find_if(what.cbegin(), what.cend(), [](QChar sign) {
        return sign == u',' || sign == u'(' || sign == u';' || sign == u':';
    });
    return stemsOf(QStringView(what.cbegin(), end));
}

/// English and German name it last ("red onion"), the others first ("oignon rouge").
bool isNamedFirst(const QString &language)
{
    static const QStringList romance{QStringLiteral("fr"), QStringLiteral("it"),
                                     QStringLiteral("es"), QStringLiteral("pt"),
                                     QStringLiteral("ro")};
    return romance.contains(language);
}

} // namespace

QList<int> ingredientsOf(const Recipe &recipe, int step)
{
    QList<int> found;
    if (step < 0 || step >= recipe.steps.size())
        return found;
    const QStringList words = stemsOf(recipe.steps.at(step).text);
    const QSet<QString> said(words.cbegin(), words.cend());
    const qsizetype lines = std::min(recipe.ingredients.size(), MostLines);
    for (qsizetype i = 0; i < lines; ++i) {
        const QStringList names = namesOf(recipe.ingredients.at(i), recipe.language);
        if (names.isEmpty())
            continue;
        const QString &name =
            isNamedFirst(recipe.language) ? names.constFirst() : names.constLast();
        if (said.contains(name))
            found += int(i);
    }
    return found;
}

} // namespace simmer::recipes

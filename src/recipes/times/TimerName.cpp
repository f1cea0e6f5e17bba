// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/times/TimerName.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace simmer::recipes {

namespace {

constexpr int MostWords = 6;

/// The text from the end of the slot before, or the start of the sentence, to this slot.
QString leadingWords(const Step &step, int slot)
{
    const int from = slot > 0 ? step.slots[slot - 1].end : 0;
    const QString before = step.text.mid(from, step.slots[slot].start - from);
    static const QRegularExpression boundary(
        QStringLiteral("[.;:!?(]\\s+|, then |, and | and then | then | dann |, | und | and "));
    const QStringList clauses = before.split(boundary, Qt::SkipEmptyParts);
    return clauses.isEmpty() ? QString() : clauses.constLast();
}

/// Without the small words that stand between a verb and its time.
QString trimmedEnds(QString phrase)
{
    static const QRegularExpression tail(
        QStringLiteral(
            "\\s*\\b(?:for|about|around|another|a|an|further|the|at least|at most|up to|"
            "until|in|after|every|roughly|approximately|exactly|on|it|them|"
            "für|etwa|ca|circa|weitere|noch|nach|mindestens|höchstens|rund|alle)[.,\\s]*$"),
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression head(
        QStringLiteral("^\\W*(?:meanwhile|finally|now|next|first|again|anschließend|inzwischen|or|"
                       "oder)\\b[,\\s]*"),
        QRegularExpression::CaseInsensitiveOption);
    phrase = phrase.trimmed();
    for (QString shorter = phrase; true; phrase = shorter) {
        shorter.remove(tail);
        shorter.remove(head);
        if (shorter == phrase)
            break;
    }
    return phrase.trimmed();
}

} // namespace

QString shortTitle(const QString &title, int most)
{
    static const QRegularExpression tail(QStringLiteral("(?:,| [–—-] | ?\\(| with | mit ).*$"));
    QString brief = title;
    brief.remove(tail);
    brief = brief.trimmed();
    if (brief.isEmpty())
        brief = title;
    if (brief.size() > most)
        brief = brief.left(most - 1).trimmed() + QChar(u'…');
    return brief;
}

QString timerName(const Recipe &recipe, int step, int slot)
{
    const Step &at = recipe.steps.at(step);
    const QString given = at.slots.at(slot).name.trimmed();
    const QString words = given.isEmpty() ? trimmedEnds(leadingWords(at, slot)) : given;
    const QStringList all = words.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const QString name = trimmedEnds(all.mid(0, MostWords).join(QLatin1Char(' ')));
    if (name.isEmpty())
        return QCoreApplication::translate("Recipes", "%1, step %2")
            .arg(shortTitle(recipe.title))
            .arg(stepNumber(recipe, step));
    return name.left(1).toUpper() + name.mid(1);
}

} // namespace simmer::recipes

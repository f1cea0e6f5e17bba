// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/editing/EditedRecipe.h"

#include "recipes/times/TimeFinder.h"

#include <algorithm>

namespace simmer::recipes {

namespace {

/// Line and paragraph separators, and the two that QTextDocument takes for frames.
bool endsLine(QChar sign)
{
    constexpr char16_t FrameBegin = 0xfdd0;
    constexpr char16_t FrameEnd = 0xfdd1;
    return sign == QLatin1Char('\r') || sign == QChar::LineSeparator ||
           sign == QChar::ParagraphSeparator || sign == QChar(FrameBegin) ||
           sign == QChar(FrameEnd) || sign == QChar::Null;
}

/// Where a place in the text is once "\r\n" became one sign.
int placeIn(const QString &text, int at)
{
    const auto twice = QStringView(text).left(at).count(QLatin1String("\r\n"));
    const bool between = at > 0 && at < text.size() && text[at] == QLatin1Char('\n') &&
                         text[at - 1] == QLatin1Char('\r');
    return at - int(twice) - (between ? 1 : 0);
}

Step withPlainLines(Step step)
{
    const QString text = plainLines(step.text);
    if (text == step.text)
        return step;
    for (Slot &slot : step.slots) {
        slot.start = placeIn(step.text, slot.start);
        slot.end = placeIn(step.text, slot.end);
    }
    step.text = text;
    step.slots.removeIf([](const Slot &slot) { return slot.start >= slot.end; });
    return step;
}

/// A heading is one line.
QString oneLine(const QString &text)
{
    return plainLines(text).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

/// Without the spaces around it.
Step stepOf(const EditedLine &line, const QList<Slot> &found)
{
    Step step{line.text, correctedSlots(line.text, found, line.corrections), {}};
    const auto isInk = [](QChar sign) { return !sign.isSpace(); };
    const auto first = std::find_if(step.text.cbegin(), step.text.cend(), isInk);
    const int lead = int(first - step.text.cbegin());
    step.text = step.text.trimmed();
    for (Slot &slot : step.slots) {
        slot.start = std::max(0, slot.start - lead);
        slot.end = std::min(int(step.text.size()), slot.end - lead);
    }
    step.slots.removeIf([](const Slot &slot) { return slot.start >= slot.end; });
    return step;
}

QStringList trimmedLines(const QStringList &lines)
{
    QStringList kept;
    for (const QString &line : lines)
        if (!line.trimmed().isEmpty())
            kept += line.trimmed();
    return kept;
}

QList<Step> stepsOf(const QList<EditedLine> &lines, const QString &language,
                    const FoundTimes &found)
{
    QList<Step> steps;
    QString section;
    const auto keepHeading = [&] { // nothing stands under it
        const QString above = steps.isEmpty() ? QString() : steps.constLast().section;
        if (!section.isEmpty() && section != above)
            steps += Step{{}, {}, section};
    };
    for (const EditedLine &line : lines) {
        if (!line.isStep()) {
            keepHeading();
            section = line.text.trimmed();
            continue;
        }
        const auto known = found.constFind(line.key);
        Step step = stepOf(line, known == found.cend() ? findTimes(line.text, language) : *known);
        step.section = section;
        if (!step.text.isEmpty())
            steps += step;
    }
    keepHeading();
    return steps;
}

} // namespace

QString plainLines(const QString &text)
{
    if (std::none_of(text.cbegin(), text.cend(), endsLine))
        return text;
    QString plain = text;
    plain.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    for (QChar &sign : plain)
        if (endsLine(sign))
            sign = QLatin1Char('\n');
    return plain;
}

Recipe withPlainLines(Recipe recipe)
{
    for (QString *line : {&recipe.title, &recipe.yields, &recipe.source, &recipe.language})
        *line = oneLine(*line);
    recipe.summary = plainLines(recipe.summary);
    recipe.notes = plainLines(recipe.notes);
    for (QString &line : recipe.ingredients)
        line = oneLine(line);
    for (QString &tag : recipe.tags)
        tag = oneLine(tag);
    for (Step &step : recipe.steps) {
        step = withPlainLines(step);
        step.section = oneLine(step.section);
    }
    return recipe;
}

EditedRecipe toEdit(const Recipe &recipe, FoundTimes *found)
{
    EditedRecipe editing{recipe.title,
                         recipe.summary,
                         recipe.yields,
                         recipe.source,
                         recipe.language,
                         recipe.notes,
                         recipe.ingredients.join(QLatin1Char('\n')),
                         {},
                         recipe.tags,
                         recipe.prepMinutes,
                         recipe.cookMinutes,
                         recipe.totalMinutes,
                         recipe.isFavourite,
                         recipe.photos};
    QString section;
    quint64 key = 0;
    for (const Step &step : recipe.steps) {
        if (step.section != section)
            editing.lines += EditedLine{++key, EditedLine::Kind::Heading, step.section};
        section = step.section;
        if (step.isHeading())
            continue;
        const QList<Slot> times = findTimes(step.text, recipe.language);
        editing.lines +=
            EditedLine{++key, EditedLine::Kind::Step, step.text, correctionsOf(step, times)};
        if (found)
            found->insert(key, times);
    }
    return editing;
}

Recipe edited(const RecipeId &id, const EditedRecipe &recipe, const FoundTimes &found)
{
    Recipe saved;
    saved.id = id;
    saved.title = recipe.title.trimmed();
    saved.summary = recipe.summary.trimmed();
    saved.ingredients = trimmedLines(recipe.ingredients.split(QLatin1Char('\n')));
    saved.steps = stepsOf(recipe.lines, recipe.language, found);
    saved.prepMinutes = recipe.prepMinutes;
    saved.cookMinutes = recipe.cookMinutes;
    saved.totalMinutes = recipe.totalMinutes;
    saved.yields = recipe.yields.trimmed();
    saved.source = recipe.source.trimmed();
    saved.language = recipe.language.trimmed();
    saved.tags = trimmedLines(recipe.tags);
    saved.tags.removeDuplicates();
    saved.notes = recipe.notes.trimmed();
    saved.isFavourite = recipe.isFavourite;
    saved.photos = recipe.photos;
    return saved;
}

} // namespace simmer::recipes

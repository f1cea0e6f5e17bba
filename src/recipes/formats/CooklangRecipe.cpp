// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/CooklangRecipe.h"

#include "recipes/formats/CooklangTimer.h"
#include "recipes/formats/Durations.h"
#include "recipes/formats/Fields.h"
#include "recipes/times/TimeFinder.h"

#include <QFileInfo>
#include <QSet>

#include <utility>

namespace simmer::recipes::formats {

namespace {

using cooklang::Document;
using cooklang::Item;
using cooklang::ItemKind;

/// A step's text in the making, white space folded while it grows, so that places stay true.
class FoldedText
{
public:
    void add(const QString &text)
    {
        for (const QChar c : text) {
            if (c == u'\n')
                m_pending = c;
            else if (c.isSpace())
                m_pending = m_pending.isNull() ? QChar(u' ') : m_pending;
            else
                addVisible(c);
        }
    }

    /// Adds a timer's text, which is not empty, and returns where it begins.
    int addMarked(const QString &text)
    {
        flush();
        const int start = static_cast<int>(m_text.size());
        add(text);
        return start;
    }

    const QString &text() const { return m_text; }

private:
    void addVisible(QChar c)
    {
        flush();
        m_text += c;
    }

    void flush()
    {
        if (!m_pending.isNull() && !m_text.isEmpty())
            m_text += m_pending;
        m_pending = QChar();
    }

    QString m_text;
    QChar m_pending;
};

/// "&" and "?" before a name are marks of extensions; "./sauces/Hollandaise" is another recipe.
QString bareName(const QString &name)
{
    qsizetype start = 0;
    while (start < name.size() && QStringView(u"&?+-").contains(name[start]))
        ++start;
    const QString bare = name.mid(start);
    const bool path = bare.startsWith(QLatin1String("./")) || bare.startsWith(QLatin1String("../"));
    return path ? bare.section(u'/', -1) : bare;
}

/// "white wine|wine" is listed by its first part and read by its second.
QString listedName(const Item &item)
{
    return bareName(item.name.section(u'|', 0, 0)).simplified();
}

QString readName(const Item &item)
{
    return bareName(item.name.section(u'|', -1, -1));
}

/// Adds the times that stand in plain text where they overlap none of the author's own timers.
/// Both are in the order of the text, so one pass tells.
void addFoundTimes(Step &step, const QString &language)
{
    const QList<Slot> marked = std::exchange(step.slots, {});
    qsizetype next = 0;
    const QList<Slot> found = findTimes(step.text, language);
    for (const Slot &slot : found) {
        while (next < marked.size() && marked[next].start < slot.end)
            step.slots.append(marked[next++]);
        if (step.slots.isEmpty() || step.slots.last().end <= slot.start)
            step.slots.append(slot);
    }
    step.slots += marked.mid(next);
}

std::optional<Slot> addTimer(const Item &timer, FoldedText &text, const QString &language)
{
    const QString shown = timerText(timer);
    if (shown.isEmpty())
        return std::nullopt;
    const int start = text.addMarked(shown);
    return timerSlot(timer, start, static_cast<int>(text.text().size()), language);
}

Step stepOf(const cooklang::Step &parsed, const QString &language)
{
    Step step;
    step.section = parsed.section;
    FoldedText text;
    for (const Item &item : parsed.items) {
        switch (item.kind) {
        case ItemKind::Text:
            text.add(item.name);
            break;
        case ItemKind::Ingredient:
        case ItemKind::Cookware:
            text.add(readName(item));
            break;
        case ItemKind::Timer:
            if (const auto slot = addTimer(item, text, language))
                step.slots.append(*slot);
            break;
        }
    }
    step.text = text.text();
    addFoundTimes(step, language);
    return step;
}

QString lineOf(const Item &item)
{
    QStringList parts{item.amount, item.amount.isEmpty() ? QString() : item.units,
                      listedName(item)};
    parts.removeAll(QString());
    const QString line = parts.join(u' ');
    return item.preparation.isEmpty() ? line : line + QLatin1String(" (") + item.preparation + u')';
}

/// One line an ingredient. A later mention without an amount ("the salt") is no further line.
QStringList ingredientsOf(const Document &document)
{
    QList<Item> items;
    QSet<QString> measured;
    for (const cooklang::Step &step : document.steps) {
        for (const Item &item : step.items) {
            if (item.kind != ItemKind::Ingredient)
                continue;
            items.append(item);
            if (!item.amount.isEmpty())
                measured.insert(listedName(item).toCaseFolded());
        }
    }
    QStringList lines;
    QSet<QString> bare;
    for (const Item &item : items) {
        const QString name = listedName(item).toCaseFolded();
        const bool mention =
            item.amount.isEmpty() && (measured.contains(name) || bare.contains(name));
        if (item.amount.isEmpty())
            bare.insert(name);
        if (!mention)
            lines.append(lineOf(item));
    }
    return lines;
}

/// The document's metadata, asked for by the keys of conventions.md, whatever their case.
class Metadata
{
public:
    explicit Metadata(const Document &document)
        : m_entries(document.metadata)
    {
    }

    QStringList list(std::initializer_list<const char *> keys) const
    {
        for (const char *key : keys) {
            for (const cooklang::Entry &entry : m_entries) {
                const bool same = entry.key.compare(QLatin1String(key), Qt::CaseInsensitive) == 0;
                if (same && !entry.values.isEmpty())
                    return entry.values;
            }
        }
        return {};
    }

    QString text(std::initializer_list<const char *> keys) const
    {
        return list(keys).join(QLatin1String(", ")).trimmed();
    }

private:
    const QList<cooklang::Entry> &m_entries;
};

QStringList tagsOf(const Metadata &metadata)
{
    QStringList tags;
    for (const char *key : {"tags", "course", "category", "cuisine", "diet"}) {
        const QStringList values = metadata.list({key});
        for (const QString &value : values) {
            const QStringList parts = value.split(u',', Qt::SkipEmptyParts);
            for (const QString &part : parts)
                tags += part.simplified();
        }
    }
    tags.removeAll(QString());
    tags.removeDuplicates();
    return tags;
}

void takeTimes(const Metadata &metadata, Recipe &recipe)
{
    const QString &language = recipe.language;
    recipe.prepMinutes =
        minutesIn(metadata.text({"prep time", "time.prep", "preparation time"}), language);
    recipe.cookMinutes =
        minutesIn(metadata.text({"cook time", "time.cook", "cooking time"}), language);
    recipe.totalMinutes = minutesIn(
        metadata.text({"time required", "time", "duration", "total time", "time.total"}), language);
    if (!recipe.totalMinutes)
        recipe.totalMinutes = totalOf(recipe.prepMinutes, recipe.cookMinutes);
}

void takeMetadata(const Document &document, Recipe &recipe)
{
    const Metadata metadata(document);
    const QString title = metadata.text({"title"}).simplified();
    if (!title.isEmpty())
        recipe.title = title;
    recipe.language = primaryTag(metadata.text({"locale", "language", "lang"}));
    recipe.source = metadata.text({"source.url", "source", "url", "source.name"});
    // Servings may name several sizes, "2|4|8"; the first is the one that is written down.
    const QString yields = metadata.text({"servings", "serves", "yield", "yields"});
    recipe.yields = yieldInWords(yields.section(u'|', 0, 0).trimmed());
    recipe.tags = tagsOf(metadata);
    QStringList summary{metadata.text({"introduction", "description"})};
    summary += document.notes;
    summary.removeAll(QString());
    recipe.summary = summary.join(u'\n');
    takeTimes(metadata, recipe);
}

} // namespace

Recipe recipeFromCooklang(const Document &document, const QString &title)
{
    Recipe recipe;
    recipe.title = title;
    takeMetadata(document, recipe);
    recipe.ingredients = ingredientsOf(document);
    for (const cooklang::Step &parsed : document.steps) {
        Step step = stepOf(parsed, recipe.language);
        if (!step.text.isEmpty())
            recipe.steps.append(std::move(step));
    }
    return recipe;
}

Expected<QList<Recipe>> readCooklang(const QString &name, const QString &text)
{
    const QString title = QFileInfo(name).completeBaseName();
    Recipe recipe = recipeFromCooklang(cooklang::parse(text), title);
    if (recipe.steps.isEmpty())
        return Error{ErrorCode::NoRecipe, QStringLiteral("there are no steps in it"), {}};
    if (recipe.title.isEmpty())
        recipe.title = QStringLiteral("Recipe");
    return QList<Recipe>{std::move(recipe)};
}

} // namespace simmer::recipes::formats

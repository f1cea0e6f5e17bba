// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/Instructions.h"

#include "recipes/formats/Headings.h"
#include "recipes/formats/HtmlText.h"
#include "recipes/formats/JsonLd.h"

#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>

namespace simmer::recipes::formats {

namespace {

// A section in a section in a list: real ones are three deep.
constexpr int MaxDepth = 8;

/// Names that only count ("Step 3", "2.") say nothing that the list does not say by itself.
bool onlyCounts(const QString &name)
{
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(QStringLiteral(
            R"((?:step|schritt|étape|etape|paso|passo|stap|steg|trin|krok|lépés|vaihe|adım|pas|шаг|крок|手順|ステップ)?\s*[#.]?\s*\d{1,3}\s*[.:)]?)")),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return pattern.match(name).hasMatch();
}

/// Many sites repeat a step's text, or its beginning, as its name.
bool repeats(QString name, const QString &text)
{
    while (name.endsWith(u'.') || name.endsWith(QChar(0x2026)))
        name.chop(1);
    return text.startsWith(name, Qt::CaseInsensitive);
}

/// "1. Peel. 2. Cook." in one line is a list of steps; its numbers are not needed then.
QStringList splitAtNumbers(const QString &line)
{
    QStringList parts;
    qsizetype at = 0;
    for (int number = 1; at >= 0; ++number) {
        const QString mark = QStringLiteral("%1. ").arg(number);
        if (number == 1 && !line.startsWith(mark))
            break;
        const QString next = QStringLiteral(" %1. ").arg(number + 1);
        const qsizetype end = line.indexOf(next, at);
        parts += line.mid(at + mark.size(), end < 0 ? -1 : end - at - mark.size()).trimmed();
        at = end < 0 ? -1 : end + 1;
    }
    parts.removeAll(QString());
    return parts.size() > 1 ? parts : QStringList{line};
}

/// A heading over all steps ("Method") tells nothing that the page of a recipe does not say itself.
void dropOnlySection(QList<Step> &steps)
{
    const bool same = std::all_of(steps.cbegin(), steps.cend(), [&](const Step &step) {
        return step.section == steps.first().section;
    });
    if (steps.isEmpty() || !same || headingOf(steps.first().section) != Heading::Steps)
        return;
    for (Step &step : steps)
        step.section.clear();
}

QString nameOf(const QJsonObject &node)
{
    return plainText(property(node, QLatin1String("name")).toString());
}

class Collector
{
public:
    void take(const QJsonValue &value, const QString &section, int depth = 0)
    {
        if (depth > MaxDepth)
            return;
        if (value.isString())
            add(plainText(value.toString()), section);
        else if (value.isArray())
            takeList(value.toArray(), section, depth);
        else if (value.isObject())
            takeNode(value.toObject(), section, depth);
    }

    void takeLines(const QString &text)
    {
        QStringList lines = plainLines(text);
        if (lines.size() == 1)
            lines = splitAtNumbers(lines.first());
        for (const QString &line : lines) {
            if (!onlyCounts(line))
                add(line, {});
        }
    }

    QList<Step> steps() && { return std::move(m_steps); }

private:
    void add(const QString &text, const QString &section)
    {
        if (!text.isEmpty())
            m_steps.append({text, {}, section});
    }

    void takeList(const QJsonArray &list, const QString &section, int depth)
    {
        for (const QJsonValue item : list)
            take(item, section, depth + 1);
    }

    void takeNode(const QJsonObject &node, const QString &section, int depth)
    {
        const QJsonValue items = property(node, QLatin1String("itemListElement"));
        const QJsonValue inner = property(node, QLatin1String("item"));
        const QString text = plainText(property(node, QLatin1String("text")).toString());
        if (!text.isEmpty())
            addNamed(nameOf(node), text, section);
        else if (isOfType(node, QLatin1String("HowToStep")) && items.isArray())
            addNamed(nameOf(node), joined(items.toArray()), section);
        else if (!items.isUndefined())
            take(items, nameOf(node).isEmpty() ? section : nameOf(node), depth + 1);
        else if (inner.isObject())
            take(inner, section, depth + 1);
        else
            add(nameOf(node).isEmpty() ? describedBy(node) : nameOf(node), section);
    }

    static QString describedBy(const QJsonObject &node)
    {
        return plainText(property(node, QLatin1String("description")).toString());
    }

    /// The directions and tips of one step, in one text.
    static QString joined(const QJsonArray &directions)
    {
        QStringList texts;
        for (const QJsonValue direction : directions) {
            const QJsonValue text = property(direction.toObject(), QLatin1String("text"));
            texts += plainText(direction.isString() ? direction.toString() : text.toString());
        }
        texts.removeAll(QString());
        return texts.join(u' ');
    }

    void addNamed(const QString &name, const QString &text, const QString &section)
    {
        if (name.isEmpty() || onlyCounts(name) || repeats(name, text))
            add(text, section);
        else if (section.isEmpty())
            add(text, name);
        else
            add(name + u'\n' + text, section);
    }

    QList<Step> m_steps;
};

/// The text of a list that holds nothing but one text; such a text is all steps at once.
QString onlyText(const QJsonValue &value)
{
    QJsonValue only = value;
    for (int depth = 0; depth < MaxDepth && only.isArray() && only.toArray().size() == 1; ++depth)
        only = only.toArray().first();
    if (only.isObject() && isOfType(only.toObject(), QLatin1String("HowToStep")))
        only = property(only.toObject(), QLatin1String("text"));
    return only.toString();
}

} // namespace

QList<Step> stepsOf(const QJsonValue &instructions)
{
    Collector collector;
    const QString all = onlyText(instructions);
    if (all.isEmpty())
        collector.take(instructions, {});
    else
        collector.takeLines(all);
    QList<Step> steps = std::move(collector).steps();
    dropOnlySection(steps);
    return steps;
}

} // namespace simmer::recipes::formats

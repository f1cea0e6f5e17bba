// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/scaling/Units.h"

#include "recipes/scaling/UnitWords.h"

#include <QHash>
#include <QList>

namespace simmer::recipes {

namespace {

struct Spelling {
    QString text;
    const Unit *unit;
    bool isMany;
};

/// By the first letter, lower case.
QHash<QChar, QList<Spelling>> spellings()
{
    QHash<QChar, QList<Spelling>> all;
    const auto add = [&](const char *word, const Unit &unit, bool isMany) {
        const QString text = QString::fromUtf8(word);
        all[text.front().toLower()] += {text, &unit, isMany};
    };
    for (const Unit &unit : unitWords()) {
        add(unit.one, unit, false);
        if (qstrcmp(unit.one, unit.many) != 0)
            add(unit.many, unit, true);
    }
    return all;
}

bool fits(QStringView line, qsizetype at, const QString &word)
{
    const QStringView there = line.mid(at, word.size());
    // "T" is a tablespoon, "t" a teaspoon.
    const bool isSame =
        word.size() == 1 ? there == word : there.compare(word, Qt::CaseInsensitive) == 0;
    const qsizetype end = at + word.size();
    return isSame && (end == line.size() || !line.at(end).isLetterOrNumber() ||
                      line.at(end).category() == QChar::Letter_Other); // 500g前後
}

} // namespace

std::optional<UnitPlace> unitAt(QStringView line, qsizetype at)
{
    static const QHash<QChar, QList<Spelling>> known = spellings();
    if (at >= line.size())
        return std::nullopt;
    std::optional<UnitPlace> found;
    const auto candidates = known.constFind(line.at(at).toLower());
    if (candidates == known.cend())
        return std::nullopt;
    for (const Spelling &spelling : *candidates) {
        const qsizetype end = at + spelling.text.size();
        if ((!found || end > found->end) && fits(line, at, spelling.text))
            found = UnitPlace{spelling.unit, at, end, spelling.isMany};
    }
    if (found && found->end < line.size() && line.at(found->end) == u'.')
        ++found->end;
    return found;
}

} // namespace simmer::recipes

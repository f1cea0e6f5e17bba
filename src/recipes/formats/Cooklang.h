// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <variant>

/// Cooklang as its specification has it (cooklang/spec, canonical tests version 7).
namespace simmer::recipes::formats::cooklang {

enum class ItemKind { Text, Ingredient, Cookware, Timer };

/// A number where the author wrote one ("2", "1.5", "1/2"), else the author's words.
using Quantity = std::variant<double, QString>;

/// A piece of a step.
struct Item {
    ItemKind kind = ItemKind::Text;
    QString name; ///< of a text item, the text itself
    Quantity quantity = QString();
    QString units;
    QString amount;      ///< the quantity as it was written, empty where none was
    QString preparation; ///< of an ingredient: "peeled and finely chopped"

    bool operator==(const Item &) const = default;
};

struct Step {
    QList<Item> items;
    QString section;

    bool operator==(const Step &) const = default;
};

/// A key ("time.prep" for a nested one) and its value, or the values of a list.
struct Entry {
    QString key;
    QStringList values;

    bool operator==(const Entry &) const = default;
};

struct Document {
    QList<Entry> metadata; ///< in the order of the file
    QList<Step> steps;
    QStringList notes;

    bool operator==(const Document &) const = default;
};

/// The parse tree of a .cook file. Every text is one; time is linear in it.
Document parse(const QString &text);

} // namespace simmer::recipes::formats::cooklang

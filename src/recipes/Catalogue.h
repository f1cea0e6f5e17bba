// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"

namespace simmer::recipes {

/// What a library shows of a recipe without opening it.
struct Entry {
    RecipeId id;
    QString title;
    QStringList tags;
    std::optional<int> minutes; ///< in all
    int times = 0;              ///< that can be tapped
    bool isFavourite = false;
    BlobHash photo; ///< null for none
    Origin origin;

    bool operator==(const Entry &) const = default;
};

Entry entryOf(const Recipe &recipe, const Origin &origin);

/// The recipes in which each word of a search was found: at a word's beginning, or inside a longer
/// one.
struct Findings {
    QString text; ///< as it was asked
    /// Those with every word in the title come first.
    QList<RecipeId> recipes;
    qsizetype inTitle = 0; ///< how many those are
    bool isRanked = false; ///< they stand by merit; of very many nobody looks for the best
};

/// Searches the recipes of a book, and remembers over night what a library shows of them, so that
/// it can be shown before the book is read. Lives in its owner's thread (the GUI), which it never
/// holds up.
class Catalogue : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// found() follows, unless something else is asked first.
    virtual void search(const QString &text) = 0;

Q_SIGNALS:
    /// As they were when the program was last here; the book knows better.
    void remembered(const QList<simmer::recipes::Entry> &entries);
    void found(const simmer::recipes::Findings &findings);
    /// What came, changed or went is in it now: a search may find other recipes.
    void updated();
    /// It can't be kept, so nothing is found.
    void failed(const simmer::Error &error);
};

} // namespace simmer::recipes

Q_DECLARE_METATYPE(simmer::recipes::Entry)
Q_DECLARE_METATYPE(simmer::recipes::Findings)

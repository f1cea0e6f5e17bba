// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/LibraryWords.h"

namespace simmer::ui {

QString LibraryWords::shelf(LibraryShelf shelf)
{
    switch (shelf) {
    case LibraryShelf::All:
        return tr("All recipes");
    case LibraryShelf::Favourites:
        return tr("Favourites");
    case LibraryShelf::Mine:
        return tr("Mine");
    case LibraryShelf::HalfHour:
        return tr("Under 30 min");
    case LibraryShelf::Hour:
        return tr("Under an hour");
    case LibraryShelf::Recent:
        return tr("Recently added");
    }
    Q_UNREACHABLE();
}

QString LibraryWords::order(LibraryOrder order)
{
    switch (order) {
    case LibraryOrder::Match:
        return tr("Best match");
    case LibraryOrder::Cooked:
        return tr("Recently cooked");
    case LibraryOrder::Title:
        return tr("By title");
    case LibraryOrder::Added:
        return tr("Newest first");
    case LibraryOrder::Time:
        return tr("Quickest first");
    }
    Q_UNREACHABLE();
}

QString LibraryWords::nothing(const LibraryChoice &choice, const QString &search, qsizetype total)
{
    if (total == 0)
        return tr("No recipes yet. Import a saved web page or a .cook file, or drop it on this "
                  "window.");
    if (search.isEmpty() && !choice.tags.isEmpty())
        return tr("No recipe here with the tag ‘%1’.").arg(choice.tags.join(tr("’ and ‘")));
    const bool typed = !search.isEmpty();
    switch (choice.shelf) {
    case LibraryShelf::All:
        if (!choice.tags.isEmpty())
            return tr("No recipe with ‘%1’ and this tag.").arg(search);
        return tr("No recipe with ‘%1’. Search by title, ingredient, tag or note.").arg(search);
    case LibraryShelf::Favourites:
        return typed ? tr("No favourite with ‘%1’.").arg(search)
                     : tr("No favourites yet. Ctrl+D makes the chosen recipe one.");
    case LibraryShelf::Mine:
        return typed ? tr("No recipe of yours with ‘%1’.").arg(search)
                     : tr("No recipe was first written on this device.");
    case LibraryShelf::HalfHour:
        return typed ? tr("No recipe with ‘%1’ under 30 min.").arg(search)
                     : tr("No recipe under 30 min.");
    case LibraryShelf::Hour:
        return typed ? tr("No recipe with ‘%1’ under an hour.").arg(search)
                     : tr("No recipe under an hour.");
    case LibraryShelf::Recent:
        return typed ? tr("No recipe with ‘%1’ came in the last four weeks.").arg(search)
                     : tr("No recipe came in the last four weeks.");
    }
    Q_UNREACHABLE();
}

QString LibraryWords::wayOut(const LibraryChoice &choice, const QString &search, qsizetype total)
{
    if (total == 0 || choice == LibraryChoice())
        return {};
    return search.isEmpty() ? tr("Show all %1").arg(total) : tr("Search all %1?").arg(total);
}

QString LibraryWords::heading(const LibraryChoice &choice, const QString &search, int count)
{
    if (!search.isEmpty())
        return tr("%n recipe(s) with “%1”", nullptr, count).arg(search);
    return shelf(choice.shelf);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "library/LibraryRows.h"

#include <QCoreApplication>

namespace simmer::ui {

/// The sentences of the library, in its user's language.
class LibraryWords
{
    Q_DECLARE_TR_FUNCTIONS(LibraryWords)

public:
    /// "Under an hour".
    static QString shelf(LibraryShelf shelf);
    /// "Recently cooked".
    static QString order(LibraryOrder order);
    /// "No recipe with ‘quince’ under an hour."; `total` counts all recipes there are.
    static QString nothing(const LibraryChoice &choice, const QString &search, qsizetype total);
    /// What to press then: "Search all 48?"; empty where nothing helps.
    static QString wayOut(const LibraryChoice &choice, const QString &search, qsizetype total);
    /// "8 recipes with “tomato”".
    static QString heading(const LibraryChoice &choice, const QString &search, int count);
};

} // namespace simmer::ui

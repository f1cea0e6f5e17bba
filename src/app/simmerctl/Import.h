// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerctl/Arguments.h"
#include "app/simmerctl/Printer.h"
#include "recipes/Recipe.h"

namespace simmer::app {

/// What reading the named files gave. A file that fails is told at once.
struct Reading {
    struct Found {
        QString file;
        recipes::Recipe recipe;
    };
    QList<Found> found;
    bool allFine = true;
};

/// Reads all files; `onFound` is called with each recipe as it comes.
Reading readFiles(const Arguments &arguments, const Printer &printer);

/// Prints one recipe as import does.
void printImported(const Reading::Found &found, const Printer &printer, bool json);

/// The request that saves them.
QJsonObject saveRequest(const QList<Reading::Found> &found);

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Samples.h"

#include "recipes/formats/RecipeReader.h"

#include <QDirIterator>
#include <QFile>

namespace simmer::app {

void saveSamples(recipes::RecipeBook &book)
{
    QDirIterator files(QStringLiteral(":/simmer/samples"), {QStringLiteral("*.cook")});
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto recipes = recipes::formats::readBytes(files.fileName(), file.readAll());
        if (!recipes) {
            qWarning("%s: %s", qUtf8Printable(files.fileName()),
                     qUtf8Printable(describe(recipes.error())));
            continue;
        }
        for (const recipes::Recipe &recipe : *recipes)
            book.save(recipe);
    }
}

} // namespace simmer::app

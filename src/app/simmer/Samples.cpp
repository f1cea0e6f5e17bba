// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Samples.h"

#include "recipes/formats/RecipeReader.h"

#include <QDirIterator>
#include <QFile>

namespace simmer::app {

QList<recipes::Recipe> samples()
{
    QList<recipes::Recipe> all;
    QDirIterator files(QStringLiteral(":/simmer/samples"), {QStringLiteral("*.cook")});
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const auto recipes = recipes::formats::readBytes(files.fileName(), file.readAll());
        if (recipes)
            all += *recipes;
        else
            qWarning("%s: %s", qUtf8Printable(files.fileName()),
                     qUtf8Printable(describe(recipes.error())));
    }
    return all;
}

} // namespace simmer::app

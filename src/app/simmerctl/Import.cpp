// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Import.h"

#include "app/DeviceJson.h"
#include "recipes/RecipeCodec.h"
#include "recipes/formats/RecipeReader.h"

namespace simmer::app {

namespace {

using K = QLatin1String;

} // namespace

Reading readFiles(const Arguments &arguments, const Printer &printer)
{
    Reading reading;
    for (const QString &file : arguments.files) {
        const auto recipes = recipes::formats::readFile(file);
        if (!recipes) {
            reading.allFine = false;
            if (arguments.json)
                printer.line({{K("file"), file}, {K("error"), describe(recipes.error())}});
            else
                Printer::trouble(file + QStringLiteral(": ") + describe(recipes.error()));
            continue;
        }
        for (const recipes::Recipe &recipe : *recipes) {
            reading.found += {file, recipe};
            if (arguments.dryRun) {
                printImported(reading.found.constLast(), printer, arguments.json);
                reading.found.clear();
            }
        }
    }
    return reading;
}

void printImported(const Reading::Found &found, const Printer &printer, bool json)
{
    if (!json) {
        qsizetype times = 0;
        for (const recipes::Step &step : found.recipe.steps)
            times += step.slots.size();
        printer.words(QStringLiteral("%1: %2 ingredients, %3 steps, %4 times")
                          .arg(found.recipe.title)
                          .arg(found.recipe.ingredients.size())
                          .arg(found.recipe.steps.size())
                          .arg(times));
        return;
    }
    QJsonObject line = recipeJson(found.recipe);
    line.insert(K("file"), found.file);
    printer.line(line);
}

QJsonObject saveRequest(const QList<Reading::Found> &found)
{
    QJsonObject recipes;
    for (const Reading::Found &each : found)
        recipes.insert(each.recipe.id.toHex(), recipes::toJson(each.recipe));
    return {{K("cmd"), K("save")}, {K("recipes"), recipes}};
}

} // namespace simmer::app

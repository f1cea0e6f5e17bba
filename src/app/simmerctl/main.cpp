// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Arguments.h"
#include "app/simmerctl/Errand.h"
#include "app/simmerctl/Import.h"
#include "app/simmerctl/Photo.h"
#include "app/simmerctl/Times.h"
#include "supervision/Guarded.h"

#include <QCoreApplication>
#include <QHash>

using namespace simmer;
using namespace simmer::app;

namespace {

int import(Arguments arguments, QCoreApplication &program)
{
    const Printer printer(arguments.command, arguments.json);
    const Reading reading = readFiles(arguments, printer);
    if (arguments.dryRun || reading.found.isEmpty())
        return reading.allFine ? 0 : 1;
    QHash<QString, Reading::Found> byId;
    for (const Reading::Found &found : reading.found)
        byId.insert(found.recipe.id.toHex(), found);
    arguments.request = saveRequest(reading.found);
    Errand errand(arguments);
    if (!reading.allFine)
        errand.noteFailure();
    errand.run([&](const QJsonObject &line) {
        const Reading::Found &found = byId[line.value(QLatin1String("id")).toString()];
        const QString trouble = line.value(QLatin1String("error")).toString();
        if (trouble.isEmpty()) {
            printImported(found, printer, arguments.json);
            return;
        }
        errand.noteFailure();
        if (arguments.json)
            printer.line({{QLatin1String("file"), found.file}, {QLatin1String("error"), trouble}});
        else
            Printer::trouble(found.file + QStringLiteral(": ") + trouble);
    });
    return program.exec();
}

int photo(Arguments arguments, QCoreApplication &program)
{
    if (!arguments.saves) {
        const Expected<QJsonObject> request = addRequest(arguments);
        if (!request) {
            Printer::trouble(describe(request.error()));
            return 1;
        }
        arguments.request = *request;
    }
    Errand errand(arguments);
    errand.run([&](const QJsonObject &line) {
        const Expected<QJsonObject> shown = arguments.saves
                                                ? savePhoto(line, arguments.files.constFirst())
                                                : Expected<QJsonObject>(line);
        if (shown) {
            errand.printer().line(*shown);
            return;
        }
        errand.noteFailure();
        Printer::trouble(describe(shown.error()));
    });
    return program.exec();
}

} // namespace

int main(int argc, char **argv)
{
    supervision::Guarded<QCoreApplication> program(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("simmerctl"));
    const Expected<Arguments> arguments = parseArguments(program.arguments().mid(1));
    if (!arguments) {
        Printer::trouble(arguments.error().context);
        return 2;
    }
    const Printer printer(arguments->command, false);
    if (arguments->help || arguments->version) {
        printer.words(arguments->help ? usage().trimmed()
                                      : QStringLiteral("simmerctl " SIMMER_VERSION));
        return 0;
    }
    if (arguments->command == QLatin1String("times"))
        return findTimesInInput();
    if (arguments->command == QLatin1String("import"))
        return import(*arguments, program);
    if (arguments->command == QLatin1String("photo"))
        return photo(*arguments, program);
    Errand errand(*arguments);
    errand.run([&errand](const QJsonObject &line) { errand.printer().line(line); });
    return program.exec();
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerctl/Times.h"

#include "app/DeviceJson.h"
#include "app/simmerctl/Printer.h"
#include "recipes/times/TimeFinder.h"

#include <QFile>
#include <QJsonDocument>

#include <cstdio>

namespace simmer::app {

namespace {

using K = QLatin1String;

constexpr qint64 LongestLine = 4 * 1024 * 1024;

} // namespace

int findTimesInInput()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        Printer::trouble(QStringLiteral("standard input cannot be read"));
        return 1;
    }
    const Printer printer(QStringLiteral("times"), true);
    int exitCode = 0;
    for (int number = 1; !input.atEnd(); ++number) {
        const QByteArray line = input.readLine(LongestLine);
        if (line.trimmed().isEmpty())
            continue;
        const QJsonObject json = QJsonDocument::fromJson(line).object();
        if (!json.value(K("text")).isString()) {
            Printer::trouble(
                QStringLiteral("line %1 is no JSON object with a “text”; it was left out")
                    .arg(number));
            exitCode = 1;
            continue;
        }
        const QString text = json.value(K("text")).toString();
        const auto found = recipes::findTimes(text, json.value(K("lang")).toString());
        printer.line({{K("id"), json.value(K("id"))}, {K("timers"), slotsJson(text, found)}});
    }
    return exitCode;
}

} // namespace simmer::app

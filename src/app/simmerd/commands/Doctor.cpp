// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Doctor.h"

#include "app/simmerd/Console.h"
#include "app/simmerd/commands/Commands.h"

#include <QJsonArray>

#include <algorithm>

namespace simmer::app::commands {

namespace {

using K = QLatin1String;
using Kind = Finding::Kind;

K nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Fine:
        return K("fine");
    case Kind::Odd:
        return K("odd");
    case Kind::Trouble:
        return K("trouble");
    }
    Q_UNREACHABLE();
}

void print(const Finding &finding)
{
    printLine(QStringLiteral("%1 %2").arg(QString(nameOf(finding.kind)), -7).arg(finding.what));
    if (!finding.todo.isEmpty())
        printLine(QStringLiteral("        → %1").arg(finding.todo));
}

QJsonObject toJson(const Finding &finding)
{
    return {
        {K("kind"), nameOf(finding.kind)}, {K("what"), finding.what}, {K("todo"), finding.todo}};
}

} // namespace

int doctor(const Arguments &arguments, const Effective &effective)
{
    const SystemClock clock;
    const QList<Finding> findings = examine(effective, clock);
    QJsonArray json;
    for (const Finding &finding : findings)
        if (arguments.json)
            json += toJson(finding);
        else
            print(finding);
    if (arguments.json)
        printLine(QJsonObject{{K("findings"), json}});
    const bool trouble = std::any_of(findings.begin(), findings.end(), [](const Finding &finding) {
        return finding.kind == Kind::Trouble;
    });
    return trouble ? exits::Failed : exits::Done;
}

} // namespace simmer::app::commands

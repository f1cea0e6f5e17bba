// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"

#include <QJsonDocument>

#include <cstdio>

namespace simmer::app {

void printLine(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

void printLine(const QJsonObject &json)
{
    printLine(QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact)));
}

void complain(const QString &what)
{
    const QByteArray bytes = "simmerd: " + what.toUtf8() + '\n';
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), stderr);
}

int fail(const Error &error)
{
    complain(describe(error));
    return exits::Failed;
}

} // namespace simmer::app

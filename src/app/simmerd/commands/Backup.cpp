// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Console.h"
#include "app/simmerd/commands/Commands.h"
#include "storage/DataFolder.h"
#include "storage/safety/ServerCopy.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QLocale>

namespace simmer::app::commands {

namespace {

using K = QLatin1String;

/// For names of files: 2026-11-21-161037.
QString now()
{
    return QDateTime::currentDateTime().toString(QStringLiteral("yyyy-MM-dd-HHmmss"));
}

/// Into a folder that is there a new one is put, so that one line of cron makes a row of them.
QString nameOfCopy(const QString &operand)
{
    const QString path = QDir::cleanPath(QDir(operand).absolutePath());
    return QFileInfo(path).isDir() ? QDir(path).filePath(QStringLiteral("simmer-") + now()) : path;
}

QJsonArray toJson(const QList<storage::ProvenChain> &chains)
{
    QJsonArray all;
    for (const storage::ProvenChain &chain : chains)
        all += QJsonObject{{K("kitchen"), chain.kitchen.toHex()},
                           {K("name"), chain.name},
                           {K("ops"), chain.entries},
                           {K("head"), chain.head}};
    return all;
}

QString inWords(const QList<storage::ProvenChain> &chains)
{
    QStringList all;
    for (const storage::ProvenChain &chain : chains)
        all += QStringLiteral("“%1” up to number %2").arg(chain.name).arg(chain.head);
    return all.join(QStringLiteral(", "));
}

} // namespace

int backup(const Arguments &arguments, const Config &config)
{
    const auto copy = storage::copyServer(config.dataDir, nameOfCopy(arguments.operand));
    if (!copy)
        return fail(copy.error());
    if (arguments.json)
        printLine(QJsonObject{{K("backup"), copy->path},
                              {K("bytes"), copy->bytes},
                              {K("kitchens"), toJson(copy->chains)}});
    else
        printLine(QStringLiteral("%1 (%2): %3; every link was proven")
                      .arg(copy->path, QLocale::c().formattedDataSize(copy->bytes),
                           inWords(copy->chains)));
    return exits::Done;
}

int restore(const Arguments &arguments, const Config &config)
{
    const auto folder = storage::DataFolder::take(config.dataDir);
    if (!folder && folder.error().code == ErrorCode::StoreBusy) {
        complain(QStringLiteral("a server runs on %1; stop it first").arg(config.dataDir));
        return exits::Failed;
    }
    if (!folder)
        return fail(folder.error());
    const QString from = QDir::cleanPath(QDir(arguments.operand).absolutePath());
    const auto restored = storage::restoreServer(config.dataDir, from, now());
    if (!restored)
        return fail(restored.error());
    if (arguments.json) {
        printLine(QJsonObject{{K("kitchens"), toJson(restored->chains)},
                              {K("set_aside"), QJsonArray::fromStringList(restored->setAside)}});
        return exits::Done;
    }
    printLine(QStringLiteral("Restored: %1.").arg(inWords(restored->chains)));
    for (const QString &path : restored->setAside)
        printLine(QStringLiteral("What was there before is kept as %1.").arg(path));
    printLine(QStringLiteral("Start simmerd: the devices give back what came after the copy. Who "
                             "joined since then has to pair again; who was shut out since then is "
                             "in again (simmerd devices, simmerd revoke)."));
    return exits::Done;
}

} // namespace simmer::app::commands

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/SharingNote.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace simmer::app {

namespace {

using K = QLatin1String;

QString fileIn(const QString &profile)
{
    return profile + QStringLiteral("/sharing.json");
}

} // namespace

SharingNote readSharing(const QString &profile)
{
    QFile file(fileIn(profile));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const int port = json.value(K("port")).toInt();
    SharingNote note{json.value(K("on")).toBool(),
                     port > 0 && port <= 65535 ? quint16(port) : quint16(0)};
    note.kitchen = KitchenId::fromHex(json.value(K("kitchen")).toString()).value_or(KitchenId());
    return note;
}

Outcome keepSharing(const QString &profile, const SharingNote &note)
{
    QJsonObject json{{K("on"), note.isOn}, {K("port"), note.port}};
    if (!note.kitchen.isNull())
        json.insert(K("kitchen"), note.kitchen.toHex());
    QSaveFile file(fileIn(profile));
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(json).toJson()) > 0 &&
        file.commit())
        return done();
    return Error{ErrorCode::DiskFull, file.fileName() + K(": ") + file.errorString(), {}};
}

} // namespace simmer::app

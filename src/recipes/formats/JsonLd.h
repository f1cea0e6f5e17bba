// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace simmer::recipes::formats {

/// Whether the node is of this schema.org type, however the type is written (a name, a prefixed
/// name, a full address, one of a list; in any case of letters).
bool isOfType(const QJsonObject &node, QLatin1String type);

/// The node's property of this name: plain, prefixed ("schema:name") or as a full address.
QJsonValue property(const QJsonObject &node, QLatin1String name);

/// The Recipe nodes of a JSON-LD document at any depth (graphs, lists, mainEntity), in its order;
/// not those inside another recipe.
QList<QJsonObject> recipeNodes(const QJsonValue &document);

} // namespace simmer::recipes::formats

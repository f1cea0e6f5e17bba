// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/kitchen/KitchenState.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>

/// Kitchens as `simmerd kitchens --json` prints them, and as they come over the control socket.
namespace simmer::app {

QJsonObject toJson(const syncserver::KitchenState &state);
QJsonArray toJson(const QList<syncserver::KitchenState> &states);
QList<syncserver::KitchenState> kitchensFrom(const QJsonArray &json);

} // namespace simmer::app

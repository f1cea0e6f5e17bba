// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/RecipeBook.h"
#include "recipes/RecipeJson.h"
#include "storage/device/DeviceStore.h"
#include "syncclient/SyncClient.h"
#include "timers/Cooking.h"
#include "timers/TimerJson.h"

#include <QJsonArray>
#include <QJsonObject>

/// The JSON that simmerctl prints: a format that other tools rely on (docs/simmerctl.md).
namespace simmer::app {

using recipes::recipeJson;
using recipes::slotsJson;
using timers::timerJson;

/// A line of a recipe's history; field null: the recipe was removed.
QJsonObject editJson(const recipes::Edit &edit);

/// The cooking of a recipe at a moment of kitchen time. Steps and boxes count from 1.
QJsonObject cookingJson(const timers::Cooking &cooking, qint64 nowMs);

/// What the server would not take, and why. `name` is of the timer or recipe that it was about.
QJsonObject refusedJson(const storage::RefusedOp &refused, const QString &name);

/// The kitchen that a device is in, as its link knows it.
QJsonObject kitchenJson(const syncclient::LinkStatus &status,
                        const std::optional<syncclient::KitchenPulse> &pulse);
/// Nothing: nobody is there who knows.
QJsonObject pulseJson(const std::optional<syncclient::KitchenPulse> &pulse, qint64 nowMs);

QString linkWord(syncclient::LinkState state);

} // namespace simmer::app

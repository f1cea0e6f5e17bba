// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/Arguments.h"
#include "app/simmerd/config/Config.h"
#include "base/Ids.h"

/// What simmerd can do, a file each; all give the exit code.
namespace simmer::app::commands {

int serve(const Arguments &arguments, const Effective &effective);
int checkConfig(const Arguments &arguments, const Effective &effective);
int invite(const Arguments &arguments, const Config &config);
int status(const Arguments &arguments, const Config &config);
int backup(const Arguments &arguments, const Config &config);
int restore(const Arguments &arguments, const Config &config);
int devices(const Arguments &arguments, const Config &config);
int revoke(const Arguments &arguments, const Config &config);
/// The one that was named by the first letters of its id; null when none was. Errors: NotFound,
/// BadArgument, those of the store and of a running server.
Expected<KitchenId> chosenKitchen(const Arguments &arguments, const Config &config);
int kitchens(const Arguments &arguments, const Config &config);
int addKitchen(const Arguments &arguments, const Config &config);
int token(const Arguments &arguments, const Config &config);
int cookingLog(const Arguments &arguments, const Config &config);
/// Also with settings that are wrong: it says so.
int doctor(const Arguments &arguments, const Effective &effective);

} // namespace simmer::app::commands

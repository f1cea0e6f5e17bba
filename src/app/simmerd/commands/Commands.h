// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/Arguments.h"
#include "app/simmerd/config/Config.h"

/// What simmerd can do, a file each; all give the exit code.
namespace simmer::app::commands {

int serve(const Arguments &arguments, const Effective &effective);
int checkConfig(const Arguments &arguments, const Effective &effective);
int invite(const Arguments &arguments, const Config &config);
int status(const Arguments &arguments, const Config &config);

} // namespace simmer::app::commands

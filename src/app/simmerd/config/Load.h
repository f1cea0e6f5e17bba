// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/Arguments.h"
#include "app/simmerd/config/Config.h"

namespace simmer::app {

/// Gathers flags, environment and file, as they are now.
Effective loadConfig(const Arguments &arguments);

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"
#include "base/Clock.h"

namespace simmer::app {

/// The log's place as the settings have it. `clock` must outlive it. Errors: FileUnreadable.
Expected<std::unique_ptr<LogSink>> logSinkOf(const Config &config, const Clock &clock);

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerd/config/Config.h"

#include <QJsonObject>

namespace simmer::app {

/// What holds and where it comes from, for people: a line a key. Of what may be secret only the
/// host is shown.
QString inWords(const Effective &effective);
/// The same for programs, with problems and hints.
QJsonObject toJson(const Effective &effective);

} // namespace simmer::app

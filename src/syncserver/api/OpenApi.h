// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/api/Router.h"

namespace simmer::syncserver {

/// Where the description is; it needs no token.
inline const QByteArray DescriptionPath = "/api/v1/openapi.json";

/// What the routes do, as OpenAPI 3.1 describes it.
QJsonObject openApi(const QList<Route> &routes);

/// The shapes of bodies and answers (JSON Schema), by name.
QJsonObject apiSchemas();

} // namespace simmer::syncserver

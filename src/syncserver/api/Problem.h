// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "syncserver/net/Http.h"

#include <QJsonObject>

namespace simmer::syncserver {

/// An answer with a JSON object.
HttpAnswer jsonAnswer(int status, const QJsonObject &json);

/// What went wrong, as RFC 9457 has it (application/problem+json): what happened (detail) and what
/// to do about it (advice).
HttpAnswer problem(int status, const QString &detail, const QString &advice);

/// The same for a failure behind the API.
HttpAnswer problem(const Error &error);

/// 405: `allowed` are the methods that the address takes.
HttpAnswer wrongMethod(const QByteArray &allowed);

} // namespace simmer::syncserver

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"

#include <QJsonObject>

namespace simmer::app {

namespace exits {
inline constexpr int Done = 0;
inline constexpr int Failed = 1;
inline constexpr int WrongUsage = 2;
} // namespace exits

/// One line on standard output, at once.
void printLine(const QString &line);
void printLine(const QJsonObject &json);
/// One line on standard error.
void complain(const QString &what);
/// The same of an error; gives the exit code.
int fail(const Error &error);

} // namespace simmer::app

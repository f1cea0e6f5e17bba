// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/simmerctl/Arguments.h"

namespace simmer::app {

/// The request to add the photo in a file. Errors: FileUnreadable; TooLarge and BadSyntax for what
/// is no photo that a kitchen takes.
Expected<QJsonObject> addRequest(const Arguments &arguments);

/// Writes the photo of an answer into the file; what is left of the answer is for printing.
Expected<QJsonObject> savePhoto(QJsonObject line, const QString &file);

} // namespace simmer::app

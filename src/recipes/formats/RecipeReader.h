// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/Recipe.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace simmer::recipes::formats {

/// Largest file that is read, and largest size that a packed one may unfold to, in bytes.
inline constexpr qint64 MaxFileBytes = qint64(20) * 1024 * 1024;

/// Reads the recipes of a file whatever its format: saved web pages (JSON-LD, microdata), bare
/// JSON-LD, Cooklang; each also gzipped. Steps come with their slots, recipes with their ids, and
/// every recipe can be stored (RecipeCodec).
/// Errors: FileUnreadable, TooLarge, BadEncoding, BadSyntax, NoRecipe.
Expected<QList<Recipe>> readFile(const QString &path);

/// The same for bytes at hand; `name` (a file name) helps to tell the format.
Expected<QList<Recipe>> readBytes(const QString &name, const QByteArray &bytes);

} // namespace simmer::recipes::formats

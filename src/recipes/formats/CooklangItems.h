// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/formats/Cooklang.h"

#include <QStringView>

namespace simmer::recipes::formats::cooklang {

/// The items of a step's paragraph whose lines are joined and whose comments are gone.
QList<Item> parseItems(QStringView paragraph);

} // namespace simmer::recipes::formats::cooklang

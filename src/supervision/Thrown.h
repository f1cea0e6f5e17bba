// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <exception>

namespace simmer::supervision {

/// What an exception says of itself, one line; never empty.
QString wordsOf(const std::exception_ptr &thrown);

} // namespace simmer::supervision

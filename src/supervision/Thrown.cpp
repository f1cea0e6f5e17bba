// SPDX-License-Identifier: GPL-3.0-or-later
#include "supervision/Thrown.h"

namespace simmer::supervision {

QString wordsOf(const std::exception_ptr &thrown)
{
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception &exception) {
        const QString words = QString::fromLocal8Bit(exception.what()).simplified();
        if (!words.isEmpty())
            return words;
    } catch (...) { // NOLINT(bugprone-empty-catch): a type that cannot tell us anything
    }
    return QStringLiteral("something was thrown that says nothing");
}

} // namespace simmer::supervision

// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/EnglishPlurals.h"

namespace simmer::ui {

QString EnglishPlurals::translate(const char *, const char *source, const char *, int n) const
{
    if (n < 0)
        return {};
    QString text = QString::fromUtf8(source);
    return text.replace(QLatin1String("(s)"), QLatin1String(n == 1 ? "" : "s"));
}

} // namespace simmer::ui

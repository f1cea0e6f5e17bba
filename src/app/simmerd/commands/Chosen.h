// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"

#include <QList>
#include <QString>

#include <algorithm>
#include <iterator>

namespace simmer::app::commands {

/// The one whose id begins so, four digits at least. `what` is one of them, `lists` the command
/// that shows them all. Errors: NotFound, BadArgument.
template<class Item>
Expected<Item> chosen(const QList<Item> &items, const QString &digits, const QString &what,
                      const QString &lists)
{
    constexpr qsizetype LeastDigits = 4;
    QList<Item> found;
    std::copy_if(items.begin(), items.end(), std::back_inserter(found), [&](const Item &item) {
        return item.id.toHex().startsWith(digits, Qt::CaseInsensitive);
    });
    if (digits.size() < LeastDigits || found.isEmpty())
        return Error{ErrorCode::NotFound,
                     QStringLiteral("no %1 has an id that begins with %2; %3 lists them")
                         .arg(what, digits, lists),
                     {}};
    if (found.size() > 1)
        return Error{ErrorCode::BadArgument,
                     QStringLiteral("%1 %2s have an id that begins with %3; write more of it")
                         .arg(QString::number(found.size()), what, digits),
                     {}};
    return found.constFirst();
}

} // namespace simmer::app::commands

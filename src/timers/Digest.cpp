// SPDX-License-Identifier: GPL-3.0-or-later
#include "timers/Digest.h"

#include <QCryptographicHash>
#include <QHash>

#include <algorithm>

namespace simmer::timers {

namespace {

QByteArray line(const Timer &timer)
{
    QByteArrayList parts{"timer",
                         timer.id.toBytes().toHex(),
                         timer.name.toUtf8().toHex(),
                         QByteArray::number(int(timer.phase)),
                         QByteArray::number(timer.startedAt),
                         QByteArray::number(timer.changedAt),
                         QByteArray::number(timer.totalMs),
                         QByteArray::number(timer.checkLeadMs),
                         QByteArray::number(timer.endAt),
                         QByteArray::number(timer.leftMs),
                         timer.ringKey.toBytes().toHex()};
    return parts.join(' ');
}

} // namespace

QByteArray digest(const QList<Timer> &timers, const QHash<RecipeId, QByteArray> &recipes)
{
    QByteArrayList lines;
    for (const Timer &timer : timers)
        lines += line(timer);
    for (auto it = recipes.cbegin(); it != recipes.cend(); ++it)
        lines += "recipe " + it.key().toBytes().toHex() + ' ' +
                 QCryptographicHash::hash(it.value(), QCryptographicHash::Sha256).toHex();
    std::sort(lines.begin(), lines.end());
    return QCryptographicHash::hash(lines.join('\n'), QCryptographicHash::Sha256).toHex();
}

} // namespace simmer::timers

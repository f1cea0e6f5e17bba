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

QByteArrayList linesOf(const QByteArray &kind, const QHash<RecipeId, QByteArray> &texts)
{
    QByteArrayList lines;
    for (auto it = texts.cbegin(); it != texts.cend(); ++it)
        lines += kind + ' ' + it.key().toBytes().toHex() + ' ' +
                 QCryptographicHash::hash(it.value(), QCryptographicHash::Sha256).toHex();
    return lines;
}

} // namespace

QByteArray digest(const QList<Timer> &timers, const QHash<RecipeId, QByteArray> &recipes,
                  const QHash<RecipeId, QByteArray> &cookings)
{
    QByteArrayList lines = linesOf("recipe", recipes) + linesOf("cooking", cookings);
    for (const Timer &timer : timers)
        lines += line(timer);
    std::sort(lines.begin(), lines.end());
    return QCryptographicHash::hash(lines.join('\n'), QCryptographicHash::Sha256).toHex();
}

} // namespace simmer::timers

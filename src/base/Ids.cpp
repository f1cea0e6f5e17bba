// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Ids.h"

#include <QRandomGenerator>

#include <array>

namespace simmer::ids {

namespace {
thread_local std::function<QUuid()> source;
}

void setSource(std::function<QUuid()> other)
{
    source = std::move(other);
}

QUuid random()
{
    if (source)
        return source();
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return QUuid::fromRfc4122(
        QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words));
}

QUuid derived(const QUuid &space, const QByteArray &name)
{
    return QUuid::createUuidV5(space, name);
}

std::optional<QUuid> fromHex(QStringView text)
{
    if (text.size() != 32)
        return std::nullopt;
    for (const QChar c : text) {
        const bool digit = c >= QLatin1Char('0') && c <= QLatin1Char('9');
        const bool letter = c >= QLatin1Char('a') && c <= QLatin1Char('f');
        if (!digit && !letter)
            return std::nullopt;
    }
    return QUuid::fromRfc4122(QByteArray::fromHex(text.toLatin1()));
}

QString toHex(const QUuid &value)
{
    return QString::fromLatin1(value.toRfc4122().toHex());
}

} // namespace simmer::ids

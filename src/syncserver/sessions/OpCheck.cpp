// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/sessions/OpCheck.h"

#include "protocol/EncodedPage.h"
#include "protocol/Limits.h"
#include "protocol/MessageCodec.h"
#include "recipes/RecipeCodec.h"
#include "timers/OpCodec.h"

#include <QJsonDocument>

namespace simmer::syncserver {

namespace {

constexpr qint64 AnySeq = 1LL << 53; // the longest to write
constexpr qsizetype LinkBytes = 32;
constexpr qsizetype SurelyFits = protocol::limits::MessageBytes / 2; // into a page

bool isTooLarge(const timers::Op &op, const QByteArray &body)
{
    const auto *write = std::get_if<timers::WriteRecipe>(&op.action);
    return write && body.size() > recipes::MaxRecipeBytes &&
           QJsonDocument(write->recipe).toJson(QJsonDocument::Compact).size() >
               recipes::MaxRecipeBytes;
}

/// Other devices read from a page exactly this op, and so compute the same chain.
bool isReadable(const timers::Op &op, const QByteArray &body)
{
    const QByteArray page = protocol::encodePage(
        {protocol::encodeEntry(AnySeq, op.at, QByteArray(LinkBytes, 0), body)});
    const Expected<protocol::FromServer> read = protocol::decodeFromServer(page);
    const auto *got = read ? std::get_if<protocol::Page>(&*read) : nullptr;
    return got && got->entries.size() == 1 &&
           timers::canonical(got->entries.constFirst().op) == body;
}

} // namespace

std::optional<QString> refusal(const timers::Op &op, const QByteArray &body, Read read)
{
    if (op.id.isNull() || op.subject.isNull())
        return QStringLiteral("it has no id");
    if (op.device.isNull())
        return QStringLiteral("it has no device");
    if (isTooLarge(op, body))
        return QStringLiteral("the recipe is larger than %1 KiB")
            .arg(recipes::MaxRecipeBytes / 1024);
    const bool isPlain = read == Read::AsWritten &&
                         !std::holds_alternative<timers::WriteRecipe>(op.action) &&
                         body.size() < SurelyFits;
    if (!isPlain && !isReadable(op, body))
        return QStringLiteral("other devices could not read it");
    return std::nullopt;
}

bool isCanonical(const QByteArray &push, const QList<QByteArray> &bodies)
{
    constexpr QByteArrayView Head("{\"ops\":[");
    constexpr QByteArrayView Tail("],\"type\":\"push\"}");
    QByteArrayView left(push);
    if (!left.startsWith(Head) || !left.endsWith(Tail))
        return false;
    left = left.sliced(Head.size()).chopped(Tail.size());
    for (const QByteArray &body : bodies) {
        if (!left.startsWith(body))
            return false;
        left = left.sliced(body.size());
        if (left.startsWith(','))
            left = left.sliced(1);
    }
    return left.isEmpty();
}

} // namespace simmer::syncserver

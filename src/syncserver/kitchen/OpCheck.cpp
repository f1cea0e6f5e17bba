// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/kitchen/OpCheck.h"

#include "protocol/EncodedPage.h"
#include "protocol/MessageCodec.h"
#include "recipes/RecipeCodec.h"
#include "timers/OpCodec.h"

#include <QJsonDocument>

namespace simmer::syncserver {

namespace {

constexpr qint64 AnySeq = 1LL << 53; // the longest to write
constexpr qsizetype LinkBytes = 32;

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

std::optional<QString> refusal(const timers::Op &op, const QByteArray &body)
{
    if (op.id.isNull() || op.subject.isNull())
        return QStringLiteral("it has no id");
    if (op.device.isNull())
        return QStringLiteral("it has no device");
    if (isTooLarge(op, body))
        return QStringLiteral("the recipe is larger than %1 KiB")
            .arg(recipes::MaxRecipeBytes / 1024);
    if (!isReadable(op, body))
        return QStringLiteral("other devices could not read it");
    return std::nullopt;
}

} // namespace simmer::syncserver

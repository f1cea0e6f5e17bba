// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/Error.h"

namespace simmer {

namespace {

QString advice(ErrorCode code)
{
    switch (code) {
    case ErrorCode::BadArgument:
    case ErrorCode::NotFound:
    case ErrorCode::BadSyntax:
    case ErrorCode::Refused:
    case ErrorCode::Crashed:
        return {};
    case ErrorCode::FileUnreadable:
        return QStringLiteral("check that it is a file and that you may read it");
    case ErrorCode::TooLarge:
        return QStringLiteral("take a smaller one");
    case ErrorCode::BadEncoding:
        return QStringLiteral("save it as UTF-8 text");
    case ErrorCode::NoRecipe:
        return QStringLiteral("open a page that shows one recipe, or a .cook file");
    case ErrorCode::DiskFull:
        return QStringLiteral("not saved; free some space and try again");
    case ErrorCode::StoreBroken:
        return QStringLiteral("restore it from a backup");
    case ErrorCode::StoreDamaged:
        return QStringLiteral("start the program again: it saves what can be read");
    case ErrorCode::StoreBusy:
        return QStringLiteral("close the other program that uses this profile");
    case ErrorCode::StoreNewer:
        return QStringLiteral("update Simmer");
    case ErrorCode::Unreachable:
        return QStringLiteral("check the address and that simmerd runs");
    case ErrorCode::BadChain:
        return QStringLiteral("connect again to take the log anew");
    case ErrorCode::TimedOut:
        return QStringLiteral("try again later or wait longer");
    }
    Q_UNREACHABLE();
}

} // namespace

Error Error::because(ErrorCode code, QString context, Error cause)
{
    return {code, std::move(context), std::make_shared<const Error>(std::move(cause))};
}

bool Error::operator==(const Error &other) const
{
    const bool sameCause = cause && other.cause ? *cause == *other.cause : cause == other.cause;
    return code == other.code && context == other.context && sameCause;
}

QString describe(const Error &error)
{
    QString line = error.context;
    for (const Error *cause = error.cause.get(); cause; cause = cause->cause.get())
        line += QStringLiteral(": ") + cause->context;
    const QString todo = advice(error.code);
    if (!todo.isEmpty())
        line += QStringLiteral("; ") + todo;
    return line.simplified();
}

} // namespace simmer

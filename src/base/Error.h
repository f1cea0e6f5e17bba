// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMetaType>
#include <QString>

#include <memory>

namespace simmer {

/// The kinds of expected failure; a caller decides by these, never by text.
enum class ErrorCode {
    BadArgument,    ///< what was asked makes no sense
    NotFound,       ///< no such recipe, timer, file
    FileUnreadable, ///< it exists, but cannot be read
    TooLarge,       ///< above a limit that the context names
    BadEncoding,    ///< the bytes are no text
    BadSyntax,      ///< the text is not of its format
    NoRecipe,       ///< a good file, but no recipe in it
    DiskFull,       ///< nothing was written
    StoreBroken,    ///< the database refuses
    StoreDamaged,   ///< bytes of the database are not what was written; it can be salvaged
    StoreBusy,      ///< another program holds it
    StoreNewer,     ///< written by a newer Simmer
    Unreachable,    ///< the server cannot be reached
    Refused,        ///< the server said no
    BadChain,       ///< the log was altered or restored
    TimedOut,       ///< it took longer than asked
    Crashed,        ///< a fault of ours: a worker threw, or took the program with it
};

/// An expected failure: its kind, where it happened, and what caused it.
struct Error {
    ErrorCode code = ErrorCode::BadArgument;
    QString context; ///< what it was about, in plain words without a full stop
    std::shared_ptr<const Error> cause;

    static Error because(ErrorCode code, QString context, Error cause);
    bool operator==(const Error &other) const;
};

/// One line for terminals and logs: what happened and what to do about it.
QString describe(const Error &error);

} // namespace simmer

Q_DECLARE_METATYPE(simmer::Error)

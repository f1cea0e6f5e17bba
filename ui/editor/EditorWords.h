// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Error.h"
#include "recipes/RecipeBook.h"

#include <QCoreApplication>
#include <QStringList>

namespace simmer::ui {

/// What the editor and the history say, in the user's language. Pure but for locale and time zone.
class EditorWords
{
    Q_DECLARE_TR_FUNCTIONS(EditorWords)

public:
    /// "the steps", as toJson names the field.
    static QString field(const QString &field);
    /// "the title, the steps and the notes".
    static QString fields(const QStringList &fields);
    /// Why it was not saved and what to do; all text is still in the editor.
    static QString notSaved(const Error &error);
    static QString notTaken(const Error &error);
    /// A value line by line, as a reader would write it down.
    static QStringList lines(const QString &field, const QJsonValue &value);
    /// "stands", "replaced by Ben", "lost to Ben’s": `by` is whose stands.
    static QString fate(const recipes::Edit &edit, const QString &by);
    /// "18:11", or with its day when that is not today.
    static QString moment(qint64 ms);
    static QString untitled(const QString &title);
};

} // namespace simmer::ui

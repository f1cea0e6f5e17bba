// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QDialog>
#include <QHash>

namespace simmer::ui {

class Segments;

/// What two cooks made of the same fields, side by side, and for each field a choice. GUI thread.
class CompareDialog : public QDialog
{
    Q_OBJECT

public:
    /// `writer` wrote `theirs`; may be empty.
    CompareDialog(const recipes::Recipe &mine, const recipes::Recipe &theirs,
                  const QStringList &fields, const QString &writer, QWidget *parent = nullptr);

    /// Fields in which theirs was chosen.
    QStringList taken() const;

private:
    QHash<QString, Segments *> m_choices; ///< children
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/scaling/Scaling.h"

#include <QAbstractButton>

namespace simmer::ui {

/// One line of the ingredients with a box to tick: what at the left, how much at the right. GUI
/// thread.
class IngredientRow : public QAbstractButton
{
    Q_OBJECT

public:
    /// `language` as Recipe::language.
    IngredientRow(const QString &line, const QString &language, QWidget *parent = nullptr);

    /// The same ingredient, for more or fewer.
    void setLine(const QString &line);
    /// Larger than on a desk: legible from afar.
    void setZoom(qreal zoom);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void nextCheckState() override {} // a tick shows when it is kept
    void paintEvent(QPaintEvent *event) override;

private:
    bool isApart(int width) const;
    int textRoom(int width) const;
    QString text(int width) const;
    QFont whatFont() const;
    QFont amountFont(bool ticked) const;
    int zoomed(int pixels) const;

    QString m_line;
    QString m_language;
    recipes::IngredientParts m_parts;
    qreal m_zoom = 1;
};

} // namespace simmer::ui

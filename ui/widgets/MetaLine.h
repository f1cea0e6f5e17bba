// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"

#include <QWidget>

namespace simmer::ui {

/// Time, hands-on time, yield and tags under a recipe's title, each with its icon; what does not
/// fit goes to a next line. GUI thread.
class MetaLine : public QWidget
{
    Q_OBJECT

public:
    explicit MetaLine(const recipes::Recipe &recipe, QWidget *parent = nullptr);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Part {
        QLatin1String icon;
        QString text;
    };
    qreal widthOf(const Part &part) const;

    QList<Part> m_parts;
};

} // namespace simmer::ui

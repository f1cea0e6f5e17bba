// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "recipes/scaling/Fraction.h"

#include <QSizeF>
#include <QTextLayout>

#include <memory>
#include <vector>

class QPagedPaintDevice;
class QPainter;

namespace simmer::ui {

/// A recipe on paper: title, a line about it, the ingredients in a column at the left, the steps
/// beside them, over as many pages as it takes. Black on white whatever the theme. A value of one
/// thread, any; lengths in points.
class RecipePaper
{
public:
    /// `page` is the room between the margins.
    RecipePaper(const recipes::Recipe &recipe, const recipes::Fraction &factor, const QSizeF &page);

    int pages() const { return m_pages; }
    /// From 0; the painter's unit is a point, its origin the page's upper left corner.
    void paint(QPainter &painter, int page) const;

private:
    enum class Column { Head, Left, Right };
    struct Style;
    struct Block {
        std::unique_ptr<QTextLayout> text;
        qreal x = 0;
        QString number; ///< hangs at the left of a step
    };
    /// A line of a block where it came to stand.
    struct Placed {
        std::size_t block = 0;
        int line = 0;
        int page = 0;
        qreal y = 0;
    };

    void write(const QString &text, Column column, const Style &style);
    void writeHead(const recipes::Recipe &recipe, const recipes::Fraction &factor);
    void writeIngredients(const recipes::Recipe &recipe, const recipes::Fraction &factor);
    void writeSteps(const recipes::Recipe &recipe);
    qreal &bottomOf(Column column);

    QSizeF m_page;
    QString m_title;
    QString m_source;
    qreal m_headBottom = 0;
    qreal m_left = 0; ///< how far each column is, counted on through all pages
    qreal m_right = 0;
    int m_pages = 1;
    std::vector<Block> m_blocks;
    std::vector<Placed> m_lines;
};

/// Paints all pages on a device that was set up. False when the device refuses.
[[nodiscard]] bool printRecipe(const recipes::Recipe &recipe, const recipes::Fraction &factor,
                               QPagedPaintDevice &device);

/// The recipe as a PDF file's bytes, on A4 or where Letter is usual on that.
QByteArray recipePdf(const recipes::Recipe &recipe, const recipes::Fraction &factor);

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/RecipePaper.h"

#include "recipe/RecipeWords.h"
#include "recipes/scaling/Scaling.h"
#include "theme/Type.h"

#include <QBuffer>
#include <QLocale>
#include <QPagedPaintDevice>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

using recipes::Fraction;
using recipes::Recipe;

namespace {

// Points. A book's measures: 10.5 on 15, lines of at most 75 letters.
constexpr qreal LeftPart = 0.33;
constexpr qreal Gutter = 24;
constexpr qreal StepIndent = 22;
constexpr qreal FootHeight = 30;
constexpr qreal Margin = 48;
constexpr qreal PointsPerInch = 72;
constexpr QColor Ink(0x1b, 0x1c, 0x1f);
constexpr QColor Quiet(0x62, 0x65, 0x6c);
constexpr QColor Hairline(0xc9, 0xc8, 0xc2);

} // namespace

struct RecipePaper::Style {
    QFont font;
    qreal leading = 15; ///< from baseline to baseline
    qreal before = 0;   ///< room above, but at a page's top
    qreal indent = 0;
    QString number = {};
    int boldUntil = 0;      ///< the first letters that are bold: an ingredient's amount
    bool isHeading = false; ///< never the last line of a page
};

RecipePaper::RecipePaper(const Recipe &recipe, const Fraction &factor, const QSizeF &page)
    : m_page(page)
    , m_title(recipe.title)
    , m_source(recipe.source.startsWith(QLatin1String("http")) ? recipe.source : QString())
{
    // Whole points: what is added up along the pages stays exact.
    m_page.setHeight(std::floor(std::max(page.height() - FootHeight, 120.0)));
    writeHead(recipe, factor);
    m_headBottom += 14;
    m_left = m_right = m_headBottom;
    writeIngredients(recipe, factor);
    writeSteps(recipe);
    m_pages = 1;
    for (const Placed &line : m_lines)
        m_pages = std::max(m_pages, line.page + 1);
}

qreal &RecipePaper::bottomOf(Column column)
{
    switch (column) {
    case Column::Head:
        return m_headBottom;
    case Column::Left:
        return m_left;
    case Column::Right:
        return m_right;
    }
    Q_UNREACHABLE();
}

void RecipePaper::write(const QString &text, Column column, const Style &style)
{
    const qreal left = std::floor(m_page.width() * LeftPart);
    const qreal x = (column == Column::Right ? left + Gutter : 0) + style.indent;
    const qreal width = column == Column::Left ? left : m_page.width() - x;
    Block block{std::make_unique<QTextLayout>(text, style.font), x, style.number};
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    block.text->setTextOption(wrap);
    if (style.boldUntil > 0) {
        QTextLayout::FormatRange bold{0, style.boldUntil, {}};
        bold.format.setFontWeight(QFont::DemiBold);
        block.text->setFormats({bold});
    }
    qreal &bottom = bottomOf(column);
    const auto roomOnPage = [&] { return m_page.height() - std::fmod(bottom, m_page.height()); };
    if (roomOnPage() < m_page.height())
        bottom += style.before;
    // A heading takes two lines of its text along.
    const qreal needed = style.leading * (style.isHeading ? 3.5 : 1);
    block.text->beginLayout();
    int number = 0;
    for (QTextLine line = block.text->createLine(); line.isValid();
         line = block.text->createLine(), ++number) {
        line.setLineWidth(width);
        if (roomOnPage() < (number == 0 ? needed : style.leading))
            bottom += roomOnPage();
        const qreal inLine = style.leading * 0.75 - line.ascent();
        m_lines.push_back({m_blocks.size(), number, int(bottom / m_page.height()),
                           std::fmod(bottom, m_page.height()) + inLine});
        bottom += style.leading;
    }
    block.text->endLayout();
    m_blocks.push_back(std::move(block));
}

void RecipePaper::writeHead(const Recipe &recipe, const Fraction &factor)
{
    write(recipe.title, Column::Head, {displayFont(24), 29});
    const QString about = RecipeWords::meta(recipe, factor);
    if (!about.isEmpty())
        write(about, Column::Head, {textFont(10), 15, 3});
    const QString written = RecipeWords::writtenFor(recipe, factor);
    if (!written.isEmpty())
        write(written, Column::Head, {textFont(9), 13});
    if (!recipe.summary.isEmpty())
        write(recipe.summary.simplified(), Column::Head, {textFont(10), 15, 6});
}

void RecipePaper::writeIngredients(const Recipe &recipe, const Fraction &factor)
{
    const Style heading{displayFont(12), 18, 0, 0, {}, 0, true};
    write(RecipeWords::tr("Ingredients"), Column::Left, heading);
    for (const QString &line : recipe.ingredients) {
        const QString scaled = recipes::scaledLine(line, factor, recipe.language);
        const QString amount = recipes::partsOf(scaled, recipe.language).amount;
        const bool leads = !amount.isEmpty() && scaled.startsWith(amount);
        write(scaled, Column::Left, {textFont(10), 14, 3, 0, {}, leads ? int(amount.size()) : 0});
    }
    if (recipe.notes.isEmpty())
        return;
    write(RecipeWords::tr("Notes"), Column::Left, {displayFont(12), 18, 14, 0, {}, 0, true});
    const QStringList lines = recipe.notes.split(u'\n');
    for (const QString &line : lines)
        write(line, Column::Left, {textFont(10), 14, 2});
}

void RecipePaper::writeSteps(const Recipe &recipe)
{
    write(RecipeWords::tr("Steps"), Column::Right, {displayFont(12), 18, 0, 0, {}, 0, true});
    QString section;
    for (int i = 0; i < recipe.steps.size(); ++i) {
        const recipes::Step &step = recipe.steps.at(i);
        if (step.section != section && !step.section.isEmpty())
            write(step.section, Column::Right, {displayFont(12), 18, 8, 0, {}, 0, true});
        section = step.section;
        if (step.isHeading())
            continue;
        const QStringList lines = step.text.split(u'\n');
        for (qsizetype line = 0; line < lines.size(); ++line)
            write(lines.at(line), Column::Right,
                  {textFont(10), 15, line == 0 ? 6.0 : 0.0, StepIndent,
                   line == 0 ? QString::number(recipes::stepNumber(recipe, i)) : QString()});
    }
}

void RecipePaper::paint(QPainter &painter, int page) const
{
    painter.setPen(Ink);
    for (const Placed &line : m_lines) {
        if (line.page != page)
            continue;
        const Block &block = m_blocks.at(line.block);
        const QTextLine text = block.text->lineAt(line.line);
        text.draw(&painter, QPointF(block.x, line.y - text.y()));
        if (line.line == 0 && !block.number.isEmpty()) {
            painter.setFont(textFont(10, QFont::DemiBold));
            painter.drawText(QPointF(block.x - StepIndent, line.y + text.ascent()), block.number);
        }
    }
    painter.setPen(QPen(Hairline, 0.5));
    if (page == 0)
        painter.drawLine(QPointF(0, m_headBottom - 8), QPointF(m_page.width(), m_headBottom - 8));
    const QRectF foot(0, m_page.height() + FootHeight - 14, m_page.width(), 14);
    painter.setPen(Quiet);
    painter.setFont(textFont(8));
    const QString number = QStringLiteral("%1 / %2").arg(page + 1).arg(m_pages);
    painter.drawText(foot, Qt::AlignRight | Qt::AlignBottom, number);
    const QString words = page == 0 && !m_source.isEmpty() ? m_source : m_title;
    painter.drawText(
        foot, Qt::AlignLeft | Qt::AlignBottom,
        QFontMetricsF(painter.font()).elidedText(words, Qt::ElideMiddle, foot.width() - 60));
}

bool printRecipe(const Recipe &recipe, const Fraction &factor, QPagedPaintDevice &device)
{
    const QRectF room = device.pageLayout().paintRect(QPageLayout::Point);
    const RecipePaper paper(recipe, factor, room.size());
    QPainter painter;
    if (!painter.begin(&device))
        return false;
    const qreal scale = device.logicalDpiX() / PointsPerInch;
    for (int page = 0; page < paper.pages(); ++page) {
        if (page > 0 && !device.newPage())
            return false;
        painter.save();
        painter.scale(scale, scale);
        paper.paint(painter, page);
        painter.restore();
    }
    return painter.end();
}

QByteArray recipePdf(const Recipe &recipe, const Fraction &factor)
{
    QBuffer bytes;
    bytes.open(QIODevice::WriteOnly);
    QPdfWriter writer(&bytes);
    const bool isMetric = QLocale().measurementSystem() != QLocale::ImperialUSSystem;
    writer.setPageSize(QPageSize(isMetric ? QPageSize::A4 : QPageSize::Letter));
    writer.setPageMargins({Margin, Margin, Margin, Margin}, QPageLayout::Point);
    writer.setTitle(recipe.title);
    writer.setCreator(QStringLiteral("Simmer"));
    if (!printRecipe(recipe, factor, writer))
        return {};
    return bytes.data();
}

} // namespace simmer::ui

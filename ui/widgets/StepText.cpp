// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/StepText.h"

#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QAbstractTextDocumentLayout>
#include <QMouseEvent>
#include <QPainter>
#include <QTextBlock>
#include <QTextCursor>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int TextPixels = 16;
constexpr int LineHeight = 32;
constexpr int LeastWidth = 220;
// How far above or below a chip a tap still counts: 28 + 2 × 8 = 44 px (GUIDE.md, "Targets").
constexpr qreal Slop = 8;
constexpr QChar Placeholder = QChar::ObjectReplacementCharacter;

} // namespace

QSizeF ChipSpace::intrinsicSize(QTextDocument *, int, const QTextFormat &format)
{
    return {format.doubleProperty(Width), double(ChipButton::ChipHeight)};
}

StepText::StepText(const recipes::Step &step, QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    m_document.setDefaultFont(textFont(TextPixels));
    m_document.setDocumentMargin(0);
    m_document.documentLayout()->registerHandler(ChipSpace::Type, &m_space);
    write(step);
}

void StepText::write(const recipes::Step &step)
{
    QTextCursor cursor(&m_document);
    QTextBlockFormat block;
    block.setLineHeight(LineHeight, QTextBlockFormat::FixedHeight);
    cursor.setBlockFormat(block);
    int written = 0;
    for (const recipes::Slot &slot : step.slots) {
        cursor.insertText(step.text.mid(written, slot.start - written), QTextCharFormat());
        addChip(cursor, step.text.mid(slot.start, slot.end - slot.start));
        written = slot.end;
    }
    cursor.insertText(step.text.mid(written), QTextCharFormat());
}

void StepText::addChip(QTextCursor &cursor, const QString &phrase)
{
    auto *chip = new ChipButton(this);
    chip->draw({{}, phrase, {}, false});
    const int slot = int(m_chips.size());
    connect(chip, &QAbstractButton::clicked, this, [this, slot] { Q_EMIT tapped(slot); });
    m_chips += chip;
    m_positions += cursor.position();
    QTextCharFormat format;
    format.setObjectType(ChipSpace::Type);
    format.setVerticalAlignment(QTextCharFormat::AlignBaseline);
    format.setProperty(ChipSpace::Width, chip->chipWidth());
    cursor.insertText(QString(Placeholder), format);
}

void StepText::draw(int slot, const TimerFace &face, const QString &tail, bool isPending)
{
    ChipButton *chip = m_chips.at(slot);
    if (!chip->draw({face, chip->drawing().phrase, tail, isPending}))
        return;
    reserve(slot);
    flow();
}

void StepText::reserve(int slot)
{
    QTextCursor cursor(&m_document);
    cursor.setPosition(m_positions.at(slot));
    cursor.setPosition(m_positions.at(slot) + 1, QTextCursor::KeepAnchor);
    QTextCharFormat width;
    width.setProperty(ChipSpace::Width, m_chips.at(slot)->chipWidth());
    cursor.mergeCharFormat(width);
}

void StepText::setEmphasis(bool isCurrent, bool isDone)
{
    const auto weight = isCurrent ? QFont::Medium : QFont::Normal;
    if (m_document.defaultFont().weight() == weight && m_isDone == isDone)
        return;
    m_isDone = isDone;
    m_document.setDefaultFont(textFont(TextPixels, weight));
    flow();
}

/// A layout asks for the same few widths again and again, and each answer sets the text twice.
int StepText::heightForWidth(int width) const
{
    constexpr qsizetype MostWidths = 32;
    if (const auto known = m_heights.constFind(width); known != m_heights.cend())
        return *known;
    if (m_heights.size() >= MostWidths)
        m_heights.clear();
    m_document.setTextWidth(width);
    // Qt sets text low in a fixed line: the last line's chips reach below it.
    const int needed = int(std::ceil(m_document.size().height())) + ChipButton::Margin + 2;
    m_document.setTextWidth(this->width());
    m_heights.insert(width, needed);
    return needed;
}

QSize StepText::sizeHint() const
{
    const int wide = width() > LeastWidth ? width() : 460;
    return {wide, heightForWidth(wide)};
}

QSize StepText::minimumSizeHint() const
{
    return {LeastWidth, LineHeight};
}

void StepText::flow()
{
    m_heights.clear();
    m_document.setTextWidth(width());
    placeChips();
    updateGeometry();
    update();
}

void StepText::placeChips()
{
    const QAbstractTextDocumentLayout *layout = m_document.documentLayout();
    for (int slot = 0; slot < m_chips.size(); ++slot) {
        const int position = m_positions.at(slot);
        const QTextBlock block = m_document.findBlock(position);
        const QPointF origin = layout->blockBoundingRect(block).topLeft();
        const int inBlock = position - block.position();
        const QTextLine line = block.layout()->lineForTextPosition(inBlock);
        if (!line.isValid())
            continue;
        const qreal x = origin.x() + line.cursorToX(inBlock) - ChipButton::Margin;
        const qreal y = origin.y() + line.y() + line.ascent() - ChipButton::baseline();
        m_chips.at(slot)->setGeometry(QRect(QPointF(x, y).toPoint(), m_chips.at(slot)->sizeHint()));
    }
}

ChipButton *StepText::chipNear(const QPointF &point) const
{
    ChipButton *nearest = nullptr;
    qreal best = 0;
    for (ChipButton *chip : m_chips) {
        const QRectF area = QRectF(chip->geometry()).adjusted(0, -Slop, 0, Slop);
        const qreal distance = std::abs(area.center().y() - point.y());
        if (area.contains(point) && (!nearest || distance < best)) {
            nearest = chip;
            best = distance;
        }
    }
    return nearest;
}

void StepText::resizeEvent(QResizeEvent *)
{
    m_document.setTextWidth(width());
    placeChips();
}

void StepText::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? chipNear(event->position()) : nullptr;
}

void StepText::mouseReleaseEvent(QMouseEvent *event)
{
    ChipButton *pressed = std::exchange(m_pressed, nullptr);
    if (pressed && pressed == chipNear(event->position()))
        pressed->click();
}

void StepText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QAbstractTextDocumentLayout::PaintContext context;
    const Tokens &tokens = tokensOf(*this);
    context.palette.setColor(QPalette::Text, m_isDone ? tokens.ink3 : tokens.ink);
    m_document.documentLayout()->draw(&painter, context);
}

} // namespace simmer::ui

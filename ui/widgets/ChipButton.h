// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "theme/Type.h"
#include "widgets/RingPainter.h"

#include <QAbstractButton>
#include <QVariantAnimation>

namespace simmer::ui {

/// What a chip shows: a time of the step's text and what became of it.
struct ChipDrawing {
    TimerFace face;
    QString phrase; ///< the text's own words
    QString tail;   ///< after the hairline: the count, or "due 12 min ago"
    bool isPending = false;

    bool operator==(const ChipDrawing &) const = default;
};

/// A time inside a step's text, to be tapped (GUIDE.md, "Inline chip"). Its owner places it and
/// decides what a tap does. GUI thread.
class ChipButton : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int ChipHeight = 28;
    static constexpr int Margin = 4; ///< for the focus ring, on all sides

    explicit ChipButton(QWidget *parent = nullptr);

    /// Whether the width changed, so that the text around has to flow anew.
    bool draw(const ChipDrawing &drawing);
    const ChipDrawing &drawing() const { return m_drawing; }
    /// Width of the chip itself with its outer gap of 1 px; the widget is 2 × Margin wider.
    qreal chipWidth() const;
    /// From the widget's top to the baseline of its text.
    static qreal baseline();

    static QFont phraseFont();
    static QFont tailFont();

    QSize sizeHint() const override;

protected:
    /// Enter presses it as Space does: who goes from time to time has both at hand.
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Colours {
        QColor fill;
        QColor line;
        QColor ink;
    };
    Colours colours() const;
    Colours fadedColours() const;
    QRectF chipBox() const;
    RingPlace ringPlace() const;
    CountPlace tailPlace() const;
    void repaintFrom(const ChipDrawing &before);
    void paintGround(QPainter &painter, const QRectF &chip, const Colours &look) const;
    void paintGlyph(QPainter &painter, const QColor &ink) const;
    void paintWords(QPainter &painter, const QColor &ink) const;

    ChipDrawing m_drawing;
    ShownArc m_arc;
    Colours m_before;         ///< what the fade comes from
    QVariantAnimation m_fade; ///< 0 … 1
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/Recipe.h"
#include "widgets/ChipButton.h"

#include <QHash>
#include <QTextDocument>
#include <QTextObjectInterface>
#include <QWidget>

namespace simmer::ui {

/// Reserves a chip's width in a text document; the chip itself is a real button on top.
class ChipSpace : public QObject, public QTextObjectInterface
{
    Q_OBJECT
    Q_INTERFACES(QTextObjectInterface)

public:
    enum { Type = QTextFormat::UserObject + 1, Width = QTextFormat::UserProperty + 1 };

    using QObject::QObject;
    QSizeF intrinsicSize(QTextDocument *document, int position, const QTextFormat &format) override;
    void drawObject(QPainter *, const QRectF &, QTextDocument *, int, const QTextFormat &) override
    {
    }
};

/// A step's text with a ChipButton on each of its times, baseline on baseline, flowing with the
/// width. Tells which slot was tapped; what the chips show is set by its owner. GUI thread.
class StepText : public QWidget
{
    Q_OBJECT

public:
    explicit StepText(const recipes::Step &step, QWidget *parent = nullptr);

    const QList<ChipButton *> &chips() const { return m_chips; }
    /// The chip's face and tail; the phrase stays the text's own.
    void draw(int slot, const TimerFace &face, const QString &tail, bool isPending);
    /// Current steps stand in medium weight, steps that are done in the colour of captions.
    void setEmphasis(bool isCurrent, bool isDone);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void tapped(int slot);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void write(const recipes::Step &step);
    void addChip(QTextCursor &cursor, const QString &phrase);
    void reserve(int slot);
    void flow();
    void placeChips();
    ChipButton *chipNear(const QPointF &point) const;

    mutable QTextDocument m_document;
    mutable QHash<int, int> m_heights; ///< by width, of the document as it is
    ChipSpace m_space;
    QList<ChipButton *> m_chips; ///< children
    QList<int> m_positions;      ///< of each chip in the document
    ChipButton *m_pressed = nullptr;
    bool m_isDone = false;
};

} // namespace simmer::ui

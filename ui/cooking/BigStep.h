// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/TimerFace.h"
#include "recipes/Recipe.h"

#include <QAbstractScrollArea>
#include <QTextLayout>

namespace simmer::ui {

/// The step's text as large as it can be read from three metres, its times as boxes that can be
/// tapped. Too long a text shrinks, to 40 px at the least, then it scrolls. GUI thread.
class BigStep : public QAbstractScrollArea
{
    Q_OBJECT

public:
    static constexpr int LeastPixels = 40;

    explicit BigStep(QWidget *parent = nullptr);

    /// `faces`: one a slot.
    void show(const recipes::Step &step, const QList<TimerFace> &faces, int chosen);
    /// A sentence instead of a step.
    void say(const QString &text);
    /// The size wished for, px; what fits is not above it.
    void setPixels(int pixels);
    int pixels() const { return m_shownPixels; }
    /// The height that the text takes at this width, at most `most`.
    int heightFor(int width, int most);
    /// Whether all of the text was within that height.
    bool isWhole() const { return m_isWhole; }

    /// Shows what is below (or above) the part in sight; false when that is all.
    bool turn(bool down);

    QSize sizeHint() const override { return {600, 200}; }

Q_SIGNALS:
    void tapped(int slot);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void write();
    void flow();
    qreal layOut(int pixels, int width);
    QList<QRectF> boxesOf(int slot) const;
    int slotAt(const QPointF &point) const;
    qreal leading() const;

    recipes::Step m_step;
    QList<TimerFace> m_faces;
    int m_chosen = -1;
    int m_pixels = 60;
    int m_shownPixels = 60;
    qreal m_height = 0;
    bool m_isWhole = true;
    int m_pressed = -1;
    QTextLayout m_layout;
};

} // namespace simmer::ui

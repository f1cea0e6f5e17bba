// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/RingPainter.h"

#include <QWidget>

namespace simmer::ui {

/// A ring as a widget, decorative: its owner says in words what it shows. Repaints only when its
/// drawing changed. GUI thread.
class RingWidget : public QWidget
{
    Q_OBJECT

public:
    explicit RingWidget(int diameter, QWidget *parent = nullptr);

    void draw(const RingDrawing &drawing);
    const RingDrawing &drawing() const { return m_drawing; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    RingDrawing m_drawing;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/PassItem.h"

#include <QTimer>

namespace simmer::ui {

class FlatButton;

/// One timer on the Pass, 316 × 164 (GUIDE.md, "Card, measured"): ring, count, place, cook, three
/// actions. Red and slowly breathing while it rings. Repaints only what changed. GUI thread; owned
/// by the Pass.
class TimerCard : public PassItem
{
    Q_OBJECT

public:
    explicit TimerCard(const TimerId &timer, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {316, 164}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changed(Change change) override;
    CountPlace countPlace() const override;
    QRect cuePlace() const override;
    RingPlace ringPlace() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void dressButtons();
    void placeButtons();
    QColor ground() const;
    void paintGround(QPainter &painter) const;
    void paintWho(QPainter &painter, const QColor &ink) const;
    void paintPlace(QPainter &painter, const QColor &ink) const;
    void paintCountLine(QPainter &painter, const QColor &ink) const;

    FlatButton *m_first; ///< Pause, Resume, Stop
    FlatButton *m_add;
    FlatButton *m_last; ///< Stop, Step
    QTimer m_breath;    ///< runs while it rings
    double m_depth = 0; ///< 0 ring … 1 ringDeep
};

/// A cook's round initial, 18 px, in a colour of their own.
void paintCook(QPainter &painter, const QRectF &circle, const QString &cook);

} // namespace simmer::ui

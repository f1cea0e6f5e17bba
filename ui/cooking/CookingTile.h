// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/PassItem.h"

namespace simmer::ui {

class FlatButton;

/// Another dish's timer at the foot of cooking mode: ring, name, place, count, and the one obvious
/// button. A tap beside the button goes to its step. GUI thread.
class CookingTile : public PassItem
{
    Q_OBJECT

public:
    explicit CookingTile(const TimerId &timer, QWidget *parent = nullptr);

    void setUnit(qreal unit);
    /// The least width that holds it, px.
    int leastWidth() const;

protected:
    void changed(Change change) override;
    CountPlace countPlace() const override;
    QRect cuePlace() const override;
    RingPlace ringPlace() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QFont nameFont() const;
    QFont placeFont() const;
    /// Baselines of name, place and, where there is one, the next soft call.
    QList<qreal> lines() const;

    FlatButton *m_button;
    qreal m_unit = 1;
    bool m_isPressed = false;
};

} // namespace simmer::ui

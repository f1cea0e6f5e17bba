// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/PassItem.h"

namespace simmer::ui {

class FlatButton;

/// One timer in the Pass strip of narrow windows, 52 high: ring, two lines, count, and the one
/// obvious button. GUI thread; owned by the strip.
class StripItem : public PassItem
{
    Q_OBJECT

public:
    explicit StripItem(const TimerId &timer, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changed(Change change) override;
    CountPlace countPlace() const override;
    RingPlace ringPlace() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    qreal linesWidth() const;
    qreal countLeft() const;

    FlatButton *m_button;
};

} // namespace simmer::ui

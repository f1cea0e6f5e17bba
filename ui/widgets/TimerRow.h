// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/PassItem.h"

namespace simmer::ui {

class FlatButton;

/// One timer in the small window, 92 high: ring, name, count, a line below, and three buttons. Red
/// while it rings. GUI thread; owned by the list.
class TimerRow : public PassItem
{
    Q_OBJECT

public:
    explicit TimerRow(const TimerId &timer, QWidget *parent = nullptr);

    /// The line below the count.
    QString below() const;

    QSize sizeHint() const override { return {300, 92}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void changed(Change change) override;
    CountPlace countPlace() const override;
    QRect cuePlace() const override;
    RingPlace ringPlace() const override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isDue() const;
    void dressButtons();
    QString caption() const;
    qreal room() const;

    FlatButton *m_toggle; ///< Pause, Resume; Stop and Got it where it rings
    FlatButton *m_add;
    FlatButton *m_stop; ///< of what does not ring
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "alarm/AlarmCall.h"

#include <QWidget>

namespace simmer::ui {

class AlarmButton;

/// What rings besides, at the foot of the overlay: the next call with its own buttons, and how many
/// more. GUI thread.
class AlarmQueue : public QWidget
{
    Q_OBJECT

public:
    explicit AlarmQueue(QWidget *parent = nullptr);

    /// `more`: how many besides this one.
    void show(const AlarmCall &call, qsizetype more);

Q_SIGNALS:
    void stopWished(const simmer::TimerId &timer);
    void minutesWished(const simmer::TimerId &timer, int minutes);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    AlarmCall m_call;
    qsizetype m_more = 0;
    AlarmButton *m_stop;
    AlarmButton *m_add;
};

} // namespace simmer::ui

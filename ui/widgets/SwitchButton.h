// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace simmer::ui {

/// On or off, by click or Space: a knob in a track, flame when on. Named by its accessible name;
/// the words beside it are a label's. GUI thread.
class SwitchButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SwitchButton(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace simmer::ui

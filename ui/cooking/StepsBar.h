// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

namespace simmer::ui {

/// How far the dish is: a bar a step, green when it is done, blue where the reader is. GUI thread.
class StepsBar : public QWidget
{
    Q_OBJECT

public:
    explicit StepsBar(QWidget *parent = nullptr);

    /// `current` from 0; past the last for none.
    void show(const QList<bool> &done, int current);

    QSize sizeHint() const override { return {200, 8}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<bool> m_done;
    int m_current = 0;
};

} // namespace simmer::ui

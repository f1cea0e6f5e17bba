// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace simmer::ui {

/// A count in big digits that stand still: each digit in a cell of its own. Repaints only when its
/// text or colour changed; silent for screen readers, which would read each second. GUI thread.
class CountLabel : public QWidget
{
    Q_OBJECT

public:
    explicit CountLabel(const QFont &font, QWidget *parent = nullptr);

    void setCount(const QString &count, const QColor &colour);
    const QString &count() const { return m_count; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_count;
    QColor m_colour;
};

} // namespace simmer::ui

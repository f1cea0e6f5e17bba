// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QLatin1String>

namespace simmer::ui {

/// One of the library's filters: icon, words, how many recipes; chosen when checked. GUI thread.
class FilterRow : public QAbstractButton
{
    Q_OBJECT

public:
    FilterRow(QLatin1String icon, const QString &text, QWidget *parent = nullptr);

    void setCount(int count);

    QSize sizeHint() const override { return {200, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLatin1String m_icon;
    int m_count = 0;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLatin1String>
#include <QWidget>

namespace simmer::ui {

/// An icon beside words, in their secondary ink; decoration. GUI thread.
class IconLabel : public QWidget
{
    Q_OBJECT

public:
    IconLabel(QLatin1String icon, int size, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLatin1String m_icon;
};

} // namespace simmer::ui

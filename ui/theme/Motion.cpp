// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Motion.h"

#include <QStyle>
#include <QWidget>

namespace simmer::ui {

int motionMs(const QWidget &widget, int ms)
{
    const QStyle &style = *widget.style();
    return style.styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &widget) > 0 ? ms : 0;
}

} // namespace simmer::ui

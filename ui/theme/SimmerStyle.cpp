// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/SimmerStyle.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"

#include <QAbstractButton>
#include <QDialogButtonBox>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyleOption>

namespace simmer::ui {

namespace {

constexpr qreal Radius = 8;

void paintPanel(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &line)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line.isValid() ? QPen(line, 1) : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), Radius, Radius);
    painter.restore();
}

void paintButton(QPainter &painter, const QStyleOption &option, bool isDefault)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool enabled = option.state.testFlag(QStyle::State_Enabled);
    const bool lit =
        enabled && option.state.testAnyFlags(QStyle::State_MouseOver | QStyle::State_Sunken);
    QColor fill = lit ? tokens.hover : tokens.raised;
    if (isDefault && enabled)
        fill = lit ? blend(tokens.flame, tokens.flameInk, 0.5) : tokens.flame;
    paintPanel(painter, option.rect, fill, isDefault && enabled ? QColor() : tokens.line2);
}

void paintField(QPainter &painter, const QStyleOption &option)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    paintPanel(painter, option.rect, tokens.page, focused ? tokens.flame : tokens.line2);
}

void paintCheckBox(QPainter &painter, const QStyleOption &option)
{
    const Tokens &tokens = tokensOf(option.palette);
    const QRectF box = QRectF(option.rect).adjusted(0.75, 0.75, -0.75, -0.75);
    const bool on = option.state.testFlag(QStyle::State_On);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(on ? tokens.ink2 : tokens.box, 1.5));
    painter.setBrush(on ? tokens.ink2 : tokens.page);
    painter.drawRoundedRect(box, 5, 5);
    if (on)
        paintIcon(painter, box.adjusted(1, 1, -1, -1), QLatin1String("check"), tokens.page);
    painter.restore();
}

void paintScrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &slider)
{
    if (option.maximum <= option.minimum)
        return;
    const Tokens &tokens = tokensOf(option.palette);
    const bool upright = option.orientation == Qt::Vertical;
    const QRectF thumb =
        upright ? QRectF(slider).adjusted(3, 2, -3, -2) : QRectF(slider).adjusted(2, 3, -2, -3);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(option.state.testFlag(QStyle::State_MouseOver) ? tokens.box : tokens.line2);
    painter.drawRoundedRect(thumb, 3, 3);
    painter.restore();
}

/// A groove, filled up to the knob.
void paintSlider(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle)
{
    const Tokens &tokens = tokensOf(option.palette);
    const QRectF knob =
        QRectF(handle.center() + QPointF(0.5, 0.5), QSizeF()).adjusted(-9, -9, 9, 9);
    const QRectF groove(option.rect.left() + 4, knob.center().y() - 2, option.rect.width() - 8, 4);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.track);
    painter.drawRoundedRect(groove, 2, 2);
    QRectF filled = groove;
    filled.setRight(knob.center().x());
    painter.setBrush(tokens.flame);
    painter.drawRoundedRect(filled, 2, 2);
    painter.setPen(QPen(tokens.flame, 2));
    painter.setBrush(tokens.raised);
    painter.drawEllipse(knob.adjusted(1, 1, -1, -1));
    painter.restore();
    if (option.state.testFlag(QStyle::State_HasFocus))
        paintFocus(painter, knob.adjusted(-2, -2, 2, 2), 11, option.palette);
}

void paintCombo(QPainter &painter, const QStyleOptionComboBox &option)
{
    const Tokens &tokens = tokensOf(option.palette);
    const bool lit = option.state.testAnyFlags(QStyle::State_MouseOver | QStyle::State_Sunken |
                                               QStyle::State_On);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    paintPanel(painter, option.rect, lit ? tokens.hover : tokens.raised,
               focused ? tokens.flame : tokens.line2);
    const QRectF arrow(option.rect.right() - 28, option.rect.center().y() - 9, 20, 20);
    paintIcon(painter, arrow, QLatin1String("chevron-down"), tokens.ink2);
}

void paintProgress(QPainter &painter, const QStyleOption &option, const QColor &fill, double part)
{
    QRectF bar = option.rect;
    bar.setWidth(bar.width() * part);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(bar, 3, 3);
    painter.restore();
}

bool isDefaultButton(const QStyleOption *option)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    return button && button->features.testFlag(QStyleOptionButton::DefaultButton);
}

} // namespace

void paintFocus(QPainter &painter, const QRectF &rect, qreal radius, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tokensOf(palette).flame, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

SimmerStyle::SimmerStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{
}

void SimmerStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                                QPainter *painter, const QWidget *widget) const
{
    if (element == PE_PanelButtonCommand)
        return paintButton(*painter, *option, isDefaultButton(option));
    if (element == PE_PanelLineEdit && widget && widget->property("frameless").toBool())
        return;
    if (element == PE_PanelLineEdit || element == PE_FrameLineEdit)
        return paintField(*painter, *option);
    if (element == PE_FrameMenu) {
        painter->setPen(tokensOf(option->palette).line2);
        return painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    }
    if (element == PE_FrameFocusRect)
        return paintFocus(*painter, QRectF(option->rect).adjusted(1, 1, -1, -1), Radius - 1,
                          option->palette);
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck)
        return paintCheckBox(*painter, *option);
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void SimmerStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (element == CE_PushButtonLabel && button && isDefaultButton(option) &&
        option->state.testFlag(State_Enabled)) {
        QStyleOptionButton inverted = *button;
        inverted.palette.setColor(QPalette::ButtonText, tokensOf(option->palette).onFlame);
        QProxyStyle::drawControl(element, &inverted, painter, widget);
        return;
    }
    const Tokens &tokens = tokensOf(option->palette);
    if (element == CE_Splitter)
        return painter->fillRect(option->rect, tokens.line);
    if (element == CE_ProgressBarGroove)
        return paintProgress(*painter, *option, tokens.track, 1);
    const auto *progress = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (element == CE_ProgressBarContents && progress) {
        const int span = std::max(1, progress->maximum - progress->minimum);
        return paintProgress(*painter, *option, tokens.flame,
                             double(progress->progress - progress->minimum) / span);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void SimmerStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                     QPainter *painter, const QWidget *widget) const
{
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control == CC_ScrollBar && slider)
        return paintScrollBar(*painter, *slider,
                              subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
    if (control == CC_Slider && slider && slider->orientation == Qt::Horizontal)
        return paintSlider(*painter, *slider,
                           subControlRect(CC_Slider, option, SC_SliderHandle, widget));
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (control == CC_ComboBox && combo && !combo->editable)
        return paintCombo(*painter, *combo);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect SimmerStyle::subElementRect(SubElement element, const QStyleOption *option,
                                  const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const bool ownPad = widget && widget->property("frameless").toBool();
    if (element == SE_LineEditContents && !ownPad)
        return rect.adjusted(8, 0, -8, 0);
    return rect;
}

QRect SimmerStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
                                  SubControl part, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return rect.adjusted(8, 0, -8, 0);
    return rect;
}

int SimmerStyle::pixelMetric(PixelMetric metric, const QStyleOption *option,
                             const QWidget *widget) const
{
    if (metric == PM_ScrollBarExtent)
        return 12;
    if (metric == PM_ScrollView_ScrollBarSpacing || metric == PM_ScrollView_ScrollBarOverlap)
        return 0;
    if (metric == PM_IndicatorWidth || metric == PM_IndicatorHeight)
        return 18;
    if (metric == PM_MenuVMargin || metric == PM_MenuHMargin)
        return 4;
    if (metric == PM_SplitterWidth)
        return 1;
    if (metric == PM_SmallIconSize || metric == PM_ButtonIconSize)
        return 20;
    if (metric == PM_MessageBoxIconSize)
        return 30; // icon() has it at 60, for 200 %
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int SimmerStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                           QStyleHintReturn *answer) const
{
    if (hint == SH_Widget_Animation_Duration && m_still)
        return 0;
    if (hint == SH_EtchDisabledText || hint == SH_DialogButtonBox_ButtonsHaveIcons)
        return 0;
    if (hint == SH_UnderlineShortcut && qobject_cast<const QMenu *>(widget))
        return 0;
    if (hint == SH_DialogButtonLayout)
        return QDialogButtonBox::GnomeLayout; // the obvious one at the right
    return QProxyStyle::styleHint(hint, option, widget, answer);
}

QIcon SimmerStyle::standardIcon(StandardPixmap standard, const QStyleOption *option,
                                const QWidget *widget) const
{
    const Tokens &tokens = tokensOf(widget ? widget->palette() : QPalette());
    if (standard == SP_MessageBoxWarning || standard == SP_MessageBoxCritical)
        return icon(QLatin1String("warn"), tokens.amberInk);
    if (standard == SP_MessageBoxQuestion || standard == SP_MessageBoxInformation)
        return icon(QLatin1String("info"), tokens.ink2);
    return QProxyStyle::standardIcon(standard, option, widget);
}

QSize SimmerStyle::sizeFromContents(ContentsType type, const QStyleOption *option,
                                    const QSize &size, const QWidget *widget) const
{
    QSize room = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_PushButton)
        room = QSize(std::max(room.width() + 12, 88), std::max(room.height(), 36));
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (type == CT_MenuItem && item && item->menuItemType != QStyleOptionMenuItem::Separator)
        room = QSize(room.width() + 8, std::max(room.height(), 32));
    if (type == CT_LineEdit || type == CT_ComboBox)
        room.setHeight(std::max(room.height(), 36));
    return room;
}

void SimmerStyle::polish(QWidget *widget)
{
    if (qobject_cast<QAbstractButton *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    QProxyStyle::polish(widget);
}

} // namespace simmer::ui

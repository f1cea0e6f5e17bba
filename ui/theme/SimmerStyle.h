// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace simmer::ui {

/// Fusion, flattened: fills and hairlines from the tokens, radius 8, a flame focus ring, thin
/// scroll bars. Owned by the application.
class SimmerStyle : public QProxyStyle
{
    Q_OBJECT

public:
    SimmerStyle();

    /// Whether nothing moves by itself.
    void setStill(bool still) { m_still = still; }

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option,
                    const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *answer) const override;
    /// Those of message boxes, sharp at any scale: Fusion's are pixels from another time.
    QIcon standardIcon(StandardPixmap standard, const QStyleOption *option,
                       const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget *widget) override;

private:
    bool m_still = false;
};

/// 2 px of flame around `rect`, which is the control's own outline (GUIDE.md, "Focus").
void paintFocus(QPainter &painter, const QRectF &rect, qreal radius, const QPalette &palette);

} // namespace simmer::ui

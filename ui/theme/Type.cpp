// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace simmer::ui {

namespace {

QFont fontOf(const QStringList &families, int pixels, QFont::Weight weight)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

qreal digitCell(const QFontMetricsF &metrics)
{
    qreal widest = 0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

} // namespace

QFont textFont(int pixels, QFont::Weight weight)
{
    return fontOf({QStringLiteral("Inter"), QStringLiteral("Noto Sans")}, pixels, weight);
}

QFont displayFont(int pixels, QFont::Weight weight)
{
    QFont font = fontOf(
        {QStringLiteral("Inter Display"), QStringLiteral("Inter"), QStringLiteral("Noto Sans")},
        pixels, weight);
    // As in the mock-ups: -0.6 px at 34 px, none in small headings.
    if (pixels >= 20)
        font.setLetterSpacing(QFont::AbsoluteSpacing, -0.018 * pixels);
    return font;
}

qreal countWidth(const QFont &font, const QString &count)
{
    const QFontMetricsF metrics(font);
    const qreal cell = digitCell(metrics);
    qreal width = 0;
    for (const QChar sign : count)
        width += sign.isDigit() ? cell : metrics.horizontalAdvance(sign);
    return width;
}

void paintCount(QPainter &painter, const QPointF &baseline, const QFont &font, const QString &count)
{
    const QFontMetricsF metrics(font);
    const qreal cell = digitCell(metrics);
    painter.setFont(font);
    qreal x = baseline.x();
    for (const QChar sign : count) {
        const qreal width = metrics.horizontalAdvance(sign);
        const qreal room = sign.isDigit() ? cell : width;
        painter.drawText(QPointF(x + (room - width) / 2, baseline.y()), QString(sign));
        x += room;
    }
}

std::optional<QRect> countChange(const CountPlace &place, const QString &before, const QString &now)
{
    if (before.size() != now.size())
        return std::nullopt;
    const QFontMetricsF metrics(place.font);
    const qreal cell = digitCell(metrics);
    qreal x = place.baseline.x();
    qreal from = 0;
    qreal to = 0;
    for (qsizetype i = 0; i < now.size(); ++i) {
        const QChar sign = now.at(i);
        const qreal room = sign.isDigit() ? cell : metrics.horizontalAdvance(sign);
        if (sign != before.at(i)) {
            if (!sign.isDigit() || !before.at(i).isDigit())
                return std::nullopt;
            from = to > 0 ? from : x;
            to = x + room;
        }
        x += room;
    }
    // Digits are as high as capitals, the round ones a little more.
    constexpr qreal Over = 2;
    const qreal high = metrics.capHeight();
    return QRectF(from - 1, place.baseline.y() - high - Over, to - from + 2, high + 2 * Over)
        .toAlignedRect();
}

} // namespace simmer::ui

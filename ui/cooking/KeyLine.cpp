// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/KeyLine.h"

#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal CapPad = 8;
constexpr qreal Gap = 8;
constexpr qreal Between = 24;
constexpr int LineHeight = 28;

QFont capFont(qreal unit)
{
    return textFont(int(std::lround(14 * unit)), QFont::Medium);
}
QFont wordsFont(qreal unit)
{
    return textFont(int(std::lround(15 * unit)));
}

} // namespace

KeyLine::KeyLine(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setRings(false);
}

void KeyLine::setRings(bool rings)
{
    const QString right = QStringLiteral("→");
    const Key back{{QStringLiteral("←")}, tr("Back")};
    const Key minute{{QStringLiteral("+")}, tr("1 more minute")};
    if (rings)
        m_keys = {{{tr("Space"), right}, tr("Stop alarm")}, back, minute};
    else
        m_keys = {{{tr("Space")}, tr("Start, pause")},
                  {{right}, tr("Next step")},
                  back,
                  minute,
                  {{QStringLiteral("S")}, tr("Stop alarm")},
                  {{tr("Tab")}, tr("Other timers")},
                  {{QStringLiteral("I")}, tr("Ingredients")},
                  {{tr("Esc")}, tr("Leave")}};
    update();
}

void KeyLine::setUnit(qreal unit)
{
    m_unit = std::max(0.9, unit);
    updateGeometry();
    update();
}

QSize KeyLine::sizeHint() const
{
    return {600, int(std::lround(LineHeight * m_unit))};
}

void KeyLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QFontMetricsF caps(capFont(m_unit));
    const QFontMetricsF words(wordsFont(m_unit));
    const auto capWidth = [&](const QString &cap) {
        return caps.horizontalAdvance(cap) + 2 * CapPad;
    };
    const auto widthOf = [&](const Key &key) {
        qreal wide = words.horizontalAdvance(key.words);
        for (const QString &cap : key.caps)
            wide += capWidth(cap) + Gap;
        return wide;
    };
    qreal all = -Between;
    qsizetype fits = 0;
    while (fits < m_keys.size() && all + Between + widthOf(m_keys.at(fits)) <= width()) {
        all += Between + widthOf(m_keys.at(fits));
        ++fits;
    }
    qreal x = (width() - all) / 2;
    const qreal line = height() / 2.0 + words.capHeight() / 2;
    for (qsizetype i = 0; i < fits; ++i) {
        for (const QString &name : m_keys.at(i).caps) {
            const QRectF cap(x + 0.5, 2.5, capWidth(name) - 1, height() - 5);
            painter.setPen(QPen(tokens.line2, 1));
            painter.setBrush(tokens.raised);
            painter.drawRoundedRect(cap, 5, 5);
            painter.setPen(tokens.ink);
            painter.setFont(capFont(m_unit));
            painter.drawText(cap, Qt::AlignCenter, name);
            x = cap.right() + 0.5 + Gap;
        }
        painter.setPen(tokens.ink2);
        painter.setFont(wordsFont(m_unit));
        painter.drawText(QPointF(x, line), m_keys.at(i).words);
        x += words.horizontalAdvance(m_keys.at(i).words) + Between;
    }
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/QrView.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"

#include <QPainter>
#include <qrcodegen.hpp>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Margin = 4; // ISO/IEC 18004, section 9.1
constexpr qsizetype MostBytes = 1000;
constexpr qreal Radius = 12;

} // namespace

QrView::QrView(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("QR code of the invitation"));
}

void QrView::setText(const QString &text)
{
    m_size = 0;
    m_isDark.clear();
    const QByteArray bytes = text.toUtf8();
    if (!bytes.isEmpty() && bytes.size() <= MostBytes) {
        const auto code =
            qrcodegen::QrCode::encodeText(bytes.constData(), qrcodegen::QrCode::Ecc::MEDIUM);
        m_size = code.getSize();
        for (int y = 0; y < m_size; ++y)
            for (int x = 0; x < m_size; ++x)
                m_isDark += code.getModule(x, y);
    }
    update();
}

int QrView::modules() const
{
    return m_size > 0 ? m_size + 2 * Margin : 0;
}

void QrView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QRectF all = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(m_size > 0 ? QColor(Qt::white) : tokens.sunken);
    painter.drawRoundedRect(all, Radius, Radius);
    if (m_size == 0) {
        QRectF place(0, 0, 48, 48);
        place.moveCenter(all.center());
        return paintIcon(painter, place, QLatin1String("qr"), tokens.ink3);
    }
    // Whole device pixels, so that no module is blurred.
    const qreal ratio = deviceRatio(painter);
    const qreal module = std::floor(std::min(width(), height()) * ratio / modules()) / ratio;
    const auto begin = [&](int length) {
        return std::round((length - module * m_size) / 2 * ratio) / ratio;
    };
    const QPointF corner(begin(width()), begin(height()));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int y = 0; y < m_size; ++y)
        for (int x = 0; x < m_size; ++x)
            if (m_isDark[y * m_size + x])
                painter.fillRect(
                    QRectF(corner.x() + x * module, corner.y() + y * module, module, module),
                    lightTokens().ink);
}

} // namespace simmer::ui

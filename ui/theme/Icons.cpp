// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Icons.h"

#include <QFile>
#include <QPaintEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace simmer::ui {

namespace {

QByteArray svg(QLatin1String name, const QColor &colour, qreal stroke)
{
    QFile file(QStringLiteral(":/simmer/icons/%1.svg").arg(name));
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "icon", name.data());
    if (!opened)
        return {};
    const QByteArray width = "stroke-width=\"" + QByteArray::number(stroke) + '"';
    return file.readAll()
        .replace("currentColor", colour.name().toLatin1())
        .replace("stroke-width=\"1.5\"", width);
}

QPixmap iconPixmap(QLatin1String name, const QColor &colour, const QSizeF &size, qreal ratio,
                   qreal stroke = 1.5)
{
    const QSize device(int(std::ceil(size.width() * ratio)), int(std::ceil(size.height() * ratio)));
    const QString key = QStringLiteral("simmer-icon/%1/%2/%3x%4/%5")
                            .arg(name, colour.name())
                            .arg(device.width())
                            .arg(device.height())
                            .arg(stroke);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(device);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg(name, colour, stroke)).render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

qreal deviceRatio(const QPainter &painter)
{
    const QPaintDevice *device =
        painter.paintEngine() ? painter.paintEngine()->paintDevice() : painter.device();
    return device->devicePixelRatioF();
}

void paintIcon(QPainter &painter, const QRectF &box, QLatin1String name, const QColor &colour,
               qreal stroke)
{
    const qreal ratio = deviceRatio(painter);
    const QPixmap pixmap = iconPixmap(name, colour, box.size(), ratio, stroke);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(painter.opacity() * colour.alphaF());
    painter.drawPixmap(box, pixmap, pixmap.rect());
    painter.restore();
}

QIcon icon(QLatin1String name, const QColor &colour)
{
    QIcon made;
    for (const qreal ratio : {1.0, 2.0, 3.0}) {
        QPixmap pixmap = iconPixmap(name, colour, {20, 20}, ratio);
        pixmap.setDevicePixelRatio(ratio);
        made.addPixmap(pixmap);
    }
    return made;
}

} // namespace simmer::ui

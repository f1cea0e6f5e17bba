// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Covers.h"

#include "theme/Icons.h"

#include <QCryptographicHash>
#include <QFile>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal CoverShape = 4.0 / 3;

struct WordCover {
    const char *word;
    const char *cover;
};

// Words of dishes as they stand in titles, lower case, the more telling first.
constexpr std::array Words{
    WordCover{"risotto", "risotto"},
    WordCover{"chicken", "roast"},
    WordCover{"huhn", "roast"},
    WordCover{"hähnchen", "roast"},
    WordCover{"loaf", "loaf"},
    WordCover{"bread", "loaf"},
    WordCover{"brot", "loaf"},
    WordCover{"dal", "dal"},
    WordCover{"daal", "dal"},
    WordCover{"shakshuka", "shakshuka"},
    WordCover{"soup", "soup"},
    WordCover{"suppe", "soup"},
    WordCover{"drizzle", "lemoncake"},
    WordCover{"lemon cake", "lemoncake"},
    WordCover{"zitronenkuchen", "lemoncake"},
    WordCover{"lemon tart", "lemontart"},
    WordCover{"tart", "tart"},
    WordCover{"quiche", "tart"},
    WordCover{"lasagne", "lasagne"},
    WordCover{"lasagna", "lasagne"},
    WordCover{"ragù", "ragu"},
    WordCover{"ragu", "ragu"},
    WordCover{"bolognese", "ragu"},
    WordCover{"gulasch", "ragu"},
    WordCover{"pizza", "pizza"},
    WordCover{"gratin", "gratin"},
    WordCover{"crumble", "crumble"},
    WordCover{"egg", "eggs"},
    WordCover{"chickpea", "chickpea"},
    WordCover{"bean", "beans"},
    WordCover{"fish", "fishstew"},
    WordCover{"pilaf", "pilaf"},
    WordCover{"barley", "pilaf"},
    WordCover{"panzanella", "panzanella"},
    WordCover{"salad", "panzanella"},
    WordCover{"pasta", "pomodoro"},
    WordCover{"spaghetti", "pomodoro"},
    WordCover{"pomodoro", "pomodoro"},
};

constexpr std::array All{"beans",     "chickpea", "crumble",   "dal",       "eggs",    "fishstew",
                         "gratin",    "lasagne",  "lemoncake", "lemontart", "loaf",    "panzanella",
                         "pilaf",     "pizza",    "pomodoro",  "ragu",      "risotto", "roast",
                         "shakshuka", "soup",     "tart"};

QPixmap rendered(const QString &cover, const QSize &device)
{
    const QString key = QStringLiteral("simmer-cover/%1/%2").arg(cover).arg(device.width());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(device);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(QStringLiteral(":/simmer/covers/%1.svg").arg(cover)).render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// The cover with its middle on that of `box`, of the given logical height.
void draw(QPainter &painter, const QPointF &middle, qreal height, const QString &cover)
{
    const QSizeF size(height * CoverShape, height);
    const qreal ratio = deviceRatio(painter);
    const QPixmap pixmap = rendered(cover, (size * ratio).toSize());
    const QRectF place(middle - QPointF(size.width() / 2, size.height() / 2), size);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(place, pixmap, pixmap.rect());
}

QColor tableOf(const QString &cover)
{
    return rendered(cover, {8, 6}).toImage().pixelColor(0, 0);
}

} // namespace

QString coverFor(const QString &title)
{
    const QString lower = title.toLower();
    for (const WordCover &entry : Words)
        if (lower.contains(QString::fromUtf8(entry.word)))
            return QString::fromLatin1(entry.cover);
    const QByteArray hash = QCryptographicHash::hash(title.toUtf8(), QCryptographicHash::Sha1);
    return QString::fromLatin1(All[uchar(hash.at(0)) % All.size()]);
}

void paintCover(QPainter &painter, const QRectF &box, const QString &cover, qreal radius,
                bool isDark)
{
    if (cover.isEmpty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(box, radius, radius);
    painter.setClipPath(shape);
    draw(painter, box.center(), std::max(box.height(), box.width() / CoverShape), cover);
    if (isDark)
        painter.fillRect(box, CoverDimming);
    painter.restore();
}

void paintPlate(QPainter &painter, const QPointF &middle, qreal radius, const QString &cover,
                bool isDark)
{
    const QRectF box(middle - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    paintCover(painter, box, cover, radius, isDark);
}

void paintHero(QPainter &painter, const QRectF &box, const QString &cover, bool isDark)
{
    if (cover.isEmpty())
        return;
    painter.save();
    painter.setClipRect(box);
    if (cover == QLatin1String("roast")) {
        QSvgRenderer wide(QStringLiteral(":/simmer/covers/roast-hero.svg"));
        const QSizeF size =
            QSizeF(wide.defaultSize()).scaled(box.size(), Qt::KeepAspectRatioByExpanding);
        wide.render(&painter,
                    QRectF(box.center() - QPointF(size.width(), size.height()) / 2, size));
    } else {
        painter.fillRect(box, tableOf(cover));
        const qreal height = box.height() * 1.1;
        const qreal apart = box.height() * 1.75;
        for (int plate = -4; plate <= 4; ++plate) {
            // Every other plate is cut by the edge of the table, so that no row of stamps appears.
            const qreal dy =
                plate % 2 == 0 ? 0 : (plate % 4 == 1 || plate % 4 == -3 ? 0.62 : -0.62);
            draw(painter, box.center() + QPointF(plate * apart, dy * box.height()), height, cover);
        }
    }
    if (isDark)
        painter.fillRect(box, CoverDimming);
    painter.restore();
}

void paintPhoto(QPainter &painter, const QRectF &box, const QImage &photo, bool isDark)
{
    painter.save();
    painter.setClipRect(box, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSizeF shown = box.size().scaled(photo.size(), Qt::KeepAspectRatio);
    const QPointF corner((photo.width() - shown.width()) / 2,
                         (photo.height() - shown.height()) / 2);
    painter.drawImage(box, photo, QRectF(corner, shown));
    if (isDark)
        painter.fillRect(box, CoverDimming);
    painter.restore();
}

} // namespace simmer::ui

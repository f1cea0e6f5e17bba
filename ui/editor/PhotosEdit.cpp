// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/PhotosEdit.h"

#include "recipes/RecipeCodec.h"
#include "theme/Covers.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "widgets/FlatButton.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollArea>

#include <algorithm>
#include <functional>

namespace simmer::ui {

namespace {

constexpr int HeroHeight = 143;
constexpr int ThumbSize = 52;
constexpr int Radius = 8;

void paintPhoto(QPainter &painter, const QRectF &box, const QImage &picture)
{
    QPainterPath shape;
    shape.addRoundedRect(box, Radius, Radius);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setClipPath(shape);
    const QSizeF size = QSizeF(picture.size()).scaled(box.size(), Qt::KeepAspectRatioByExpanding);
    painter.drawImage(QRectF(box.center() - QPointF(size.width() / 2, size.height() / 2), size),
                      picture);
    painter.restore();
}

/// A small picture that is a button.
class Thumb : public QAbstractButton
{
public:
    Thumb(const BlobHash &photo, const PhotoSource *photos, std::function<void(int)> move,
          std::function<void()> remove)
        : m_photo(photo)
        , m_photos(photos)
        , m_move(std::move(move))
        , m_remove(std::move(remove))
    {
        setFixedSize(ThumbSize, ThumbSize);
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() == QEvent::ShortcutOverride &&
            static_cast<QKeyEvent *>(event)->modifiers() == Qt::AltModifier)
            event->accept();
        return QAbstractButton::event(event);
    }
    void keyPressEvent(QKeyEvent *event) override
    {
        const bool alt = event->modifiers() == Qt::AltModifier;
        if (event->key() == Qt::Key_Delete)
            return m_remove();
        if (alt && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up))
            return m_move(-1);
        if (alt && (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down))
            return m_move(1);
        QAbstractButton::keyPressEvent(event);
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF box = QRectF(rect()).adjusted(3, 3, -3, -3);
        const QImage picture = m_photos ? m_photos->atHand(m_photo, PhotoSize::Small) : QImage();
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokensOf(*this).sunken);
        painter.drawRoundedRect(box, Radius, Radius);
        if (!picture.isNull())
            paintPhoto(painter, box, picture);
        if (hasFocus())
            paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), Radius, palette());
    }

private:
    BlobHash m_photo;
    const PhotoSource *m_photos;
    std::function<void(int)> m_move;
    std::function<void()> m_remove;
};

} // namespace

PhotosEdit::PhotosEdit(Manuscript &manuscript, PhotoSource *photos, QWidget *parent)
    : QWidget(parent)
    , m_manuscript(manuscript)
    , m_photos(photos)
    , m_add(new FlatButton({}, tr("Add picture"), this))
    , m_strip(new QWidget)
    , m_thumbs(new QHBoxLayout(m_strip))
{
    m_add->setRole(FlatButton::Role::Outlined);
    m_add->setToolTip(tr("Choose a file, or drop or paste a picture"));
    connect(m_add, &QAbstractButton::clicked, this, &PhotosEdit::fileWished);
    m_thumbs->setContentsMargins(0, 0, 0, 0);
    m_thumbs->setSpacing(2);
    m_thumbs->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("thumbs"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_strip);
    m_strip->setAutoFillBackground(false);
    connect(&manuscript, &Manuscript::valuesChanged, this, &PhotosEdit::refresh);
    connect(&manuscript, &Manuscript::textChanged, this, [this](const TextPlace &place) {
        if (place.field == TextPlace::Field::Title)
            update(); // the cover goes by the title
    });
    if (photos)
        connect(photos, &PhotoSource::came, this, [this] {
            update();
            m_strip->update();
            for (QWidget *thumb : m_strip->findChildren<QAbstractButton *>())
                thumb->update();
        });
    setFixedHeight(HeroHeight);
    refresh();
}

void PhotosEdit::add(const BlobHash &photo)
{
    QList<BlobHash> photos = m_manuscript.now().photos;
    if (photos.contains(photo) || photos.size() >= recipes::MostPhotos)
        return;
    m_manuscript.setPhotos(photos + QList<BlobHash>{photo});
}

void PhotosEdit::move(const BlobHash &photo, int by)
{
    QList<BlobHash> photos = m_manuscript.now().photos;
    const qsizetype from = photos.indexOf(photo);
    const qsizetype to = std::clamp<qsizetype>(from + by, 0, photos.size() - 1);
    if (from < 0 || from == to)
        return;
    photos.move(from, to);
    m_manuscript.setPhotos(photos);
    m_strip->findChildren<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly)
        .at(to)
        ->setFocus(Qt::OtherFocusReason);
}

void PhotosEdit::remove(const BlobHash &photo)
{
    QList<BlobHash> photos = m_manuscript.now().photos;
    photos.removeAll(photo);
    m_manuscript.setPhotos(photos);
}

void PhotosEdit::refresh()
{
    const QList<BlobHash> photos = m_manuscript.now().photos;
    m_add->setEnabled(photos.size() < recipes::MostPhotos);
    if (photos == m_shown)
        return;
    m_shown = photos;
    qDeleteAll(m_strip->findChildren<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly));
    for (const BlobHash &photo : photos) {
        auto *thumb = new Thumb(
            photo, m_photos,
            [this, photo](int by) {
                QMetaObject::invokeMethod(
                    this, [this, photo, by] { move(photo, by); }, Qt::QueuedConnection);
            },
            [this, photo] {
                QMetaObject::invokeMethod(
                    this, [this, photo] { remove(photo); }, Qt::QueuedConnection);
            });
        thumb->setAccessibleName(tr("Picture %1 of %2").arg(m_thumbs->count()).arg(photos.size()));
        thumb->setToolTip(tr("Alt+Left and Alt+Right move it, Delete removes it"));
        connect(thumb, &QAbstractButton::clicked, this,
                [this, photo, thumb] { openMenu(photo, thumb); });
        m_thumbs->insertWidget(m_thumbs->count() - 1, thumb);
        if (m_photos)
            m_photos->ask(photo, PhotoSize::Small);
    }
    setFixedHeight(HeroHeight + (photos.isEmpty() ? 0 : ThumbSize + 20));
    update();
}

void PhotosEdit::openMenu(const BlobHash &photo, QWidget *at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto index = m_manuscript.now().photos.indexOf(photo);
    const auto add = [&](const QString &text, bool enabled, auto action) {
        menu->addAction(text, this, action)->setEnabled(enabled);
    };
    add(tr("Show &first"), index > 0, [this, photo, index] { move(photo, -int(index)); });
    add(tr("&Earlier"), index > 0, [this, photo] { move(photo, -1); });
    add(tr("&Later"), index + 1 < m_manuscript.now().photos.size(),
        [this, photo] { move(photo, 1); });
    menu->addSeparator();
    add(tr("&Remove"), true, [this, photo] { remove(photo); });
    menu->popup(at->mapToGlobal(QPoint(0, at->height())));
}

void PhotosEdit::resizeEvent(QResizeEvent *)
{
    m_add->setGeometry(8, HeroHeight - 42, std::min(m_add->sizeHint().width(), width() - 16), 34);
    findChild<QScrollArea *>(QStringLiteral("thumbs"))
        ->setGeometry(0, HeroHeight + 6, width(), ThumbSize + 14);
}

void PhotosEdit::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRectF hero(0, 0, width(), HeroHeight);
    const QImage picture = m_photos && !m_shown.isEmpty()
                               ? m_photos->atHand(m_shown.constFirst(), PhotoSize::Small)
                               : QImage();
    if (picture.isNull())
        paintCover(painter, hero, coverFor(m_manuscript.now().title), Radius,
                   tokensOf(*this).isDark);
    else
        paintPhoto(painter, hero, picture);
}

} // namespace simmer::ui

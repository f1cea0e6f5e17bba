// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/GridDelegate.h"

#include "models/LibraryDelegate.h"
#include "models/LibraryModel.h"
#include "recipes/SearchWords.h"
#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/Words.h"

#include <QFontMetricsF>
#include <QListView>
#include <QPainter>

#include <algorithm>

namespace simmer::ui {

namespace {

// Of 02-library-grid.png, px.
constexpr qreal Inset = 4; // room for the focus ring
constexpr qreal PictureShape = 1.45;
constexpr int TextHeight = 66;
constexpr qreal Star = 16;

/// A line of a recipe in which a search was found, with the words to mark.
struct Found {
    QString text;
    QList<recipes::WordPlace> marks;
};

Found foundIn(const recipes::Recipe &recipe, const QString &search)
{
    const QStringList words = recipes::searchWords(search);
    for (const QStringList &lines : {recipe.ingredients, recipe.tags, QStringList(recipe.notes)})
        for (const QString &line : lines)
            if (const auto places = recipes::placesOf(words, line); !places.isEmpty()) {
                // A note may be a page: from a little before the word.
                const qsizetype from = std::max<qsizetype>(0, places.constFirst().start - 24);
                Found found{line.mid(from, 200).simplified(), {}};
                found.marks = recipes::placesOf(words, found.text);
                return found;
            }
    return {Words::tr("in the title"), {}};
}

QString metaOf(const QModelIndex &index)
{
    QStringList parts;
    const QVariant minutes = index.data(LibraryModel::MinutesRole);
    if (minutes.isValid())
        parts += Words::minutes(minutes.toInt());
    if (const int times = index.data(LibraryModel::TimesRole).toInt(); times > 0)
        parts += GridDelegate::tr("%n timer(s)", nullptr, times);
    return parts.join(QStringLiteral(" · "));
}

} // namespace

GridDelegate::GridDelegate(const LibraryModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

int GridDelegate::heightFor(int width)
{
    return int((width - 2 * Inset) / PictureShape + 2 * Inset) + TextHeight;
}

QRectF GridDelegate::pictureOn(const QRectF &card)
{
    const qreal wide = card.width() - 2 * Inset;
    return {card.left() + Inset, card.top() + Inset, wide, wide / PictureShape};
}

QSize GridDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    return view ? view->gridSize() - QSize(16, 8) : QSize(240, heightFor(240));
}

void GridDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Tokens &tokens = tokensOf(option.palette);
    const QRectF picture = pictureOn(option.rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintFace(*painter, picture, index, 12, tokens.isDark);
    if (option.state.testFlag(QStyle::State_Selected))
        paintFocus(*painter, picture.adjusted(-2, -2, 2, 2), 13, option.palette);
    const bool isFavourite = index.data(LibraryModel::FavouriteRole).toBool();
    const qreal left = picture.left() + 2;
    const qreal room = picture.width() - 4 - (isFavourite ? Star + 8 : 0);
    const QFont titleFont = textFont(15, QFont::DemiBold);
    painter->setFont(titleFont);
    painter->setPen(tokens.ink);
    painter->drawText(
        QPointF(left, picture.bottom() + 22),
        QFontMetricsF(titleFont).elidedText(index.data().toString(), Qt::ElideRight, room));
    if (isFavourite)
        paintIcon(*painter, QRectF(picture.right() - Star - 2, picture.bottom() + 9, Star, Star),
                  QLatin1String("star-filled"), tokens.amber);
    const QString meta = metaOf(index);
    if (!meta.isEmpty()) {
        paintIcon(*painter, QRectF(left, picture.bottom() + 29, 15, 15), QLatin1String("clock"),
                  tokens.ink3);
        painter->setFont(textFont(13));
        painter->setPen(tokens.ink2);
        painter->drawText(QPointF(left + 21, picture.bottom() + 41), meta);
    }
    paintFound(*painter, {left, picture.bottom() + 46, picture.width() - 4, 18}, index, tokens);
    painter->restore();
}

/// Piece by piece, with the found words on a ground of their own.
void GridDelegate::paintFound(QPainter &painter, const QRectF &line, const QModelIndex &index,
                              const Tokens &tokens) const
{
    const auto recipe = m_model.book().recipes().constFind(
        index.data(LibraryModel::RecipeIdRole).value<RecipeId>());
    if (m_model.search().isEmpty() || recipe == m_model.book().recipes().cend())
        return;
    const Found found = foundIn(*recipe, m_model.search());
    const qreal baseline = line.top() + 13;
    qreal x = line.left();
    const auto piece = [&](const QString &text, bool marked) {
        const QFont font = textFont(13, marked ? QFont::DemiBold : QFont::Normal);
        const QFontMetricsF metrics(font);
        const QString fitting = metrics.elidedText(text, Qt::ElideRight, line.right() - x);
        const qreal wide = metrics.horizontalAdvance(fitting);
        if (marked) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens.amberTint);
            painter.drawRoundedRect(QRectF(x - 2, line.top(), wide + 4, line.height()), 3, 3);
        }
        painter.setFont(font);
        painter.setPen(marked ? tokens.ink : tokens.ink3);
        painter.drawText(QPointF(x, baseline), fitting);
        x += wide;
    };
    qsizetype at = 0;
    for (const recipes::WordPlace &mark : found.marks) {
        if (x > line.right() - 24)
            return;
        piece(found.text.mid(at, mark.start - at), false);
        piece(found.text.mid(mark.start, mark.length), true);
        at = mark.start + mark.length;
    }
    if (x < line.right() - 24)
        piece(found.text.mid(at), false);
}

} // namespace simmer::ui

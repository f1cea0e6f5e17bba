// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/LibraryView.h"

#include "models/LibraryModel.h"
#include "theme/Icons.h"
#include "theme/Tokens.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace simmer::ui {

namespace {

RecipeId recipeAt(const QModelIndex &index)
{
    return index.data(LibraryModel::RecipeIdRole).value<RecipeId>();
}

constexpr int LayoutBatch = 2000; // rows: a millisecond or two

} // namespace

LibraryView::LibraryView(QWidget *parent)
    : QListView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setLayoutMode(QListView::Batched);
    setBatchSize(LayoutBatch);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    setAccessibleName(tr("Recipes"));
    setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
}

RecipeId LibraryView::current() const
{
    return recipeAt(currentIndex());
}

void LibraryView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight,
                              const QList<int> &roles)
{
    if (roles != QList<int>{LibraryModel::FaceRole} || topLeft != bottomRight)
        return QListView::dataChanged(topLeft, bottomRight, roles);
    const QRect row = visualRect(topLeft);
    QRect room({}, m_timerRoom);
    room.moveCenter(row.center());
    room.moveRight(row.right());
    viewport()->update(room);
}

void LibraryView::setOffers(bool cooking, bool editing)
{
    m_cooking = cooking;
    m_editing = editing;
}

void LibraryView::keyPressEvent(QKeyEvent *event)
{
    const RecipeId recipe = current();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool withControl = event->modifiers().testFlag(Qt::ControlModifier);
    if (recipe.isNull())
        return QListView::keyPressEvent(event);
    if (isEnter && withControl)
        Q_EMIT cookWished(recipe);
    else if (isEnter)
        Q_EMIT openWished(recipe);
    else if (withControl && event->key() == Qt::Key_D)
        Q_EMIT favouriteWished(recipe);
    else if (event->key() == Qt::Key_Delete)
        Q_EMIT removeWished(recipe);
    else
        return QListView::keyPressEvent(event);
    event->accept();
}

void LibraryView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        QListView::mouseReleaseEvent(event);
}

void LibraryView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        openMenu(index,
                 byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
}

void LibraryView::openMenu(const QModelIndex &index, const QPoint &at)
{
    const RecipeId recipe = recipeAt(index);
    const bool isFavourite = index.data(LibraryModel::FavouriteRole).toBool();
    const QColor ink = tokensOf(*this).ink2;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](QLatin1String picture, const QString &text, auto signal) {
        return menu->addAction(icon(picture, ink), text, this,
                               [this, recipe, signal] { (this->*signal)(recipe); });
    };
    add(QLatin1String("book"), tr("&Open"), &LibraryView::openWished);
    if (m_cooking)
        add(QLatin1String("fullscreen"), tr("&Cook"), &LibraryView::cookWished);
    add(isFavourite ? QLatin1String("star-filled") : QLatin1String("star"),
        isFavourite ? tr("No longer a &favourite") : tr("&Favourite"),
        &LibraryView::favouriteWished);
    if (m_editing)
        add(QLatin1String("edit"), tr("&Edit"), &LibraryView::editWished);
    menu->addSeparator();
    add(QLatin1String("trash"), tr("&Remove"), &LibraryView::removeWished);
    menu->popup(at);
}

} // namespace simmer::ui

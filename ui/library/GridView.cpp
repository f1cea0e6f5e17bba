// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/GridView.h"

#include "library/GridDelegate.h"
#include "models/LibraryModel.h"
#include "widgets/FlatButton.h"

#include <QHBoxLayout>
#include <QScrollBar>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int LeastCard = 216;
constexpr int Gap = 16;

} // namespace

GridView::GridView(LibraryModel &model, QWidget *parent)
    : LibraryView(parent)
    , m_buttons(new QWidget(viewport()))
    , m_cook(new FlatButton(QLatin1String("fullscreen"), tr("Cook")))
{
    setModel(&model);
    setItemDelegate(new GridDelegate(model, this));
    setFlow(QListView::LeftToRight);
    setWrapping(true);
    setResizeMode(QListView::Adjust);
    setMovement(QListView::Static);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    auto *row = new QHBoxLayout(m_buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_cook->setRole(FlatButton::Role::Filled);
    auto *open = new FlatButton({}, tr("Open"));
    open->setRole(FlatButton::Role::Outlined);
    for (FlatButton *button : {m_cook, open}) {
        button->setFocusPolicy(Qt::NoFocus); // their keys are Ctrl+Enter and Enter
        row->addWidget(button);
    }
    connect(m_cook, &QAbstractButton::clicked, this, [this] { Q_EMIT cookWished(current()); });
    connect(open, &QAbstractButton::clicked, this, [this] { Q_EMIT openWished(current()); });
    connect(this, &QListView::doubleClicked, this, [this] { Q_EMIT openWished(current()); });
    connect(&model, &LibraryModel::arranged, this, &GridView::placeButtons);
    m_buttons->hide();
}

void GridView::resizeEvent(QResizeEvent *event)
{
    fit();
    LibraryView::resizeEvent(event);
    placeButtons();
}

/// The cards share the width.
void GridView::fit()
{
    const int room = viewport()->width() - 1;
    const int columns = std::max(1, room / (LeastCard + Gap));
    const int wide = std::max(120, room / columns);
    const QSize cell(wide, GridDelegate::heightFor(wide - Gap) + Gap / 2);
    if (cell != gridSize())
        setGridSize(cell);
}

void GridView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    LibraryView::currentChanged(current, previous);
    placeButtons();
}

void GridView::updateGeometries()
{
    LibraryView::updateGeometries();
    placeButtons();
}

void GridView::placeButtons()
{
    const QModelIndex index = currentIndex();
    const QRect card = index.isValid() ? visualRect(index) : QRect();
    m_buttons->setVisible(card.isValid());
    if (!card.isValid())
        return;
    m_cook->setVisible(offersCooking());
    m_buttons->adjustSize();
    const QRectF picture = GridDelegate::pictureOn(card);
    m_buttons->move(int(picture.left()) + 10, int(picture.bottom()) - m_buttons->height() - 8);
}

} // namespace simmer::ui

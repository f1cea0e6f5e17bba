// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/LibraryPane.h"

#include "library/LibraryActs.h"
#include "library/LibraryView.h"
#include "library/NothingFound.h"
#include "library/SortButton.h"
#include "library/TagChips.h"
#include "models/LibraryDelegate.h"
#include "theme/Type.h"
#include "widgets/FieldEdit.h"
#include "widgets/FilterRow.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "words/LibraryWords.h"

#include <QHBoxLayout>
#include <QMenu>

#include <array>

namespace simmer::ui {

namespace {

struct Shelf {
    LibraryShelf shelf;
    const char *icon;
};

constexpr std::array Shelves{
    Shelf{LibraryShelf::All, "book"},           Shelf{LibraryShelf::Favourites, "star"},
    Shelf{LibraryShelf::Mine, "edit"},          Shelf{LibraryShelf::HalfHour, "under-30-min"},
    Shelf{LibraryShelf::Hour, "under-an-hour"}, Shelf{LibraryShelf::Recent, "recent"},
};

constexpr int ChipLines = 2;
constexpr int ChipLinesBesideGrid = 12;

} // namespace

LibraryPane::LibraryPane(recipes::RecipeBook &book, const LiveTimers &timers, QWidget *parent)
    : Panel(Ground::Window, {}, parent)
    , m_model(book, timers)
    , m_acts(new LibraryActs(book, this))
    , m_menuButton(new FlatButton(QLatin1String("menu"), {}))
    , m_gridButton(new FlatButton(QLatin1String("grid"), {}))
    , m_search(new FieldEdit(QLatin1String("search"), FieldEdit::Ground::Sunken, 36))
    , m_tags(new TagChips(ChipLines, false))
    , m_below(new QWidget)
    , m_sort(new SortButton(m_model))
    , m_list(new LibraryView)
    , m_nothing(new NothingFound(m_model))
    , m_undo(new NoticeBar(NoticeBar::Tone::Quiet, tr("Undo")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBar(column);
    makeSearch(column);
    column->addLayout(makeShelves());
    auto *tagRoom = new QHBoxLayout;
    tagRoom->setContentsMargins(16, 0, 16, 10);
    tagRoom->addWidget(m_tags);
    column->addLayout(tagRoom);
    makeList();
    auto *line = new Panel(Ground::Window, Qt::TopEdge);
    line->setFixedHeight(1);
    auto *below = new QVBoxLayout(m_below);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(line);
    auto *sortRoom = new QHBoxLayout;
    sortRoom->setContentsMargins(8, 2, 12, 2);
    sortRoom->addWidget(m_sort);
    below->addLayout(sortRoom);
    below->addWidget(m_list, 1);
    below->addWidget(m_nothing, 1);
    column->addWidget(m_below, 1);
    makeUndo(column);
    connect(m_tags, &TagChips::toggled, &m_model, &LibraryModel::toggleTag);
    connect(&m_model, &LibraryModel::stockChanged, this, &LibraryPane::reviewStock);
    connect(&m_model, &LibraryModel::chosenOtherwise, this, &LibraryPane::reviewChoice);
    connect(&m_model, &LibraryModel::arranged, this, [this] {
        m_list->setVisible(m_model.rowCount() > 0 || m_nothing->isHidden());
        if (!m_selected.isNull() && !m_list->currentIndex().isValid())
            m_list->setCurrentIndex(m_model.indexOf(m_selected));
    });
    reviewStock();
    reviewChoice();
}

void LibraryPane::makeBar(QLayout *column)
{
    auto *bar = new Bar(Ground::Window);
    auto *import = new FlatButton(QLatin1String("plus"), {});
    import->setToolTip(tr("Import recipes (Ctrl+O)"));
    import->setAccessibleName(tr("Import recipes"));
    connect(import, &QAbstractButton::clicked, this, &LibraryPane::importWished);
    m_menuButton->setToolTip(tr("Menu (F10)"));
    m_menuButton->setAccessibleName(tr("Menu"));
    connect(m_menuButton, &QAbstractButton::clicked, this, &LibraryPane::openMenu);
    m_gridButton->setToolTip(tr("Recipes as a grid (Ctrl+G)"));
    m_gridButton->setAccessibleName(tr("Recipes as a grid"));
    connect(m_gridButton, &QAbstractButton::clicked, this, [this] { Q_EMIT gridWished(true); });
    bar->row()->addWidget(m_menuButton);
    bar->row()->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("Library")));
    bar->row()->addStretch();
    bar->row()->addWidget(m_gridButton);
    bar->row()->addWidget(import);
    column->addWidget(bar);
}

void LibraryPane::makeSearch(QVBoxLayout *column)
{
    m_search->setPlaceholderText(tr("Search recipes and ingredients"));
    m_search->setAccessibleName(tr("Search recipes and ingredients"));
    connect(m_search, &QLineEdit::textChanged, &m_model, &LibraryModel::setSearch);
    connect(m_search, &FieldEdit::left, this, [this] {
        m_search->clear();
        focusList();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &LibraryPane::focusList);
    auto *room = new QHBoxLayout;
    room->setContentsMargins(12, 12, 12, 8);
    room->addWidget(m_search);
    column->addLayout(room);
}

QLayout *LibraryPane::makeShelves()
{
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(8, 0, 12, 8);
    rows->setSpacing(0);
    for (const Shelf &shelf : Shelves) {
        auto *row =
            new FilterRow(QLatin1String(shelf.icon), LibraryWords::shelf(shelf.shelf), this);
        connect(row, &QAbstractButton::clicked, this, [this, on = shelf.shelf] {
            m_model.choose({on, m_model.choice().tags});
        });
        m_shelves += row;
        rows->addWidget(row);
    }
    return rows;
}

void LibraryPane::makeList()
{
    m_list->setModel(&m_model);
    m_list->setItemDelegate(new LibraryDelegate(m_list));
    m_list->setTimerRoom(LibraryDelegate::PillRoom);
    // It stands in the rows' right margin, whether or not there is something to scroll.
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_acts->serve(*m_list);
    // Not by the current row: that moves by itself while a search takes rows away.
    connect(m_list, &LibraryView::openWished, this, &LibraryPane::chosen);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        Q_EMIT chosen(index.data(LibraryModel::RecipeIdRole).value<RecipeId>());
    });
}

void LibraryPane::makeUndo(QVBoxLayout *column)
{
    auto *room = new QHBoxLayout;
    room->setContentsMargins(8, 0, 12, 0);
    room->addWidget(m_undo);
    column->addLayout(room);
    connect(m_acts, &LibraryActs::removed, this,
            [this](const QString &title) { m_undo->say(tr("Removed: %1").arg(title)); });
    connect(m_undo, &NoticeBar::acted, m_acts, &LibraryActs::undoRemove);
}

void LibraryPane::setMenu(QMenu *menu)
{
    m_menu = menu;
}

void LibraryPane::openMenu()
{
    if (m_menu)
        m_menu->popup(m_menuButton->mapToGlobal(QPoint(0, m_menuButton->height() + 4)));
}

void LibraryPane::select(const RecipeId &recipe)
{
    m_selected = recipe;
    if (!m_model.indexOf(recipe).isValid()) {
        m_search->clear();
        m_model.choose({});
    }
    const QModelIndex index = m_model.indexOf(recipe);
    m_list->setCurrentIndex(index);
    m_list->scrollTo(index);
}

void LibraryPane::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LibraryPane::focusList()
{
    if (m_below->isHidden())
        return m_shelves.constFirst()->setFocus(Qt::ShortcutFocusReason);
    m_list->setFocus(Qt::ShortcutFocusReason);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0));
}

void LibraryPane::setBesideGrid(bool beside)
{
    m_search->setVisible(!beside);
    m_below->setVisible(!beside);
    m_gridButton->setVisible(!beside);
    m_tags->setLines(beside ? ChipLinesBesideGrid : ChipLines);
    layout()->activate();
}

/// Counts are of all recipes, whatever is searched for.
void LibraryPane::reviewStock()
{
    for (size_t i = 0; i < Shelves.size(); ++i)
        m_shelves.at(qsizetype(i))->setCount(m_model.countOn(Shelves[i].shelf));
    m_tags->setTags(m_model.tagsOfAll());
}

void LibraryPane::reviewChoice()
{
    for (size_t i = 0; i < Shelves.size(); ++i)
        if (Shelves[i].shelf == m_model.choice().shelf)
            m_shelves.at(qsizetype(i))->setChecked(true);
    m_tags->setChosen(m_model.choice().tags);
    if (m_search->text().trimmed() != m_model.asked())
        m_search->setText(m_model.asked());
}

} // namespace simmer::ui

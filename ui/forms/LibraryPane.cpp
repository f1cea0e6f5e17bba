// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/LibraryPane.h"

#include "models/LibraryDelegate.h"
#include "theme/Type.h"
#include "widgets/FieldEdit.h"
#include "widgets/FilterRow.h"
#include "widgets/FlatButton.h"

#include <QHBoxLayout>
#include <QListView>
#include <QMenu>

#include <array>

namespace simmer::ui {

namespace {

struct Filter {
    const char *icon;
    const char *text;
    int mostMinutes; ///< 0 = any
};

constexpr std::array Filters{
    Filter{"book", QT_TRANSLATE_NOOP("simmer::ui::LibraryPane", "All recipes"), 0},
    Filter{"under-30-min", QT_TRANSLATE_NOOP("simmer::ui::LibraryPane", "Under 30 min"), 30},
    Filter{"under-an-hour", QT_TRANSLATE_NOOP("simmer::ui::LibraryPane", "Under an hour"), 60},
};

int countWithin(const LibraryModel &model, int mostMinutes)
{
    int count = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QVariant minutes = model.index(row).data(LibraryModel::MinutesRole);
        count += mostMinutes == 0 || (minutes.isValid() && minutes.toInt() <= mostMinutes) ? 1 : 0;
    }
    return count;
}

} // namespace

LibraryPane::LibraryPane(const recipes::RecipeBook &book, const LiveTimers &timers, QWidget *parent)
    : Panel(Ground::Window, {}, parent)
    , m_model(book, timers)
    , m_menuButton(new FlatButton(QLatin1String("menu"), {}))
    , m_search(new FieldEdit(QLatin1String("search"), FieldEdit::Ground::Sunken, 36))
    , m_list(new QListView)
    , m_nothing(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Bar(Ground::Window);
    auto *import = new FlatButton(QLatin1String("plus"), {});
    import->setToolTip(tr("Import recipes (Ctrl+O)"));
    import->setAccessibleName(tr("Import recipes"));
    connect(import, &QAbstractButton::clicked, this, &LibraryPane::importWished);
    m_menuButton->setToolTip(tr("Menu (F10)"));
    m_menuButton->setAccessibleName(tr("Menu"));
    connect(m_menuButton, &QAbstractButton::clicked, this, &LibraryPane::openMenu);
    bar->row()->addWidget(m_menuButton);
    bar->row()->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("Library")));
    bar->row()->addStretch();
    bar->row()->addWidget(import);
    column->addWidget(bar);
    m_search->setPlaceholderText(tr("Search recipes and ingredients"));
    m_search->setAccessibleName(tr("Search recipes and ingredients"));
    connect(m_search, &QLineEdit::textChanged, this, &LibraryPane::searchChanged);
    connect(m_search, &FieldEdit::left, this, [this] {
        m_search->clear();
        focusList();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &LibraryPane::focusList);
    auto *searchRoom = new QHBoxLayout;
    searchRoom->setContentsMargins(12, 12, 12, 8);
    searchRoom->addWidget(m_search);
    column->addLayout(searchRoom);
    column->addLayout(makeFilters());
    makeList();
    column->addWidget(m_list, 1);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_nothing->setContentsMargins(18, 12, 18, 12);
    column->addWidget(m_nothing, 1);
    showMatches();
}

QLayout *LibraryPane::makeFilters()
{
    auto *rows = new QVBoxLayout;
    rows->setContentsMargins(8, 0, 12, 8);
    rows->setSpacing(0);
    for (const Filter &filter : Filters) {
        auto *row = new FilterRow(QLatin1String(filter.icon), tr(filter.text), this);
        connect(row, &QAbstractButton::clicked, this,
                [this, most = filter.mostMinutes] { filterBy(most); });
        m_filters += row;
        rows->addWidget(row);
    }
    m_filters.constFirst()->setChecked(true);
    return rows;
}

void LibraryPane::makeList()
{
    m_filter.setSourceModel(&m_model);
    m_list->setModel(&m_filter);
    m_list->setItemDelegate(new LibraryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    // It stands in the rows' right margin, whether or not there is something to scroll.
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setAccessibleName(tr("Recipes"));
    m_list->setAutoFillBackground(false);
    m_list->viewport()->setAutoFillBackground(false);
    // Not by the current row: that moves by itself while the filter takes rows away.
    const auto choose = [this](const QModelIndex &index) {
        Q_EMIT chosen(index.data(LibraryModel::RecipeIdRole).value<RecipeId>());
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&m_filter, signal, this, &LibraryPane::showMatches);
    connect(&m_filter, &QAbstractItemModel::modelReset, this, &LibraryPane::showMatches);
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
    QModelIndex index = m_filter.mapFromSource(m_model.indexOf(recipe));
    if (!index.isValid()) {
        m_search->clear();
        m_filters.constFirst()->click();
        index = m_filter.mapFromSource(m_model.indexOf(recipe));
    }
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
    m_list->setFocus(Qt::ShortcutFocusReason);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_filter.index(0, 0));
}

void LibraryPane::searchChanged(const QString &text)
{
    m_filter.setSearch(text);
    showMatches();
}

void LibraryPane::filterBy(int mostMinutes)
{
    m_filter.setMostMinutes(mostMinutes);
    showMatches();
}

void LibraryPane::showMatches()
{
    for (size_t i = 0; i < Filters.size(); ++i)
        m_filters.at(qsizetype(i))->setCount(countWithin(m_model, Filters[i].mostMinutes));
    const bool none = m_filter.rowCount() == 0;
    m_list->setVisible(!none);
    m_nothing->setVisible(none);
    if (!none)
        return;
    const QString typed = m_search->text().trimmed();
    if (m_model.rowCount() == 0)
        m_nothing->setText(tr("No recipes yet. Import a saved web page or a .cook file, or drop "
                              "it on this window."));
    else if (typed.isEmpty())
        m_nothing->setText(tr("No recipe that is this quick."));
    else
        m_nothing->setText(
            tr("No recipe with ‘%1’. Search by title, ingredient or tag.").arg(typed));
}

} // namespace simmer::ui

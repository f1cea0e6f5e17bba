// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/GridPane.h"

#include "library/GridView.h"
#include "library/LibraryActs.h"
#include "library/NothingFound.h"
#include "library/SortButton.h"
#include "library/TagChips.h"
#include "models/LibraryModel.h"
#include "theme/Type.h"
#include "widgets/FieldEdit.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"
#include "widgets/Segments.h"
#include "words/LibraryWords.h"

#include <QHBoxLayout>

namespace simmer::ui {

namespace {

constexpr int Side = 28;
constexpr int SearchWidth = 460;
constexpr int FacetsWidth = 420;
constexpr int MostForFacets = 5000; // counted while somebody types
constexpr int AsGrid = 0;
constexpr int AsList = 1;

} // namespace

GridPane::GridPane(LibraryModel &model, LibraryActs &acts, QWidget *parent)
    : Panel(Ground::Page, {}, parent)
    , m_model(model)
    , m_search(new FieldEdit(QLatin1String("search"), FieldEdit::Ground::Raised, 36))
    , m_shelf(new TagChip({}))
    , m_heading(new InkLabel(displayFont(22), InkLabel::Ink::Full))
    , m_facets(new TagChips(1, true))
    , m_grid(new GridView(model))
    , m_nothing(new NothingFound(model))
    , m_undo(new NoticeBar(NoticeBar::Tone::Quiet, tr("Undo")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeBar());
    column->addLayout(makeHead());
    auto *room = new QHBoxLayout;
    room->setContentsMargins(Side - 4, 0, 0, 0);
    room->addWidget(m_grid);
    column->addLayout(room, 1);
    column->addWidget(m_nothing, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(Side, 0, Side, 0);
    foot->addWidget(m_undo);
    column->addLayout(foot);
    acts.serve(*m_grid);
    connect(m_grid, &LibraryView::openWished, this, &GridPane::chosen);
    connect(&acts, &LibraryActs::removed, this,
            [this](const QString &title) { m_undo->say(tr("Removed: %1").arg(title)); });
    connect(m_undo, &NoticeBar::acted, &acts, &LibraryActs::undoRemove);
    connect(m_facets, &TagChips::toggled, &model, &LibraryModel::toggleTag);
    connect(&model, &LibraryModel::chosenOtherwise, this, &GridPane::reviewChoice);
    connect(&model, &LibraryModel::arranged, this, &GridPane::reviewShown);
    reviewChoice();
    reviewShown();
}

Bar *GridPane::makeBar()
{
    auto *bar = new Bar(Ground::Page);
    auto *sidebar = new FlatButton(QLatin1String("sidebar"), {});
    sidebar->setToolTip(tr("Show or hide the library (F9)"));
    sidebar->setAccessibleName(tr("Show or hide the library"));
    connect(sidebar, &QAbstractButton::clicked, this, &GridPane::sidebarWished);
    m_search->setPlaceholderText(tr("Search recipes and ingredients"));
    m_search->setAccessibleName(tr("Search recipes and ingredients"));
    m_search->setMaximumWidth(SearchWidth);
    connect(m_search, &QLineEdit::textChanged, &m_model, &LibraryModel::setSearch);
    connect(m_search, &FieldEdit::left, this, [this] {
        m_search->clear();
        focusFirst();
    });
    connect(m_search, &QLineEdit::returnPressed, this, &GridPane::focusFirst);
    m_shelf->setChecked(true);
    connect(m_shelf, &QAbstractButton::clicked, this, [this] { m_model.choose({}); });
    auto *segments = new Segments;
    segments->add(AsGrid, QLatin1String("grid"), tr("Recipes as a grid"));
    segments->add(AsList, QLatin1String("list"), tr("Recipes as a list (Ctrl+G)"));
    segments->choose(AsGrid);
    connect(segments, &Segments::chosenChanged, this, [this, segments] {
        segments->choose(AsGrid); // as it is when one comes back
        Q_EMIT listWished();
    });
    bar->row()->addWidget(sidebar);
    bar->row()->addWidget(m_search, 1);
    bar->row()->addWidget(m_shelf);
    bar->row()->addStretch();
    bar->row()->addWidget(new SortButton(m_model));
    bar->row()->addWidget(segments);
    return bar;
}

QLayout *GridPane::makeHead()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Side, 18, Side, 12);
    row->setSpacing(16);
    m_heading->setElided(true);
    row->addWidget(m_heading, 1);
    m_facets->setMaximumWidth(FacetsWidth);
    row->addWidget(m_facets, 1, Qt::AlignVCenter);
    return row;
}

void GridPane::reviewChoice()
{
    if (m_search->text().trimmed() != m_model.asked())
        m_search->setText(m_model.asked());
    const LibraryChoice &choice = m_model.choice();
    const bool isAll = choice == LibraryChoice();
    QStringList words = choice.tags;
    if (choice.shelf != LibraryShelf::All)
        words.prepend(LibraryWords::shelf(choice.shelf));
    m_shelf->setVisible(!isAll);
    m_shelf->setChecked(true);
    m_shelf->setText(words.join(QLatin1String(", ")) + QStringLiteral("  ×"));
    m_shelf->setAccessibleName(tr("Only %1: show all").arg(words.join(QLatin1String(", "))));
    m_shelf->setFixedSize(m_shelf->sizeHint());
    m_facets->setChosen(choice.tags);
}

void GridPane::reviewShown()
{
    const int count = m_model.rowCount();
    m_heading->setText(LibraryWords::heading(m_model.choice(), m_model.search(), count));
    m_grid->setVisible(count > 0 || m_nothing->isHidden());
    if (isVisible() && count <= MostForFacets)
        m_facets->setTags(m_model.search().isEmpty() ? TagChips::Tags() : m_model.tagsOfShown());
}

void GridPane::select(const RecipeId &recipe)
{
    const QModelIndex index = m_model.indexOf(recipe);
    m_grid->setCurrentIndex(index);
    m_grid->scrollTo(index);
}

void GridPane::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void GridPane::focusFirst()
{
    m_grid->setFocus(Qt::ShortcutFocusReason);
    if (!m_grid->currentIndex().isValid())
        m_grid->setCurrentIndex(m_model.index(0));
}

} // namespace simmer::ui

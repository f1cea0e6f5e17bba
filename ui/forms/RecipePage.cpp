// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/RecipePage.h"

#include "recipes/times/TimerName.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/StepRow.h"
#include "words/Words.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

namespace simmer::ui {

RecipePage::RecipePage(const recipes::RecipeBook &book, LiveTimers &timers,
                       timerserver::CookingSessions &cooking, QWidget *parent)
    : Panel(Ground::Page, {}, parent)
    , m_book(book)
    , m_timers(timers)
    , m_cooking(cooking)
    , m_bar(new Bar(Ground::Page))
    , m_scroll(new QScrollArea)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBar();
    column->addWidget(m_bar);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(m_scroll, 1);
    setMinimumWidth(400);
    setFocusPolicy(Qt::ClickFocus); // a click beside everything ends typing
    connect(&timers, &LiveTimers::ticked, this, [this] {
        if (m_sheet)
            m_sheet->refresh(m_timers);
        showTicks(); // a forgotten cooking ends by the clock
    });
    connect(&cooking, &timerserver::CookingSessions::cookingChanged, this, &RecipePage::showTicks);
    connect(&timers, &LiveTimers::changed, this, [this](const TimerId &timer) {
        if (m_sheet)
            m_sheet->refresh(m_timers, timer);
    });
    connect(&book, &recipes::RecipeBook::recipeChanged, this,
            [this](const recipes::Recipe &recipe) {
                if (recipe.id == m_recipe)
                    fill(recipe);
            });
    connect(&book, &recipes::RecipeBook::recipeRemoved, this, [this](const RecipeId &recipe) {
        if (recipe == m_recipe)
            showNothing();
    });
    showNothing();
}

void RecipePage::makeBar()
{
    auto *sidebar = new FlatButton(QLatin1String("sidebar"), {});
    sidebar->setToolTip(tr("Show or hide the library (F9)"));
    sidebar->setAccessibleName(tr("Show or hide the library"));
    connect(sidebar, &QAbstractButton::clicked, this, &RecipePage::sidebarWished);
    auto *import = new FlatButton(QLatin1String("import"), tr("Import…"));
    import->setRole(FlatButton::Role::Outlined);
    import->setToolTip(tr("Import recipes from web pages or .cook files (Ctrl+O)"));
    connect(import, &QAbstractButton::clicked, this, &RecipePage::importWished);
    m_bar->row()->addWidget(sidebar);
    m_bar->row()->addStretch();
    m_bar->row()->addWidget(import);
}

void RecipePage::open(const RecipeId &recipe)
{
    const auto found = m_book.recipes().constFind(recipe);
    if (found == m_book.recipes().cend())
        return;
    if (m_sheet && recipe == m_recipe)
        return;
    fill(*found);
    m_scroll->verticalScrollBar()->setValue(0);
    Q_EMIT opened(recipe);
}

void RecipePage::openStep(const RecipeId &recipe, int step)
{
    open(recipe);
    if (!m_sheet || recipe != m_recipe || step >= m_sheet->recipe().steps.size())
        return;
    // After the new sheet was laid out.
    QTimer::singleShot(0, m_sheet, [this, step] {
        StepRow *row = m_sheet->step(step);
        m_scroll->ensureWidgetVisible(row, 0, 80);
        if (!row->text()->chips().isEmpty())
            row->text()->chips().constFirst()->setFocus(Qt::ShortcutFocusReason);
    });
}

void RecipePage::focusFirst()
{
    const QList<ChipButton *> chips = findChildren<ChipButton *>();
    if (!chips.isEmpty())
        chips.constFirst()->setFocus(Qt::TabFocusReason);
}

void RecipePage::fill(const recipes::Recipe &recipe)
{
    m_recipe = recipe.id;
    const int scrolled = m_scroll->verticalScrollBar()->value();
    m_sheet = new RecipeSheet(recipe);
    connect(m_sheet, &RecipeSheet::slotTapped, this, &RecipePage::tap);
    connect(m_sheet, &RecipeSheet::tickWished, this,
            [this](const timers::Box &box, bool on) { m_cooking.tick(m_recipe, box, on); });
    m_sheet->refresh(m_timers);
    showTicks();
    m_scroll->setWidget(m_sheet);
    m_sheet->setAutoFillBackground(false);
    m_scroll->verticalScrollBar()->setValue(scrolled);
}

void RecipePage::showTicks()
{
    if (!m_sheet)
        return;
    const auto cooking = m_cooking.current(m_recipe);
    m_sheet->showTicks(cooking ? cooking->ticked : QSet<timers::Box>());
}

void RecipePage::showNothing()
{
    m_recipe = {};
    auto *label = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                               tr("Choose a recipe at the left. Its times are buttons: tap one "
                                  "and it runs."));
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignCenter);
    label->setContentsMargins(48, 48, 48, 48);
    m_scroll->setWidget(label);
    label->setAutoFillBackground(false);
}

void RecipePage::tap(int step, int slot)
{
    const recipes::Recipe &recipe = m_sheet->recipe();
    const timers::Place place{recipe.id, step, slot};
    const TimerId id = timers::timerAt(place);
    if (m_timers.isPending(id))
        return;
    const auto timer = m_timers.find(id);
    if (timer && isOnPass(*timer))
        return m_timers.toggle(id);
    const recipes::Slot &time = recipe.steps.at(step).slots.at(slot);
    constexpr qint64 SecondMs = 1000;
    m_timers.start({recipes::timerName(recipe, step, slot), time.shortestSeconds * SecondMs,
                    time.longestSeconds * SecondMs, place});
}

} // namespace simmer::ui

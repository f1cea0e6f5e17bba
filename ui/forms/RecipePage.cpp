// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/RecipePage.h"

#include "models/RecipeTimers.h"
#include "recipe/NotesField.h"
#include "recipe/RecipeBar.h"
#include "recipe/RecipeWords.h"
#include "recipes/scaling/Servings.h"
#include "theme/Type.h"
#include "widgets/HeroView.h"
#include "widgets/StepRow.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace simmer::ui {

using recipes::Fraction;
using recipes::Recipe;

RecipePage::RecipePage(recipes::RecipeBook &book, LiveTimers &timers,
                       timerserver::CookingSessions &cooking, QWidget *parent)
    : Panel(Ground::Page, {}, parent)
    , m_book(book)
    , m_timers(timers)
    , m_cooking(cooking)
    , m_bar(new RecipeBar)
    , m_scroll(new QScrollArea)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeBar();
    makeMenu();
    column->addWidget(m_bar);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    column->addWidget(m_scroll, 1);
    setMinimumWidth(400);
    setFocusPolicy(Qt::ClickFocus); // a click beside everything ends typing
    m_writer.setMaxThreadCount(1);
    connect(&timers, &LiveTimers::counted, this, [this] {
        if (m_sheet)
            m_sheet->refresh(m_timers);
        showCooking(); // a forgotten cooking ends by the clock
    });
    connect(&timers, &LiveTimers::changed, this, [this](const TimerId &timer) {
        if (m_sheet)
            m_sheet->refresh(m_timers, timer);
    });
    connect(&cooking, &timerserver::CookingSessions::cookingChanged, this,
            [this](const RecipeId &recipe) {
                if (recipe == m_recipe)
                    m_wished.reset();
                showCooking();
            });
    connect(&cooking, &timerserver::CookingSessions::notKept, this, [this] { m_wished.reset(); });
    listen(book);
    showNothing();
}

RecipePage::~RecipePage()
{
    keepNotes();
    m_writer.waitForDone();
}

void RecipePage::listen(const recipes::RecipeBook &book)
{
    using recipes::RecipeBook;
    connect(&book, &RecipeBook::recipeChanged, this, [this](const Recipe &recipe) {
        if (recipe.id == m_recipe)
            fill(recipe);
    });
    connect(&book, &RecipeBook::recipeRemoved, this, [this](const RecipeId &recipe) {
        if (recipe == m_recipe)
            showNothing();
    });
    connect(&book, &RecipeBook::saved, this, [this](const RecipeId &recipe) {
        if (m_sheet && recipe == m_recipe)
            m_sheet->notes()->answer(true);
    });
    connect(&book, &RecipeBook::notSaved, this, [this](const RecipeId &recipe) {
        if (m_sheet && recipe == m_recipe)
            m_sheet->notes()->answer(false);
    });
}

void RecipePage::makeBar()
{
    connect(m_bar, &RecipeBar::sidebarWished, this, &RecipePage::sidebarWished);
    connect(m_bar, &RecipeBar::importWished, this, &RecipePage::importWished);
    connect(m_bar, &RecipeBar::starWished, this, &RecipePage::toggleFavourite);
    connect(m_bar, &RecipeBar::editWished, this, [this] { Q_EMIT editWished(m_recipe); });
    connect(m_bar, &RecipeBar::cookWished, this, [this] { Q_EMIT cookWished(m_recipe); });
}

void RecipePage::setPhotos(PhotoSource &photos)
{
    m_photos = &photos;
    connect(&photos, &PhotoSource::came, this,
            [this](const BlobHash &photo, PhotoSize size, const QImage &picture) {
                if (m_sheet && size == PhotoSize::Large && m_sheet->photo() == photo)
                    m_sheet->hero()->setPhoto(picture);
            });
    showPhoto();
}

void RecipePage::offerEditing()
{
    m_bar->offerEditing();
}

void RecipePage::open(const RecipeId &recipe)
{
    const auto found = m_book.recipes().constFind(recipe);
    if (found == m_book.recipes().cend())
        return;
    if (m_sheet && recipe == m_recipe)
        return;
    keepNotes();
    m_wished.reset();
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

void RecipePage::fill(const Recipe &recipe)
{
    const bool isSame = isOpen() && recipe.id == m_recipe;
    m_recipe = recipe.id;
    if (isSame && m_sheet->take(recipe)) {
        showPhoto();
        return showBar();
    }
    const int scrolled = m_scroll->verticalScrollBar()->value();
    const QString typed = isSame ? m_sheet->notes()->text() : QString();
    const bool isTyped = isSame && typed != m_sheet->recipe().notes;
    const bool isTyping = isSame && m_sheet->notes()->isAncestorOf(QApplication::focusWidget());
    m_sheet = new RecipeSheet(recipe);
    connect(m_sheet, &RecipeSheet::slotTapped, this, &RecipePage::tap);
    connect(m_sheet, &RecipeSheet::servingsStepped, this, &RecipePage::stepServings);
    connect(m_sheet, &RecipeSheet::tickWished, this,
            [this](const timers::Box &box, bool on) { m_cooking.tick(m_recipe, box, on); });
    connect(m_sheet->notes(), &NotesField::written, this,
            [this, id = recipe.id](const QString &text) {
                const Recipe was = m_book.recipes().value(id);
                Recipe now = was;
                now.notes = text;
                if (!was.id.isNull())
                    m_book.edit(was, now);
            });
    connect(m_sheet->notes(), &NotesField::typed, this,
            [this, id = recipe.id](const QString &text) { Q_EMIT notesTyped(id, text); });
    if (isTyped)
        m_sheet->notes()->type(typed); // the recipe changed beneath somebody who was writing
    m_sheet->refresh(m_timers);
    showCooking();
    showBar();
    m_scroll->setWidget(m_sheet);
    m_sheet->setAutoFillBackground(false);
    m_scroll->verticalScrollBar()->setValue(scrolled);
    if (isTyping)
        m_sheet->notes()->setFocus();
    showPhoto();
}

void RecipePage::showPhoto()
{
    if (!m_sheet)
        return;
    const BlobHash photo = m_sheet->photo();
    const QImage picture = m_photos ? m_photos->atHand(photo, PhotoSize::Large) : QImage();
    m_sheet->hero()->setPhoto(picture);
    if (m_photos && picture.isNull())
        m_photos->ask(photo, PhotoSize::Large);
}

void RecipePage::showBar()
{
    m_bar->show({isOpen(), isOpen() && m_sheet->recipe().isFavourite,
                 isOpen() && m_cooking.current(m_recipe).has_value()});
}

void RecipePage::showCooking()
{
    if (!isOpen())
        return;
    const auto cooking = m_cooking.current(m_recipe);
    m_sheet->showTicks(cooking ? cooking->ticked : QSet<timers::Box>());
    m_sheet->showScale(factor());
    showBar();
}

Fraction RecipePage::factor() const
{
    const auto cooking = m_cooking.current(m_recipe);
    return cooking ? Fraction::of(cooking->scale.times, cooking->scale.over) : Fraction::of(1);
}

void RecipePage::stepServings(bool more)
{
    if (!isOpen())
        return;
    const auto servings = m_sheet->servings();
    const auto next = recipes::nextFactor(servings ? servings->count : Fraction::of(1),
                                          m_wished.value_or(factor()), more);
    const auto scale = next ? timers::scaleOf(next->top, next->bottom) : std::nullopt;
    if (!scale)
        return;
    m_wished = next;
    m_cooking.setScale(m_recipe, *scale);
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
    showBar();
}

void RecipePage::tap(int step, int slot)
{
    tapSlot(m_timers, m_sheet->recipe(), step, slot);
}

void RecipePage::keepNotes()
{
    if (m_sheet)
        m_sheet->notes()->flush();
}

void RecipePage::toggleFavourite()
{
    const Recipe was = m_book.recipes().value(m_recipe);
    if (!isOpen() || was.id.isNull())
        return;
    Recipe now = was;
    now.isFavourite = !was.isFavourite;
    m_book.edit(was, now);
}

void RecipePage::copyAsText() const
{
    if (isOpen())
        QApplication::clipboard()->setText(RecipeWords::asText(m_sheet->recipe(), factor()));
}

} // namespace simmer::ui

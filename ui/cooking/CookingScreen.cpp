// SPDX-License-Identifier: GPL-3.0-or-later
#include "cooking/CookingScreen.h"

#include "cooking/BigStep.h"
#include "cooking/CookingDial.h"
#include "cooking/CookingHead.h"
#include "cooking/CookingIngredients.h"
#include "cooking/CookingStrip.h"
#include "cooking/KeyLine.h"
#include "cooking/StepsBar.h"
#include "models/RecipeTimers.h"
#include "recipes/StepIngredients.h"
#include "recipes/scaling/Scaling.h"
#include "recipes/times/TimerName.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/AlarmWords.h"
#include "words/Words.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr qsizetype LongestGlimpse = 110;
constexpr int RoomForGlimpses = 560;
constexpr int SaidMs = 6000; // as long as the banner of the window says it

/// The first words of a step, for before and after.
QString glimpse(const QString &text)
{
    const QString line = text.simplified();
    return line.size() <= LongestGlimpse ? line
                                         : line.left(LongestGlimpse - 1).trimmed() + QChar(0x2026);
}

InkLabel *wrapped(InkLabel::Ink ink)
{
    auto *label = new InkLabel(textFont(24), ink);
    label->setWordWrap(true);
    label->setContentsMargins(8, 0, 8, 0); // as the step's own text
    return label;
}

} // namespace

CookingScreen::CookingScreen(const recipes::RecipeBook &book, LiveTimers &timers,
                             timerserver::CookingSessions &cooking, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_book(book)
    , m_timers(timers)
    , m_course(book, timers, cooking)
    , m_head(new CookingHead)
    , m_bar(new StepsBar)
    , m_hint(new FlatButton(QLatin1String("arrow-right"), {}))
    , m_said(wrapped(InkLabel::Ink::Secondary))
    , m_before(wrapped(InkLabel::Ink::Caption))
    , m_step(new BigStep)
    , m_needs(wrapped(InkLabel::Ink::Secondary))
    , m_after(wrapped(InkLabel::Ink::Caption))
    , m_ends(new QWidget)
    , m_done(new FlatButton(QLatin1String("check"), tr("Done cooking")))
    , m_stack(new QStackedWidget)
    , m_dial(new CookingDial)
    , m_ingredients(new CookingIngredients)
    , m_times(new QWidget)
    , m_strip(new CookingStrip(book, timers))
    , m_keys(new KeyLine)
{
    setFocusPolicy(Qt::StrongFocus);
    setMinimumSize(640, 420);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_head);
    column->addWidget(m_bar);
    m_hint->setRole(FlatButton::Role::Main);
    m_hint->setFocusPolicy(Qt::TabFocus);
    column->addWidget(m_hint, 0, Qt::AlignLeft);
    column->addWidget(m_said);
    m_said->hide();
    m_saidEnough.setSingleShot(true);
    m_saidEnough.setInterval(SaidMs);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(32);
    middle->addLayout(makeText(), 1);
    m_side = makeSide();
    middle->addWidget(m_side);
    column->addLayout(middle, 1);
    column->addWidget(m_strip);
    column->addWidget(m_keys);
    wire();
    resize(1440, 900);
}

CookingScreen::~CookingScreen() = default;

QLayout *CookingScreen::makeText()
{
    auto *lines = new QVBoxLayout;
    lines->setSpacing(16);
    lines->addStretch(1);
    lines->addWidget(m_before);
    lines->addWidget(m_step);
    lines->addWidget(m_needs);
    lines->addWidget(m_after);
    auto *row = new QHBoxLayout(m_ends);
    row->setContentsMargins(8, 0, 0, 0);
    m_done->setRole(FlatButton::Role::Filled);
    m_done->setFocusPolicy(Qt::TabFocus);
    row->addWidget(m_done);
    row->addStretch(1);
    lines->addWidget(m_ends);
    lines->addStretch(1);
    return lines;
}

QWidget *CookingScreen::makeSide()
{
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    auto *times = new QHBoxLayout(m_times);
    times->setContentsMargins(0, 0, 0, 0);
    times->setSpacing(8);
    column->addWidget(m_times);
    m_stack->addWidget(m_dial);
    m_stack->addWidget(m_ingredients);
    column->addWidget(m_stack, 1);
    return side;
}

void CookingScreen::wire()
{
    connect(&m_course, &CookingCourse::changed, this, &CookingScreen::showCourse);
    connect(&m_course, &CookingCourse::over, this, &QWidget::close);
    m_timers.countFor(*this);
    connect(&m_timers, &LiveTimers::counted, this, &CookingScreen::refresh);
    connect(&m_timers, &LiveTimers::changed, this, &CookingScreen::refresh);
    connect(&m_timers, &LiveTimers::loaded, this, &CookingScreen::refresh);
    connect(m_head, &CookingHead::leaveWished, this, &QWidget::close);
    connect(m_head, &CookingHead::dishWished, &m_course, &CookingCourse::open);
    connect(m_head, &CookingHead::ingredientsWished, this, [this] { pressKey(Qt::Key_I); });
    connect(m_hint, &QAbstractButton::clicked, &m_course, &CookingCourse::follow);
    connect(m_done, &QAbstractButton::clicked, &m_course, &CookingCourse::finish);
    connect(m_step, &BigStep::tapped, this, [this](int slot) {
        m_slot = slot;
        m_wantsIngredients = false;
        tapSlot(m_timers, m_course.recipe(), m_course.step(), slot);
        refresh();
    });
    connect(m_dial, &CookingDial::toggleWished, this, &CookingScreen::toggle);
    connect(m_dial, &CookingDial::minuteWished, this, &CookingScreen::addMinute);
    connect(m_dial, &CookingDial::stopWished, this, [this] { m_timers.stop(dialTimer()); });
    connect(m_dial, &CookingDial::stepWished, this, [this] {
        const auto timer = m_timers.find(dialTimer());
        if (timer && timer->place)
            goTo(*timer->place);
    });
    connect(&m_timers, &LiveTimers::cued, this,
            [this](const timers::Timer &timer, const timers::Cue &cue) {
                say(AlarmWords::cue(timer, cue));
            });
    connect(&m_timers, &LiveTimers::checked, this,
            [this](const timers::Timer &timer) { say(AlarmWords::check(timer)); });
    connect(&m_saidEnough, &QTimer::timeout, this, [this] { say({}); });
    connect(m_ingredients, &CookingIngredients::tickWished, &m_course, &CookingCourse::tick);
    connect(m_strip, &CookingStrip::stepWished, this, [this](const RecipeId &recipe, int step) {
        goTo({recipe, step, 0});
    });
}

void CookingScreen::cook(const RecipeId &recipe)
{
    m_course.open(recipe);
    setWindowTitle(tr("%1 — Simmer").arg(m_course.recipe().title));
}

void CookingScreen::goTo(const timers::Place &place)
{
    cook(place.recipe);
    m_course.goTo(place.step);
}

void CookingScreen::setLink(const syncclient::LinkStatus &status)
{
    m_status = status;
    refresh();
}

std::optional<int> CookingScreen::chosenSlot() const
{
    if (m_course.isAtEnd() || m_course.steps() == 0)
        return std::nullopt;
    const qsizetype times = m_course.recipe().steps.at(m_course.step()).slots.size();
    return times == 0 ? std::nullopt : std::optional(std::clamp(m_slot, 0, int(times) - 1));
}

/// The first time of a step that asks for a hand: what rings, then what runs, then what waits.
static int mostUrgent(const QList<TimerFace> &faces)
{
    const auto rank = [](const TimerFace &face) {
        switch (face.look) {
        case Look::Ringing:
        case Look::Late:
            return 0;
        case Look::Checking:
        case Look::Running:
        case Look::Paused:
            return 1;
        case Look::Ready:
            return 2;
        case Look::Done:
            return 3;
        }
        Q_UNREACHABLE();
    };
    const auto first =
        std::min_element(faces.cbegin(), faces.cend(),
                         [&](const TimerFace &a, const TimerFace &b) { return rank(a) < rank(b); });
    return int(std::distance(faces.cbegin(), first));
}

void CookingScreen::showCourse()
{
    const recipes::Recipe &recipe = m_course.recipe();
    if (recipe.id != m_shownRecipe || m_course.step() != m_shownStep) {
        m_shownRecipe = recipe.id;
        m_shownStep = m_course.step();
        m_wantsIngredients = false;
        QList<TimerFace> faces;
        for (int slot = 0; m_course.steps() > 0 && slot < recipe.steps.at(m_shownStep).slots.size();
             ++slot) {
            const auto timer = m_timers.find(timers::timerAt({recipe.id, m_shownStep, slot}));
            faces += timer ? m_timers.faceOf(*timer) : TimerFace();
        }
        m_slot = faces.isEmpty() ? 0 : mostUrgent(faces);
        setFocus(); // Space is for the step again
    }
    QList<CookingHead::Dish> others;
    const QList<RecipeId> dishes = m_course.dishes();
    for (const RecipeId &dish : dishes)
        if (dish != recipe.id)
            others += {dish, m_book.recipes().value(dish).title};
    const int number = recipes::stepNumber(recipe, m_course.step());
    const QString where = m_course.steps() == 0 ? QString()
                          : m_course.isAtEnd()
                              ? tr("all %n step(s)", nullptr, m_course.steps())
                              : tr("Step %1 of %2").arg(number).arg(m_course.steps());
    m_head->show(recipe.title, where, others);
    const QSet<timers::Box> ticked = m_course.ticked();
    QList<bool> done;
    for (int i = 0; i < recipe.steps.size(); ++i)
        if (!recipe.steps.at(i).isHeading())
            done += ticked.contains({timers::Box::Kind::Step, i});
    m_bar->show(done, m_course.isAtEnd() ? m_course.steps() : number - 1);
    m_ingredients->show(recipe, m_course.isAtEnd() ? -1 : m_course.step(), m_course.factor(),
                        ticked);
    showHint();
    showNeighbours();
    refresh();
    fitText();
}

void CookingScreen::showHint()
{
    const auto elsewhere = m_course.elsewhere();
    m_hint->setVisible(elsewhere.has_value());
    if (elsewhere)
        m_hint->set(QLatin1String("arrow-right"),
                    tr("Another device is at step %1. Go there (G)")
                        .arg(recipes::stepNumber(m_course.recipe(), *elsewhere)));
}

/// The steps before and after, and what this one needs.
void CookingScreen::showNeighbours()
{
    const recipes::Recipe &recipe = m_course.recipe();
    const int step = m_course.step();
    const bool isText = m_course.steps() > 0 && !m_course.isAtEnd();
    const bool hasRoom = height() >= RoomForGlimpses;
    const auto text = [&](const std::optional<int> &index) {
        return index && isText && hasRoom
                   ? QStringLiteral("%1  ").arg(recipes::stepNumber(recipe, *index)) +
                         glimpse(recipe.steps.at(*index).text)
                   : QString();
    };
    m_before->setText(text(m_course.before()));
    m_after->setText(text(m_course.after()));
    QStringList needs;
    if (isText)
        for (const int index : recipes::ingredientsOf(recipe, step))
            needs += recipes::scaledLine(recipe.ingredients.at(index), m_course.factor(),
                                         recipe.language);
    m_needs->setText(hasShownIngredients() ? QString() : needs.join(QStringLiteral(" · ")));
    for (InkLabel *label : {m_before, m_after, m_needs})
        label->setVisible(!label->text().isEmpty());
    m_ends->setVisible(m_course.isAtEnd() || (isText && !m_course.after()));
}

bool CookingScreen::hasShownIngredients() const
{
    return m_wantsIngredients || !chosenSlot();
}

/// All that a tick or a press may have changed.
void CookingScreen::refresh()
{
    m_head->setTime(m_timers.now());
    noteRing();
    const recipes::Recipe &recipe = m_course.recipe();
    if (m_course.steps() == 0) {
        m_step->say(tr("This recipe has no steps."));
    } else if (m_course.isAtEnd()) {
        m_step->say(tr("That was the last step. Timers go on until they are stopped."));
    } else {
        const recipes::Step &step = recipe.steps.at(m_course.step());
        QList<TimerFace> faces;
        for (int slot = 0; slot < step.slots.size(); ++slot) {
            const auto timer = m_timers.find(timers::timerAt({recipe.id, m_course.step(), slot}));
            faces += timer ? m_timers.faceOf(*timer) : TimerFace();
        }
        m_step->show(step, faces, chosenSlot().value_or(-1));
    }
    showSide();
    m_strip->sync(m_stack->currentWidget() == m_dial ? dialTimer() : TimerId(), m_status);
}

} // namespace simmer::ui

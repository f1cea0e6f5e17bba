// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/TimesPane.h"

#include "recipes/times/TimerName.h"
#include "recipes/times/TypedLength.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Segments.h"

#include <QEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace simmer::ui {

using recipes::Correction;
using recipes::Slot;

QList<TimeSeen> timesSeen(const Manuscript &manuscript, quint64 key)
{
    QList<TimeSeen> seen;
    const recipes::EditedLine &line = manuscript.line(key);
    const auto isUnder = [](const auto &one, const auto &other) {
        return one.start < other.end && other.start < one.end;
    };
    const QList<Slot> times = manuscript.times(key);
    for (const Slot &slot : times) {
        const bool corrected =
            std::any_of(line.corrections.cbegin(), line.corrections.cend(),
                        [&](const Correction &correction) { return isUnder(correction, slot); });
        seen += TimeSeen{slot, false, corrected, line.text.mid(slot.start, slot.end - slot.start)};
    }
    const QList<Slot> found = manuscript.found(key);
    for (const Slot &slot : found)
        if (std::any_of(line.corrections.cbegin(), line.corrections.cend(),
                        [&](const Correction &correction) {
                            return correction.isDenied && isUnder(correction, slot);
                        }))
            seen += TimeSeen{slot, true, true, line.text.mid(slot.start, slot.end - slot.start)};
    std::sort(seen.begin(), seen.end(),
              [](const TimeSeen &a, const TimeSeen &b) { return a.slot.start < b.slot.start; });
    return seen;
}

TimeForm::TimeForm(QWidget *parent)
    : QWidget(parent)
    , m_words(new InkLabel(textFont(15, QFont::Medium), InkLabel::Ink::Full))
    , m_kind(new Segments)
    , m_trouble(new InkLabel(textFont(13), InkLabel::Ink::Trouble))
    , m_reset(new FlatButton(QLatin1String("undo"), tr("As found")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(13, 11, 13, 11);
    column->setSpacing(8);
    m_words->setElided(true);
    column->addWidget(m_words);
    m_kind->add(Timer, tr("Timer"));
    m_kind->add(Range, tr("Range"));
    m_kind->add(Denied, tr("Not a timer"));
    column->addWidget(m_kind);
    m_shortest = addField(*column, tr("Check"));
    m_longest = addField(*column, tr("Last call"));
    m_name = addField(*column, tr("Name"));
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    column->addWidget(m_trouble);
    column->addWidget(m_reset, 0, Qt::AlignLeft);
    m_reset->setToolTip(tr("Forget what was changed by hand"));
    connect(m_kind, &Segments::chosenChanged, this, &TimeForm::choose);
    for (QLineEdit *length : {m_shortest, m_longest})
        connect(length, &QLineEdit::editingFinished, this, &TimeForm::takeLengths);
    connect(m_name, &QLineEdit::textEdited, this,
            [this] { correct(m_time.slot.shortestSeconds, m_time.slot.longestSeconds, false); });
    connect(m_reset, &QAbstractButton::clicked, this,
            [this] { Q_EMIT resetWished(m_time.slot.start, m_time.slot.end); });
}

QLineEdit *TimeForm::addField(QVBoxLayout &column, const QString &label)
{
    auto *holder = new QWidget(this);
    auto *row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 0, 0, 0);
    auto *caption = new InkLabel(textFont(14), InkLabel::Ink::Secondary, label);
    caption->setMinimumWidth(76);
    row->addWidget(caption);
    auto *field = new QLineEdit;
    field->setAccessibleName(label);
    field->installEventFilter(this);
    caption->setBuddy(field);
    row->addWidget(field, 1);
    column.addWidget(holder);
    return field;
}

void TimeForm::show(const TimeSeen &time, const QString &usual)
{
    m_time = time;
    const bool isRange = time.slot.shortestSeconds != time.slot.longestSeconds;
    m_words->setText(time.words);
    m_kind->choose(time.isDenied ? Denied : isRange ? Range : Timer);
    m_kind->setAccessibleName(tr("What “%1” is").arg(time.words));
    const auto put = [](QLineEdit *field, const QString &text) {
        if (field->text() != text)
            field->setText(text);
    };
    put(m_shortest, recipes::lengthText(time.slot.shortestSeconds));
    put(m_longest, recipes::lengthText(time.slot.longestSeconds));
    put(m_name, time.slot.name);
    m_name->setPlaceholderText(usual);
    auto *caption = m_shortest->parentWidget()->findChild<InkLabel *>();
    caption->setText(isRange ? tr("Check") : tr("Length"));
    m_shortest->setAccessibleName(caption->text());
    m_shortest->parentWidget()->setVisible(!time.isDenied);
    m_longest->parentWidget()->setVisible(!time.isDenied && isRange);
    m_name->parentWidget()->setVisible(!time.isDenied);
    m_reset->setVisible(time.isCorrected);
    m_trouble->hide();
    update();
}

void TimeForm::setLit(bool lit)
{
    m_isLit = lit;
    update();
}

void TimeForm::correct(qint64 shortest, qint64 longest, bool isDenied)
{
    Correction correction{m_time.slot.start, m_time.slot.end, m_time.words, isDenied, 0, 0,
                          m_name->text()};
    if (!isDenied) {
        correction.shortestSeconds = shortest;
        correction.longestSeconds = longest;
    }
    Q_EMIT corrected(correction);
}

void TimeForm::choose(int kind)
{
    constexpr qint64 Half = 2;
    const qint64 shortest = m_time.slot.shortestSeconds;
    const qint64 longest = m_time.slot.longestSeconds;
    if (kind == Denied)
        return correct(0, 0, true);
    if (kind == Timer)
        return correct(longest, longest, false);
    // A range wants two ends: half as long again is a first guess.
    correct(shortest, longest > shortest ? longest : shortest + shortest / Half, false);
}

void TimeForm::takeLengths()
{
    const auto shortest = recipes::typedLength(m_shortest->text());
    const bool isRange = m_kind->chosen() == Range;
    const auto longest = isRange ? recipes::typedLength(m_longest->text()) : shortest;
    if (!shortest || !longest || *longest < *shortest) {
        m_trouble->setText(!shortest || !longest
                               ? tr("Write a length as 1:30:00, 12:30, 45 or “1½ hours”.")
                               : tr("The last call comes after the check."));
        m_trouble->show();
        return;
    }
    m_trouble->hide();
    if (*shortest != m_time.slot.shortestSeconds || *longest != m_time.slot.longestSeconds)
        correct(*shortest, *longest, false);
}

bool TimeForm::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusIn)
        Q_EMIT touched(m_time.slot.start);
    return false;
}

void TimeForm::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(QPen(m_isLit ? tokens.flame : tokens.line, 1));
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
    const QRectF words = QRectF(m_words->geometry()).adjusted(-5, -3, 0, 3);
    const qreal wide =
        std::min(words.width(), m_words->fontMetrics().horizontalAdvance(m_time.words) + 10.0);
    painter.setPen(m_time.isDenied ? QPen(tokens.line2, 1) : QPen(tokens.flameLine, 1));
    painter.setBrush(m_time.isDenied ? QBrush(Qt::NoBrush) : QBrush(tokens.flameTint));
    painter.drawRoundedRect(QRectF(words.topLeft(), QSizeF(wide, words.height())), 6, 6);
}

TimesPane::TimesPane(Manuscript &manuscript, QWidget *parent)
    : Panel(Ground::Window, Qt::LeftEdge, parent)
    , m_manuscript(manuscript)
    , m_headline(new InkLabel(displayFont(15), InkLabel::Ink::Full))
    , m_count(new InkLabel(textFont(13), InkLabel::Ink::Caption))
    , m_nothing(new InkLabel(textFont(14), InkLabel::Ink::Secondary))
    , m_column(nullptr)
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(1, 0, 0, 0);
    whole->setSpacing(0);
    auto *bar = new Bar(Ground::Window);
    bar->row()->addWidget(m_headline);
    bar->row()->addWidget(m_count);
    bar->row()->addStretch();
    whole->addWidget(bar);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    auto *inside = new QWidget;
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(12, 12, 12, 12);
    m_column->setSpacing(10);
    m_nothing->setWordWrap(true);
    m_column->addWidget(m_nothing);
    m_column->addStretch(1);
    scroll->setWidget(inside);
    inside->setAutoFillBackground(false);
    whole->addWidget(scroll, 1);
    connect(&manuscript, &Manuscript::timesChanged, this, &TimesPane::refresh);
    connect(&manuscript, &Manuscript::linesChanged, this, [this] { show(m_key); });
    show(0);
}

int TimesPane::number() const
{
    int number = 0;
    for (const recipes::EditedLine &line : m_manuscript.now().lines) {
        number += line.isStep() ? 1 : 0;
        if (line.key == m_key)
            return number;
    }
    return 0;
}

void TimesPane::show(quint64 key)
{
    const int index = m_manuscript.indexOf(key);
    m_key = index >= 0 && m_manuscript.now().lines.at(index).isStep() ? key : 0;
    m_headline->setText(m_key ? tr("Times in step %1").arg(number()) : tr("Times"));
    if (m_key)
        return refresh(m_key);
    qDeleteAll(std::exchange(m_forms, {}));
    m_count->clear();
    m_nothing->setText(tr("Click into a step to see its times."));
    m_nothing->show();
}

void TimesPane::refresh(quint64 key)
{
    if (key != m_key || m_manuscript.indexOf(key) < 0)
        return;
    const QList<TimeSeen> times = timesSeen(m_manuscript, key);
    while (m_forms.size() > times.size())
        m_forms.takeLast()->deleteLater();
    while (m_forms.size() < times.size())
        m_forms += addForm();
    for (qsizetype i = 0; i < times.size(); ++i) {
        m_forms.at(i)->show(times.at(i), usualName(times.at(i)));
        m_forms.at(i)->setLit(times.at(i).slot.start == m_lit);
    }
    m_count->setText(times.isEmpty() ? QString() : QString::number(times.size()));
    m_nothing->setText(tr("No time found here. Select any words and press Ctrl+T to make a timer "
                          "of them."));
    m_nothing->setVisible(times.isEmpty());
}

TimeForm *TimesPane::addForm()
{
    auto *form = new TimeForm;
    m_column->insertWidget(m_column->count() - 1, form);
    connect(form, &TimeForm::corrected, this,
            [this](const Correction &correction) { m_manuscript.correct(m_key, correction); });
    connect(
        form, &TimeForm::resetWished, this,
        [this](int start, int end) { m_manuscript.resetTimes(m_key, start, end); },
        Qt::QueuedConnection);
    connect(form, &TimeForm::touched, this, [this](int start) {
        light(start);
        Q_EMIT touched(m_key, start);
    });
    return form;
}

/// As the timer would be called without a name of its own.
QString TimesPane::usualName(const TimeSeen &time) const
{
    recipes::Recipe recipe;
    recipe.title = m_manuscript.now().title;
    recipes::Slot slot = time.slot;
    slot.name.clear();
    recipe.steps = {{m_manuscript.line(m_key).text, {slot}, {}}};
    return recipes::timerName(recipe, 0, 0);
}

void TimesPane::light(int start)
{
    m_lit = start;
    for (TimeForm *form : std::as_const(m_forms))
        form->setLit(form->time().slot.start == start);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/StepRow.h"

#include "models/LiveTimers.h"
#include "words/CardWords.h"
#include "words/Words.h"

#include <QHBoxLayout>

namespace simmer::ui {

namespace {

/// Which of two faces the step's number shows: what rings before what runs before the rest.
int urgency(Look look)
{
    switch (look) {
    case Look::Ringing:
        return 5;
    case Look::Late:
        return 4;
    case Look::Checking:
        return 3;
    case Look::Running:
        return 2;
    case Look::Paused:
        return 1;
    case Look::Ready:
    case Look::Done:
        return 0;
    }
    Q_UNREACHABLE();
}

} // namespace

StepRow::StepRow(const recipes::Recipe &recipe, int index, QWidget *parent)
    : QWidget(parent)
    , m_number(new StepNumber(recipes::stepNumber(recipe, index)))
    , m_text(new StepText(recipe.steps.at(index)))
{
    for (int slot = 0; slot < recipe.steps.at(index).slots.size(); ++slot)
        m_timers += timers::timerAt({recipe.id, index, slot});
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(10);
    row->addWidget(m_number, 0, Qt::AlignTop);
    row->addWidget(m_text, 1, Qt::AlignVCenter);
    connect(m_text, &StepText::tapped, this, &StepRow::tapped);
    connect(m_number, &QAbstractButton::clicked, this,
            [this] { Q_EMIT tickWished(!m_number->isChecked()); });
}

bool StepRow::isDone() const
{
    return !m_isLive && (m_number->isChecked() || m_allDone);
}

void StepRow::setTicked(bool ticked)
{
    m_number->setChecked(ticked);
    dress();
}

void StepRow::dress()
{
    m_number->draw(m_urgent, isDone());
    m_text->setEmphasis(m_isLive, isDone());
}

void StepRow::refresh(const LiveTimers &timers)
{
    m_urgent = {};
    m_isLive = false;
    m_allDone = !m_timers.isEmpty();
    for (int slot = 0; slot < m_timers.size(); ++slot) {
        const auto timer = timers.find(m_timers.at(slot));
        const TimerFace face = timer ? timers.faceOf(*timer) : TimerFace();
        m_allDone = m_allDone && face.look == Look::Done;
        m_isLive = m_isLive || urgency(face.look) > 0;
        if (urgency(face.look) > urgency(m_urgent.look))
            m_urgent = face;
        m_text->draw(slot, face, chipTail(face), timers.isPending(m_timers.at(slot)));
        const QString state =
            timer ? Words::state(*timer, face, timers.momentOf(*timer)) : Words::tr("ready");
        ChipButton *chip = m_text->chips().at(slot);
        const QString name = chip->drawing().phrase + QStringLiteral(", ") + state;
        if (chip->accessibleName() != name)
            chip->setAccessibleName(name);
    }
    dress();
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/PassItem.h"

#include <QKeyEvent>

namespace simmer::ui {

PassItem::PassItem(const TimerId &timer, QWidget *parent)
    : QWidget(parent)
    , m_timer(timer)
{
    setFocusPolicy(Qt::StrongFocus);
}

void PassItem::draw(const CardWords &words)
{
    if (words == m_words)
        return;
    const CardWords before = std::exchange(m_words, words);
    if (words.spoken != before.spoken)
        setAccessibleName(words.spoken);
    if (words.cueSoon != before.cueSoon) {
        setAccessibleDescription(words.cueSoon);
        setToolTip(words.cueSoon);
    }
    if (words.face.look != before.face.look || words.hasStep != before.hasStep ||
        words.isPending != before.isPending || words.name != before.name)
        return redraw(Change::Dress);
    const bool sameLines = words.place == before.place && words.who == before.who &&
                           words.lastCall == before.lastCall && words.aside == before.aside &&
                           words.cover == before.cover && words.face.check == before.face.check &&
                           words.face.cues == before.face.cues &&
                           words.cue.isEmpty() == before.cue.isEmpty();
    const auto digits = countChange(countPlace(), before.count, words.count);
    if (!sameLines || !digits)
        return redraw(Change::Lines);
    update(*digits);
    if (words.cue != before.cue)
        update(cuePlace());
    update(m_arc.paintTo(words.face.fraction, ringPlace(), devicePixelRatioF()));
}

void PassItem::redraw(Change change)
{
    m_arc.paintAll(m_words.face.fraction);
    changed(change);
}

void PassItem::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        return Q_EMIT toggleWished();
    case Qt::Key_Plus:
        return Q_EMIT minutesWished(1);
    case Qt::Key_Minus:
        return Q_EMIT minutesWished(-1);
    case Qt::Key_S:
        return Q_EMIT stopWished();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return Q_EMIT stepWished();
    default: // every other key goes on to the Pass
        QWidget::keyPressEvent(event);
    }
}

} // namespace simmer::ui

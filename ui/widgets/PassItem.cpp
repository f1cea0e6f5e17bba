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
    if (words.face.look != before.face.look || words.hasStep != before.hasStep ||
        words.isPending != before.isPending || words.name != before.name)
        return changed(Change::Dress);
    const bool sameLines = words.place == before.place && words.who == before.who &&
                           words.lastCall == before.lastCall && words.aside == before.aside;
    changed(sameLines ? Change::Count : Change::Lines);
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

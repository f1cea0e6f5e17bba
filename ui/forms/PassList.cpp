// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/PassList.h"

#include "widgets/StripItem.h"
#include "widgets/TimerCard.h"
#include "widgets/TimerRow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPropertyAnimation>
#include <QStyle>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int Gap = 8;
constexpr QPoint CardsFrom(11, 10); // the column's padding; the strip has its own
constexpr int MoveMs = 180;         // GUIDE.md, "Motion"
constexpr qint64 MinuteMs = 60'000;

} // namespace

PassList::PassList(PassShape shape, const recipes::RecipeBook &book, LiveTimers &timers,
                   QWidget *parent)
    : QWidget(parent)
    , m_shape(shape)
    , m_book(book)
    , m_timers(timers)
{
    connect(&timers, &LiveTimers::loaded, this, &PassList::sync);
    connect(&timers, &LiveTimers::counted, this, &PassList::count);
    connect(&timers, &LiveTimers::changed, this, &PassList::sync);
    connect(&book, &recipes::RecipeBook::recipeChanged, this, &PassList::sync);
    connect(&book, &recipes::RecipeBook::loaded, this, &PassList::sync);
    sync();
}

void PassList::setLink(const syncclient::LinkStatus &status)
{
    m_status = status;
    sync();
}

PassItem *PassList::itemOf(const TimerId &timer) const
{
    const auto found = std::find_if(m_items.cbegin(), m_items.cend(),
                                    [&](const PassItem *item) { return item->timer() == timer; });
    return found == m_items.cend() ? nullptr : *found;
}

PassItem *PassList::makeItem(const TimerId &timer)
{
    PassItem *item = nullptr;
    switch (m_shape) {
    case PassShape::Cards:
        item = new TimerCard(timer, this);
        break;
    case PassShape::Strip:
        item = new StripItem(timer, this);
        break;
    case PassShape::Rows:
        item = new TimerRow(timer, this);
        break;
    }
    item->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(
        item, &QWidget::customContextMenuRequested, this,
        [this, timer, item](const QPoint &at) { Q_EMIT menuWished(timer, item->mapToGlobal(at)); });
    connect(item, &PassItem::toggleWished, this, [this, timer] { m_timers.toggle(timer); });
    connect(item, &PassItem::minutesWished, this,
            [this, timer](int minutes) { m_timers.add(timer, minutes * MinuteMs); });
    connect(item, &PassItem::stopWished, this, [this, timer] { m_timers.stop(timer); });
    connect(item, &PassItem::stepWished, this, [this, timer] { openStep(timer); });
    return item;
}

void PassList::openStep(const TimerId &timer)
{
    const auto known = m_timers.find(timer);
    if (known && known->place)
        Q_EMIT stepWished(known->place->recipe, known->place->step);
}

void PassList::draw(PassItem *item, const timers::Timer &timer)
{
    const recipes::Recipe *recipe = nullptr;
    if (timer.place) {
        const auto found = m_book.recipes().constFind(timer.place->recipe);
        recipe = found == m_book.recipes().cend() ? nullptr : &*found;
    }
    CardWords words =
        cardWords(timer, m_timers.faceOf(timer), m_timers.momentOf(timer), recipe, m_status);
    words.isPending = m_timers.isPending(timer.id);
    item->draw(words);
}

/// The other shape of the Pass, which nobody sees, costs nothing meanwhile.
void PassList::count()
{
    m_missed = !isVisible();
    if (!m_missed)
        sync();
}

void PassList::showEvent(QShowEvent *event)
{
    if (std::exchange(m_missed, false))
        sync();
    QWidget::showEvent(event);
}

/// Brings the items in line with the timers; costs a comparison for each when nothing changed.
void PassList::sync()
{
    const QList<timers::Timer> wanted = m_timers.onPass();
    QList<PassItem *> ordered;
    bool isNew = false;
    for (const timers::Timer &timer : wanted) {
        PassItem *item = itemOf(timer.id);
        if (!item) {
            item = makeItem(timer.id);
            isNew = true;
        }
        draw(item, timer);
        ordered += item;
    }
    bool isGone = false;
    for (PassItem *item : std::as_const(m_items))
        if (!ordered.contains(item)) {
            item->hide();
            item->deleteLater();
            isGone = true;
        }
    if (!isNew && !isGone && isBusy())
        return;
    const bool moved = ordered != m_items;
    const qsizetype before = std::exchange(m_items, ordered).size();
    if (moved || !isColumn())
        place(isVisible());
    if (before != m_items.size())
        Q_EMIT countChanged(int(m_items.size()));
}

bool PassList::isBusy() const
{
    const QWidget *focus = QApplication::focusWidget();
    return underMouse() || (focus && isAncestorOf(focus));
}

QPoint PassList::origin() const
{
    return m_shape == PassShape::Cards ? CardsFrom : QPoint();
}

int PassList::gap() const
{
    return m_shape == PassShape::Rows ? 0 : Gap;
}

QSize PassList::sizeHint() const
{
    QSize all = isColumn() ? QSize(0, origin().y()) : QSize(0, 0);
    for (const PassItem *item : m_items) {
        const QSize one = item->sizeHint();
        if (isColumn())
            all = {std::max(all.width(), one.width() + origin().x()),
                   all.height() + one.height() + gap()};
        else
            all = {all.width() + one.width() + gap(), std::max(all.height(), one.height())};
    }
    return all;
}

void PassList::place(bool animated)
{
    const int duration = style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this);
    QPoint at = origin();
    QWidget *previous = nullptr;
    for (PassItem *item : m_items) {
        const QSize size = item->sizeHint();
        item->resize(isColumn() ? QSize(width() - origin().x(), size.height()) : size);
        if (animated && duration > 0 && item->isVisible() && item->pos() != at) {
            auto *move = new QPropertyAnimation(item, "pos", item);
            move->setDuration(MoveMs);
            move->setEasingCurve(QEasingCurve::OutCubic);
            move->setEndValue(at);
            move->start(QAbstractAnimation::DeleteWhenStopped);
        } else {
            item->move(at);
        }
        item->show();
        if (previous)
            setTabOrder(previous, item);
        previous = item;
        at += isColumn() ? QPoint(0, size.height() + gap()) : QPoint(size.width() + gap(), 0);
    }
    updateGeometry();
}

void PassList::resizeEvent(QResizeEvent *)
{
    place(false);
}

bool PassList::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        place(false);
    return QWidget::event(event);
}

void PassList::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    QMetaObject::invokeMethod(this, &PassList::sync, Qt::QueuedConnection);
}

void PassList::keyPressEvent(QKeyEvent *event)
{
    const bool back = event->key() == Qt::Key_Up || event->key() == Qt::Key_Left;
    const bool forth = event->key() == Qt::Key_Down || event->key() == Qt::Key_Right;
    if (!back && !forth)
        return QWidget::keyPressEvent(event);
    const auto focused = std::find_if(m_items.cbegin(), m_items.cend(), [](const PassItem *item) {
        return item->hasFocus() || item->isAncestorOf(QApplication::focusWidget());
    });
    const auto at = std::distance(m_items.cbegin(), focused) + (back ? -1 : 1);
    if (at >= 0 && at < m_items.size())
        m_items.at(at)->setFocus(Qt::TabFocusReason);
}

} // namespace simmer::ui

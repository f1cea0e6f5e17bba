// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/PassPane.h"

#include "pass/EndedDialog.h"
#include "pass/QuickField.h"
#include "pass/TimerMenu.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QWheelEvent>

namespace simmer::ui {

namespace {

constexpr int ColumnWidth = 340;
constexpr int StripHeight = 64;
constexpr int Side = 12;

} // namespace

PassPane::PassPane(Qt::Orientation orientation, const recipes::RecipeBook &book, LiveTimers &timers,
                   QWidget *parent)
    : Panel(Ground::Window, orientation == Qt::Vertical ? Qt::Edges() : Qt::TopEdge, parent)
    , m_timers(timers)
    , m_list(new PassList(orientation == Qt::Vertical ? PassShape::Cards : PassShape::Strip, book,
                          timers))
    , m_scroll(new QScrollArea)
    , m_count(new InkLabel(textFont(13, QFont::Medium), InkLabel::Ink::Caption))
    , m_empty(new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                           tr("No timers yet. Every timer in this kitchen shows up here, the next "
                              "to ring on top.")))
    , m_hint(new InkLabel(textFont(13), InkLabel::Ink::Trouble,
                          tr("Type a name and one time, like “eggs 7 min”.")))
    , m_quick(new QuickField(timers))
    , m_undo(new NoticeBar(NoticeBar::Tone::Quiet, tr("Undo")))
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(m_list);
    m_list->setAutoFillBackground(false);
    m_quick->setPlaceholderText(orientation == Qt::Vertical ? tr("Quick timer, e.g. “eggs 7 min”")
                                                            : tr("eggs 7 min"));
    m_hint->hide();
    orientation == Qt::Vertical ? makeColumn() : makeStrip();
    connect(m_quick, &QuickField::hintWished, m_hint, &QWidget::setVisible);
    connect(m_list, &PassList::menuWished, this, &PassPane::openMenu);
    connect(m_list, &PassList::countChanged, this, &PassPane::showCount);
    connect(m_list, &PassList::stepWished, this, &PassPane::stepWished);
    connect(&timers, &LiveTimers::stopped, this, &PassPane::offerUndo);
    connect(m_undo, &NoticeBar::acted, this, [this] {
        if (const auto timer = std::exchange(m_undoable, std::nullopt))
            m_timers.undoStop(*timer);
    });
    showCount(int(m_list->items().size()));
}

void PassPane::makeColumn()
{
    setFixedWidth(ColumnWidth);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Bar(Ground::Window);
    bar->row()->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("The Pass")));
    bar->row()->addWidget(m_count);
    bar->row()->addStretch();
    auto *history = new FlatButton(QLatin1String("recent"), {});
    history->setFixedSize(44, 44);
    history->setAccessibleName(tr("Timers before"));
    history->setToolTip(history->accessibleName());
    connect(history, &QAbstractButton::clicked, this, &PassPane::showHistory);
    bar->row()->addWidget(history);
    column->addWidget(bar);
    m_empty->setWordWrap(true);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_empty->setContentsMargins(Side + 4, 16, Side + 4, 16);
    column->addWidget(m_empty, 1);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // The scroll bar stands in the gap at the right of the cards.
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    column->addWidget(m_scroll, 1);
    auto *foot = new QVBoxLayout;
    foot->setContentsMargins(Side - 1, 8, Side, Side);
    foot->setSpacing(8);
    foot->addWidget(m_undo);
    foot->addWidget(m_hint);
    foot->addWidget(m_quick);
    column->addLayout(foot);
}

void PassPane::makeStrip()
{
    setMinimumHeight(StripHeight);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 6, Side, 5);
    row->setSpacing(8);
    row->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("The Pass")));
    row->addWidget(m_count);
    m_empty->setText(tr("No timers yet."));
    row->addWidget(m_empty, 1);
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFixedHeight(53);
    m_scroll->viewport()->installEventFilter(this);
    row->addWidget(m_scroll, 1);
    row->addWidget(m_undo);
    row->addWidget(m_hint);
    m_quick->setFixedWidth(170);
    row->addWidget(m_quick);
}

/// A wheel turns up and down; the strip goes sideways.
bool PassPane::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::Wheel)
        return Panel::eventFilter(watched, event);
    const QPoint turned = static_cast<QWheelEvent *>(event)->angleDelta();
    QScrollBar *bar = m_scroll->horizontalScrollBar();
    bar->setValue(bar->value() - (turned.x() != 0 ? turned.x() : turned.y()));
    return true;
}

void PassPane::showCount(int count)
{
    m_count->setText(count > 0 ? QString::number(count) : QString());
    m_empty->setVisible(count == 0);
    m_scroll->setVisible(count > 0);
}

void PassPane::setLink(const syncclient::LinkStatus &status)
{
    m_status = status;
    m_list->setLink(status);
}

void PassPane::showHistory()
{
    auto *dialog = new EndedDialog(m_timers, m_status, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void PassPane::openMenu(const TimerId &timer, const QPoint &at)
{
    if (const auto known = m_timers.find(timer))
        (new TimerMenu(m_timers, *known, this))->popup(at);
}

void PassPane::startQuick(const QString &typed)
{
    m_quick->start(typed);
}

void PassPane::offerUndo(const timers::Timer &asItWas)
{
    m_undoable = asItWas;
    m_undo->say(tr("Stopped: %1").arg(asItWas.name));
}

void PassPane::focusQuickTimer()
{
    m_quick->setFocus(Qt::ShortcutFocusReason);
    m_quick->selectAll();
}

void PassPane::focusFirst()
{
    if (m_list->items().isEmpty())
        return focusQuickTimer();
    m_list->items().constFirst()->setFocus(Qt::TabFocusReason);
}

} // namespace simmer::ui

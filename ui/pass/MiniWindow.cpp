// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/MiniWindow.h"

#include "pass/QuickField.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QShortcut>

namespace simmer::ui {

namespace {

constexpr int Side = 10;

} // namespace

MiniWindow::MiniWindow(const recipes::RecipeBook &book, LiveTimers &timers)
    : m_timers(timers)
    , m_list(new PassList(PassShape::Rows, book, timers))
    , m_empty(new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                           tr("No timers yet. Every timer in this kitchen shows up here, the next "
                              "to ring on top.")))
    , m_hint(new InkLabel(textFont(13), InkLabel::Ink::Trouble,
                          tr("Type a name and one time, like “eggs 7 min”.")))
    , m_quick(new QuickField(timers))
    , m_pin(new FlatButton(QLatin1String("pin"), {}))
    , m_main(new FlatButton(QLatin1String("popout"), {}))
{
    setWindowTitle(tr("The Pass"));
    setAttribute(Qt::WA_QuitOnClose, false);
    timers.countFor(*this);
    arrange();
    connect(m_list, &PassList::stepWished, this, &MiniWindow::stepWished);
    connect(m_list, &PassList::menuWished, this, &MiniWindow::menuWished);
    connect(m_list, &PassList::countChanged, m_empty,
            [this](int count) { m_empty->setVisible(count == 0); });
    m_empty->setVisible(m_list->items().isEmpty());
    connect(m_quick, &QuickField::hintWished, m_hint, &QWidget::setVisible);
    connect(m_main, &QAbstractButton::clicked, this, &MiniWindow::mainWindowWished);
    connect(m_pin, &QAbstractButton::clicked, this, [this](bool wanted) {
        setPinned(wanted);
        Q_EMIT pinned(wanted);
    });
    const auto key = [this](const QKeySequence &keys, auto action) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
    };
    key(QKeySequence(Qt::CTRL | Qt::Key_T), [this] { m_quick->setFocus(Qt::ShortcutFocusReason); });
    key(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { m_timers.acknowledgeAll(); });
    key(QKeySequence(Qt::CTRL | Qt::Key_M), [this] { close(); });
    setMinimumSize(320, 240);
    resize(360, 480);
}

void MiniWindow::arrange()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Bar(Panel::Ground::Window);
    bar->row()->addWidget(new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("The Pass")));
    bar->row()->addStretch();
    m_pin->setCheckable(true);
    m_pin->setFixedSize(44, 44);
    m_pin->setAccessibleName(tr("Keep above other windows"));
    m_pin->setToolTip(m_pin->accessibleName());
    bar->row()->addWidget(m_pin);
    column->addWidget(bar);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(16, 16, 16, 16);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    column->addWidget(m_empty, 1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(m_list);
    m_list->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    auto *foot = new Panel(Panel::Ground::Window, Qt::TopEdge);
    auto *below = new QVBoxLayout(foot);
    below->setContentsMargins(Side, 9, Side, Side);
    m_hint->setWordWrap(true);
    m_hint->hide();
    below->addWidget(m_hint);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    m_quick->setPlaceholderText(tr("Quick timer"));
    row->addWidget(m_quick, 1);
    m_main->setRole(FlatButton::Role::Outlined);
    m_main->setFixedSize(44, 44);
    m_main->setAccessibleName(tr("Open Simmer"));
    m_main->setToolTip(m_main->accessibleName());
    row->addWidget(m_main);
    below->addLayout(row);
    column->addWidget(foot);
}

void MiniWindow::setPinned(bool pinned)
{
    m_pin->setChecked(pinned);
    m_pin->setRole(pinned ? FlatButton::Role::Main : FlatButton::Role::Plain);
    if (pinned == isPinned())
        return;
    const bool was = isVisible();
    setWindowFlag(Qt::WindowStaysOnTopHint, pinned); // hides it
    setVisible(was);
}

void MiniWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokensOf(*this).window);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "alarm/AlarmScreen.h"

#include "alarm/AlarmBanner.h"
#include "alarm/AlarmOverlay.h"

#include <QAccessible>
#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr QSize OwnSize(1040, 640); // of a window of its own

/// Whether a person may be typing there.
bool isTyping(const QWidget *focus)
{
    if (!focus || !focus->isEnabled())
        return false;
    if (const auto *line = qobject_cast<const QLineEdit *>(focus))
        return !line->isReadOnly();
    if (const auto *plain = qobject_cast<const QPlainTextEdit *>(focus))
        return !plain->isReadOnly();
    if (const auto *text = qobject_cast<const QTextEdit *>(focus))
        return !text->isReadOnly();
    if (const auto *combo = qobject_cast<const QComboBox *>(focus))
        return combo->isEditable();
    return focus->inherits("QAbstractSpinBox");
}

bool isSeen(const QWidget *window)
{
    return window && window->isVisible() && !window->isMinimized();
}

} // namespace

AlarmScreen::AlarmScreen(AlarmDesk &alarm, AlarmBanner &banner, QWidget &window, QObject *parent)
    : QObject(parent)
    , m_alarm(alarm)
    , m_banner(banner)
    , m_window(window)
{
    addStage(&window);
    makeOverlay();
    connect(&alarm, &AlarmDesk::changed, this, &AlarmScreen::review);
    connect(&alarm, &AlarmDesk::stepWished, this, &AlarmScreen::putAside);
    connect(&alarm, &AlarmDesk::insisted, this, &AlarmScreen::insist);
    connect(&alarm, &AlarmDesk::began, this, [this](const AlarmCall &) {
        QApplication::alert(&m_window);
        review();
        QAccessibleEvent spoken(&m_banner, QAccessible::Alert); // its name says what rings
        QAccessible::updateAccessibility(&spoken);
    });
    connect(&alarm, &AlarmDesk::answeredElsewhere, this,
            [this](const TimerId &, const QString &words) { m_banner.tell(words); });
    connect(qApp, &QApplication::focusChanged, this, &AlarmScreen::review, Qt::QueuedConnection);
    connect(&banner, &AlarmBanner::stopWished, &alarm, &AlarmDesk::stop);
    connect(&banner, &AlarmBanner::minutesWished, &alarm, &AlarmDesk::addMinutes);
    connect(&banner, &AlarmBanner::stepWished, &alarm, &AlarmDesk::open);
}

AlarmScreen::~AlarmScreen()
{
    if (m_overlay && !m_overlay->parent())
        delete m_overlay;
}

/// A window that closes takes along what covers it: then there is a new one.
void AlarmScreen::makeOverlay()
{
    m_overlay = new AlarmOverlay(&m_window);
    m_host = &m_window;
    m_isUp = false;
    connect(m_overlay, &AlarmOverlay::stopWished, &m_alarm, &AlarmDesk::stop);
    connect(m_overlay, &AlarmOverlay::minutesWished, &m_alarm, &AlarmDesk::addMinutes);
    connect(m_overlay, &AlarmOverlay::stepWished, &m_alarm, &AlarmDesk::open);
    connect(m_overlay, &AlarmOverlay::asideWished, this, [this] {
        for (const AlarmCall &call : m_alarm.calls())
            m_aside.insert(call.ring);
        review();
    });
}

void AlarmScreen::addStage(QWidget *stage)
{
    m_stages.removeAll(nullptr);
    m_stages.prepend(stage);
    stage->installEventFilter(this);
}

void AlarmScreen::addRinger(QWidget *stage)
{
    m_ringers.removeAll(nullptr);
    m_ringers += stage;
    addStage(stage);
}

AlarmOverlay &AlarmScreen::overlay() const
{
    return *m_overlay;
}

/// It stays as large as what it covers, and follows it in and out of sight.
bool AlarmScreen::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Resize && m_overlay && watched == m_host)
        m_overlay->setGeometry(m_host->rect());
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::WindowStateChange ||
        type == QEvent::WindowBlocked || type == QEvent::WindowUnblocked)
        QMetaObject::invokeMethod(this, &AlarmScreen::review, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

/// What is to be covered by: what is loud and was not put aside.
QList<AlarmCall> AlarmScreen::wanted() const
{
    QList<AlarmCall> calls = m_alarm.calls();
    calls.removeIf(
        [this](const AlarmCall &call) { return call.isLate() || m_aside.contains(call.ring); });
    return calls;
}

/// The window that the cook looks at; null when none is seen.
QWidget *AlarmScreen::stage() const
{
    QWidget *seen = nullptr;
    for (const QPointer<QWidget> &stage : m_stages) {
        if (!isSeen(stage))
            continue;
        if (stage->isActiveWindow())
            return stage;
        if (!seen)
            seen = stage;
    }
    return seen;
}

bool AlarmScreen::isBlocked() const
{
    const QWidget *modal = QApplication::activeModalWidget();
    return modal && modal != m_overlay;
}

/// Whether it needs no cover: it rings by itself, and somebody may be there. What once had to be
/// covered stays so, or else the answer would move under the finger.
bool AlarmScreen::isToldBy(QWidget *stage) const
{
    return m_ringers.contains(stage) && !m_alarm.isUnattended() && !(m_isUp && m_host == stage);
}

void AlarmScreen::announce()
{
    const QList<AlarmCall> &calls = m_alarm.calls();
    if (calls.isEmpty())
        return m_banner.silence();
    m_banner.announce(calls.constFirst().timer, calls.constFirst().words, int(calls.size()) - 1);
}

void AlarmScreen::review()
{
    announce();
    if (!m_overlay)
        makeOverlay();
    const QList<AlarmCall> calls = wanted();
    if (calls.isEmpty()) {
        if (m_alarm.loud() == 0)
            m_aside.clear();
        return takeAway();
    }
    QWidget *focus = QApplication::focusWidget();
    QWidget *over = isBlocked() ? nullptr : stage();
    if (over && ((isTyping(focus) && over->isAncestorOf(focus)) || isToldBy(over)))
        return takeAway();
    if (!m_isUp || over != m_host)
        placeOn(over);
    m_overlay->setPedals(m_ringers.contains(over));
    m_overlay->show(calls);
    if (over && !std::exchange(m_isUp, true)) {
        m_focus = focus;
        m_overlay->raise();
        m_overlay->setFocus(Qt::OtherFocusReason);
    }
    m_isUp = true;
}

/// Covers that window; without one it becomes a window, which never takes the typing away.
void AlarmScreen::placeOn(QWidget *stage)
{
    const bool isOther = m_overlay->parentWidget() != stage || m_overlay->isHidden();
    m_host = stage;
    if (!isOther)
        return;
    m_isUp = false;
    m_overlay->hide();
    m_overlay->setAttribute(Qt::WA_ShowWithoutActivating, !stage);
    if (stage) {
        m_overlay->setParent(stage, Qt::Widget);
        m_overlay->setGeometry(stage->rect());
        return;
    }
    m_overlay->setParent(nullptr, Qt::Window | Qt::WindowStaysOnTopHint);
    m_overlay->setPalette(m_window.palette());
    m_overlay->resize(OwnSize);
}

void AlarmScreen::takeAway()
{
    if (!std::exchange(m_isUp, false))
        return;
    const bool hadFocus = m_overlay->hasFocus();
    m_overlay->hide();
    if (hadFocus && m_focus)
        m_focus->setFocus(Qt::OtherFocusReason);
    m_focus = nullptr;
}

/// Nobody comes: out of the corner with it, and before everything else.
void AlarmScreen::insist()
{
    m_aside.clear();
    if (QWidget *seen = stage())
        seen->raise();
    QApplication::alert(&m_window);
    review();
}

/// Whoever opens the step wants to see it, not the alarm; that rings on.
void AlarmScreen::putAside(const TimerId &timer)
{
    for (const AlarmCall &call : m_alarm.calls())
        if (call.timer == timer)
            m_aside.insert(call.ring);
    m_focus = nullptr; // the step gets it
    review();
}

} // namespace simmer::ui

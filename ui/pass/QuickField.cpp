// SPDX-License-Identifier: GPL-3.0-or-later
#include "pass/QuickField.h"

#include "models/QuickTimer.h"
#include "pass/Presets.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>

namespace simmer::ui {

QuickField::QuickField(LiveTimers &timers, QWidget *parent)
    : FieldEdit(QLatin1String("plus"), Ground::Raised, 44, parent)
    , m_timers(timers)
    , m_completer(new QCompleter(&m_presets, this))
{
    setAccessibleName(tr("Quick timer: a name and a time"));
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setWidget(this);
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this,
            &QuickField::start);
    connect(this, &QLineEdit::returnPressed, this, &QuickField::startTyped);
    connect(this, &QLineEdit::textEdited, this, [this] {
        m_completer->popup()->hide();
        Q_EMIT hintWished(false);
    });
    connect(&timers, &LiveTimers::earlierCame, this, [this] {
        if (m_completer->popup()->isVisible())
            fill();
    });
    connect(this, &FieldEdit::left, this, &QLineEdit::clear);
}

void QuickField::start(const QString &typed)
{
    setText(typed);
    startTyped();
}

void QuickField::startTyped()
{
    if (text().trimmed().isEmpty())
        return;
    const auto press = quickTimer(text(), tr("Timer"));
    Q_EMIT hintWished(!press.has_value());
    if (!press)
        return;
    m_timers.start(*press);
    clear();
}

void QuickField::fill()
{
    m_presets.setStringList(presetsOf(m_timers.onPass() + m_timers.ended()));
}

void QuickField::offer()
{
    if (!text().isEmpty())
        return;
    m_timers.readEarlier();
    fill();
    m_completer->complete();
}

/// Not when the focus comes: an open popup takes the keys, and who only passes by wants to go on.
void QuickField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down)
        return offer();
    FieldEdit::keyPressEvent(event);
}

void QuickField::mousePressEvent(QMouseEvent *event)
{
    FieldEdit::mousePressEvent(event);
    offer();
}

} // namespace simmer::ui

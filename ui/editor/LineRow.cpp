// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/LineRow.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int GripWidth = 24;
constexpr int NumberLeft = 32;
constexpr int NumberSize = 28;
constexpr int TextLeft = 68;
constexpr int BinRoom = 44;
constexpr int Above = 6; // and below the text
constexpr int HeadingHeight = 52;

} // namespace

LineRow::LineRow(Manuscript &manuscript, const recipes::EditedLine &line, QWidget *parent)
    : QWidget(parent)
    , m_key(line.key)
    , m_grip(new FlatButton(QLatin1String("drag"), {}, this))
    , m_bin(new FlatButton(QLatin1String("trash"), {}, this))
{
    m_grip->setCursor(Qt::OpenHandCursor);
    m_grip->setToolTip(tr("Move by dragging, or with Alt+Up and Alt+Down"));
    m_grip->installEventFilter(this);
    m_bin->setToolTip(tr("Remove (Ctrl+Z brings it back)"));
    connect(m_bin, &QAbstractButton::clicked, this, &LineRow::removeWished);
    if (line.isStep())
        makeStep(manuscript);
    else
        makeHeading(manuscript);
    joinTabOrder(nullptr);
    setNumber(1);
    showBin();
}

void LineRow::makeStep(Manuscript &manuscript)
{
    m_step = new StepEdit(manuscript, m_key, this);
    connect(m_step, &ManuscriptEdit::wholeHeightChanged, this, &LineRow::wholeHeightChanged);
    connect(m_step, &StepEdit::removeWished, this, &LineRow::removeWished);
    connect(m_step, &StepEdit::moveWished, this, &LineRow::moveWished);
    connect(m_step, &ManuscriptEdit::focusChanged, this, [this](bool isFocused) {
        showBin();
        update();
        if (isFocused)
            Q_EMIT focused();
    });
}

void LineRow::makeHeading(Manuscript &manuscript)
{
    m_heading = new ManuscriptLine(manuscript, {TextPlace::Field::Line, m_key}, this);
    m_heading->setFont(displayFont(17));
    m_heading->setPlaceholderText(tr("Heading; empty: the steps below stand under none"));
    m_heading->setAccessibleName(tr("Heading"));
    m_grip->setAccessibleName(tr("Move the heading"));
    m_bin->setAccessibleName(tr("Remove the heading"));
    m_heading->installEventFilter(this);
    connect(m_heading, &ManuscriptLine::focusChanged, this, [this](bool isFocused) {
        showBin();
        if (isFocused)
            Q_EMIT focused();
    });
}

void LineRow::setNumber(int number)
{
    m_number = number;
    if (m_step) {
        m_step->setAccessibleName(tr("Step %1").arg(number));
        m_grip->setAccessibleName(tr("Move step %1").arg(number));
        m_bin->setAccessibleName(tr("Remove step %1").arg(number));
    }
    update();
}

bool LineRow::isFocused() const
{
    return m_step ? m_step->hasFocus() : m_heading->hasFocus();
}

int LineRow::wholeHeight() const
{
    return m_step ? m_step->wholeHeight() + 2 * Above : HeadingHeight;
}

void LineRow::focusText(bool atEnd)
{
    if (m_heading)
        return m_heading->setFocus(Qt::OtherFocusReason);
    m_step->moveCursor(atEnd ? QTextCursor::End : QTextCursor::Start);
    m_step->setFocus(Qt::OtherFocusReason);
}

QWidget *LineRow::joinTabOrder(QWidget *before)
{
    QWidget *text = m_heading;
    if (m_step)
        text = m_step;
    if (before)
        setTabOrder(before, m_grip);
    setTabOrder(m_grip, text);
    setTabOrder(text, m_bin);
    return m_bin;
}

void LineRow::selectTime(int start, int end)
{
    if (!m_step)
        return;
    QTextCursor cursor = m_step->textCursor();
    cursor.setPosition(start);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    m_step->setTextCursor(cursor);
}

void LineRow::resizeEvent(QResizeEvent *)
{
    const int wide = width() - TextLeft - BinRoom;
    m_grip->setGeometry(4, Above + 1, GripWidth, 34);
    m_bin->setGeometry(width() - BinRoom + 4, Above + 1, 34, 34);
    if (m_step)
        m_step->setGeometry(TextLeft, Above, wide, height() - 2 * Above);
    else
        m_heading->setGeometry(NumberLeft, Above + 4, width() - NumberLeft - BinRoom, 36);
}

void LineRow::showBin()
{
    const bool shown = isFocused() || underMouse() || m_bin->hasFocus();
    m_bin->setVisible(shown);
}

void LineRow::enterEvent(QEnterEvent *)
{
    showBin();
}

void LineRow::leaveEvent(QEvent *)
{
    showBin();
}

bool LineRow::eventFilter(QObject *watched, QEvent *event)
{
    const auto type = event->type();
    if (type == QEvent::ShortcutOverride || type == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool upDown = key->key() == Qt::Key_Up || key->key() == Qt::Key_Down;
        if (!upDown || key->modifiers() != Qt::AltModifier)
            return false;
        event->accept();
        if (type == QEvent::KeyPress)
            Q_EMIT moveWished(key->key() == Qt::Key_Up ? -1 : 1);
        return true;
    }
    if (watched != m_grip)
        return false;
    const bool dropped = type == QEvent::MouseButtonRelease;
    if (dropped || type == QEvent::MouseMove)
        Q_EMIT dragged(static_cast<QMouseEvent *>(event)->globalPosition().toPoint(), dropped);
    return false;
}

void LineRow::paintEvent(QPaintEvent *)
{
    if (!m_step)
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const bool lit = m_step->hasFocus();
    if (lit)
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 8, palette());
    const QRectF circle(NumberLeft, Above + 4, NumberSize, NumberSize);
    painter.setPen(lit ? QPen(Qt::NoPen) : QPen(tokens.line2, 1.5));
    painter.setBrush(lit ? tokens.flame : tokens.page);
    painter.drawEllipse(circle.adjusted(1, 1, -1, -1));
    painter.setPen(lit ? tokens.onFlame : tokens.ink2);
    painter.setFont(textFont(m_number < 100 ? 13 : 11, QFont::DemiBold));
    painter.drawText(circle, Qt::AlignCenter, QString::number(m_number));
}

} // namespace simmer::ui

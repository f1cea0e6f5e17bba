// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/StepEdit.h"

#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QAbstractTextDocumentLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>
#include <QWheelEvent>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int TextPixels = 16;
constexpr int LineHeight = 30;
constexpr qreal ChipPad = 2;
constexpr qreal ChipAbove = 19; // its top above the baseline, and its foot below
constexpr qreal ChipBelow = 7;

} // namespace

TimeInk::TimeInk(QTextDocument *document)
    : QSyntaxHighlighter(document)
{
}

void TimeInk::dress(const QList<recipes::Slot> &times, int lit, const QColor &ink,
                    const QColor &litInk)
{
    m_times = times;
    m_lit = lit;
    m_ink = ink;
    m_litInk = litInk;
    rehighlight();
}

void TimeInk::highlightBlock(const QString &text)
{
    const int from = currentBlock().position();
    const int to = from + int(text.size());
    for (qsizetype i = 0; i < m_times.size(); ++i) {
        const int start = std::max(from, m_times.at(i).start);
        const int end = std::min(to, m_times.at(i).end);
        if (start >= end)
            continue;
        QTextCharFormat format;
        format.setForeground(i == m_lit ? m_litInk : m_ink);
        format.setFontWeight(QFont::Medium);
        setFormat(start - from, end - start, format);
    }
}

StepEdit::StepEdit(Manuscript &manuscript, quint64 key, QWidget *parent)
    : ManuscriptEdit(manuscript, {TextPlace::Field::Line, key}, textFont(TextPixels), LineHeight,
                     parent)
    , m_ink(new TimeInk(document()))
{
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setLineWrapMode(QTextEdit::WidgetWidth);
    viewport()->setAutoFillBackground(false);
    setPlaceholderText(tr("What to do, with its time: “Simmer for 20 minutes”"));
    connect(&manuscript, &Manuscript::timesChanged, this, &StepEdit::showTimes);
    connect(this, &QTextEdit::cursorPositionChanged, this, [this] {
        const int at = textCursor().position();
        const auto under = std::find_if(m_times.cbegin(), m_times.cend(), [at](const auto &time) {
            return at >= time.start && at <= time.end;
        });
        Q_EMIT timeTouched(under == m_times.cend() ? -1 : under->start);
    });
    showTimes(key);
}

void StepEdit::light(int start)
{
    if (start == m_lit)
        return;
    m_lit = start;
    dress();
}

void StepEdit::showTimes(quint64 key)
{
    if (key != this->key() || manuscript().indexOf(key) < 0)
        return;
    const QList<recipes::Slot> times = manuscript().times(key);
    if (times == m_times)
        return;
    m_times = times;
    dress();
}

void StepEdit::dress()
{
    const Tokens &tokens = tokensOf(*this);
    const auto lit = std::find_if(m_times.cbegin(), m_times.cend(),
                                  [this](const auto &time) { return time.start == m_lit; });
    m_ink->dress(m_times, lit == m_times.cend() ? -1 : int(lit - m_times.cbegin()), tokens.flameInk,
                 tokens.onFlame);
    viewport()->update();
}

void StepEdit::changeEvent(QEvent *event)
{
    ManuscriptEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_ink)
        dress();
}

void StepEdit::paintTime(QPainter &painter, const recipes::Slot &time, bool isLit) const
{
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(isLit ? tokens.flame : tokens.flameLine);
    painter.setBrush(isLit ? tokens.flame : tokens.flameTint);
    QTextBlock block = document()->findBlock(time.start);
    for (; block.isValid() && block.position() < time.end; block = block.next()) {
        const QPointF origin = document()->documentLayout()->blockBoundingRect(block).topLeft() -
                               QPointF(0, verticalScrollBar()->value());
        for (int i = 0; i < block.layout()->lineCount(); ++i) {
            const QTextLine line = block.layout()->lineAt(i);
            const int from = std::max(time.start - block.position(), line.textStart());
            const int to =
                std::min(time.end - block.position(), line.textStart() + line.textLength());
            if (from >= to)
                continue;
            const qreal left = origin.x() + line.cursorToX(from);
            const qreal right = origin.x() + line.cursorToX(to);
            const qreal base = origin.y() + line.y() + line.ascent();
            painter.drawRoundedRect(QRectF(QPointF(left - ChipPad, base - ChipAbove),
                                           QPointF(right + ChipPad, base + ChipBelow)),
                                    6, 6);
        }
    }
}

void StepEdit::paintEvent(QPaintEvent *event)
{
    {
        QPainter painter(viewport());
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setClipRect(event->rect());
        for (const recipes::Slot &time : m_times)
            paintTime(painter, time, time.start == m_lit);
    }
    ManuscriptEdit::paintEvent(event);
}

/// The column scrolls, not the step.
void StepEdit::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

bool StepEdit::isOwnKey(const QKeyEvent &event) const
{
    const bool enter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    const bool upDown = event.key() == Qt::Key_Up || event.key() == Qt::Key_Down;
    return (event.modifiers() == Qt::ControlModifier && (enter || event.key() == Qt::Key_T)) ||
           (event.modifiers() == Qt::AltModifier && upDown);
}

/// The window has other meanings for some of them.
bool StepEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return ManuscriptEdit::event(event);
}

void StepEdit::keyPressEvent(QKeyEvent *event)
{
    const QTextCursor cursor = textCursor();
    if (isOwnKey(*event)) {
        if (event->modifiers() == Qt::AltModifier)
            return Q_EMIT moveWished(event->key() == Qt::Key_Up ? -1 : 1);
        if (event->key() == Qt::Key_T)
            return Q_EMIT timerWished(cursor.selectionStart(), cursor.selectionEnd());
        return Q_EMIT stepWished(cursor.position());
    }
    if (event->key() == Qt::Key_Backspace && document()->isEmpty())
        return Q_EMIT removeWished();
    if (event->modifiers() == Qt::NoModifier && leavesBy(event->key()))
        return Q_EMIT leftWished(event->key() == Qt::Key_Up ? -1 : 1);
    ManuscriptEdit::keyPressEvent(event);
}

/// Whether an arrow leads out of the text.
bool StepEdit::leavesBy(int key)
{
    if (key != Qt::Key_Up && key != Qt::Key_Down)
        return false;
    QTextCursor cursor = textCursor();
    return !cursor.movePosition(key == Qt::Key_Up ? QTextCursor::Up : QTextCursor::Down);
}

} // namespace simmer::ui

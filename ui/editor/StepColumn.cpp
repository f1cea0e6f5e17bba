// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/StepColumn.h"

#include "theme/Tokens.h"

#include <QElapsedTimer>
#include <QPainter>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int SliceMs = 10; // of making rows, at a time
constexpr int RowEstimate = 74;
constexpr int Gap = 4;

} // namespace

StepColumn::StepColumn(Manuscript &manuscript, QWidget *parent)
    : QWidget(parent)
    , m_manuscript(manuscript)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    m_making.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &StepColumn::place);
    connect(&m_making, &QTimer::timeout, this, &StepColumn::makeSome);
    connect(&manuscript, &Manuscript::linesChanged, this, &StepColumn::linesChanged);
    m_making.start();
}

/// Rows of lines that went go, at once: their keys mean nothing any more.
void StepColumn::linesChanged()
{
    QHash<quint64, LineRow *> kept;
    for (const recipes::EditedLine &line : m_manuscript.now().lines)
        if (LineRow *row = m_rows.take(line.key))
            kept.insert(line.key, row);
    for (LineRow *row : std::as_const(m_rows)) {
        row->hide();
        row->deleteLater();
    }
    m_rows = kept;
    if (!m_rows.contains(m_current) && m_manuscript.indexOf(m_current) < 0)
        setCurrent(0);
    m_isReordered = true;
    makeSome();
    place();
}

void StepColumn::makeSome()
{
    QElapsedTimer spent;
    spent.start();
    for (const recipes::EditedLine &line : m_manuscript.now().lines) {
        if (m_rows.contains(line.key))
            continue;
        if (spent.elapsed() >= SliceMs) {
            m_making.start();
            return;
        }
        make(line);
        placeSoon();
    }
    m_making.stop();
}

LineRow *StepColumn::rowNow(quint64 key)
{
    LineRow *row = m_rows.value(key);
    if (!row && m_manuscript.indexOf(key) >= 0) {
        row = make(m_manuscript.line(key));
        place();
    }
    return row;
}

LineRow *StepColumn::make(const recipes::EditedLine &line)
{
    const quint64 key = line.key;
    auto *row = new LineRow(m_manuscript, line, this);
    row->resize(width(), RowEstimate);
    m_rows.insert(key, row);
    connect(row, &LineRow::focused, this, [this, key, row] {
        setCurrent(key);
        Q_EMIT sightWished(row->geometry());
    });
    connect(row, &LineRow::wholeHeightChanged, this, &StepColumn::placeSoon);
    connect(row, &LineRow::removeWished, this, [this, key] { remove(key); });
    connect(row, &LineRow::moveWished, this, [this, key](int by) { move(key, by); });
    connect(row, &LineRow::dragged, this,
            [this, key](const QPoint &at, bool dropped) { drag(key, at, dropped); });
    if (StepEdit *step = row->step()) {
        connect(step, &StepEdit::stepWished, this, [this, key](int at) { split(key, at); });
        connect(step, &StepEdit::leftWished, this, [this, key](int by) { leave(key, by); });
        connect(step, &StepEdit::timerWished, this,
                [this, key](int start, int end) { Q_EMIT timerWished(key, start, end); });
        connect(step, &StepEdit::timeTouched, this,
                [this, key](int start) { Q_EMIT timeTouched(key, start); });
        connect(step, &ManuscriptEdit::imagePasted, this, &StepColumn::imagePasted);
    }
    row->show();
    return row;
}

/// Each row where it belongs; only those that moved are touched.
void StepColumn::place()
{
    int y = 8;
    int number = 0;
    QWidget *before = nullptr;
    for (const recipes::EditedLine &line : m_manuscript.now().lines) {
        number += line.isStep() ? 1 : 0;
        LineRow *row = m_rows.value(line.key);
        const int high = row ? row->wholeHeight() : RowEstimate;
        if (row) {
            row->setNumber(number);
            row->setGeometry(0, y, width(), high);
            if (m_isReordered)
                before = row->joinTabOrder(before);
        }
        y += high + Gap;
    }
    m_isReordered = m_isReordered && !isWhole();
    m_height = y;
    if (minimumHeight() != m_height)
        setFixedHeight(m_height);
    LineRow *current = m_rows.value(m_current);
    if (current && current->isFocused())
        Q_EMIT sightWished(current->geometry());
    if (isWhole() && !m_making.isActive())
        Q_EMIT settled();
}

QSize StepColumn::sizeHint() const
{
    return {600, m_height};
}

void StepColumn::resizeEvent(QResizeEvent *event)
{
    if (event->size().width() != event->oldSize().width())
        placeSoon();
}

void StepColumn::setCurrent(quint64 key)
{
    if (key == m_current)
        return;
    m_current = key;
    Q_EMIT currentChanged(key);
}

void StepColumn::focusLine(quint64 key, bool atEnd)
{
    if (LineRow *row = rowNow(key))
        row->focusText(atEnd);
}

void StepColumn::addLine(recipes::EditedLine::Kind kind)
{
    const int current = m_manuscript.indexOf(m_current);
    const int index = current < 0 ? int(m_manuscript.now().lines.size()) : current + 1;
    focusLine(m_manuscript.insertLine(index, kind));
}

void StepColumn::split(quint64 key, int at)
{
    focusLine(m_manuscript.splitStep(key, at));
}

void StepColumn::remove(quint64 key)
{
    const int index = m_manuscript.indexOf(key);
    m_manuscript.removeLine(key);
    const QList<recipes::EditedLine> &lines = m_manuscript.now().lines;
    if (!lines.isEmpty())
        focusLine(lines.at(std::clamp(index - 1, 0, int(lines.size()) - 1)).key, true);
}

void StepColumn::move(quint64 key, int by)
{
    m_manuscript.moveLine(key, by);
    if (LineRow *row = m_rows.value(key))
        Q_EMIT sightWished(row->geometry());
}

void StepColumn::leave(quint64 key, int by)
{
    const int index = m_manuscript.indexOf(key) + by;
    if (index >= 0 && index < m_manuscript.now().lines.size())
        focusLine(m_manuscript.now().lines.at(index).key, by < 0);
}

void StepColumn::drag(quint64 key, const QPoint &global, bool dropped)
{
    const int y = mapFromGlobal(global).y();
    const QList<recipes::EditedLine> &lines = m_manuscript.now().lines;
    int drop = 0;
    while (drop < lines.size()) {
        const LineRow *row = m_rows.value(lines.at(drop).key);
        if (!row || y < row->geometry().center().y())
            break;
        ++drop;
    }
    m_drop = dropped ? -1 : drop;
    update();
    const int from = m_manuscript.indexOf(key);
    if (dropped && drop != from && drop != from + 1)
        move(key, drop > from ? drop - 1 - from : drop - from);
}

void StepColumn::paintEvent(QPaintEvent *)
{
    if (m_drop < 0)
        return;
    const QList<recipes::EditedLine> &lines = m_manuscript.now().lines;
    const LineRow *below = m_drop < lines.size() ? m_rows.value(lines.at(m_drop).key) : nullptr;
    QPainter painter(this);
    painter.fillRect(0, below ? below->y() - 3 : m_height - 4, width(), 2, tokensOf(*this).flame);
}

} // namespace simmer::ui

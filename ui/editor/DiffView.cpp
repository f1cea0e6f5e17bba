// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/DiffView.h"

#include "recipes/editing/LineDiff.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QEvent>
#include <QTextTable>

namespace simmer::ui {

namespace {

constexpr qsizetype MostRows = 2000; // more is shown as one line that says so

void put(QTextTable &table, int row, int column, const QString &text, const QTextCharFormat &ink,
         const QColor &ground)
{
    QTextTableCell cell = table.cellAt(row, column);
    QTextTableCellFormat format;
    format.setPadding(5);
    if (ground.isValid())
        format.setBackground(ground);
    cell.setFormat(format);
    cell.firstCursorPosition().insertText(text, ink);
}

} // namespace

DiffView::DiffView(QWidget *parent)
    : QTextEdit(parent)
{
    setReadOnly(true);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setFont(textFont(14));
}

void DiffView::show(const QString &left, const QStringList &before, const QString &right,
                    const QStringList &after)
{
    m_left = left;
    m_right = right;
    m_before = before;
    m_after = after;
    setAccessibleName(tr("%1 beside %2").arg(left, right));
    write();
}

void DiffView::changeEvent(QEvent *event)
{
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

void DiffView::write()
{
    QList<recipes::DiffRow> rows = recipes::diffLines(m_before, m_after);
    const bool isCut = rows.size() > MostRows;
    if (isCut)
        rows = rows.mid(0, MostRows);
    clear();
    const Tokens &tokens = tokensOf(*this);
    QTextCursor cursor(document());
    QTextTableFormat shape;
    shape.setBorder(0);
    shape.setCellSpacing(0);
    shape.setColumnWidthConstraints({QTextLength(QTextLength::PercentageLength, 50),
                                     QTextLength(QTextLength::PercentageLength, 50)});
    shape.setWidth(QTextLength(QTextLength::PercentageLength, 100));
    QTextTable *table = cursor.insertTable(int(rows.size()) + 1, 2, shape);
    QTextCharFormat head;
    head.setFont(textFont(13));
    head.setForeground(tokens.ink3);
    QTextCharFormat ink;
    ink.setFont(textFont(14));
    ink.setForeground(tokens.ink);
    put(*table, 0, 0, m_left, head, {});
    put(*table, 0, 1, m_right, head, {});
    for (int i = 0; i < rows.size(); ++i) {
        const recipes::DiffRow &row = rows.at(i);
        const auto marked = [&](const std::optional<QString> &line, QChar sign) {
            return !line ? QString() : row.isSame() ? *line : sign + QLatin1Char(' ') + *line;
        };
        put(*table, i + 1, 0, marked(row.before, QChar(u'−')), ink,
            row.isSame() || !row.before ? QColor() : tokens.ringTint);
        put(*table, i + 1, 1, marked(row.after, QChar(u'+')), ink,
            row.isSame() || !row.after ? QColor() : tokens.doneTint);
    }
    cursor.movePosition(QTextCursor::End);
    if (isCut)
        cursor.insertText(tr("More lines follow."), head);
    moveCursor(QTextCursor::Start);
}

} // namespace simmer::ui

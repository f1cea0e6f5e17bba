// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/NotesField.h"

#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QSignalBlocker>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int PauseMs = 1000;
constexpr int SoonMs = 200; // what a crash may cost, and the disk
constexpr int RetryMs = 10'000;
constexpr int Margin = 4; // around the text, within the outline
constexpr int LeastLines = 3;
constexpr int MostLines = 40; // more scroll

} // namespace

NotesField::NotesField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QPlainTextEdit(this))
{
    m_edit->setFont(textFont(14));
    m_edit->setFrameShape(QFrame::NoFrame);
    m_edit->setPlaceholderText(tr("What this kitchen learned about it"));
    m_edit->setAccessibleName(tr("Notes"));
    m_edit->setTabChangesFocus(true);
    m_edit->viewport()->setAutoFillBackground(false);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &NotesField::flush);
    connect(m_edit, &QPlainTextEdit::textChanged, this, [this] {
        // Not from the last key on: who never stops typing is kept, too.
        if (!m_pause.isActive())
            m_pause.start(PauseMs);
        if (!m_soon.isActive())
            m_soon.start();
        fit();
    });
    m_soon.setSingleShot(true);
    m_soon.setInterval(SoonMs);
    connect(&m_soon, &QTimer::timeout, this, [this] { Q_EMIT typed(text()); });
    fit();
}

QString NotesField::text() const
{
    return m_edit->toPlainText();
}

void NotesField::type(const QString &typed)
{
    m_edit->setPlainText(typed);
    m_edit->moveCursor(QTextCursor::End);
}

void NotesField::show(const QString &kept)
{
    const bool isTyped = text() != m_kept;
    m_kept = kept;
    if (m_told == kept)
        m_told.reset();
    if (isTyped || text() == kept)
        return;
    const QSignalBlocker quiet(m_edit);
    const int cursor = m_edit->textCursor().position();
    m_edit->setPlainText(kept);
    QTextCursor place = m_edit->textCursor();
    place.setPosition(std::min<int>(cursor, int(text().size())));
    m_edit->setTextCursor(place);
    fit();
}

void NotesField::flush()
{
    m_pause.stop();
    if (text() == m_told.value_or(m_kept))
        return;
    m_told = text();
    Q_EMIT written(*m_told);
}

void NotesField::answer(bool isKept)
{
    m_told.reset();
    if (text() != m_kept)
        m_pause.start(isKept ? PauseMs : RetryMs);
}

/// As high as its text.
void NotesField::fit()
{
    const int line = m_edit->fontMetrics().lineSpacing();
    const int lines = int(m_edit->document()->documentLayout()->documentSize().height());
    const int wanted = std::clamp(lines, LeastLines, MostLines) * line +
                       2 * int(m_edit->document()->documentMargin()) + 2 * Margin;
    m_edit->setVerticalScrollBarPolicy(lines > MostLines ? Qt::ScrollBarAsNeeded
                                                         : Qt::ScrollBarAlwaysOff);
    if (wanted == m_height)
        return;
    m_height = wanted;
    updateGeometry();
}

void NotesField::resizeEvent(QResizeEvent *)
{
    m_edit->setGeometry(rect().adjusted(Margin, Margin, -Margin, -Margin));
    fit();
}

void NotesField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const bool isTyped = m_edit->hasFocus();
    const qreal inset = isTyped ? 1 : 0.5;
    painter.setPen(isTyped ? QPen(tokens.flame, 2) : QPen(tokens.line2, 1));
    painter.setBrush(tokens.page);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 8, 8);
}

bool NotesField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide)
        flush();
    return QWidget::eventFilter(watched, event);
}

} // namespace simmer::ui

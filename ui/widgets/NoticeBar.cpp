// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/NoticeBar.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int SaidForMs = 10'000; // GUIDE.md: Undo is offered for 10 s

} // namespace

NoticeBar::NoticeBar(Tone tone, const QString &action, QWidget *parent)
    : QWidget(parent)
    , m_tone(tone)
    , m_text(new InkLabel(textFont(14, tone == Tone::Trouble ? QFont::Medium : QFont::Normal),
                          InkLabel::Ink::Full))
    , m_button(new FlatButton({}, action))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(tone == Tone::Trouble ? 44 : 14, 5, 6, 5);
    m_text->setWordWrap(true);
    row->addWidget(m_text, 1);
    m_button->setRole(FlatButton::Role::Main);
    row->addWidget(m_button);
    m_gone.setSingleShot(true);
    m_gone.setInterval(SaidForMs);
    connect(&m_gone, &QTimer::timeout, this, [this] {
        if (m_lasting.isEmpty())
            hide();
        else
            say(m_lasting, Lasting::UntilClosed);
    });
    connect(m_button, &QAbstractButton::clicked, this, [this] {
        if (m_text->text() == m_lasting)
            m_lasting.clear();
        hide();
        if (!m_lasting.isEmpty())
            say(m_lasting, Lasting::UntilClosed);
        Q_EMIT acted();
    });
    hide();
}

void NoticeBar::say(const QString &text, Lasting lasting)
{
    m_text->setText(text);
    m_button->setAccessibleName(m_button->text() + QStringLiteral(", ") + text);
    if (lasting == Lasting::UntilClosed) {
        m_lasting = text;
        m_gone.stop();
    } else {
        m_gone.start();
    }
    show();
}

void NoticeBar::unsay()
{
    m_lasting.clear();
    m_gone.stop();
    hide();
}

QString NoticeBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    if (m_tone == Tone::Quiet) {
        painter.setPen(QPen(tokens.line2, 1));
        painter.setBrush(tokens.raised);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
        return;
    }
    painter.fillRect(rect(), tokens.amberTint);
    painter.fillRect(0, height() - 1, width(), 1, tokens.amberLine);
    paintIcon(painter, QRectF(16, (height() - 20) / 2.0, 20, 20), QLatin1String("warn"),
              tokens.amberInk);
}

} // namespace simmer::ui

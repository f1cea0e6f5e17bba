// SPDX-License-Identifier: GPL-3.0-or-later
#include "forms/StatusLine.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/Words.h"

#include <QHBoxLayout>
#include <QPainter>

namespace simmer::ui {

namespace {

constexpr int ServerFrom = 800;

StatusMark::Kind dotOf(syncclient::LinkState state)
{
    using syncclient::LinkState;
    switch (state) {
    case LinkState::Alone:
        return StatusMark::Kind::Alone;
    case LinkState::Connecting:
    case LinkState::Removed:
    case LinkState::ReadOnly:
    case LinkState::Copied:
        return StatusMark::Kind::Off;
    case LinkState::CatchingUp:
        return StatusMark::Kind::Busy;
    case LinkState::Level:
        return StatusMark::Kind::InSync;
    }
    Q_UNREACHABLE();
}

InkLabel *label(QFont::Weight weight = QFont::Normal)
{
    return new InkLabel(textFont(13, weight), InkLabel::Ink::Secondary);
}

} // namespace

StatusMark::StatusMark(Kind kind, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    setFixedSize(kind == Kind::Sound || kind == Kind::Mute ? 16
                 : kind == Kind::Hairline                  ? 9
                                                           : 10,
                 16);
}

void StatusMark::setKind(Kind kind)
{
    m_kind = kind;
    update();
}

void StatusMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QPointF middle = QRectF(rect()).center();
    painter.setPen(Qt::NoPen);
    switch (m_kind) {
    case Kind::Hairline:
        painter.fillRect(QRectF(4, 2, 1, 12), tokens.line2);
        return;
    case Kind::Sound:
    case Kind::Mute:
        paintIcon(painter, rect(), QLatin1String(m_kind == Kind::Sound ? "sound" : "mute"),
                  tokens.ink3);
        return;
    case Kind::Busy:
        painter.setPen(QPen(tokens.flame, 2));
        painter.drawEllipse(middle, 3, 3);
        return;
    case Kind::Off:
        painter.setBrush(tokens.amber);
        break;
    case Kind::Alone:
        painter.setBrush(tokens.pause);
        break;
    case Kind::InSync:
        painter.setBrush(tokens.done);
        break;
    }
    painter.drawEllipse(middle, 4, 4);
}

StatusLine::StatusLine(QWidget *parent)
    : Panel(Ground::Window, Qt::TopEdge, parent)
    , m_dot(new StatusMark(StatusMark::Kind::Alone))
    , m_kitchen(label(QFont::DemiBold))
    , m_kitchenLine(new StatusMark(StatusMark::Kind::Hairline))
    , m_link(label())
    , m_soundIcon(new StatusMark(StatusMark::Kind::Sound))
    , m_sound(label())
    , m_serverLine(new StatusMark(StatusMark::Kind::Hairline))
    , m_server(label())
    , m_clock(label(QFont::DemiBold))
{
    setFixedHeight(28);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 1, 14, 0);
    row->setSpacing(7);
    m_link->setElided(true);
    row->addWidget(m_dot);
    row->addWidget(m_kitchen);
    row->addWidget(m_kitchenLine);
    row->addWidget(m_link, 1);
    row->addWidget(m_soundIcon);
    row->addWidget(m_sound);
    row->addWidget(m_serverLine);
    row->addWidget(m_server);
    row->addWidget(new StatusMark(StatusMark::Kind::Hairline));
    row->addWidget(m_clock);
    setLink({});
    setSound(true);
}

void StatusLine::setLink(const syncclient::LinkStatus &status)
{
    m_isAlone = status.state == syncclient::LinkState::Alone;
    m_dot->setKind(dotOf(status.state));
    m_kitchen->setText(status.kitchen);
    m_kitchen->setVisible(!m_isAlone && !status.kitchen.isEmpty());
    m_kitchenLine->setVisible(!m_kitchen->isHidden());
    m_link->setText(Words::link(status));
    m_link->setToolTip(status.trouble);
    m_server->setText(status.server.authority());
    showServer();
}

/// The address is the first to go where there is no room.
void StatusLine::showServer()
{
    m_server->setVisible(!m_isAlone && !m_server->text().isEmpty() && width() >= ServerFrom);
    m_serverLine->setVisible(!m_server->isHidden());
}

void StatusLine::resizeEvent(QResizeEvent *)
{
    showServer();
}

void StatusLine::setSound(bool hasDevice)
{
    m_soundIcon->setKind(hasDevice ? StatusMark::Kind::Sound : StatusMark::Kind::Mute);
    m_sound->setText(hasDevice ? tr("Sounds on")
                               : tr("No sound device. Alarms show on screen only."));
}

void StatusLine::setTime(qint64 nowMs)
{
    const QString hour = Words::hour(nowMs);
    if (m_clock->text() != hour)
        m_clock->setText(hour);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/CodeCard.h"

#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/ShareWords.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr qreal RingSize = 22;
constexpr qreal RingWidth = 4;
constexpr qreal Gap = 8;
constexpr int CodePixels = 24;
constexpr int CodeLine = 32;
constexpr int GroupGap = 18;

QFont countFont()
{
    return textFont(14, QFont::DemiBold);
}

/// The widest letter of a code is the M.
qreal letterCell()
{
    return std::ceil(QFontMetricsF(displayFont(CodePixels)).horizontalAdvance(QLatin1Char('M')));
}

} // namespace

CodeText::CodeText(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CodeText::set(const QString &code)
{
    m_code = code;
    setAccessibleName(tr("One-time code: %1").arg(ShareWords::spelled(code)));
    update();
}

QSize CodeText::sizeHint() const
{
    return {int(8 * letterCell()) + GroupGap, 2 * CodeLine};
}

void CodeText::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(tokensOf(*this).ink);
    painter.setFont(displayFont(CodePixels));
    const qreal cell = letterCell();
    const QStringList groups = m_code.split(QLatin1Char('-'));
    for (int group = 0; group < groups.size(); ++group)
        for (int i = 0; i < groups[group].size(); ++i) {
            const qreal x = (group % 2) * (4 * cell + GroupGap) + i * cell;
            painter.drawText(QRectF(x, group / 2 * CodeLine, cell, CodeLine), Qt::AlignCenter,
                             QString(groups[group][i]));
        }
}

LeftRing::LeftRing(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LeftRing::set(qint64 leftMs, qint64 allMs)
{
    const qint64 seconds = (leftMs + 999) / 1000;
    m_text = QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    m_part = allMs > 0 ? qreal(leftMs) / qreal(allMs) : 0;
    setAccessibleName(tr("Good for %1").arg(m_text));
    updateGeometry();
    update();
}

QSize LeftRing::sizeHint() const
{
    return {int(std::ceil(RingSize + Gap + countWidth(countFont(), QStringLiteral("0:00")))) + 1,
            24};
}

void LeftRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QRectF ring = QRectF(0, (height() - RingSize) / 2, RingSize, RingSize)
                            .adjusted(RingWidth / 2, RingWidth / 2, -RingWidth / 2, -RingWidth / 2);
    painter.setPen(QPen(tokens.track, RingWidth));
    painter.drawEllipse(ring);
    painter.setPen(QPen(tokens.flame, RingWidth, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, 90 * 16, -int(std::lround(360 * 16 * m_part)));
    painter.setPen(tokens.ink);
    const QFontMetricsF metrics(countFont());
    paintCount(painter, {RingSize + Gap, height() / 2.0 + metrics.capHeight() / 2}, countFont(),
               m_text);
}

CodeCard::CodeCard(QWidget *parent)
    : QWidget(parent)
    , m_caption(new InkLabel(textFont(13), InkLabel::Ink::Secondary, tr("One-time code")))
    , m_code(new CodeText)
    , m_why(new InkLabel(textFont(14), InkLabel::Ink::Full))
    , m_ring(new LeftRing)
    , m_new(new FlatButton(QLatin1String("sync"), tr("New code")))
    , m_copy(new FlatButton(QLatin1String("copy"), tr("Copy")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->addWidget(m_caption, 1);
    top->addWidget(m_ring);
    column->addLayout(top);
    column->addWidget(m_code);
    m_why->setWordWrap(true);
    column->addWidget(m_why);
    m_new->setRole(FlatButton::Role::Outlined);
    m_copy->setRole(FlatButton::Role::Main);
    m_copy->setAccessibleName(tr("Copy the invitation"));
    m_copy->setToolTip(m_copy->accessibleName());
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_new, 1);
    buttons->addWidget(m_copy);
    column->addLayout(buttons);
    connect(m_new, &QAbstractButton::clicked, this, &CodeCard::newWished);
    connect(m_copy, &QAbstractButton::clicked, this, &CodeCard::copyWished);
    setNone({});
}

void CodeCard::setCode(const QString &code, qint64 leftMs, qint64 allMs)
{
    m_ring->set(leftMs, allMs);
    m_code->set(code);
    for (QWidget *part : {static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_ring),
                          static_cast<QWidget *>(m_copy)})
        part->show();
    m_why->hide();
}

void CodeCard::setNone(const QString &why)
{
    m_code->set({});
    m_why->setText(why);
    for (QWidget *part : {static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_ring),
                          static_cast<QWidget *>(m_copy)})
        part->hide();
    m_why->show();
}

QString CodeCard::code() const
{
    return m_code->code();
}

QString CodeCard::left() const
{
    return m_code->code().isEmpty() ? QString() : m_ring->text();
}

void CodeCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(QPen(tokens.line, 1));
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12);
}

} // namespace simmer::ui

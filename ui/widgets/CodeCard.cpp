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

QFont countFont()
{
    return textFont(14, QFont::DemiBold);
}

/// "4R7K  2M9X" over "ABCD  EFGH".
QString inTwoLines(const QString &code)
{
    const QStringList groups = code.split(QLatin1Char('-'));
    const QString wide(1, QChar(0x2003)); // EM SPACE
    return groups.size() == 4
               ? groups[0] + wide + groups[1] + QLatin1Char('\n') + groups[2] + wide + groups[3]
               : code;
}

} // namespace

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
    , m_code(new InkLabel(displayFont(24), InkLabel::Ink::Full))
    , m_why(new InkLabel(textFont(14), InkLabel::Ink::Full))
    , m_ring(new LeftRing)
    , m_new(new FlatButton(QLatin1String("sync"), tr("New code")))
    , m_copy(new FlatButton(QLatin1String("copy"), tr("Copy invitation")))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(8);
    auto *top = new QHBoxLayout;
    top->addWidget(m_caption, 1);
    top->addWidget(m_ring);
    column->addLayout(top);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_code->setFocusPolicy(Qt::StrongFocus);
    QFont wide = m_code->font();
    wide.setLetterSpacing(QFont::AbsoluteSpacing, 1.5); // it is read letter by letter
    m_code->setFont(wide);
    column->addWidget(m_code);
    m_why->setWordWrap(true);
    column->addWidget(m_why);
    m_new->setRole(FlatButton::Role::Outlined);
    m_copy->setRole(FlatButton::Role::Main);
    column->addWidget(m_new);
    column->addWidget(m_copy);
    connect(m_new, &QAbstractButton::clicked, this, &CodeCard::newWished);
    connect(m_copy, &QAbstractButton::clicked, this, &CodeCard::copyWished);
    setNone({});
}

void CodeCard::setCode(const QString &code, qint64 leftMs, qint64 allMs)
{
    m_ring->set(leftMs, allMs);
    if (code == m_shown)
        return;
    m_shown = code;
    m_code->setText(inTwoLines(code));
    m_code->setAccessibleName(tr("One-time code: %1").arg(ShareWords::spelled(code)));
    for (QWidget *part : {static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_ring),
                          static_cast<QWidget *>(m_copy)})
        part->show();
    m_why->hide();
}

void CodeCard::setNone(const QString &why)
{
    m_shown.clear();
    m_code->clear();
    m_why->setText(why);
    for (QWidget *part : {static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_ring),
                          static_cast<QWidget *>(m_copy)})
        part->hide();
    m_why->show();
}

QString CodeCard::code() const
{
    return m_shown;
}

QString CodeCard::left() const
{
    return m_shown.isEmpty() ? QString() : m_ring->text();
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

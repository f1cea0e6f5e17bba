// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/ServingsStepper.h"

#include "recipe/RecipeWords.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Side = 44; // of each button, and the whole's height
constexpr int Pad = 12;
constexpr int MostWords = 190;

QFont numberFont()
{
    return textFont(15, QFont::DemiBold);
}
QFont nounFont()
{
    return textFont(15);
}

} // namespace

ServingsStepper::ServingsStepper(QWidget *parent)
    : QWidget(parent)
    , m_less(new FlatButton(QLatin1String("minus"), {}, this))
    , m_more(new FlatButton(QLatin1String("plus"), {}, this))
{
    m_less->setAccessibleName(tr("Less"));
    m_less->setToolTip(tr("Less (Ctrl+Down)"));
    m_more->setAccessibleName(tr("More"));
    m_more->setToolTip(tr("More (Ctrl+Up)"));
    for (FlatButton *button : {m_less, m_more}) {
        button->setAutoRepeat(true);
        button->setRadius(7);
    }
    connect(m_less, &QAbstractButton::clicked, this, [this] { Q_EMIT stepped(false); });
    connect(m_more, &QAbstractButton::clicked, this, [this] { Q_EMIT stepped(true); });
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ServingsStepper::show(const std::optional<recipes::Servings> &servings,
                           const recipes::Fraction &factor)
{
    using recipes::Fraction;
    const Fraction count = servings ? servings->count : Fraction::of(1);
    m_number = recipes::inFractions(count * factor);
    m_noun = QLatin1Char(' ') + RecipeWords::yieldNoun(servings, (count * factor).value());
    m_less->setEnabled(recipes::nextFactor(count, factor, false).has_value());
    m_more->setEnabled(recipes::nextFactor(count, factor, true).has_value());
    setAccessibleName(text());
    updateGeometry();
    update();
}

QSize ServingsStepper::sizeHint() const
{
    const qreal words = QFontMetricsF(numberFont()).horizontalAdvance(m_number) +
                        QFontMetricsF(nounFont()).horizontalAdvance(m_noun);
    return {2 * Side + 2 * Pad + std::min(MostWords, int(std::ceil(words)) + 1), Side};
}

void ServingsStepper::resizeEvent(QResizeEvent *)
{
    m_less->setGeometry(1, 1, Side - 2, height() - 2);
    m_more->setGeometry(width() - Side + 1, 1, Side - 2, height() - 2);
}

void ServingsStepper::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    painter.setPen(QPen(tokens.line2, 1));
    painter.setBrush(tokens.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    painter.fillRect(QRectF(Side, 1, 1, height() - 2), tokens.line);
    painter.fillRect(QRectF(width() - Side - 1, 1, 1, height() - 2), tokens.line);
    const QFontMetricsF bold(numberFont());
    const QFontMetricsF plain(nounFont());
    const qreal room = width() - 2 * Side - Pad;
    const qreal number = bold.horizontalAdvance(m_number);
    const QString noun = plain.elidedText(m_noun, Qt::ElideRight, room - number);
    qreal x = (width() - number - plain.horizontalAdvance(noun)) / 2;
    const qreal line = height() / 2.0 + bold.capHeight() / 2;
    painter.setPen(tokens.ink);
    painter.setFont(numberFont());
    painter.drawText(QPointF(x, line), m_number);
    x += number;
    painter.setPen(tokens.ink2);
    painter.setFont(nounFont());
    painter.drawText(QPointF(x, line), noun);
}

} // namespace simmer::ui

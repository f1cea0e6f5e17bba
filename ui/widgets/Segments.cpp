// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/Segments.h"

#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Height = 34;
constexpr int Pad = 14;

class Segment : public QAbstractButton
{
public:
    explicit Segment(const QString &text, QLatin1String icon = {})
        : m_icon(icon)
    {
        setText(text);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    }

    QSize sizeHint() const override
    {
        if (!m_icon.isEmpty())
            return {Height + 4, Height};
        const qreal words = QFontMetricsF(textFont(14, QFont::DemiBold)).horizontalAdvance(text());
        return {int(std::ceil(words)) + 2 * Pad, Height};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Tokens &tokens = tokensOf(*this);
        const QRectF box = QRectF(rect()).adjusted(2.5, 2.5, -2.5, -2.5);
        if (isChecked()) {
            painter.setPen(QPen(tokens.line2, 1));
            painter.setBrush(tokens.raised);
            painter.drawRoundedRect(box, 6, 6);
        }
        if (!m_icon.isEmpty()) {
            paintIcon(painter, QRectF((width() - 18) / 2.0, (height() - 18) / 2.0, 18, 18), m_icon,
                      isChecked() ? tokens.flameInk : tokens.ink2);
            if (hasFocus())
                paintFocus(painter, box, 6, palette());
            return;
        }
        painter.setFont(textFont(14, isChecked() ? QFont::DemiBold : QFont::Normal));
        painter.setPen(isChecked() || underMouse() ? tokens.ink : tokens.ink2);
        painter.drawText(rect(), Qt::AlignCenter, text());
        if (hasFocus())
            paintFocus(painter, box, 6, palette());
    }

private:
    QLatin1String m_icon;
};

} // namespace

Segments::Segments(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(m_group, &QButtonGroup::idClicked, this, &Segments::chosenChanged);
}

void Segments::add(int value, const QString &text)
{
    auto *segment = new Segment(text);
    layout()->addWidget(segment);
    m_group->addButton(segment, value);
}

void Segments::add(int value, QLatin1String icon, const QString &name)
{
    auto *segment = new Segment({}, icon);
    segment->setAccessibleName(name);
    segment->setToolTip(name);
    layout()->addWidget(segment);
    m_group->addButton(segment, value);
}

void Segments::choose(int value)
{
    if (QAbstractButton *segment = m_group->button(value))
        segment->setChecked(true);
}

int Segments::chosen() const
{
    return m_group->checkedId();
}

void Segments::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokensOf(*this).sunken);
    painter.drawRoundedRect(rect(), 8, 8);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/TagChips.h"

#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"

#include <QFontMetricsF>
#include <QMenu>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Height = 26;
constexpr int Gap = 6;
constexpr int Pad = 9;
constexpr int Widest = 180;
constexpr qsizetype MostChips = 24; // more never fit into the lines
constexpr qsizetype MostInMenu = 200;

QString moreText(qsizetype left)
{
    return QStringLiteral("+%1").arg(left);
}

} // namespace

TagChip::TagChip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

void TagChip::setBare(bool bare)
{
    m_bare = bare;
    setCheckable(!bare);
}

QSize TagChip::sizeHint() const
{
    const qreal words = QFontMetricsF(textFont(13)).horizontalAdvance(text());
    return {std::min(int(std::ceil(words)) + 2 * Pad, Widest), Height};
}

void TagChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (!m_bare || underMouse()) {
        painter.setPen(m_bare        ? QPen(Qt::NoPen)
                       : isChecked() ? QPen(tokens.flameLine, 1)
                                     : QPen(tokens.line2, 1));
        painter.setBrush(isChecked()    ? tokens.flameTint
                         : underMouse() ? tokens.hover
                                        : QColor(Qt::transparent));
        painter.drawRoundedRect(box, 6, 6);
    }
    painter.setPen(isChecked() ? tokens.flameInk : tokens.ink2);
    painter.setFont(textFont(13, isChecked() ? QFont::Medium : QFont::Normal));
    painter.drawText(rect(), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, width() - Pad));
    if (hasFocus())
        paintFocus(painter, box.adjusted(1, 1, -1, -1), 5, palette());
}

TagChips::TagChips(int lines, bool counted, QWidget *parent)
    : QWidget(parent)
    , m_lines(lines)
    , m_counted(counted)
    , m_more(new TagChip({}, this))
{
    m_more->setBare(true);
    connect(m_more, &QAbstractButton::clicked, this, &TagChips::openAll);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void TagChips::setTags(const Tags &tags)
{
    if (tags == m_tags)
        return;
    m_tags = tags;
    fill();
}

void TagChips::setChosen(const QStringList &chosen)
{
    if (chosen == m_chosen)
        return;
    m_chosen = chosen;
    fill();
}

void TagChips::setLines(int lines)
{
    m_lines = lines;
    arrange(width(), true);
    updateGeometry();
}

/// What is chosen is in sight.
void TagChips::fill()
{
    m_shown = m_tags;
    std::stable_partition(m_shown.begin(), m_shown.end(),
                          [&](const auto &tag) { return m_chosen.contains(tag.first); });
    const qsizetype count = std::min(m_shown.size(), MostChips);
    while (m_chips.size() > count)
        delete m_chips.takeLast();
    while (m_chips.size() < count) {
        auto *chip = new TagChip({}, this);
        connect(chip, &QAbstractButton::clicked, this,
                [this, place = m_chips.size()] { Q_EMIT toggled(m_shown.at(place).first); });
        m_chips += chip;
    }
    for (qsizetype i = 0; i < count; ++i) {
        const auto &[tag, number] = m_shown.at(i);
        m_chips[i]->setText(m_counted ? QStringLiteral("%1 %2").arg(tag).arg(number) : tag);
        m_chips[i]->setToolTip(tag);
        m_chips[i]->setAccessibleName(tr("Tag %1, %n recipe(s)", nullptr, number).arg(tag));
        m_chips[i]->setChecked(m_chosen.contains(tag));
    }
    setVisible(!m_tags.isEmpty());
    arrange(width(), true);
    updateGeometry();
}

/// Places the chips in lines as far as there is room, "+9" at the end; returns the height.
int TagChips::arrange(int width, bool moving) const
{
    int x = 0;
    int line = 0;
    qsizetype placed = 0;
    const auto moreWidth = [](qsizetype left) {
        return TagChip(moreText(left)).sizeHint().width();
    };
    for (; placed < m_chips.size(); ++placed) {
        const int wide = std::min(m_chips[placed]->sizeHint().width(), width);
        const qsizetype left = m_tags.size() - placed - 1;
        const bool last = line == m_lines - 1;
        const int reserved = last && left > 0 ? Gap + moreWidth(left) : 0;
        if (x > 0 && x + wide + (last ? reserved : 0) > width) {
            if (last)
                break;
            x = 0;
            ++line;
            --placed;
            continue;
        }
        if (moving) {
            m_chips[placed]->setGeometry(x, line * (Height + Gap), wide, Height);
            m_chips[placed]->show();
        }
        x += wide + Gap;
    }
    if (moving) {
        for (qsizetype i = placed; i < m_chips.size(); ++i)
            m_chips[i]->hide();
        const qsizetype left = m_tags.size() - placed;
        m_more->setText(moreText(left));
        m_more->setVisible(left > 0);
        m_more->setGeometry(x, line * (Height + Gap), moreWidth(left), Height);
        m_more->setAccessibleName(tr("All tags, %n more", nullptr, int(left)));
    }
    return m_chips.isEmpty() ? 0 : (line + 1) * Height + line * Gap;
}

int TagChips::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize TagChips::sizeHint() const
{
    return {200, heightForWidth(width())};
}

void TagChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

void TagChips::openAll()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Tags tags = m_tags.mid(0, MostInMenu);
    for (const auto &[tag, number] : tags) {
        QString text = tag.left(80);
        text.replace(u'&', QLatin1String("&&"));
        QAction *action = menu->addAction(QStringLiteral("%1\t%2").arg(text).arg(number), this,
                                          [this, name = tag] { Q_EMIT toggled(name); });
        action->setCheckable(true);
        action->setChecked(m_chosen.contains(tag));
    }
    menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 4)));
}

} // namespace simmer::ui

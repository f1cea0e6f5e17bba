// SPDX-License-Identifier: GPL-3.0-or-later
#include "library/SortButton.h"

#include "models/LibraryModel.h"
#include "theme/Icons.h"
#include "theme/SimmerStyle.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "words/LibraryWords.h"

#include <QFontMetricsF>
#include <QMenu>
#include <QPainter>

#include <cmath>

namespace simmer::ui {

namespace {

constexpr int Height = 32;
constexpr int Pad = 10;
constexpr qreal Chevron = 16;

} // namespace

SortButton::SortButton(LibraryModel &model, QWidget *parent)
    : QAbstractButton(parent)
    , m_model(model)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &SortButton::openMenu);
    connect(&model, &LibraryModel::chosenOtherwise, this, &SortButton::refresh);
    refresh();
}

void SortButton::refresh()
{
    setText(LibraryWords::order(m_model.order()));
    setAccessibleName(tr("Sorted: %1").arg(text()));
    updateGeometry();
    update();
}

QSize SortButton::sizeHint() const
{
    const qreal words = QFontMetricsF(textFont(13, QFont::Medium)).horizontalAdvance(text());
    return {int(std::ceil(words + Chevron)) + 2 * Pad + 8, Height};
}

void SortButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens.hover);
        painter.drawRoundedRect(rect(), 8, 8);
    }
    painter.setPen(tokens.ink2);
    painter.setFont(textFont(13, QFont::Medium));
    painter.drawText(rect().adjusted(Pad, 0, -Pad - int(Chevron), 0),
                     Qt::AlignVCenter | Qt::AlignLeft, text());
    paintIcon(painter, QRectF(width() - Pad - Chevron, (height() - Chevron) / 2, Chevron, Chevron),
              QLatin1String("chevron-down"), tokens.ink3);
    if (hasFocus())
        paintFocus(painter, QRectF(rect()).adjusted(1, 1, -1, -1), 7, palette());
}

void SortButton::openMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QList<LibraryOrder> orders{LibraryOrder::Cooked, LibraryOrder::Title, LibraryOrder::Added,
                               LibraryOrder::Time};
    if (!m_model.search().isEmpty())
        orders.prepend(LibraryOrder::Match);
    for (const LibraryOrder order : std::as_const(orders)) {
        QAction *action = menu->addAction(LibraryWords::order(order), this,
                                          [this, order] { m_model.setOrder(order); });
        action->setCheckable(true);
        action->setChecked(order == m_model.order());
    }
    menu->popup(mapToGlobal(QPoint(0, height() + 4)));
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/DeviceRow.h"

#include "theme/Icons.h"
#include "theme/Tokens.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/ShareWords.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace simmer::ui {

namespace {

constexpr int Height = 66;
constexpr int Tile = 40;
constexpr int PresenceWidth = 150;
constexpr int OneLineFrom = 520; // below, the presence stands in place of the membership
constexpr int Dot = 8;

} // namespace

DeviceRow::DeviceRow(const SharedDevice &device, QWidget *parent)
    : QWidget(parent)
    , m_device(device)
    , m_name(new InkLabel(textFont(15, QFont::DemiBold), InkLabel::Ink::Full))
    , m_caption(new InkLabel(textFont(13), InkLabel::Ink::Secondary))
    , m_presence(new InkLabel(textFont(13), InkLabel::Ink::Secondary))
    , m_this(new InkLabel(textFont(13), InkLabel::Ink::Caption, tr("This device")))
    , m_remove(new FlatButton({}, tr("Remove")))
{
    setFixedHeight(Height);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Tile + 14, 0, 2, 1);
    row->setSpacing(12);
    auto *words = new QVBoxLayout;
    words->setSpacing(2);
    words->addStretch(1);
    for (InkLabel *label : {m_name, m_caption}) {
        label->setElided(true);
        words->addWidget(label);
    }
    words->addStretch(1);
    row->addLayout(words, 1);
    m_presence->setContentsMargins(Dot + 8, 0, 0, 0);
    m_presence->setFixedWidth(PresenceWidth);
    m_presence->setElided(true);
    row->addWidget(m_presence);
    m_remove->setRole(FlatButton::Role::Danger);
    m_this->setFixedWidth(m_remove->sizeHint().width()); // so that all dots stand below each other
    m_this->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(m_this);
    row->addWidget(m_remove);
    connect(m_remove, &QAbstractButton::clicked, this, &DeviceRow::removeWished);
}

void DeviceRow::set(const SharedDevice &device, qint64 now)
{
    m_device = device;
    m_now = now;
    m_name->setText(device.name);
    m_name->setToolTip(device.name);
    m_presence->setText(ShareWords::presence(device, now));
    m_this->setVisible(device.isThis);
    m_remove->setVisible(!device.isThis);
    m_remove->setAccessibleName(tr("Remove %1").arg(device.name));
    setAccessibleName(QStringLiteral("%1, %2, %3")
                          .arg(device.name, ShareWords::membership(device, now), presence()));
    review();
}

/// Each piece where there is room for it.
void DeviceRow::review()
{
    const bool isWide = width() >= OneLineFrom;
    m_presence->setVisible(isWide);
    m_caption->setText(isWide ? ShareWords::membership(m_device, m_now) : presence());
    m_caption->setContentsMargins(isWide ? 0 : Dot + 8, 0, 0, 0);
    update();
}

void DeviceRow::resizeEvent(QResizeEvent *)
{
    review();
}

QString DeviceRow::presence() const
{
    return m_presence->text();
}

void DeviceRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Tokens &tokens = tokensOf(*this);
    const QRectF tile(0, (height() - 1 - Tile) / 2.0, Tile, Tile);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.sunken);
    painter.drawRoundedRect(tile, 8, 8);
    paintIcon(painter, tile.adjusted(10, 10, -10, -10),
              QLatin1String(m_device.isThis ? "laptop" : "desktop"), tokens.ink2);
    painter.setBrush(m_device.isHere ? tokens.done : tokens.pause);
    const QWidget *beside = width() >= OneLineFrom ? m_presence : m_caption;
    const qreal middle = QRectF(beside->geometry()).center().y();
    painter.drawEllipse(QRectF(beside->x(), middle - Dot / 2.0, Dot, Dot));
    painter.fillRect(0, height() - 1, width(), 1, tokens.line);
}

} // namespace simmer::ui

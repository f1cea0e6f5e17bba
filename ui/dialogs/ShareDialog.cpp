// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/ShareDialog.h"

#include "theme/Type.h"
#include "widgets/CodeCard.h"
#include "widgets/DeviceRow.h"
#include "widgets/FlatButton.h"
#include "widgets/IconLabel.h"
#include "widgets/NoticeBar.h"
#include "widgets/Panel.h"
#include "widgets/QrView.h"
#include "widgets/Segments.h"
#include "widgets/SwitchButton.h"
#include "words/ShareWords.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace simmer::ui {

namespace {

using State = SharingStatus::State;

constexpr int CodeMs = 5 * 60 * 1000; // a full ring; how long a code is good the server says
constexpr int QrSize = 236;           // four pixels a module of a usual invitation
constexpr int InvitationWidth = 312;
constexpr int OfferWidth = 520;

QScrollArea *scrolled(QWidget *inside)
{
    auto *area = new QScrollArea;
    area->setWidget(inside);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->viewport()->setAutoFillBackground(false);
    inside->setAutoFillBackground(false);
    return area;
}

InkLabel *wrapped(int pixels, InkLabel::Ink ink, const QString &text = {})
{
    auto *label = new InkLabel(textFont(pixels), ink, text);
    label->setWordWrap(true);
    return label;
}

/// 16 groups in two lines.
QString inTwoLines(const QString &key)
{
    const qsizetype half = key.size() / 2;
    const qsizetype gap = key.indexOf(QLatin1Char(' '), half - 1);
    return gap < 0 ? key : key.left(gap) + QLatin1Char('\n') + key.mid(gap + 1);
}

} // namespace

ShareDialog::ShareDialog(Sharing &sharing, QWidget *parent)
    : QDialog(parent)
    , m_sharing(sharing)
    , m_notice(new NoticeBar(NoticeBar::Tone::Trouble, tr("Close")))
    , m_pages(new QStackedWidget)
{
    setWindowTitle(tr("Share this kitchen"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeader());
    column->addWidget(m_notice);
    m_pages->addWidget(makeOffer());
    m_pages->addWidget(makeShared());
    column->addWidget(m_pages, 1);
    column->addWidget(makeFooter());
    setMinimumSize(720, 480);
    resize(1040, 700);
    m_seconds.setInterval(1000);
    wire();
    review();
}

QWidget *ShareDialog::makeHeader()
{
    auto *header = new Panel(Panel::Ground::Page, Qt::BottomEdge);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(24, 16, 20, 17);
    row->setSpacing(10);
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(new InkLabel(displayFont(20), InkLabel::Ink::Full, tr("Share this kitchen")));
    auto *caption = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                                 tr("Whoever joins with the code sees the same timers."));
    caption->setElided(true);
    words->addWidget(caption);
    row->addLayout(words, 1);
    m_switchWord = new InkLabel(textFont(14, QFont::Medium), InkLabel::Ink::Full);
    row->addWidget(m_switchWord);
    m_switch = new SwitchButton;
    m_switch->setAccessibleName(tr("Sharing"));
    row->addWidget(m_switch);
    return header;
}

/// What is seen while it is off.
QWidget *ShareDialog::makeOffer()
{
    auto *page = new Panel(Panel::Ground::Page, {});
    auto *middle = new QVBoxLayout;
    middle->setSpacing(14);
    middle->addStretch(2);
    middle->addWidget(new IconLabel(QLatin1String("people"), 48));
    m_offerTitle = new InkLabel(displayFont(22), InkLabel::Ink::Full);
    m_offerTitle->setWordWrap(true);
    middle->addWidget(m_offerTitle);
    m_offer = wrapped(15, InkLabel::Ink::Secondary);
    middle->addWidget(m_offer);
    m_trouble = wrapped(15, InkLabel::Ink::Trouble);
    middle->addWidget(m_trouble);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(10);
    m_start = new FlatButton(QLatin1String("share"), tr("Share this kitchen"));
    m_start->setRole(FlatButton::Role::Filled);
    m_otherPort = new FlatButton({}, {});
    m_otherPort->setRole(FlatButton::Role::Filled);
    m_join = new FlatButton({}, tr("Join another kitchen…"));
    m_join->setRole(FlatButton::Role::Outlined);
    for (FlatButton *button : {m_otherPort, m_start, m_join})
        buttons->addWidget(button);
    buttons->addStretch(1);
    middle->addSpacing(6);
    middle->addLayout(buttons);
    middle->addStretch(3);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(24, 16, 24, 16);
    auto *inside = new QWidget;
    inside->setMaximumWidth(OfferWidth);
    middle->setContentsMargins(0, 0, 0, 0);
    inside->setLayout(middle);
    row->addStretch(1);
    row->addWidget(inside, 100);
    row->addStretch(1);
    return page;
}

QWidget *ShareDialog::makeShared()
{
    auto *page = new QWidget;
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(makeInvitation());
    row->addWidget(makeDevices(), 1);
    return page;
}

/// The left side: all that another device needs.
QWidget *ShareDialog::makeInvitation()
{
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(6);
    m_qr = new QrView;
    m_qr->setFixedSize(QrSize, QrSize);
    column->addWidget(m_qr, 0, Qt::AlignHCenter);
    column->addSpacing(6);
    auto *how = wrapped(13, InkLabel::Ink::Secondary,
                        tr("On the other device choose\nKitchen ▸ Join kitchen and enter"));
    how->setAlignment(Qt::AlignHCenter);
    column->addWidget(how);
    m_address = new InkLabel(displayFont(18), InkLabel::Ink::Full);
    m_address->setAlignment(Qt::AlignHCenter);
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_address);
    m_moreAddresses = wrapped(13, InkLabel::Ink::Secondary);
    m_moreAddresses->setAlignment(Qt::AlignHCenter);
    column->addWidget(m_moreAddresses);
    column->addSpacing(6);
    m_code = new CodeCard;
    column->addWidget(m_code);
    column->addStretch(1);
    auto *side = new Panel(Panel::Ground::Window, Qt::RightEdge);
    side->setFixedWidth(InvitationWidth);
    auto *fill = new QVBoxLayout(side);
    fill->setContentsMargins(0, 0, 1, 0);
    fill->addWidget(scrolled(inside));
    return side;
}

/// The right side: who is in the kitchen, its key, and what the next device may do.
QWidget *ShareDialog::makeDevices()
{
    auto *side = new Panel(Panel::Ground::Page, {});
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(24, 18, 24, 18);
    column->setSpacing(8);
    auto *head = new QHBoxLayout;
    head->addWidget(
        new InkLabel(displayFont(15), InkLabel::Ink::Full, tr("Devices in this kitchen")));
    m_count = new InkLabel(textFont(13), InkLabel::Ink::Caption);
    head->addWidget(m_count);
    head->addStretch(1);
    column->addLayout(head);
    auto *list = new QWidget;
    m_rows = new QVBoxLayout(list);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addStretch(1);
    column->addWidget(scrolled(list), 1);
    column->addWidget(makeRolePick());
    m_keyCaption = wrapped(13, InkLabel::Ink::Secondary,
                           tr("This kitchen’s key. The other device shows the same:"));
    column->addWidget(m_keyCaption);
    m_key = new InkLabel(textFont(13, QFont::Medium), InkLabel::Ink::Full);
    m_key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_key);
    return side;
}

QWidget *ShareDialog::makeRolePick()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 8, 0, 8);
    row->setSpacing(16);
    m_whatMay = wrapped(14, InkLabel::Ink::Secondary);
    row->addWidget(m_whatMay, 1);
    m_role = new Segments;
    m_role->setAccessibleName(tr("Role of whoever joins"));
    for (const Role role : {Role::Owner, Role::Cook, Role::Viewer})
        m_role->add(int(role), ShareWords::role(role));
    m_role->choose(int(Role::Cook));
    row->addWidget(m_role);
    return box;
}

QWidget *ShareDialog::makeFooter()
{
    auto *footer = new Panel(Panel::Ground::Page, Qt::TopEdge);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(24, 13, 16, 12);
    row->setSpacing(10);
    row->addWidget(new IconLabel(QLatin1String("globe"), 18));
    auto *words = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                               tr("Stays inside your home network. No account, nothing in a "
                                  "cloud."));
    words->setElided(true);
    row->addWidget(words, 1);
    m_done = new QPushButton(tr("Done"));
    m_done->setAutoDefault(false);
    connect(m_done, &QPushButton::clicked, this, &QDialog::accept);
    row->addWidget(m_done);
    return footer;
}

void ShareDialog::wire()
{
    connect(m_switch, &QAbstractButton::clicked, this, [this](bool on) {
        m_wantsCode = on;
        if (on)
            m_sharing.switchOn();
        else
            m_sharing.switchOff();
        review(); // what it shows is what is so
    });
    connect(m_start, &QAbstractButton::clicked, m_switch, &QAbstractButton::click);
    connect(m_otherPort, &QAbstractButton::clicked, this, [this] {
        m_wantsCode = true;
        m_sharing.takeOtherPort();
    });
    connect(m_join, &QAbstractButton::clicked, this, [this] {
        accept();
        Q_EMIT joinWished();
    });
    connect(m_code, &CodeCard::newWished, this, &ShareDialog::askForCode);
    connect(m_code, &CodeCard::copyWished, this, &ShareDialog::copyInvitation);
    connect(m_role, &Segments::chosenChanged, this, &ShareDialog::askForCode);
    connect(&m_sharing, &Sharing::changed, this, &ShareDialog::review);
    connect(&m_sharing, &Sharing::joined, this, [this](const QString &name) {
        m_joined = name;
        review();
    });
    connect(&m_sharing, &Sharing::failed, this, [this](const Error &error) {
        if (m_sharing.status().state == State::On) // else the page says it
            m_notice->say(ShareWords::failed(error));
    });
    connect(&m_seconds, &QTimer::timeout, this, &ShareDialog::tick);
}

void ShareDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (m_sharing.status().state == State::On)
        m_done->setFocus(); // else the first Space would switch it off
    else
        m_start->setFocus();
    m_wantsCode = true;
    m_joined.clear();
    m_seconds.start();
    review();
}

void ShareDialog::hideEvent(QHideEvent *event)
{
    m_seconds.stop();
    QDialog::hideEvent(event);
}

void ShareDialog::review()
{
    const SharingStatus &status = m_sharing.status();
    const bool isOn = status.state == State::On;
    m_switch->setChecked(isOn || status.state == State::Starting);
    m_switch->setEnabled(status.state != State::Elsewhere);
    m_switch->setToolTip(status.state == State::Elsewhere ? ShareWords::offer(status) : QString());
    m_switchWord->setText(m_switch->isChecked() ? tr("Sharing on") : tr("Sharing off"));
    m_pages->setCurrentIndex(isOn ? 1 : 0);
    m_done->setDefault(isOn); // the obvious one; while it is off that is to switch it on
    m_whatMay->setText(ShareWords::whatMay(role()));
    if (!isOn)
        return reviewOffer();
    if (std::exchange(m_wantsCode, false) && !status.invitation)
        m_sharing.invite(role());
    reviewInvitation();
    reviewDevices();
}

void ShareDialog::reviewOffer()
{
    const SharingStatus &status = m_sharing.status();
    const bool isElsewhere = status.state == State::Elsewhere;
    m_offerTitle->setText(isElsewhere && !status.kitchen.isEmpty()
                              ? tr("In the kitchen “%1”").arg(status.kitchen)
                              : tr("One kitchen on every device"));
    m_offer->setText(ShareWords::offer(status));
    const QString trouble = ShareWords::notShared(status);
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
    m_otherPort->setVisible(status.takenPort != 0);
    m_otherPort->setText(tr("Use port %1").arg(status.otherPort));
    m_start->setRole(status.takenPort != 0 ? FlatButton::Role::Outlined : FlatButton::Role::Filled);
    m_start->set(QLatin1String("share"),
                 trouble.isEmpty() ? tr("Share this kitchen") : tr("Try again"));
    m_start->setVisible(!isElsewhere);
    m_start->setEnabled(status.state == State::Off);
    m_join->setEnabled(status.state != State::Starting);
}

void ShareDialog::reviewInvitation()
{
    const SharingStatus &status = m_sharing.status();
    m_address->setText(status.addresses.value(0));
    const QStringList more = status.addresses.mid(1);
    m_moreAddresses->setText(tr("Or: %1").arg(more.join(QLatin1String(", "))));
    m_moreAddresses->setVisible(!more.isEmpty());
    m_qr->setText(status.invitation ? status.invitation->link : QString());
    m_key->setText(inTwoLines(status.key));
    m_key->setVisible(!status.key.isEmpty());
    m_keyCaption->setVisible(!status.key.isEmpty());
    tick();
}

void ShareDialog::tick()
{
    const auto &invitation = m_sharing.status().invitation;
    const qint64 left = m_sharing.codeLeftMs();
    if (invitation && left > 0)
        return m_code->setCode(invitation->code, left, CodeMs);
    m_qr->setText({});
    m_code->setNone(m_joined.isEmpty()
                        ? tr("No code is good now. Each works once, for five minutes.")
                        : tr("%1 has joined. The next device needs a new code.").arg(m_joined));
}

void ShareDialog::reviewDevices()
{
    const QList<SharedDevice> &devices = m_sharing.status().devices;
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    const auto same = [](const DeviceRow *row, const SharedDevice &device) {
        return row->device().id == device.id;
    };
    if (!std::equal(m_devices.cbegin(), m_devices.cend(), devices.cbegin(), devices.cend(), same)) {
        qDeleteAll(std::exchange(m_devices, {}));
        for (const SharedDevice &device : devices) {
            auto *row = new DeviceRow(device);
            connect(row, &DeviceRow::removeWished, this,
                    [this, row] { askToRemove(row->device()); });
            m_rows->insertWidget(int(m_devices.size()), row);
            m_devices += row;
        }
    }
    for (qsizetype i = 0; i < devices.size(); ++i)
        m_devices[i]->set(devices[i], now);
    m_count->setText(QString::number(devices.size()));
}

Role ShareDialog::role() const
{
    return Role(m_role->chosen());
}

void ShareDialog::askForCode()
{
    m_joined.clear();
    m_whatMay->setText(ShareWords::whatMay(role()));
    m_sharing.invite(role());
}

void ShareDialog::copyInvitation()
{
    if (const auto &invitation = m_sharing.status().invitation)
        QGuiApplication::clipboard()->setText(invitation->link);
}

void ShareDialog::askToRemove(const SharedDevice &device)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Remove device"),
                                tr("Remove %1 from this kitchen?").arg(device.name),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText); // a name comes from the other device
    box->setInformativeText(ShareWords::removal(device));
    QPushButton *remove = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(remove, &QPushButton::clicked, this, [this, id = device.id] { m_sharing.remove(id); });
    box->open();
}

} // namespace simmer::ui

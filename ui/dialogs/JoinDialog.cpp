// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/JoinDialog.h"

#include "syncclient/PairLink.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/Panel.h"
#include "words/Words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSysInfo>

#include <algorithm>

namespace simmer::ui {

namespace {

constexpr int FieldHeight = 36;

/// As high as its field, so that both stand on one line.
QLabel *fieldLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setMinimumHeight(FieldHeight);
    return label;
}

/// "4R7K-2M9X-ABCD-EFGH", as codes are shown everywhere.
QString grouped(QString code)
{
    static const QRegularExpression four(QStringLiteral("(.{4})(?=.)"));
    return code.replace(four, QStringLiteral("\\1-"));
}

} // namespace

JoinDialog::JoinDialog(syncclient::SyncClient &client, QWidget *parent)
    : QDialog(parent)
    , m_client(client)
    , m_server(new QLineEdit)
    , m_code(new QLineEdit)
    , m_device(new QLineEdit(QSysInfo::machineHostName()))
    , m_found(new InkLabel(textFont(13), InkLabel::Ink::Secondary, tr("Seen in your home:")))
    , m_neighbours(new QVBoxLayout)
    , m_key(new InkLabel(textFont(13), InkLabel::Ink::Secondary))
    , m_trouble(new InkLabel(textFont(14), InkLabel::Ink::Trouble))
{
    setWindowTitle(tr("Join kitchen"));
    setMinimumWidth(460);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(new InkLabel(displayFont(20), InkLabel::Ink::Full, tr("Join a kitchen")));
    auto *intro = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                               tr("On a device of the kitchen choose Kitchen ▸ Share this kitchen, "
                                  "or run “simmerd invite” where its server is. That shows an "
                                  "address and a code that works once. An invitation that was "
                                  "copied there can be pasted as the address."));
    intro->setWordWrap(true);
    column->addWidget(intro);
    m_found->hide();
    column->addWidget(m_found);
    m_neighbours->setSpacing(6);
    column->addLayout(m_neighbours);
    auto *form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->setHorizontalSpacing(16);
    m_server->setPlaceholderText(QStringLiteral("kitchen.local:7464"));
    m_code->setPlaceholderText(QStringLiteral("ABCD-EFGH-JKLM-NPQR"));
    form->addRow(fieldLabel(tr("&Server address")), m_server);
    form->addRow(fieldLabel(tr("One-time &code")), m_code);
    form->addRow(fieldLabel(tr("&Name of this device")), m_device);
    for (int row = 0; row < form->rowCount(); ++row)
        qobject_cast<QLabel *>(form->itemAt(row, QFormLayout::LabelRole)->widget())
            ->setBuddy(form->itemAt(row, QFormLayout::FieldRole)->widget());
    column->addLayout(form);
    m_key->setWordWrap(true);
    m_key->hide();
    column->addWidget(m_key);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    column->addWidget(m_trouble);
    column->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_join = buttons->addButton(tr("Join"), QDialogButtonBox::AcceptRole);
    m_join->setDefault(true);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &JoinDialog::join);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_server, &QLineEdit::textChanged, this, &JoinDialog::takeInvitation);
    for (QLineEdit *field : {m_server, m_code, m_device}) {
        field->setMinimumHeight(FieldHeight);
        connect(field, &QLineEdit::textChanged, this, &JoinDialog::review);
    }
    connect(&client, &syncclient::SyncClient::paired, this, &QDialog::accept);
    connect(&client, &syncclient::SyncClient::pairingFailed, this, [this](const Error &error) {
        setBusy(false);
        m_trouble->setText(Words::trouble(error));
        m_trouble->show();
    });
    review();
}

void JoinDialog::offer(syncclient::Neighbours &neighbours)
{
    const QList<syncclient::Neighbour> all = neighbours.all();
    for (const syncclient::Neighbour &neighbour : all)
        add(neighbour);
    connect(&neighbours, &syncclient::Neighbours::found, this, &JoinDialog::add);
    connect(&neighbours, &syncclient::Neighbours::lost, this, [this](const QString &name) {
        delete findChild<FlatButton *>(name);
        m_found->setVisible(m_neighbours->count() > 0);
    });
}

/// Found anew, it has another address.
void JoinDialog::add(const syncclient::Neighbour &neighbour)
{
    delete findChild<FlatButton *>(neighbour.name);
    auto *button = new FlatButton(
        QLatin1String("people"), tr("%1 at %2").arg(neighbour.name, neighbour.address.authority()));
    button->setObjectName(neighbour.name);
    button->setRole(FlatButton::Role::Outlined);
    button->setToolTip(
        tr("Its key begins with %1").arg(QString::fromLatin1(neighbour.fingerprint)));
    connect(button, &QAbstractButton::clicked, this, [this, address = neighbour.address] {
        m_server->setText(address.toString());
        m_code->setFocus();
    });
    m_neighbours->addWidget(button);
    button->show(); // now, so that it is counted
    m_found->show();
    grow();
}

/// What has come needs room; the fields keep theirs.
void JoinDialog::grow()
{
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

/// Until the address is changed, only the key that the invitation named will do; it stands here
/// for comparing.
void JoinDialog::takeInvitation()
{
    const auto link = syncclient::pairLinkIn(m_server->text());
    m_key->setVisible(link && link->key);
    m_serverKey = link ? link->key : std::nullopt;
    if (!link)
        return;
    m_code->setText(grouped(link->code));
    const QSignalBlocker quiet(m_server); // what follows is no invitation any more
    m_server->setText(link->server().toString());
    if (link->key)
        m_key->setText(tr("The kitchen’s key: %1").arg(link->key->toText()));
    grow();
}

void JoinDialog::review()
{
    m_join->setEnabled(!m_server->text().trimmed().isEmpty() &&
                       !m_code->text().trimmed().isEmpty() &&
                       !m_device->text().trimmed().isEmpty());
}

void JoinDialog::join()
{
    QString address = m_server->text().trimmed();
    if (!address.contains(QLatin1String("://")))
        address.prepend(QLatin1String("wss://"));
    setBusy(true);
    m_trouble->hide();
    m_client.pair(QUrl(address, QUrl::StrictMode), m_code->text().trimmed(),
                  m_device->text().trimmed(), m_serverKey);
}

void JoinDialog::setBusy(bool busy)
{
    m_join->setEnabled(!busy);
    m_join->setText(busy ? tr("Joining…") : tr("Join"));
    for (QLineEdit *field : {m_server, m_code, m_device})
        field->setEnabled(!busy);
    for (FlatButton *button : findChildren<FlatButton *>())
        button->setEnabled(!busy);
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/JoinDialog.h"

#include "theme/Type.h"
#include "widgets/Panel.h"
#include "words/Words.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSysInfo>

namespace simmer::ui {

namespace {

/// As high as its field, so that both stand on one line.
QLabel *fieldLabel(const QString &text)
{
    auto *label = new QLabel(text);
    label->setMinimumHeight(36);
    return label;
}

} // namespace

JoinDialog::JoinDialog(syncclient::SyncClient &client, QWidget *parent)
    : QDialog(parent)
    , m_client(client)
    , m_server(new QLineEdit)
    , m_code(new QLineEdit)
    , m_device(new QLineEdit(QSysInfo::machineHostName()))
    , m_trouble(new InkLabel(textFont(14), InkLabel::Ink::Trouble))
{
    setWindowTitle(tr("Join kitchen"));
    setMinimumWidth(460);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 20);
    column->setSpacing(12);
    column->addWidget(new InkLabel(displayFont(20), InkLabel::Ink::Full, tr("Join a kitchen")));
    auto *intro = new InkLabel(textFont(14), InkLabel::Ink::Secondary,
                               tr("Run “simmerd invite” where the kitchen’s server is. It prints "
                                  "its address and a code that works once."));
    intro->setWordWrap(true);
    column->addWidget(intro);
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
    for (QLineEdit *field : {m_server, m_code, m_device})
        connect(field, &QLineEdit::textChanged, this, &JoinDialog::review);
    connect(&client, &syncclient::SyncClient::paired, this, &QDialog::accept);
    connect(&client, &syncclient::SyncClient::pairingFailed, this, [this](const Error &error) {
        setBusy(false);
        m_trouble->setText(Words::trouble(error));
        m_trouble->show();
    });
    review();
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
                  m_device->text().trimmed());
}

void JoinDialog::setBusy(bool busy)
{
    m_join->setEnabled(!busy);
    m_join->setText(busy ? tr("Joining…") : tr("Join"));
    for (QLineEdit *field : {m_server, m_code, m_device})
        field->setEnabled(!busy);
}

} // namespace simmer::ui

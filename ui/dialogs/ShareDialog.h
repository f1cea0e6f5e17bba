// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Sharing.h"

#include <QDialog>
#include <QTimer>

class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace simmer::ui {

class CodeCard;
class DeviceRow;
class FlatButton;
class InkLabel;
class NoticeBar;
class QrView;
class Segments;
class SwitchButton;

/// Switches the kitchen's sharing on and off, lets devices in by a one-time code, and shows who is
/// in. Opened while it is shared it makes a code at once. GUI thread.
class ShareDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShareDialog(Sharing &sharing, QWidget *parent = nullptr);

    /// Shows what of the code's time is left; by itself each second.
    void tick();

Q_SIGNALS:
    /// The person would rather join another kitchen.
    void joinWished();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeHeader();
    QWidget *makeOffer();
    QWidget *makeShared();
    QWidget *makeInvitation();
    QWidget *makeDevices();
    QWidget *makeRolePick();
    QWidget *makeFooter();
    void wire();
    void review();
    void reviewOffer();
    void reviewInvitation();
    void reviewDevices();
    void askForCode();
    void askToRemove(const SharedDevice &device);
    void copyInvitation();
    Role role() const;

    Sharing &m_sharing;
    bool m_wantsCode = false; ///< one is to be made as soon as it is shared
    QString m_joined;         ///< who came in by the last code
    QTimer m_seconds;
    InkLabel *m_switchWord;
    SwitchButton *m_switch;
    NoticeBar *m_notice;
    QStackedWidget *m_pages;
    InkLabel *m_offerTitle;
    InkLabel *m_offer;
    InkLabel *m_trouble;
    FlatButton *m_otherPort;
    FlatButton *m_start;
    FlatButton *m_join;
    QrView *m_qr;
    InkLabel *m_address;
    InkLabel *m_moreAddresses;
    CodeCard *m_code;
    InkLabel *m_count;
    QVBoxLayout *m_rows;
    QList<DeviceRow *> m_devices;
    InkLabel *m_keyCaption;
    InkLabel *m_key;
    Segments *m_role;
    QPushButton *m_done;
    InkLabel *m_whatMay;
};

} // namespace simmer::ui

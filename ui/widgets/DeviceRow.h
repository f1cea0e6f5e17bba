// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/Sharing.h"

#include <QWidget>

namespace simmer::ui {

class FlatButton;
class InkLabel;

/// A device of the kitchen: its name, what it may do, whether it is here, and the way out. GUI
/// thread.
class DeviceRow : public QWidget
{
    Q_OBJECT

public:
    explicit DeviceRow(const SharedDevice &device, QWidget *parent = nullptr);

    /// The same device, with what changed; `now` is wall clock, ms.
    void set(const SharedDevice &device, qint64 now);
    const SharedDevice &device() const { return m_device; }
    QString presence() const;

Q_SIGNALS:
    void removeWished();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void review();

    SharedDevice m_device;
    qint64 m_now = 0; ///< at the last look
    InkLabel *m_name;
    InkLabel *m_caption;
    InkLabel *m_presence;
    InkLabel *m_this;
    FlatButton *m_remove;
};

} // namespace simmer::ui

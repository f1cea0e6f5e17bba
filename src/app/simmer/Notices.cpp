// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Notices.h"

namespace simmer::app {

namespace {

ui::MendedProfile inWindow(const storage::Salvaged &salvaged)
{
    return {salvaged.ops,          salvaged.opsFromBackup,
            salvaged.backup,       salvaged.unreadable == 0,
            salvaged.identityLost, salvaged.damagedFile};
}

} // namespace

void tellInWindow(Device &device, ui::MainWindow &window)
{
    storage::DeviceLog &log = device.log();
    QObject::connect(&device, &Device::salvaged, &window, [&window](const storage::Salvaged &what) {
        window.showMended(inWindow(what));
    });
    QObject::connect(&device, &Device::backupFailed, &window, &ui::MainWindow::showBackupFailed);
    QObject::connect(&device, &Device::ready, &log, &storage::DeviceLog::readRefused);
    QObject::connect(&log, &storage::DeviceLog::opRefused, &log, &storage::DeviceLog::readRefused);
    QObject::connect(&log, &storage::DeviceLog::refusedRead, &window,
                     [&device, &window](const QList<storage::RefusedOp> &list) {
                         QList<ui::RefusedPress> presses;
                         for (const storage::RefusedOp &refused : list)
                             presses += {refused.op, device.nameOf(refused.op), refused.why};
                         window.setRefused(presses);
                     });
}

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Notices.h"

#include "storage/photos/BlobShelf.h"

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

void bringPhotos(Device &device, ui::PhotoSource &photos)
{
    using storage::BlobShelf;
    BlobShelf &shelf = device.log().blobs();
    QObject::connect(&photos, &ui::PhotoSource::bytesWished, &photos,
                     [&shelf](const BlobHash &photo) { shelf.read(photo); });
    QObject::connect(&shelf, &BlobShelf::photoRead, &photos, &ui::PhotoSource::take);
    QObject::connect(&shelf, &BlobShelf::photoMissing, &photos, &ui::PhotoSource::lack);
    QObject::connect(&shelf, &BlobShelf::arrived, &photos, &ui::PhotoSource::arrived);
}

} // namespace simmer::app

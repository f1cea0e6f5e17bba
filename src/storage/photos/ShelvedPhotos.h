// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/PhotoStore.h"
#include "storage/photos/BlobShelf.h"

namespace simmer::storage {

/// The device's shelf as the place where the window puts photos. Lives in the GUI thread.
class ShelvedPhotos : public recipes::PhotoStore
{
    Q_OBJECT

public:
    /// `shelf` must outlive it.
    explicit ShelvedPhotos(BlobShelf &shelf, QObject *parent = nullptr);

    void keep(const QByteArray &bytes) override;

private:
    BlobShelf &m_shelf;
};

} // namespace simmer::storage

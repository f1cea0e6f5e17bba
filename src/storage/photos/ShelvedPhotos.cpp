// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/photos/ShelvedPhotos.h"

namespace simmer::storage {

ShelvedPhotos::ShelvedPhotos(BlobShelf &shelf, QObject *parent)
    : PhotoStore(parent)
    , m_shelf(shelf)
{
    connect(&shelf, &BlobShelf::kept, this, &PhotoStore::kept);
    connect(&shelf, &BlobShelf::keepFailed, this, &PhotoStore::notKept);
}

void ShelvedPhotos::keep(const QByteArray &bytes)
{
    m_shelf.keep(bytes);
}

} // namespace simmer::storage

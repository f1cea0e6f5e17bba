// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Blob.h"
#include "base/Error.h"

#include <QObject>

namespace simmer::recipes {

/// Where the bytes of photos are put before a recipe names them (ui::PhotoSource reads them). Lives
/// in its owner's thread (the GUI); commands return at once.
class PhotoStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// kept() when they are durable, or notKept(), both with BlobHash::of(bytes).
    virtual void keep(const QByteArray &bytes) = 0;

Q_SIGNALS:
    void kept(const simmer::BlobHash &photo);
    void notKept(const simmer::BlobHash &photo, const simmer::Error &error);
};

} // namespace simmer::recipes

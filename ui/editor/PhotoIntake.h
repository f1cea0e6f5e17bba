// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Expected.h"
#include "recipes/PhotoStore.h"

#include <QImage>
#include <QMimeData>
#include <QObject>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace simmer::ui {

/// The bytes that are kept of a picture: the picture's own, or, where it is very large, those of a
/// smaller one. Any thread. Errors: BadSyntax, TooLarge.
Expected<QByteArray> photoToKeep(const QByteArray &bytes);

/// Takes pictures from files, the clipboard and what is dropped: checked and scaled in a thread of
/// its own, then kept, so that a recipe may name them. GUI thread.
class PhotoIntake : public QObject
{
    Q_OBJECT

public:
    /// `store` must outlive it.
    explicit PhotoIntake(recipes::PhotoStore &store, QObject *parent = nullptr);
    ~PhotoIntake() override;

    void takeFile(const QString &path);
    void takeImage(const QImage &image);
    /// Files and images; whether there were any.
    bool take(const QMimeData &dropped);
    static bool isTaken(const QMimeData &dropped);
    bool isBusy() const { return m_underWay > 0; }

Q_SIGNALS:
    /// It is durable.
    void taken(const simmer::BlobHash &photo);
    void notTaken(const simmer::Error &error);

private:
    void begin(std::function<Expected<QByteArray>()> read);

    recipes::PhotoStore &m_store;
    QSet<BlobHash> m_asked;
    int m_underWay = 0;
    QThreadPool m_readers; ///< last: their work uses what stands above
};

} // namespace simmer::ui

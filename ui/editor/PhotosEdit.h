// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/Manuscript.h"
#include "models/PhotoSource.h"

#include <QWidget>

class QHBoxLayout;

namespace simmer::ui {

class FlatButton;

/// The recipe's pictures while it is written: the first one large, the others below; each can be
/// moved and removed by its menu or keys. GUI thread.
class PhotosEdit : public QWidget
{
    Q_OBJECT

public:
    /// Without `photos` only the painted cover is shown.
    PhotosEdit(Manuscript &manuscript, PhotoSource *photos, QWidget *parent = nullptr);

    void add(const BlobHash &photo);
    void move(const BlobHash &photo, int by);
    void remove(const BlobHash &photo);

Q_SIGNALS:
    void fileWished();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void openMenu(const BlobHash &photo, QWidget *at);

    Manuscript &m_manuscript;
    PhotoSource *m_photos;
    QList<BlobHash> m_shown;
    FlatButton *m_add;
    QWidget *m_strip;
    QHBoxLayout *m_thumbs;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace simmer::ui {

/// The wide picture on top of a recipe, a photo or a cover; decorative. GUI thread.
class HeroView : public QWidget
{
    Q_OBJECT

public:
    explicit HeroView(const QString &cover, QWidget *parent = nullptr);

    /// Shows this instead of the cover, cut to fit; a null one shows the cover again.
    void setPhoto(const QImage &photo);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_cover;
    QImage m_photo;
    QPixmap m_scaled; ///< the photo as it was painted last
};

} // namespace simmer::ui

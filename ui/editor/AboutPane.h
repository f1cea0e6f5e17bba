// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/ManuscriptEdit.h"
#include "widgets/Panel.h"

class QVBoxLayout;

namespace simmer::ui {

class FlatButton;
class PhotosEdit;
class PhotoSource;
class TagsEdit;

/// What a recipe is, beside how it is cooked: pictures, title, yields, times, tags, source. GUI
/// thread; owned by the editor.
class AboutPane : public Panel
{
    Q_OBJECT

public:
    AboutPane(Manuscript &manuscript, PhotoSource *photos, QWidget *parent = nullptr);

    PhotosEdit *photos() const { return m_photos; }
    ManuscriptLine *title() const { return m_title; }
    /// Brings this text into sight and focus; whether it is one of its own.
    bool reveal(const TextPlace &place);
    /// What stands half typed in its fields counts.
    void takeTyped();

Q_SIGNALS:
    void imagePasted(const QMimeData *image);

private:
    void makeFields(QVBoxLayout &column);
    void showFavourite();

    Manuscript &m_manuscript;
    PhotosEdit *m_photos;
    ManuscriptLine *m_title;
    ManuscriptEdit *m_summary;
    ManuscriptLine *m_yields;
    ManuscriptLine *m_source;
    ManuscriptLine *m_language;
    TagsEdit *m_tags;
    FlatButton *m_favourite;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/DraftKeeper.h"
#include "editor/Manuscript.h"
#include "editor/RecipeSaver.h"
#include "recipes/PhotoStore.h"

#include <QWidget>

#include <functional>
#include <memory>

class QHBoxLayout;
class QStackedWidget;

namespace simmer::ui {

class AboutPane;
class Bar;
class EditorTab;
class FlatButton;
class InkLabel;
class LinesEdit;
class ManuscriptEdit;
class NoticeBar;
class PhotoIntake;
class PhotoSource;
class StepsPage;
class TimesPane;

/// What an editor works with. Without a shelf drafts are not kept, without a store pictures cannot
/// be added. All must outlive the editor.
struct EditorMeans {
    recipes::RecipeBook &book;
    recipes::DraftShelf *drafts = nullptr;
    recipes::PhotoStore *store = nullptr;
    PhotoSource *photos = nullptr;
};

/// A recipe while it is written: what it is at the left, ingredients, steps and notes in the
/// middle, the times of the step at the right. GUI thread; owned by EditorDesk.
class RecipeEditor : public QWidget
{
    Q_OBJECT

public:
    RecipeEditor(std::unique_ptr<Manuscript> manuscript, const EditorMeans &means,
                 QWidget *parent = nullptr);
    ~RecipeEditor() override;

    Manuscript &manuscript() { return *m_manuscript; }
    RecipeSaver &saver() { return *m_saver; }
    StepsPage *steps() const { return m_steps; }
    TimesPane *times() const { return m_times; }
    /// What stands half typed in fields counts; then saves. `then` runs once it is in the book.
    void save(const std::function<void()> &then = {});
    /// Asks whether to save, discard or stay, if anything changed; `then` runs unless they stay.
    void leave(const std::function<void()> &then);
    /// Says something about this recipe until it is closed, with one thing to do.
    void offer(const QString &text, const std::function<void()> &action);
    void focusFirst();

Q_SIGNALS:
    void saved(const simmer::RecipeId &recipe);
    /// It can go: everything is saved, or was discarded.
    void closeWished();
    void discarded(const simmer::recipes::RecipeDraft &draft);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    enum Page { About, Ingredients, Steps, Notes };

    void makeBar(Bar &bar);
    QWidget *makeMiddle();
    void wire();
    void wirePhotos(recipes::PhotoStore &store);
    void wireConflicts();
    void showPage(int page);
    void showCounts();
    void reveal(const TextPlace &place);
    void fit();
    void chooseFile();
    void compare();
    void discard();

    std::unique_ptr<Manuscript> m_manuscript;
    DraftKeeper *m_keeper;
    RecipeSaver *m_saver;
    PhotoIntake *m_intake = nullptr; ///< none without a store
    std::function<void()> m_afterSaving;
    std::function<void()> m_offered;

    InkLabel *m_kept;
    NoticeBar *m_trouble;
    NoticeBar *m_contested;
    NoticeBar *m_news;
    NoticeBar *m_offer;
    FlatButton *m_undo;
    QHBoxLayout *m_columns;
    AboutPane *m_about;
    QStackedWidget *m_pages;
    QHash<int, EditorTab *> m_tabs;
    LinesEdit *m_ingredients;
    StepsPage *m_steps;
    ManuscriptEdit *m_notes;
    TimesPane *m_times;
    QWidget *m_middle;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/RecipeEditor.h"

#include "editor/AboutPane.h"
#include "editor/CompareDialog.h"
#include "editor/EditorTab.h"
#include "editor/EditorWords.h"
#include "editor/LinesEdit.h"
#include "editor/PhotoIntake.h"
#include "editor/PhotosEdit.h"
#include "editor/StepsPage.h"
#include "editor/TimesPane.h"
#include "theme/Type.h"
#include "widgets/FlatButton.h"
#include "widgets/NoticeBar.h"

#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStackedWidget>

namespace simmer::ui {

namespace {

using Field = TextPlace::Field;

} // namespace

RecipeEditor::RecipeEditor(std::unique_ptr<Manuscript> manuscript, const EditorMeans &means,
                           QWidget *parent)
    : QWidget(parent)
    , m_manuscript(std::move(manuscript))
    , m_keeper(new DraftKeeper(*m_manuscript, means.drafts, this))
    , m_saver(new RecipeSaver(*m_manuscript, means.book, this))
    , m_kept(new InkLabel(textFont(13), InkLabel::Ink::Caption))
    , m_trouble(new NoticeBar(NoticeBar::Tone::Trouble, tr("Close")))
    , m_contested(new NoticeBar(NoticeBar::Tone::Quiet, tr("Compare…")))
    , m_news(new NoticeBar(NoticeBar::Tone::Quiet, tr("Close")))
    , m_offer(new NoticeBar(NoticeBar::Tone::Quiet, tr("Bring back")))
    , m_undo(new FlatButton(QLatin1String("undo"), {}))
    , m_columns(new QHBoxLayout)
    , m_about(new AboutPane(*m_manuscript, means.photos))
    , m_pages(new QStackedWidget)
    , m_ingredients(new LinesEdit(*m_manuscript))
    , m_steps(new StepsPage(*m_manuscript))
    , m_notes(new ManuscriptEdit(*m_manuscript, {Field::Notes}, textFont(16), 28))
    , m_times(new TimesPane(*m_manuscript))
    , m_middle(makeMiddle())
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    auto *bar = new Bar(Panel::Ground::Window);
    makeBar(*bar);
    whole->addWidget(bar);
    for (NoticeBar *notice : {m_trouble, m_contested, m_news, m_offer})
        whole->addWidget(notice);
    m_columns->setSpacing(0);
    m_columns->addWidget(m_middle, 1);
    whole->addLayout(m_columns, 1);
    setMinimumWidth(400);
    setAcceptDrops(true);
    wire();
    wireConflicts();
    if (means.store)
        wirePhotos(*means.store);
    m_about->photos()->findChild<FlatButton *>()->setVisible(means.store != nullptr);
    showCounts();
    showPage(m_manuscript->isNew() ? Ingredients : Steps);
    fit();
}

RecipeEditor::~RecipeEditor()
{
    m_keeper->flush(); // the program ends without having asked
    m_manuscript->undoStack().disconnect(this);
}

void RecipeEditor::makeBar(Bar &bar)
{
    auto *back = new FlatButton(QLatin1String("chevron-left"), {});
    back->setAccessibleName(tr("Back to the recipe"));
    back->setToolTip(tr("Back to the recipe"));
    auto *discardButton = new FlatButton({}, tr("Discard"));
    discardButton->setRole(FlatButton::Role::Urgent);
    auto *saveButton = new FlatButton(QLatin1String("check"), tr("Save"));
    saveButton->setRole(FlatButton::Role::Filled);
    saveButton->setToolTip(tr("Save and show the recipe (Ctrl+S saves and stays here)"));
    bar.row()->addWidget(back);
    bar.row()->addWidget(
        new InkLabel(displayFont(17), InkLabel::Ink::Full,
                     m_manuscript->isNew() ? tr("New recipe") : tr("Edit recipe")));
    bar.row()->addSpacing(6);
    m_kept->setElided(true);
    bar.row()->addWidget(m_kept, 1);
    bar.row()->addWidget(discardButton);
    bar.row()->addWidget(saveButton);
    connect(back, &QAbstractButton::clicked, this,
            [this] { leave([this] { Q_EMIT closeWished(); }); });
    connect(discardButton, &QAbstractButton::clicked, this, &RecipeEditor::discard);
    connect(saveButton, &QAbstractButton::clicked, this,
            [this] { save([this] { Q_EMIT closeWished(); }); });
}

QWidget *RecipeEditor::makeMiddle()
{
    auto *middle = new Panel(Panel::Ground::Page, {});
    auto *column = new QVBoxLayout(middle);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new Bar(Panel::Ground::Page);
    bar->row()->setContentsMargins(20, 0, 12, 1);
    const auto tab = [&](Page page, const QString &text) {
        auto *button = new EditorTab(text);
        m_tabs.insert(page, button);
        bar->row()->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, page] { showPage(page); });
    };
    tab(About, tr("About"));
    tab(Ingredients, tr("Ingredients"));
    tab(Steps, tr("Steps"));
    tab(Notes, tr("Notes"));
    bar->row()->addStretch(1);
    m_undo->setAccessibleName(tr("Undo"));
    bar->row()->addWidget(m_undo);
    column->addWidget(bar);
    const auto page = [this](QWidget *inside, bool padded) {
        auto *holder = new QWidget;
        auto *room = new QVBoxLayout(holder);
        room->setContentsMargins(padded ? 24 : 0, padded ? 12 : 0, padded ? 12 : 0,
                                 padded ? 12 : 0);
        if (inside)
            room->addWidget(inside);
        m_pages->addWidget(holder);
    };
    page(nullptr, false); // About comes in when there is no room at the left
    page(m_ingredients, true);
    page(m_steps, false);
    page(m_notes, true);
    m_notes->setPlaceholderText(tr("What the kitchen learned: more salt, less time"));
    m_notes->setAccessibleName(tr("Notes"));
    column->addWidget(m_pages, 1);
    return middle;
}

void RecipeEditor::wire()
{
    QUndoStack &stack = m_manuscript->undoStack();
    connect(m_undo, &QAbstractButton::clicked, &stack, &QUndoStack::undo);
    const auto showUndo = [this, &stack] {
        m_undo->setEnabled(stack.canUndo());
        m_undo->setToolTip(stack.canUndo() ? tr("Undo: %1 (Ctrl+Z)").arg(stack.undoText())
                                           : tr("Undo (Ctrl+Z)"));
    };
    connect(&stack, &QUndoStack::indexChanged, this, showUndo);
    showUndo();
    connect(m_manuscript.get(), &Manuscript::changed, this, &RecipeEditor::showCounts);
    connect(m_manuscript.get(), &Manuscript::textChanged, this, &RecipeEditor::reveal);
    connect(m_steps->column(), &StepColumn::currentChanged, m_times, &TimesPane::show);
    connect(m_steps->column(), &StepColumn::timeTouched, this, [this](quint64 key, int start) {
        if (key != m_times->key())
            return;
        m_times->light(start);
    });
    connect(m_times, &TimesPane::touched, this, [this](quint64 key, int start) {
        if (LineRow *row = m_steps->column()->row(key); row && row->step())
            row->step()->light(start);
    });
    connect(m_keeper, &DraftKeeper::kept, this, [this](qint64 at) {
        m_kept->setText(tr("Draft kept %1").arg(EditorWords::moment(at)));
    });
    connect(m_keeper, &DraftKeeper::notKept, this, [this](const Error &error) {
        m_kept->clear();
        m_trouble->say(error.code == ErrorCode::DiskFull
                           ? tr("The draft is not kept: disk full. Free some space; all of it is "
                                "still here.")
                           : tr("The draft is not kept. Save soon; all of it is still here."));
    });
    connect(m_saver, &RecipeSaver::saved, this, [this] {
        m_keeper->drop();
        m_kept->setText(
            tr("Saved %1").arg(EditorWords::moment(QDateTime::currentMSecsSinceEpoch())));
        Q_EMIT saved(m_manuscript->id());
        if (const auto then = std::exchange(m_afterSaving, {}))
            then();
    });
    connect(m_saver, &RecipeSaver::notSaved, this, [this](const QString &words) {
        m_afterSaving = {};
        m_trouble->say(words, NoticeBar::Lasting::UntilClosed);
    });
    connect(m_saver, &RecipeSaver::titleWished, this, [this] {
        m_afterSaving = {};
        m_trouble->say(tr("Not saved: the recipe has no title yet."));
        reveal({Field::Title});
        m_about->title()->setFocus();
    });
    connect(m_offer, &NoticeBar::acted, this, [this] {
        if (const auto action = std::exchange(m_offered, {}))
            action();
    });
}

void RecipeEditor::wirePhotos(recipes::PhotoStore &store)
{
    m_intake = new PhotoIntake(store, this);
    connect(m_intake, &PhotoIntake::taken, m_about->photos(), &PhotosEdit::add);
    connect(m_intake, &PhotoIntake::notTaken, this,
            [this](const Error &error) { m_trouble->say(EditorWords::notTaken(error)); });
    connect(m_about->photos(), &PhotosEdit::fileWished, this, &RecipeEditor::chooseFile);
    const auto paste = [this](const QMimeData *image) { m_intake->take(*image); };
    connect(m_about, &AboutPane::imagePasted, this, paste);
    connect(m_ingredients, &ManuscriptEdit::imagePasted, this, paste);
    connect(m_notes, &ManuscriptEdit::imagePasted, this, paste);
    connect(m_steps->column(), &StepColumn::imagePasted, this, paste);
}

void RecipeEditor::wireConflicts()
{
    const auto who = [this](const QStringList &fields) {
        const QString writer = m_saver->writerOf(fields);
        return writer.isEmpty() ? tr("Somebody") : writer;
    };
    const auto showContested = [this, who] {
        const QStringList fields = m_saver->contested();
        if (fields.isEmpty())
            return m_contested->unsay();
        m_contested->say(tr("%1 changed %2 too. Yours stays here.")
                             .arg(who(fields), EditorWords::fields(fields)),
                         NoticeBar::Lasting::UntilClosed);
    };
    connect(m_saver, &RecipeSaver::contestedChanged, this, showContested);
    connect(m_saver, &RecipeSaver::flowedIn, this, [this, who](const QStringList &fields) {
        m_news->say(tr("%1 changed %2: it reads so here now.")
                        .arg(who(fields), EditorWords::fields(fields)));
    });
    connect(m_saver, &RecipeSaver::wasRemoved, this, [this](const QString &by) {
        m_news->say(tr("%1 removed this recipe. Saving brings it back.")
                        .arg(by.isEmpty() ? tr("Somebody") : by),
                    NoticeBar::Lasting::UntilClosed);
    });
    connect(m_contested, &NoticeBar::acted, this, &RecipeEditor::compare);
    showContested();
}

void RecipeEditor::compare()
{
    auto *dialog =
        new CompareDialog(m_manuscript->recipe(), m_saver->theirs(), m_saver->contested(),
                          m_saver->writerOf(m_saver->contested()), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QStringList taken = dialog->taken();
        const QStringList contested = m_saver->contested();
        const recipes::Recipe theirs = m_saver->theirs();
        for (const QString &field : contested)
            if (taken.contains(field))
                m_manuscript->takeField(field, theirs);
            else
                m_manuscript->keepField(field, theirs);
        m_saver->review();
    });
    connect(dialog, &QDialog::rejected, this, [this] {
        if (!m_saver->contested().isEmpty())
            m_contested->show();
    });
    dialog->open();
}

void RecipeEditor::save(const std::function<void()> &then)
{
    m_about->takeTyped();
    const QPointer<QWidget> focus = focusWidget();
    setFocus(); // ends what is half typed at the times
    if (focus)
        focus->setFocus();
    if (m_intake && m_intake->isBusy())
        return m_trouble->say(tr("A picture is still being read. Save again in a moment."));
    m_afterSaving = then;
    if (m_manuscript->isChanged() || m_saver->isSaving())
        return m_saver->save();
    m_keeper->drop();
    if (const auto now = std::exchange(m_afterSaving, {}))
        now();
}

void RecipeEditor::leave(const std::function<void()> &then)
{
    m_about->takeTyped();
    if (!m_manuscript->isChanged()) {
        m_keeper->drop();
        return then();
    }
    m_keeper->flush();
    auto *box = new QMessageBox(QMessageBox::Question, tr("Not saved"),
                                tr("“%1” has changes that are not saved.")
                                    .arg(EditorWords::untitled(m_manuscript->now().title)),
                                QMessageBox::NoButton, this);
    box->setInformativeText(tr("What you discard can be had back for seven days."));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *saveButton = box->addButton(tr("Save"), QMessageBox::AcceptRole);
    QPushButton *discardButton = box->addButton(tr("Discard"), QMessageBox::DestructiveRole);
    QPushButton *stay = box->addButton(tr("Stay here"), QMessageBox::RejectRole);
    box->setDefaultButton(saveButton);
    box->setEscapeButton(stay);
    connect(saveButton, &QAbstractButton::clicked, this, [this, then] { save(then); });
    connect(discardButton, &QAbstractButton::clicked, this, [this, then] {
        Q_EMIT discarded(m_keeper->discard());
        then();
    });
    box->open();
}

void RecipeEditor::discard()
{
    if (m_manuscript->isChanged())
        Q_EMIT discarded(m_keeper->discard());
    else
        m_keeper->drop();
    Q_EMIT closeWished();
}

void RecipeEditor::offer(const QString &text, const std::function<void()> &action)
{
    m_offered = action;
    m_offer->say(text, NoticeBar::Lasting::UntilClosed);
}

void RecipeEditor::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Add pictures"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Pictures (*.jpg *.jpeg *.png *.webp)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        for (const QString &file : files)
            m_intake->takeFile(file);
    });
    dialog->open();
}

} // namespace simmer::ui

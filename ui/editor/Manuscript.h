// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/editing/EditedRecipe.h"
#include "recipes/editing/FieldMerge.h"
#include "recipes/editing/RecipeDraft.h"

#include <QObject>
#include <QSet>
#include <QThreadPool>
#include <QUndoStack>

namespace simmer::ui {

/// A text of a recipe in which somebody can type: one of its fields, or a line by its key.
struct TextPlace {
    enum class Field { Title, Summary, Yields, Source, Language, Notes, Ingredients, Line };

    Field field = Field::Title;
    quint64 key = 0; ///< of a line

    bool operator==(const TextPlace &) const = default;
};

/// The recipe on the editor's desk: what it read when the cook began, what it reads now, and one
/// undo stack for everything that was done to it. All of the editor's parts show it and write
/// through it. Times of long texts are read in another thread. GUI thread.
class Manuscript : public QObject
{
    Q_OBJECT

public:
    /// A new recipe.
    Manuscript();
    explicit Manuscript(const recipes::Recipe &recipe);
    explicit Manuscript(const recipes::RecipeDraft &draft);
    ~Manuscript() override;

    const RecipeId &id() const { return m_id; }
    bool isNew() const { return !m_base; }
    const recipes::EditedRecipe &now() const { return m_now; }
    QUndoStack &undoStack() { return m_stack; }
    /// As it would be saved.
    recipes::Recipe recipe() const;
    /// Whether it was made of this recipe, which then has nothing to tell it.
    bool isMadeOf(const recipes::Recipe &recipe) const { return m_madeOf == recipe; }
    /// What it read when the cook began, or when it was last saved or merged; of a new one nothing.
    recipes::Recipe base() const;
    /// Whether saving would change anything.
    bool isChanged() const;
    recipes::RecipeDraft draft(qint64 wallMs) const;
    /// It is in the book as it reads now.
    void noteSaved(const recipes::Recipe &saved);

    const QString &text(const TextPlace &place) const;
    /// The index of a line, -1 for none.
    int indexOf(quint64 key) const;
    const recipes::EditedLine &line(quint64 key) const { return m_now.lines.at(indexOf(key)); }
    /// The times of a step, corrected, as they are known.
    QList<recipes::Slot> times(quint64 key) const;
    QList<recipes::Slot> found(quint64 key) const { return m_found.value(key); }

    // Each of these is one step of undo, typing on in one place one for each word.
    void type(const TextPlace &place, const recipes::TextChange &change, const QString &added);
    /// Puts a line at this index; returns its key.
    quint64 insertLine(int index, recipes::EditedLine::Kind kind, const QString &text = {});
    /// The step ends at `at`, what follows becomes a step of its own, whose key is returned.
    quint64 splitStep(quint64 key, int at);
    void removeLine(quint64 key);
    /// By `by` places; as far as there are.
    void moveLine(quint64 key, int by);
    void correct(quint64 key, const recipes::Correction &correction);
    /// What was found stands again in [start, end).
    void resetTimes(quint64 key, int start, int end);
    void setTags(const QStringList &tags);
    void setMinutes(std::optional<int> recipes::EditedRecipe::*field, std::optional<int> minutes);
    void setFavourite(bool favourite);
    void setPhotos(const QList<BlobHash> &photos);

    /// Somebody else changed the recipe: what only they touched flows in, unless something undone
    /// would be lost by that; then it stays as if contested.
    recipes::FieldMerge receive(const recipes::Recipe &theirs);
    /// This field as they have it; a step of undo.
    void takeField(const QString &field, const recipes::Recipe &theirs);
    /// Ours stays although we know theirs: no conflict any more.
    void keepField(const QString &field, const recipes::Recipe &theirs);

Q_SIGNALS:
    void textChanged(const simmer::ui::TextPlace &place, const simmer::recipes::TextChange &change);
    /// `removed` lines at `index` were replaced by `added` ones; keys stay with their lines.
    void linesChanged(int index, int removed, int added);
    void timesChanged(quint64 key);
    /// Tags, minutes, favourite or photos.
    void valuesChanged();
    /// Any of these.
    void changed();

private:
    friend class TextCommand;
    friend class LinesCommand;
    friend class WholeCommand;
    friend class CorrectionsCommand;

    QString &textAt(const TextPlace &place);
    void applyText(const TextPlace &place, const recipes::TextChange &change, const QString &added);
    void applyLines(int index, int removed, const QList<recipes::EditedLine> &added);
    void tellOtherTexts(const QList<recipes::EditedLine> &were,
                        const QList<recipes::EditedLine> &are);
    void applyCorrections(quint64 key, const QList<recipes::Correction> &corrections);
    void applyWhole(const recipes::EditedRecipe &now, const std::optional<recipes::Recipe> &base,
                    int epoch);
    void setBase(const recipes::Recipe &base);
    void putWhole(const recipes::EditedRecipe &now, const std::optional<recipes::Recipe> &base,
                  const QString &words);
    void splice(int index, int removed, const QList<recipes::EditedLine> &added,
                const QString &words);
    void giveKeys(QList<recipes::EditedLine> &lines);
    void readTimes(quint64 key);
    void readAllTimes();
    void readInThread(const QList<recipes::EditedLine> &lines, const QHash<quint64, int> &readings);
    void take(const recipes::FoundTimes &found, const QHash<quint64, int> &readings);

    RecipeId m_id;
    std::optional<recipes::Recipe> m_madeOf; ///< absent: it is new, or a draft
    std::optional<recipes::Recipe> m_base;   ///< absent: it is new
    recipes::FoundTimes m_found;             ///< before m_now, whose making fills it
    recipes::EditedRecipe m_now;
    QHash<quint64, int> m_readings; ///< the newest reading of a long text; older ones are dropped
    QSet<quint64> m_unread;         ///< the other thread reads them
    quint64 m_lastKey = 0;
    int m_epoch = 0; ///< counts the bases that no undo goes behind
    QUndoStack m_stack;
    QThreadPool m_readers; ///< last: their work uses what stands above
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/Manuscript.h"

#include "editor/ManuscriptCommands.h"

#include <algorithm>
#include <utility>

namespace simmer::ui {

using recipes::EditedLine;
using recipes::EditedRecipe;
using recipes::Recipe;

namespace {

/// As it would be saved again if nobody touched it.
Recipe asWeSave(const Recipe &recipe)
{
    recipes::FoundTimes found;
    const EditedRecipe plain = recipes::toEdit(recipes::withPlainLines(recipe), &found);
    return recipes::edited(recipe.id, plain, found);
}

/// Not of a line, which is found by its key. `Some` is EditedRecipe, const or not.
template<class Some>
auto &fieldText(Some &recipe, TextPlace::Field field)
{
    switch (field) {
    case TextPlace::Field::Title:
        return recipe.title;
    case TextPlace::Field::Summary:
        return recipe.summary;
    case TextPlace::Field::Yields:
        return recipe.yields;
    case TextPlace::Field::Source:
        return recipe.source;
    case TextPlace::Field::Language:
        return recipe.language;
    case TextPlace::Field::Notes:
        return recipe.notes;
    case TextPlace::Field::Ingredients:
        return recipe.ingredients;
    case TextPlace::Field::Line:
        break;
    }
    Q_UNREACHABLE();
}

} // namespace

Manuscript::Manuscript()
    : m_id(RecipeId::random())
{
    m_readers.setMaxThreadCount(1);
    m_now.lines = {EditedLine{}};
    giveKeys(m_now.lines);
}

Manuscript::Manuscript(const Recipe &recipe)
    : m_id(recipe.id)
    , m_madeOf(recipe)
    , m_base(asWeSave(recipe))
    , m_now(recipes::toEdit(*m_base, &m_found))
    , m_lastKey(quint64(m_now.lines.size()))
{
    m_readers.setMaxThreadCount(1);
}

Manuscript::Manuscript(const recipes::RecipeDraft &draft)
    : m_id(draft.id)
    , m_base(draft.base)
    , m_now(draft.now)
{
    m_readers.setMaxThreadCount(1);
    giveKeys(m_now.lines);
    readAllTimes();
}

Manuscript::~Manuscript()
{
    m_readers.clear();
    m_readers.waitForDone();
}

/// What is being read in the other thread is read here too: what is saved has the times of its
/// text.
Recipe Manuscript::recipe() const
{
    recipes::FoundTimes known = m_found;
    for (const quint64 key : m_unread)
        known.remove(key);
    return recipes::edited(m_id, m_now, known);
}

Recipe Manuscript::base() const
{
    Recipe none;
    none.id = m_id;
    return m_base.value_or(none);
}

bool Manuscript::isChanged() const
{
    return recipe() != base();
}

recipes::RecipeDraft Manuscript::draft(qint64 wallMs) const
{
    return {m_id, m_base, m_now, wallMs, false};
}

void Manuscript::noteSaved(const Recipe &saved)
{
    setBase(saved);
    m_stack.setClean();
}

QString &Manuscript::textAt(const TextPlace &place)
{
    return place.field == TextPlace::Field::Line ? m_now.lines[indexOf(place.key)].text
                                                 : fieldText(m_now, place.field);
}

const QString &Manuscript::text(const TextPlace &place) const
{
    return place.field == TextPlace::Field::Line ? line(place.key).text
                                                 : fieldText(m_now, place.field);
}

int Manuscript::indexOf(quint64 key) const
{
    for (int i = 0; i < m_now.lines.size(); ++i)
        if (m_now.lines.at(i).key == key)
            return i;
    return -1;
}

void Manuscript::giveKeys(QList<EditedLine> &lines)
{
    for (EditedLine &line : lines)
        line.key = ++m_lastKey;
}

// What is done to it

void Manuscript::type(const TextPlace &place, const recipes::TextChange &change,
                      const QString &added)
{
    if (change.removed == 0 && added.isEmpty())
        return;
    m_stack.push(new TextCommand(*this, place, change.at,
                                 text(place).mid(change.at, change.removed), added));
}

void Manuscript::splice(int index, int removed, const QList<EditedLine> &added,
                        const QString &words)
{
    m_stack.push(new LinesCommand(*this, index, m_now.lines.mid(index, removed), added, words));
}

quint64 Manuscript::insertLine(int index, EditedLine::Kind kind, const QString &text)
{
    const quint64 key = ++m_lastKey;
    splice(index, 0, {EditedLine{key, kind, text}},
           kind == EditedLine::Kind::Step ? tr("Add a step") : tr("Add a heading"));
    return key;
}

quint64 Manuscript::splitStep(quint64 key, int at)
{
    EditedLine head = line(key);
    EditedLine tail = head;
    tail.key = ++m_lastKey;
    const int length = int(head.text.size());
    head.corrections = recipes::movedBy({at, length - at, 0}, head.corrections);
    head.text.truncate(at);
    while (at < length && tail.text.at(at).isSpace())
        ++at;
    tail.corrections = recipes::movedBy({0, at, 0}, tail.corrections);
    tail.text.remove(0, at);
    splice(indexOf(key), 1, {head, tail}, tr("Add a step"));
    return tail.key;
}

void Manuscript::removeLine(quint64 key)
{
    const bool isStep = line(key).isStep();
    splice(indexOf(key), 1, {}, isStep ? tr("Remove the step") : tr("Remove the heading"));
}

void Manuscript::moveLine(quint64 key, int by)
{
    const int from = indexOf(key);
    const int to = std::clamp(from + by, 0, int(m_now.lines.size()) - 1);
    if (from == to)
        return;
    const int first = std::min(from, to);
    const int count = std::abs(to - from) + 1;
    QList<EditedLine> moved = m_now.lines.mid(first, count);
    moved.move(from - first, to - first);
    splice(first, count, moved, tr("Move the step"));
}

void Manuscript::correct(quint64 key, const recipes::Correction &correction)
{
    const QList<recipes::Correction> after = recipes::with(correction, line(key).corrections);
    if (after != line(key).corrections)
        m_stack.push(new CorrectionsCommand(*this, key, after, tr("Correct a time")));
}

void Manuscript::resetTimes(quint64 key, int start, int end)
{
    const QList<recipes::Correction> after = recipes::without(start, end, line(key).corrections);
    if (after != line(key).corrections)
        m_stack.push(new CorrectionsCommand(*this, key, after, tr("Correct a time")));
}

void Manuscript::putWhole(const EditedRecipe &now, const std::optional<Recipe> &base,
                          const QString &words)
{
    if (now == m_now && base == m_base)
        return;
    m_stack.push(new WholeCommand(*this, now, base, words));
}

void Manuscript::setTags(const QStringList &tags)
{
    EditedRecipe now = m_now;
    now.tags = tags;
    putWhole(now, m_base, tr("Change the tags"));
}

void Manuscript::setMinutes(std::optional<int> EditedRecipe::*field, std::optional<int> minutes)
{
    EditedRecipe now = m_now;
    now.*field = minutes;
    putWhole(now, m_base, tr("Change the time"));
}

void Manuscript::setFavourite(bool favourite)
{
    EditedRecipe now = m_now;
    now.isFavourite = favourite;
    putWhole(now, m_base, tr("Change favourite"));
}

void Manuscript::setPhotos(const QList<BlobHash> &photos)
{
    EditedRecipe now = m_now;
    now.photos = photos;
    putWhole(now, m_base, tr("Change the pictures"));
}

// What others do to it

recipes::FieldMerge Manuscript::receive(const Recipe &theirs)
{
    const Recipe there = asWeSave(theirs);
    recipes::FieldMerge merge = recipes::mergeFields(base(), recipe(), there);
    if (!m_base || (merge.theirsOnly.isEmpty() && merge.alike.isEmpty()))
        return merge;
    if (m_stack.canRedo()) { // it would be lost
        merge.contested += merge.theirsOnly;
        merge.theirsOnly.clear();
        return merge;
    }
    Recipe base = *m_base;
    for (const QString &field : merge.theirsOnly + merge.alike)
        base = recipes::withField(base, field, there);
    if (merge.theirsOnly.isEmpty()) { // nothing to see, nothing to undo
        setBase(base);
        return merge;
    }
    EditedRecipe now = m_now;
    EditedRecipe from = recipes::toEdit(there);
    giveKeys(from.lines);
    for (const QString &field : std::as_const(merge.theirsOnly))
        now = recipes::withField(now, field, from);
    putWhole(now, base, tr("Take what others changed"));
    return merge;
}

void Manuscript::keepField(const QString &field, const Recipe &theirs)
{
    if (m_base)
        setBase(recipes::withField(*m_base, field, asWeSave(theirs)));
}

/// From here on no undo goes back to an older base: what is undone is a change of this one.
void Manuscript::setBase(const Recipe &base)
{
    m_base = base;
    ++m_epoch;
}

void Manuscript::takeField(const QString &field, const Recipe &theirs)
{
    const Recipe there = asWeSave(theirs);
    EditedRecipe from = recipes::toEdit(there);
    giveKeys(from.lines);
    std::optional<Recipe> base = m_base;
    if (base)
        base = recipes::withField(*base, field, there);
    putWhole(recipes::withField(m_now, field, from), base, tr("Take what others changed"));
}

// How it is done and undone

void Manuscript::applyText(const TextPlace &place, const recipes::TextChange &change,
                           const QString &added)
{
    textAt(place).replace(change.at, change.removed, added);
    if (place.field == TextPlace::Field::Line) {
        EditedLine &line = m_now.lines[indexOf(place.key)];
        line.corrections = recipes::movedBy(change, line.corrections);
        m_found[place.key] = recipes::movedBy(change, m_found.value(place.key));
    }
    Q_EMIT textChanged(place, change);
    if (place.field == TextPlace::Field::Line)
        readTimes(place.key);
    if (place.field == TextPlace::Field::Language)
        readAllTimes();
    Q_EMIT changed();
}

void Manuscript::applyLines(int index, int removed, const QList<EditedLine> &added)
{
    const QList<EditedLine> were = m_now.lines.mid(index, removed);
    m_now.lines.remove(index, removed);
    for (qsizetype i = 0; i < added.size(); ++i)
        m_now.lines.insert(index + i, added.at(i));
    Q_EMIT linesChanged(index, removed, int(added.size()));
    tellOtherTexts(were, added);
    for (const EditedLine &line : added)
        readTimes(line.key);
    Q_EMIT changed();
}

/// Of lines that stayed: whoever shows one would take what it shows for typed.
void Manuscript::tellOtherTexts(const QList<EditedLine> &were, const QList<EditedLine> &are)
{
    QHash<quint64, QString> before;
    for (const EditedLine &line : were)
        before.insert(line.key, line.text);
    for (const EditedLine &line : are) {
        const auto known = before.constFind(line.key);
        if (known != before.cend() && *known != line.text)
            Q_EMIT textChanged({TextPlace::Field::Line, line.key},
                               recipes::changeBetween(*known, line.text, 0));
    }
}

void Manuscript::applyCorrections(quint64 key, const QList<recipes::Correction> &corrections)
{
    m_now.lines[indexOf(key)].corrections = corrections;
    Q_EMIT timesChanged(key);
    Q_EMIT changed();
}

void Manuscript::applyWhole(const EditedRecipe &now, const std::optional<Recipe> &base, int epoch)
{
    const EditedRecipe was = std::exchange(m_now, now);
    if (epoch == m_epoch)
        m_base = base;
    using Field = TextPlace::Field;
    for (const Field field : {Field::Title, Field::Summary, Field::Yields, Field::Source,
                              Field::Language, Field::Notes, Field::Ingredients}) {
        const QString &before = fieldText(was, field);
        const QString &after = fieldText(now, field);
        if (before != after)
            Q_EMIT textChanged({field}, recipes::changeBetween(before, after, 0));
    }
    if (was.lines != now.lines) {
        Q_EMIT linesChanged(0, int(was.lines.size()), int(now.lines.size()));
        tellOtherTexts(was.lines, now.lines);
        readAllTimes();
    }
    Q_EMIT valuesChanged();
    Q_EMIT changed();
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/RecipeFold.h"

#include "recipes/RecipeCodec.h"

#include <QMap>

#include <algorithm>
#include <vector>

namespace simmer::storage {

namespace {

using timers::StampedOp;
using timers::WriteRecipe;

/// What the device of an op had seen: the closure of `seen`. Unlike timers::Sight it does not go
/// by the order, since a removal knows what it removes, however wrong a clock stamped the two.
class Sight
{
public:
    explicit Sight(const QList<StampedOp> &ops);

    /// For each op, whether one of `by` had seen it.
    std::vector<bool> seenBy(const std::vector<qsizetype> &by) const;
    /// The ops that no other has seen.
    QList<OpId> heads(const QList<StampedOp> &ops) const;

private:
    std::vector<std::vector<qsizetype>> m_seen; ///< of each op, what it names
};

Sight::Sight(const QList<StampedOp> &ops)
    : m_seen(size_t(ops.size()))
{
    QHash<OpId, qsizetype> index;
    index.reserve(ops.size());
    for (qsizetype i = 0; i < ops.size(); ++i)
        index.insert(ops[i].op.id, i);
    for (qsizetype i = 0; i < ops.size(); ++i)
        for (const OpId &id : ops[i].op.seen)
            if (const auto found = index.constFind(id); found != index.cend() && *found != i)
                m_seen[size_t(i)].push_back(*found);
}

std::vector<bool> Sight::seenBy(const std::vector<qsizetype> &by) const
{
    std::vector<bool> seen(m_seen.size(), false);
    std::vector<qsizetype> open = by;
    while (!open.empty()) {
        const qsizetype at = open.back();
        open.pop_back();
        for (const qsizetype earlier : m_seen[size_t(at)])
            if (!seen[size_t(earlier)]) {
                seen[size_t(earlier)] = true;
                open.push_back(earlier);
            }
    }
    return seen;
}

QList<OpId> Sight::heads(const QList<StampedOp> &ops) const
{
    std::vector<bool> covered(m_seen.size(), false);
    for (const std::vector<qsizetype> &each : m_seen)
        for (const qsizetype earlier : each)
            covered[size_t(earlier)] = true;
    QList<OpId> heads;
    for (qsizetype i = 0; i < ops.size(); ++i)
        if (!covered[size_t(i)])
            heads += ops[i].op.id;
    return heads.mid(std::max<qsizetype>(0, heads.size() - timers::MostSeen));
}

const WriteRecipe *writeAt(const QList<StampedOp> &ops, qsizetype i)
{
    return std::get_if<WriteRecipe>(&ops[i].op.action);
}

bool isRemoval(const StampedOp &stamped)
{
    return std::holds_alternative<timers::RemoveRecipe>(stamped.op.action);
}

/// The indices of the ops for which `test` holds.
template<class Test>
std::vector<qsizetype> those(const QList<StampedOp> &ops, Test test)
{
    std::vector<qsizetype> found;
    for (qsizetype i = 0; i < ops.size(); ++i)
        if (test(i))
            found.push_back(i);
    return found;
}

/// Whether a write is left that no removal had seen.
bool isThere(const QList<StampedOp> &ops, const Sight &sight)
{
    const std::vector<bool> gone =
        sight.seenBy(those(ops, [&](qsizetype i) { return isRemoval(ops[i]); }));
    for (qsizetype i = 0; i < ops.size(); ++i)
        if (writeAt(ops, i) && !gone[size_t(i)])
            return true;
    return false;
}

/// The last value of each field, of those that `counts` lets count.
template<class Counts>
QJsonObject lastOfEach(const QList<StampedOp> &ops, Counts counts)
{
    QJsonObject fields;
    for (qsizetype i = 0; i < ops.size(); ++i) {
        const WriteRecipe *write = writeAt(ops, i);
        if (!write)
            continue;
        const QJsonObject written = recipes::spelledOut(write->recipe);
        for (auto it = written.begin(); it != written.end(); ++it)
            if (!counts(it.key(), it.value()))
                continue;
            else if (it->isNull())
                fields.remove(it.key());
            else
                fields.insert(it.key(), it.value());
    }
    return fields;
}

/// What nobody can read does not count; mostly there is nothing of that kind.
void takeLastReadable(const RecipeId &id, const QList<StampedOp> &ops, FoldedRecipe &folded)
{
    QJsonObject fields = lastOfEach(ops, [](const QString &, const QJsonValue &) { return true; });
    Expected<recipes::Recipe> recipe = recipes::recipeFromJson(id, fields);
    if (!recipe) {
        fields = lastOfEach(ops, recipes::isField);
        recipe = recipes::recipeFromJson(id, fields);
    }
    if (!recipe)
        return;
    folded.recipe = *std::move(recipe);
    folded.saysTimes = recipes::saysTimes(fields);
}

} // namespace

FoldedRecipe foldRecipe(const RecipeId &id, const QList<StampedOp> &ops)
{
    const Sight sight(ops);
    FoldedRecipe folded;
    folded.heads = sight.heads(ops);
    folded.newestAt = ops.isEmpty() ? 0 : ops.constLast().kt;
    if (!isThere(ops, sight))
        return folded;
    takeLastReadable(id, ops, folded);
    return folded;
}

namespace {

/// The history of one recipe, while it is written down.
class History
{
public:
    explicit History(const QList<StampedOp> &ops)
        : m_ops(ops)
        , m_sight(ops)
        , m_isThere(isThere(ops, m_sight))
    {
    }

    QList<recipes::Edit> written()
    {
        noteRemovals();
        QMap<QString, std::vector<Value>> fields;
        for (qsizetype i = 0; i < m_ops.size(); ++i)
            if (const WriteRecipe *write = writeAt(m_ops, i)) {
                const QJsonObject all = recipes::spelledOut(write->recipe);
                for (auto it = all.begin(); it != all.end(); ++it)
                    if (recipes::isField(it.key(), it.value()))
                        fields[it.key()].push_back({i, it.value()});
            }
        for (auto it = fields.cbegin(); it != fields.cend(); ++it)
            noteField(it.key(), it.value());
        std::sort(m_lines.begin(), m_lines.end(), [](const Line &a, const Line &b) {
            return std::tie(a.op, a.edit.field) < std::tie(b.op, b.edit.field);
        });
        QList<recipes::Edit> edits;
        for (const Line &line : m_lines)
            edits += line.edit;
        return edits;
    }

private:
    struct Line {
        qsizetype op = 0;
        recipes::Edit edit;
    };
    struct Value {
        qsizetype op = 0;
        QJsonValue value;
    };
    using Fate = recipes::Edit::Fate;

    void note(qsizetype i, const QString &field, const QJsonValue &value, Fate fate)
    {
        const timers::Op &op = m_ops[i].op;
        m_lines.push_back({i, {m_ops[i].kt, op.cook, op.device, field, value, fate}});
    }

    void noteRemovals()
    {
        const std::vector<bool> undone =
            m_sight.seenBy(those(m_ops, [&](qsizetype i) { return writeAt(m_ops, i); }));
        for (const qsizetype i : those(m_ops, [&](qsizetype at) { return isRemoval(m_ops[at]); }))
            note(i, {}, {},
                 undone[size_t(i)] ? Fate::Replaced
                 : m_isThere       ? Fate::Lost
                                   : Fate::Stands);
    }

    void noteField(const QString &name, const std::vector<Value> &values)
    {
        std::vector<qsizetype> writes;
        for (const Value &each : values)
            writes.push_back(each.op);
        const std::vector<bool> known = m_sight.seenBy(writes);
        bool wasEmpty = true; // clearing that needs no line
        for (const auto &[op, value] : values) {
            if (wasEmpty && value.isNull())
                continue;
            wasEmpty = false;
            const bool last = op == writes.back();
            note(op, name, value,
                 last && m_isThere           ? Fate::Stands
                 : last || known[size_t(op)] ? Fate::Replaced
                                             : Fate::Lost);
        }
    }

    const QList<StampedOp> &m_ops;
    Sight m_sight;
    bool m_isThere;
    std::vector<Line> m_lines;
};

} // namespace

QList<recipes::Edit> historyOf(const QList<StampedOp> &ops)
{
    return History(ops).written();
}

} // namespace simmer::storage

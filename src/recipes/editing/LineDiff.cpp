// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/editing/LineDiff.h"

#include <algorithm>
#include <vector>

namespace simmer::recipes {

namespace {

/// The longest common subsequence of two lists of lines, by the textbook's table.
class Table
{
public:
    Table(const QStringList &before, const QStringList &after)
        : m_width(size_t(after.size()) + 1)
        , m_longest((size_t(before.size()) + 1) * m_width)
    {
        for (qsizetype i = before.size() - 1; i >= 0; --i)
            for (qsizetype j = after.size() - 1; j >= 0; --j)
                cell(i, j) = before[i] == after[j] ? cell(i + 1, j + 1) + 1
                                                   : std::max(cell(i + 1, j), cell(i, j + 1));
    }

    int &cell(qsizetype i, qsizetype j) { return m_longest[size_t(i) * m_width + size_t(j)]; }

private:
    size_t m_width;
    std::vector<int> m_longest;
};

/// Lines that went and lines that came, opposite each other as far as they reach.
void flush(QList<DiffRow> &rows, QStringList &went, QStringList &came)
{
    for (qsizetype i = 0; i < std::max(went.size(), came.size()); ++i) {
        DiffRow row;
        if (i < went.size())
            row.before = went[i];
        if (i < came.size())
            row.after = came[i];
        rows += row;
    }
    went.clear();
    came.clear();
}

QList<DiffRow> middle(const QStringList &before, const QStringList &after)
{
    QList<DiffRow> rows;
    QStringList went;
    QStringList came;
    if (before.size() * after.size() > MostDiffCells) {
        went = before;
        came = after;
        flush(rows, went, came);
        return rows;
    }
    Table table(before, after);
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < before.size() || j < after.size()) {
        if (i < before.size() && j < after.size() && before[i] == after[j]) {
            flush(rows, went, came);
            rows += DiffRow{before[i++], after[j++]};
        } else if (j == after.size() ||
                   (i < before.size() && table.cell(i + 1, j) >= table.cell(i, j + 1))) {
            went += before[i++];
        } else {
            came += after[j++];
        }
    }
    flush(rows, went, came);
    return rows;
}

} // namespace

QList<DiffRow> diffLines(const QStringList &before, const QStringList &after)
{
    const auto shorter = std::min(before.size(), after.size());
    qsizetype head = 0;
    while (head < shorter && before[head] == after[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
        ++tail;
    QList<DiffRow> rows;
    for (qsizetype i = 0; i < head; ++i)
        rows += DiffRow{before[i], after[i]};
    rows += middle(before.mid(head, before.size() - head - tail),
                   after.mid(head, after.size() - head - tail));
    for (qsizetype i = tail; i > 0; --i)
        rows += DiffRow{before[before.size() - i], after[after.size() - i]};
    return rows;
}

} // namespace simmer::recipes

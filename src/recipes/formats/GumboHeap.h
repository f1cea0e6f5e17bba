// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <chrono>
#include <csetjmp>
#include <cstddef>

struct GumboInternalOutput;

namespace simmer::recipes::formats {

/// The memory of one run of Gumbo, bounded in bytes and time. Gumbo knows no limits of its own:
/// deep or badly closed pages take it quadratic time and memory, and it frees its tree by recursion
/// without end. So its blocks live in a list here, and a run over its budget is left by longjmp,
/// which is safe because nothing between parse() and the allocator has a destructor.
/// Owned and used by one thread; what parse() returned dies with it.
class GumboHeap
{
public:
    /// Enough for every page of 20 MB that is no attack; a usual one takes a tenth of it.
    static constexpr size_t MaxBytes = size_t(256) * 1024 * 1024;
    /// A page of 20 MB takes about a second on a slow machine.
    static constexpr std::chrono::seconds MaxTime{10};

    GumboHeap() = default;
    ~GumboHeap();
    Q_DISABLE_COPY_MOVE(GumboHeap)

    /// Gumbo's tree of the page, or null when it went over the budget. `utf8` has to outlive it.
    const GumboInternalOutput *parse(const QByteArray &utf8);

private:
    struct Block;

    static void *allocate(void *heap, size_t bytes);
    static void release(void *heap, void *memory);
    bool isSpent();

    Block *m_blocks = nullptr;
    size_t m_bytes = 0;
    unsigned m_allocations = 0;
    std::chrono::steady_clock::time_point m_deadline;
    std::jmp_buf m_exit;
};

} // namespace simmer::recipes::formats

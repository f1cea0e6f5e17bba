// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipes/formats/GumboHeap.h"

#include <cstdlib>
#include <gumbo.h>

namespace simmer::recipes::formats {

/// Stands before each piece of memory that Gumbo holds.
struct alignas(std::max_align_t) GumboHeap::Block {
    Block *previous;
    Block *next;
    size_t bytes;
};

GumboHeap::~GumboHeap()
{
    while (m_blocks) {
        Block *next = m_blocks->next;
        std::free(m_blocks);
        m_blocks = next;
    }
}

const GumboOutput *GumboHeap::parse(const QByteArray &utf8)
{
    m_deadline = std::chrono::steady_clock::now() + MaxTime;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = &GumboHeap::allocate;
    options.deallocator = &GumboHeap::release;
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(m_exit) != 0) // NOLINT(cert-err52-cpp): C cannot be left by an exception
        return nullptr;
    return gumbo_parse_with_options(&options, utf8.constData(), static_cast<size_t>(utf8.size()));
}

bool GumboHeap::isSpent()
{
    constexpr unsigned AllocationsPerLookAtTheClock = 256;
    if (m_bytes > MaxBytes)
        return true;
    return ++m_allocations % AllocationsPerLookAtTheClock == 0 &&
           std::chrono::steady_clock::now() > m_deadline;
}

void *GumboHeap::allocate(void *heap, size_t bytes)
{
    auto *self = static_cast<GumboHeap *>(heap);
    self->m_bytes += bytes;
    void *memory = self->isSpent() ? nullptr : std::malloc(sizeof(Block) + bytes);
    if (!memory)
        std::longjmp(self->m_exit, 1); // NOLINT(cert-err52-cpp)
    auto *block = static_cast<Block *>(memory);
    *block = {nullptr, self->m_blocks, bytes};
    if (self->m_blocks)
        self->m_blocks->previous = block;
    self->m_blocks = block;
    return block + 1;
}

void GumboHeap::release(void *heap, void *memory)
{
    if (!memory)
        return;
    auto *self = static_cast<GumboHeap *>(heap);
    Block *block = static_cast<Block *>(memory) - 1;
    self->m_bytes -= block->bytes;
    (block->previous ? block->previous->next : self->m_blocks) = block->next;
    if (block->next)
        block->next->previous = block->previous;
    std::free(block);
}

} // namespace simmer::recipes::formats

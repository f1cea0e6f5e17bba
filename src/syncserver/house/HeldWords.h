// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace simmer::syncserver {

/// What a shift says to the outside: in its order, and nothing before the disk has what was written
/// until then. So nobody hears of what a power cut can take back. Safe from any thread.
class HeldWords
{
public:
    /// Short, and never says something here itself.
    using Word = std::function<void()>;

    HeldWords() = default;
    Q_DISABLE_COPY_MOVE(HeldWords)

    /// Spoken once the disk has the first `writes` of the file: here and now, or by reached().
    void say(qint64 writes, Word word);
    /// What tells nothing of the file is spoken at once.
    void sayNow(const Word &word);
    /// The disk has so many writes: speaks what waited for them.
    void reached(qint64 writes);
    /// When this returns nothing is spoken, and nothing will be.
    void cut();

private:
    std::mutex m_mutex; ///< also held while a word is spoken
    std::deque<std::pair<qint64, Word>> m_held;
    qint64 m_onDisk = 0;
    bool m_isCut = false;
};

} // namespace simmer::syncserver

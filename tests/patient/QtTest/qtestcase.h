// SPDX-License-Identifier: GPL-3.0-or-later
// Found before Qt's own header of this name, by whichever way a test comes to it.
#pragma once
#pragma GCC system_header // it may say include_next

#include <QtCore/qtestsupport_core.h>
#include_next <QtTest/qtestcase.h>

#include <algorithm>

/// How long a test waits for what must happen, ms.
/// Qt's 5 s are less than one fsync takes while a busy machine writes its memory to the disk.
inline constexpr int PatienceMs = 30'000;

/// The rests of a QTRY, in which events are handled. Qt looks each 50 ms; what mostly comes within
/// a few is looked for sooner: after 0, 1, 3, 7, 15 ms and so on.
class Rests
{
public:
    explicit Rests(int mostMs)
        : m_leftMs(mostMs)
    {
    }

    /// Rests for a while; false when the patience is at its end, or the test failed meanwhile.
    bool another()
    {
        constexpr int LongestMs = 50;
        if (m_leftMs <= 0 || (QTest::runningTest() && QTest::currentTestFailed()))
            return false;
        QTest::qWait(m_nextMs);
        m_leftMs -= std::max(m_nextMs, 1);
        m_nextMs = m_nextMs == 0 ? 1 : std::min(2 * m_nextMs, LongestMs);
        return true;
    }

private:
    int m_leftMs;
    int m_nextMs = 0;
};

// Qt's writes the expression seven times into each place, a seventh of what a test of the window
// costs the compiler, for the sake of one message.
#undef QTRY_IMPL
#define QTRY_IMPL(expr, timeout)                                                                   \
    for (Rests simmerRests(timeout); !(expr) && simmerRests.another();) {                          \
    }

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT((expr), PatienceMs)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT((expr), (message), PatienceMs)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT((expr), expected, PatienceMs)

// SPDX-License-Identifier: GPL-3.0-or-later
// Found before Qt's own header of this name, by whichever way a test comes to it.
#pragma once
#pragma GCC system_header // it may say include_next

#include_next <QtTest/qtestcase.h>

/// How long a test waits for what must happen, ms.
/// Qt's 5 s are less than one fsync takes while a busy machine writes its memory to the disk.
inline constexpr int PatienceMs = 30'000;

// Qt looks each 50 ms; what mostly comes within a few is looked for sooner: after 1, 3, 7, 15 ms
// ...
#undef QTRY_LOOP_IMPL
#define QTRY_LOOP_IMPL(expr, timeoutValue, longestStep)                                            \
    if (!(expr)) {                                                                                 \
        QTest::qWait(0);                                                                           \
    }                                                                                              \
    int qt_test_i = 0;                                                                             \
    for (int qt_test_wait = 1; qt_test_i < timeoutValue &&                                         \
                               !(QTest::runningTest() && QTest::currentTestFailed()) && !(expr);   \
         qt_test_i += qt_test_wait,                                                                \
             qt_test_wait = 2 * qt_test_wait < longestStep ? 2 * qt_test_wait : longestStep) {     \
        QTest::qWait(qt_test_wait);                                                                \
    }

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expr) QTRY_VERIFY_WITH_TIMEOUT((expr), PatienceMs)
#define QTRY_VERIFY2(expr, message) QTRY_VERIFY2_WITH_TIMEOUT((expr), (message), PatienceMs)
#define QTRY_COMPARE(expr, expected) QTRY_COMPARE_WITH_TIMEOUT((expr), expected, PatienceMs)

// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/CountColour.h"

#include "models/TimerFace.h"

namespace simmer::ui {

QColor countColour(Look look, const Tokens &tokens)
{
    switch (look) {
    case Look::Ready:
        return tokens.ink2;
    case Look::Running:
        return tokens.ink;
    case Look::Checking:
        return tokens.amberInk;
    case Look::Paused:
        return tokens.pauseInk;
    case Look::Ringing:
        return tokens.onRing;
    case Look::Late:
        return tokens.ringInk;
    case Look::Done:
        return tokens.doneInk;
    }
    Q_UNREACHABLE();
}

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipes/times/TimeLexicon.h"

namespace simmer::recipes {

/// All tables, more widely read languages first: they win a tie when there is no hint.
const QList<const TimeWords *> &allTimeWords();

/// The lexicon of the language that the tokens are in: the hinted one (BCP 47) unless another fits
/// clearly better. An empty or unknown hint counts for nothing. Safe from any thread.
const TimeLexicon &lexiconFor(const QList<TimeToken> &tokens, QStringView hint);

/// The units that some language has by a name which means nothing else elsewhere. Thus
/// "10 minutes" is found in a text that is taken for another language. Safe from any thread.
const UnitsAbroad &unitsAbroad();

} // namespace simmer::recipes

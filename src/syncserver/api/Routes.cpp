// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/Routes.h"

#include "syncserver/api/RecipeReads.h"
#include "syncserver/api/TimerActs.h"

namespace simmer::syncserver {

namespace {

Route reading(const char *path, const char *operation, const char *summary, const char *gives,
              QList<int> faults, void (*handle)(const Visit &))
{
    return {"GET", path, operation, summary,           Role::Viewer, nullptr,
            false, 200,  gives,     std::move(faults), handle};
}

/// Something that a cook does to one timer.
Route doing(const char *path, const char *operation, const char *summary, const char *takes,
            bool takesNothing, void (*handle)(const Visit &))
{
    return {"POST", path,         operation, summary, Role::Cook,
            takes,  takesNothing, 200,       "Timer", {400, 404, 409, 413, 415, 429, 500, 507},
            handle};
}

} // namespace

QList<Route> routes()
{
    return {
        reading("/api/v1/timers", "listTimers",
                "All timers that run, wait, ring or ended within the last hour, next ring first",
                "Timers", {}, api::listTimers),
        {"POST",
         "/api/v1/timers",
         "startTimer",
         "Starts a timer, perhaps of a recipe's step; answers when it is durable",
         Role::Cook,
         "NewTimer",
         false,
         201,
         "Timer",
         {400, 404, 409, 413, 415, 429, 500, 507},
         api::startTimer},
        doing("/api/v1/timers/{id}/pause", "pauseTimer", "Holds a running timer", "Nothing", true,
              api::pauseTimer),
        doing("/api/v1/timers/{id}/resume", "resumeTimer", "Lets a paused timer go on", "Nothing",
              true, api::resumeTimer),
        doing("/api/v1/timers/{id}/add", "addToTimer",
              "Moves a timer's end; negative is sooner, past zero rings now", "More", false,
              api::addToTimer),
        doing("/api/v1/timers/{id}/ack", "acknowledgeTimer",
              "Silences a ring on all devices; with ring_key only that one", "Ack", true,
              api::answerRing),
        doing("/api/v1/timers/{id}/cancel", "cancelTimer", "Ends a timer before its time",
              "Nothing", true, api::cancelTimer),
        reading("/api/v1/recipes", "listRecipes", "All recipes, by title", "Recipes", {500},
                api::listRecipes),
        reading("/api/v1/recipes/{id}", "showRecipe", "One recipe", "Recipe", {404, 500},
                api::showRecipe),
        reading("/api/v1/events", "watchTimers",
                "Server-sent events: “timers” first (schema Timers), then “timer”, “gone”, “ring”, "
                "“unattended” and “pulse” as they come. An id is the newest seq of the kitchen's "
                "log; who connects again gets all timers again, so nothing has to be resumed.",
                nullptr, {429}, api::watch),
    };
}

} // namespace simmer::syncserver

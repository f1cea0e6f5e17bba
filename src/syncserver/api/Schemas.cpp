// SPDX-License-Identifier: GPL-3.0-or-later
#include "syncserver/api/OpenApi.h"

#include <QJsonDocument>

namespace simmer::syncserver {

namespace {

// The tests hold every answer of the API against these, and these against the codec's limits.
constexpr const char *Schemas = R"json({
"Id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
"Nothing": {"type": "object", "additionalProperties": false, "properties": {}},
"NewTimer": {"type": "object", "additionalProperties": false,
    "required": ["name", "seconds"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 200},
        "seconds": {"type": "integer", "minimum": 1, "maximum": 34560000},
        "recipe": {"$ref": "#/components/schemas/Id"},
        "step": {"type": "integer", "minimum": 1, "maximum": 10000},
        "slot": {"type": "integer", "minimum": 1, "maximum": 10000}},
    "dependentRequired": {"recipe": ["step"], "step": ["recipe"], "slot": ["recipe"]}},
"More": {"type": "object", "additionalProperties": false,
    "required": ["seconds"],
    "properties": {"seconds": {"type": "integer", "minimum": -34560000, "maximum": 34560000}}},
"Ack": {"type": "object", "additionalProperties": false,
    "properties": {"ring_key": {"$ref": "#/components/schemas/Id"}}},
"Timer": {"type": "object", "additionalProperties": false,
    "required": ["id", "name", "state", "end_ms", "remaining_ms", "shown", "recipe", "step",
        "slot", "ring_key"],
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "name": {"type": "string"},
        "state": {"type": "string",
            "enum": ["waiting", "running", "paused", "ringing", "done", "cancelled"]},
        "end_ms": {"type": ["integer", "null"], "description": "null while paused"},
        "remaining_ms": {"type": "integer", "description": "negative while ringing"},
        "shown": {"type": "string", "description": "as on every screen: 4:59, +0:12"},
        "recipe": {"type": ["string", "null"], "pattern": "^[0-9a-f]{32}$"},
        "step": {"type": ["integer", "null"], "minimum": 1},
        "slot": {"type": ["integer", "null"], "minimum": 1},
        "ring_key": {"$ref": "#/components/schemas/Id"}}},
"Timers": {"type": "object", "additionalProperties": false,
    "required": ["now_ms", "timers", "more"],
    "properties": {
        "now_ms": {"type": "integer"},
        "timers": {"type": "array", "items": {"$ref": "#/components/schemas/Timer"}},
        "more": {"type": "integer", "minimum": 0, "description": "timers that are not listed"}}},
"RecipeHead": {"type": "object", "additionalProperties": false,
    "required": ["id", "title", "yields", "total_time", "tags"],
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "title": {"type": "string"},
        "yields": {"type": "string"},
        "total_time": {"type": ["integer", "null"], "minimum": 0, "description": "minutes"},
        "tags": {"type": "array", "items": {"type": "string"}}}},
"Recipes": {"type": "object", "additionalProperties": false,
    "required": ["recipes"],
    "properties": {
        "recipes": {"type": "array", "items": {"$ref": "#/components/schemas/RecipeHead"}}}},
"Slot": {"type": "object", "additionalProperties": false,
    "required": ["min_seconds", "max_seconds", "start", "end"],
    "properties": {
        "min_seconds": {"type": "integer", "minimum": 1},
        "max_seconds": {"type": "integer", "minimum": 1},
        "start": {"type": "integer", "minimum": 0, "description": "in Unicode code points"},
        "end": {"type": "integer", "minimum": 1, "description": "exclusive"}}},
"Recipe": {"type": "object", "additionalProperties": false,
    "required": ["id", "title", "ingredients", "instructions_list", "prep_time", "cook_time",
        "total_time", "yields", "steps"],
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "title": {"type": "string"},
        "ingredients": {"type": "array", "items": {"type": "string"}},
        "instructions_list": {"type": "array", "items": {"type": "string"}},
        "prep_time": {"type": ["integer", "null"], "minimum": 0, "description": "minutes"},
        "cook_time": {"type": ["integer", "null"], "minimum": 0, "description": "minutes"},
        "total_time": {"type": ["integer", "null"], "minimum": 0, "description": "minutes"},
        "yields": {"type": "string"},
        "steps": {"type": "array", "items": {"type": "object", "additionalProperties": false,
            "required": ["text", "timers"],
            "properties": {
                "text": {"type": "string"},
                "timers": {"type": "array",
                    "items": {"$ref": "#/components/schemas/Slot"}}}}}}},
"TimerEvent": {"type": "object", "additionalProperties": false,
    "description": "data of the events timer, ring (with late) and unattended",
    "required": ["now_ms", "timer"],
    "properties": {
        "now_ms": {"type": "integer"},
        "timer": {"$ref": "#/components/schemas/Timer"},
        "late": {"type": "boolean"}}},
"GoneEvent": {"type": "object", "additionalProperties": false,
    "required": ["now_ms", "id"],
    "properties": {
        "now_ms": {"type": "integer"},
        "id": {"$ref": "#/components/schemas/Id"}}},
"PulseEvent": {"type": "object", "additionalProperties": false,
    "required": ["now_ms", "mood", "score"],
    "properties": {
        "now_ms": {"type": "integer"},
        "mood": {"type": "string", "enum": ["quiet", "simmering", "full-swing", "unattended"]},
        "score": {"type": "number", "minimum": 0, "maximum": 64}}},
"Problem": {"type": "object", "additionalProperties": false,
    "description": "RFC 9457: what happened, and what to do about it",
    "required": ["type", "title", "status", "detail", "advice"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "minLength": 1},
        "advice": {"type": "string", "minLength": 1}}}
})json";

} // namespace

QJsonObject apiSchemas()
{
    return QJsonDocument::fromJson(Schemas).object();
}

} // namespace simmer::syncserver

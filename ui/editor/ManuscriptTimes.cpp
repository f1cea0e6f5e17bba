// SPDX-License-Identifier: GPL-3.0-or-later
// The times that a Manuscript finds in its steps: of short texts at once, of long ones in another
// thread.
#include "editor/Manuscript.h"
#include "recipes/times/TimeFinder.h"

namespace simmer::ui {

using recipes::EditedLine;

namespace {

// UTF-16 units; a shorter text is read between two frames.
constexpr qsizetype ReadAtOnce = 2000;

} // namespace

QList<recipes::Slot> Manuscript::times(quint64 key) const
{
    const EditedLine &at = line(key);
    return at.isStep() ? recipes::correctedSlots(at.text, m_found.value(key), at.corrections)
                       : QList<recipes::Slot>();
}

void Manuscript::readTimes(quint64 key)
{
    const EditedLine &at = line(key);
    if (!at.isStep())
        return;
    const int reading = ++m_readings[key];
    if (at.text.size() <= ReadAtOnce) {
        m_found[key] = recipes::findTimes(at.text, m_now.language);
        m_unread.remove(key);
        Q_EMIT timesChanged(key);
        return;
    }
    m_unread.insert(key);
    readInThread({at}, {{key, reading}});
}

/// In another thread: all of them may be long.
void Manuscript::readAllTimes()
{
    QList<EditedLine> lines = m_now.lines;
    lines.removeIf([](const EditedLine &line) { return !line.isStep(); });
    QHash<quint64, int> readings;
    for (const EditedLine &line : std::as_const(lines)) {
        readings[line.key] = ++m_readings[line.key];
        m_unread.insert(line.key);
    }
    readInThread(lines, readings);
}

void Manuscript::readInThread(const QList<EditedLine> &lines, const QHash<quint64, int> &readings)
{
    m_readers.start([this, lines, readings, language = m_now.language] {
        recipes::FoundTimes found;
        for (const EditedLine &line : lines)
            found[line.key] = recipes::findTimes(line.text, language);
        QMetaObject::invokeMethod(this, [this, found, readings] { take(found, readings); });
    });
}

void Manuscript::take(const recipes::FoundTimes &found, const QHash<quint64, int> &readings)
{
    for (auto it = found.cbegin(); it != found.cend(); ++it) {
        if (m_readings.value(it.key()) != readings.value(it.key()))
            continue; // it was typed in since
        m_found[it.key()] = *it;
        m_unread.remove(it.key());
        if (indexOf(it.key()) >= 0)
            Q_EMIT timesChanged(it.key());
    }
    Q_EMIT changed();
}

} // namespace simmer::ui

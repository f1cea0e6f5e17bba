// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/Clock.h"
#include "base/Error.h"
#include "timers/Cooking.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace simmer::storage {
class DeviceLog;
class Scribe;
} // namespace simmer::storage

namespace simmer::timerserver {

/// What is being cooked in the kitchen: one session a recipe, the same on every device. Lives in
/// its owner's thread (the GUI); its commands never block, and show when they are durable:
/// cookingChanged() and kept() follow, or notKept(). The first command on a recipe that nobody
/// cooks begins its cooking.
class CookingSessions : public QObject
{
    Q_OBJECT

public:
    /// `clock` and `log` must outlive it; the log is opened after this is made.
    CookingSessions(const Clock &clock, storage::DeviceLog &log, QObject *parent = nullptr);
    ~CookingSessions() override;

    /// The cooking of a recipe, while it is cooked.
    std::optional<timers::Cooking> current(const RecipeId &recipe) const;
    /// The newest of each recipe that was ever cooked.
    const QHash<RecipeId, timers::Cooking> &all() const { return m_cookings; }

    /// Begins, anew when it is being cooked: nothing is ticked.
    void begin(const RecipeId &recipe);
    void end(const RecipeId &recipe);
    void tick(const RecipeId &recipe, const timers::Box &box, bool on);
    /// Where the cooks are, from 0.
    void setStep(const RecipeId &recipe, int step);
    void setScale(const RecipeId &recipe, const timers::Scale &scale);
    /// Several of these at once, as the op `asOp`, which is not used twice.
    void cook(const timers::Cook &wish, const OpId &asOp = OpId::random());

    /// Each session's canonical text, for the digest.
    QHash<RecipeId, QByteArray> canonical() const;

Q_SIGNALS:
    /// The log was read; from here on all() is complete.
    void loaded();
    void cookingChanged(const simmer::RecipeId &recipe);
    void kept(const simmer::OpId &op);
    /// What was asked could not be stored, or makes no sense now; nothing changed.
    void notKept(const simmer::OpId &op, const simmer::Error &error);

private:
    void take(const QList<timers::StampedOp> &ops);
    qint64 now() const { return m_clock.bootMs() + m_offsetMs; }

    const Clock &m_clock;
    qint64 m_offsetMs = 0; ///< kitchen time − boot time
    std::unique_ptr<storage::Scribe> m_scribe;
    QHash<RecipeId, QList<timers::StampedOp>> m_ops; ///< in the order of before()
    QHash<RecipeId, timers::Cooking> m_cookings;
};

} // namespace simmer::timerserver

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "syncserver/net/Http.h"
#include "syncserver/onlookers/Liveliness.h"

namespace simmer::syncserver {

/// Simple displays of a kitchen: open answers (server-sent events) that first get all timers, then
/// what changes. Comes behind its Liveliness among the onlookers; in the kitchen's thread.
class Displays final : public QObject, public Onlooker
{
    Q_OBJECT

public:
    static constexpr qsizetype MostOfADevice = 8;
    static constexpr qsizetype Most = 256;
    /// A word to those that hear nothing: proxies close what is silent for a minute.
    static constexpr qint64 BeatMs = 15'000;
    /// What fits into a stream's queue; of more timers those that ring next are told.
    static constexpr qsizetype MostTimers = 500;

    /// `lively` must outlive it.
    explicit Displays(Liveliness &lively);
    /// Ends all.
    ~Displays() override;

    bool hasRoom(const DeviceId &device) const;
    void add(const DeviceId &device, std::shared_ptr<HttpStream> stream);
    /// The device may not watch any more.
    void revoke(const DeviceId &device);
    qsizetype size() const { return m_displays.size(); }

    void committed(const QList<timers::StampedOp> &, qint64) override {} // its liveliness tells
    void tick(qint64 now) override;
    std::optional<qint64> nextAt() override { return m_beatAt; }

private:
    struct Display {
        DeviceId device;
        std::shared_ptr<HttpStream> stream;
    };

    void tellTouched(const QSet<TimerId> &timers);
    void tell(const char *event, QJsonObject json);
    void write(const QByteArray &bytes);
    QByteArray snapshot() const;

    Liveliness &m_lively;
    QList<Display> m_displays;
    std::optional<qint64> m_beatAt;
};

/// All timers as the API lists them: those that ring next first, what ended last; of more than
/// `most` the rest is counted.
QJsonObject timersJson(QList<timers::Timer> timers, qint64 now, qsizetype most);

} // namespace simmer::syncserver

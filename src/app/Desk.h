// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/Device.h"

#include <QJsonObject>
#include <QObject>

#include <functional>
#include <optional>

namespace simmer::app {

/// Where the answer to one request goes: lines, then one end. `owner` dies when nobody listens
/// any more, and everything still connected for the request dies with it.
struct Answer {
    QObject *owner = nullptr;
    std::function<void(const QJsonObject &line)> line;
    std::function<void(const std::optional<Error> &trouble)> end;
};

/// Carries out what simmerctl asks of a device: in its own process, or through the DeskSocket of
/// the program that holds the profile. One request is one JSON object with "cmd".
class Desk : public QObject
{
    Q_OBJECT

public:
    /// `device` is ready and outlives it.
    explicit Desk(Device &device, QObject *parent = nullptr);

    void handle(const QJsonObject &request, const Answer &answer);

    /// A request that the program around this desk carries out by itself: the desktop's window.
    using Errand = std::function<void(const QJsonObject &request, const Answer &answer)>;
    void offer(const QString &command, const Errand &errand) { m_errands.insert(command, errand); }

private:
    using Handler = void (Desk::*)(const QJsonObject &, const Answer &);

    void listTimers(const QJsonObject &request, const Answer &answer);
    void watch(const QJsonObject &request, const Answer &answer);
    void listRecipes(const QJsonObject &request, const Answer &answer);
    void show(const QJsonObject &request, const Answer &answer);
    void start(const QJsonObject &request, const Answer &answer);
    void press(const QJsonObject &request, const Answer &answer);
    void save(const QJsonObject &request, const Answer &answer);
    void edit(const QJsonObject &request, const Answer &answer);
    void remove(const QJsonObject &request, const Answer &answer);
    void history(const QJsonObject &request, const Answer &answer);
    void cook(const QJsonObject &request, const Answer &answer);
    void listCooking(const QJsonObject &request, const Answer &answer);
    void pair(const QJsonObject &request, const Answer &answer);
    void sync(const QJsonObject &request, const Answer &answer);
    void listKitchens(const QJsonObject &request, const Answer &answer);
    void pulse(const QJsonObject &request, const Answer &answer);
    void watchPulse(const Answer &answer);
    void listRefused(const QJsonObject &request, const Answer &answer);
    void digest(const QJsonObject &request, const Answer &answer);
    void photo(const QJsonObject &request, const Answer &answer);
    void addPhoto(const recipes::Recipe &recipe, const QByteArray &bytes, const Answer &answer);
    void readPhoto(const recipes::Recipe &recipe, const Answer &answer);

    /// Why waiting for the server would not help.
    static std::optional<Error> whyApart(const syncclient::LinkStatus &status);
    void followLink(const Answer &answer,
                    const std::function<void(const syncclient::LinkStatus &)> &look);
    void answerWhenKept(const OpId &op, const TimerId &timer, const Answer &answer);
    void answerWhenSaved(const recipes::Recipe &recipe, const Answer &answer);
    QJsonObject cookingLine(const timers::Cooking &cooking) const;
    void withAllTimers(const Answer &answer,
                       const std::function<void(const QList<timers::Timer> &)> &then);
    QList<timers::Timer> recentTimers() const;
    QJsonArray timerLines(QList<timers::Timer> list) const;
    Expected<recipes::Recipe> findRecipe(const QString &wanted) const;
    Expected<timers::Timer> findTimer(const QString &wanted) const;
    Expected<timerserver::Press> pressAt(const QJsonObject &request) const;

    Device &m_device;
    QHash<QString, Errand> m_errands;
};

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmer/Visit.h"

#include "app/DeskSocket.h"
#include "models/QuickTimer.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>

namespace simmer::app {

namespace {

using K = QLatin1String;

const QString Command = QStringLiteral("visit");
constexpr int ConnectMs = 1000;
constexpr int AnswerMs = 5000; // a window that is busy for longer is none that could come forward
constexpr qsizetype LongestToken = 1024;

QString activationToken()
{
    const QString wayland = qEnvironmentVariable("XDG_ACTIVATION_TOKEN");
    return (wayland.isEmpty() ? qEnvironmentVariable("DESKTOP_STARTUP_ID") : wayland)
        .left(LongestToken);
}

QJsonObject requestOf(const Visit &visit)
{
    return {{K("cmd"), Command},
            {K("quick"), visit.quick},
            {K("files"), QJsonArray::fromStringList(visit.files)},
            {K("open"), visit.open},
            {K("token"), visit.token}};
}

Visit visitIn(const QJsonObject &request)
{
    Visit visit{request.value(K("quick")).toString(),
                {},
                request.value(K("open")).toString(),
                request.value(K("token")).toString().left(LongestToken)};
    const QJsonArray files = request.value(K("files")).toArray();
    for (const QJsonValue &file : files)
        visit.files += file.toString();
    return visit;
}

/// The one line that the door says; nothing when it says none in time.
std::optional<QJsonObject> answerOf(QLocalSocket &socket)
{
    while (!socket.canReadLine())
        if (!socket.waitForReadyRead(AnswerMs))
            return std::nullopt;
    return QJsonDocument::fromJson(socket.readLine()).object();
}

/// Answers when it is durable.
void startTimer(timerserver::TimerServer &server, const QString &typed, const Answer &answer)
{
    using timerserver::TimerServer;
    const auto press = ui::quickTimer(typed, QStringLiteral("Timer"));
    if (!press) {
        answer.end(Error{ErrorCode::BadArgument, QStringLiteral("no time in “%1”").arg(typed), {}});
        return;
    }
    const OpId op = OpId::random();
    QObject::connect(&server, &TimerServer::pressKept, answer.owner,
                     [op, answer](const OpId &kept) {
                         if (kept == op)
                             answer.end({});
                     });
    QObject::connect(&server, &TimerServer::pressFailed, answer.owner,
                     [op, answer](const OpId &failed, const Error &error) {
                         if (failed == op)
                             answer.end(error);
                     });
    server.start(*press, op);
}

/// Opens the recipe of that title, now or when it comes.
void openByTitle(ui::MainWindow &window, const recipes::RecipeBook &book, const QString &title)
{
    const auto fits = [title](const recipes::Recipe &recipe) {
        return recipe.title.compare(title, Qt::CaseInsensitive) == 0;
    };
    for (const recipes::Recipe &recipe : book.recipes())
        if (fits(recipe))
            return window.openRecipe(recipe.id);
    auto *once = new QObject(&window);
    QObject::connect(&book, &recipes::RecipeBook::recipeChanged, once,
                     [&window, once, fits](const recipes::Recipe &recipe) {
                         if (!fits(recipe))
                             return;
                         window.openRecipe(recipe.id);
                         once->deleteLater();
                     });
}

} // namespace

Visit visitOf(const Options &options)
{
    Visit visit;
    QStringList words;
    for (const QString &word : options.files)
        (QFileInfo::exists(word) ? visit.files : words) += word;
    const QString typed = words.join(QLatin1Char(' '));
    if (ui::quickTimer(typed, QStringLiteral("Timer")))
        visit.quick = typed;
    else
        visit.files += words; // the import says that they are not there
    for (QString &file : visit.files)
        file = QFileInfo(file).absoluteFilePath();
    visit.open = options.open;
    visit.token = activationToken();
    return visit;
}

Knock knock(const QString &profile, const Visit &visit)
{
    QLocalSocket socket;
    socket.connectToServer(DeskSocket::nameFor(profile));
    if (!socket.waitForConnected(ConnectMs))
        return Knock::Nobody;
    socket.write(QJsonDocument(requestOf(visit)).toJson(QJsonDocument::Compact) + '\n');
    socket.flush();
    const auto answer = answerOf(socket);
    if (!answer)
        return Knock::Nobody;
    return answer->contains(K("end")) ? Knock::Let : Knock::Refused;
}

void carryOut(const Visit &visit, ui::MainWindow &window, const recipes::RecipeBook &book)
{
    if (!visit.quick.isEmpty())
        window.startQuick(visit.quick);
    if (!visit.open.isEmpty())
        openByTitle(window, book, visit.open);
    if (!visit.files.isEmpty())
        window.importFiles(visit.files);
}

void receiveVisits(Desk &desk, Device &device, ui::MainWindow &window)
{
    desk.offer(Command, [&](const QJsonObject &request, const Answer &answer) {
        Visit visit = visitIn(request);
        const QString quick = std::exchange(visit.quick, {});
        // A timer alone does not want the window: its ring comes forward by itself.
        if (quick.isEmpty() || !visit.files.isEmpty() || !visit.open.isEmpty()) {
            if (!visit.token.isEmpty()) // Qt's Wayland part reads it when it asks to come forward
                qputenv("XDG_ACTIVATION_TOKEN", visit.token.toUtf8());
            window.comeForward();
        }
        carryOut(visit, window, device.recipes());
        if (quick.isEmpty())
            answer.end({});
        else
            startTimer(device.timers(), quick, answer);
    });
}

} // namespace simmer::app

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/Preferences.h"

#include <QFile>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

namespace simmer::ui {

namespace {

using K = QLatin1String;

constexpr qint64 LongestFile = 1 << 20;
constexpr qsizetype LongestName = 64;
constexpr int SoonMs = 300;

const QStringList ThemeNames{QStringLiteral("system"), QStringLiteral("light"),
                             QStringLiteral("dark")};
const QStringList MotionNames{QStringLiteral("system"), QStringLiteral("full"),
                              QStringLiteral("reduced")};

QJsonObject objectIn(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly) || file.size() > LongestFile)
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

template<class Enum>
void readName(const QJsonObject &json, K key, const QStringList &names, Enum &value)
{
    if (const qsizetype at = names.indexOf(json.value(key).toString()); at >= 0)
        value = Enum(at);
}

void readNumber(const QJsonObject &json, K key, int least, int most, int &value)
{
    value = std::clamp(json.value(key).toInt(value), least, most);
}

void readFlag(const QJsonObject &json, K key, bool &value)
{
    value = json.value(key).toBool(value);
}

} // namespace

QJsonObject toJson(const Choices &choices)
{
    QJsonObject sounds;
    for (auto it = choices.soundOf.cbegin(); it != choices.soundOf.cend(); ++it)
        sounds.insert(it.key().toHex(), it.value());
    QJsonObject json{{K("theme"), ThemeNames.value(int(choices.theme))},
                     {K("motion"), MotionNames.value(int(choices.motion))},
                     {K("scale"), choices.scalePercent},
                     {K("volume"), choices.volume},
                     {K("ramps_up"), choices.rampsUp},
                     {K("sound"), choices.sound},
                     {K("sound_device"), choices.soundDevice},
                     {K("notifies"), choices.notifies},
                     {K("stays_in_tray"), choices.staysInTray},
                     {K("keeps_awake"), choices.keepsAwake},
                     {K("sounds"), sounds},
                     {K("cook"), choices.cook},
                     {K("geometry"), QString::fromLatin1(choices.geometry.toBase64())},
                     {K("sidebar"), choices.sidebar ? QJsonValue(*choices.sidebar) : QJsonValue()},
                     {K("sidebar_width"), choices.sidebarWidth},
                     {K("grid"), choices.grid},
                     {K("sort"), choices.sort},
                     {K("recipe"), choices.recipe.isNull() ? QString() : choices.recipe.toHex()},
                     {K("timers_on_top"), choices.timersOnTop}};
    return json;
}

Choices choicesFrom(const QJsonObject &json)
{
    Choices choices;
    readName(json, K("theme"), ThemeNames, choices.theme);
    readName(json, K("motion"), MotionNames, choices.motion);
    readNumber(json, K("scale"), 75, 300, choices.scalePercent);
    readNumber(json, K("volume"), 0, 100, choices.volume);
    readFlag(json, K("ramps_up"), choices.rampsUp);
    choices.sound = json.value(K("sound")).toString();
    choices.soundDevice = json.value(K("sound_device")).toString();
    readFlag(json, K("notifies"), choices.notifies);
    readFlag(json, K("stays_in_tray"), choices.staysInTray);
    readFlag(json, K("keeps_awake"), choices.keepsAwake);
    const QJsonObject sounds = json.value(K("sounds")).toObject();
    for (auto it = sounds.begin(); it != sounds.end(); ++it)
        if (const auto recipe = RecipeId::fromHex(it.key()); recipe && it->isString())
            choices.soundOf.insert(*recipe, it->toString());
    choices.cook = json.value(K("cook")).toString().trimmed().left(LongestName);
    choices.geometry = QByteArray::fromBase64(json.value(K("geometry")).toString().toLatin1());
    if (const QJsonValue sidebar = json.value(K("sidebar")); sidebar.isBool())
        choices.sidebar = sidebar.toBool();
    readNumber(json, K("sidebar_width"), 200, 360, choices.sidebarWidth);
    readFlag(json, K("grid"), choices.grid);
    choices.sort = json.value(K("sort")).toString();
    choices.recipe = RecipeId::fromHex(json.value(K("recipe")).toString()).value_or(RecipeId());
    readFlag(json, K("timers_on_top"), choices.timersOnTop);
    return choices;
}

int scalePercentIn(const QString &file)
{
    return choicesFrom(objectIn(file)).scalePercent;
}

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent)
    , m_file(file)
{
    m_writer.setMaxThreadCount(1);
    m_soon.setSingleShot(true);
    m_soon.setInterval(SoonMs);
    connect(&m_soon, &QTimer::timeout, this, &Preferences::write);
    read();
}

Preferences::~Preferences()
{
    flush();
}

void Preferences::read()
{
    m_read = objectIn(m_file);
    m_now = choicesFrom(m_read);
}

void Preferences::change(const std::function<void(Choices &)> &how)
{
    const Choices was = m_now;
    how(m_now);
    if (m_now == was)
        return;
    m_soon.start();
    Q_EMIT changed(was);
}

void Preferences::flush()
{
    if (m_soon.isActive())
        write();
    m_writer.waitForDone();
}

void Preferences::write()
{
    m_soon.stop();
    if (m_file.isEmpty())
        return;
    QJsonObject all = m_read;
    const QJsonObject ours = toJson(m_now);
    for (auto it = ours.begin(); it != ours.end(); ++it)
        all.insert(it.key(), it.value());
    m_writer.start([this, path = m_file, text = QJsonDocument(all).toJson()] {
        QSaveFile file(path);
        if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
            return;
        const Error error{
            ErrorCode::FileUnreadable, path + QLatin1String(": ") + file.errorString(), {}};
        QMetaObject::invokeMethod(this, [this, error] { Q_EMIT notKept(error); });
    });
}

} // namespace simmer::ui

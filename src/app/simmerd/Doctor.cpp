// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simmerd/Doctor.h"

#include "app/simmerd/ControlSocket.h"
#include "app/simmerd/PortTrial.h"
#include "storage/DataFolder.h"
#include "storage/safety/Inspection.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

namespace simmer::app {

namespace {

using Kind = Finding::Kind;

constexpr qint64 MiB = 1024 * 1024;
constexpr qint64 LeastFree = 100 * MiB; // below that the next daily copy of most kitchens fails
constexpr qint64 LittleFree = 1024 * MiB;
constexpr int OldCopyDays = 2;
// When this was written: a clock before it was never set.
const QDate Written(2026, 11, 1);

constexpr auto Others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;

QString sizeInWords(qint64 bytes)
{
    return QLocale::c().formattedDataSize(bytes);
}

/// One look, from the outside in.
class Examination
{
public:
    Examination(const Effective &effective, const Clock &clock)
        : m_effective(effective)
        , m_clock(clock)
        , m_dataDir(effective.config.dataDir)
    {
    }

    QList<Finding> run()
    {
        settings();
        clockIsSet();
        if (!folder())
            return m_findings;
        m_isRunning = storage::DataFolder::isTaken(m_dataDir);
        modes();
        space();
        kitchens();
        photos();
        copies();
        leftovers();
        if (m_isRunning)
            answers();
        else
            ports();
        return m_findings;
    }

private:
    void fine(const QString &what) { m_findings += {Kind::Fine, what, {}}; }
    void odd(const QString &what, const QString &todo) { m_findings += {Kind::Odd, what, todo}; }
    void trouble(const QString &what, const QString &todo)
    {
        m_findings += {Kind::Trouble, what, todo};
    }

    void settings();
    void clockIsSet();
    bool folder();
    void modes();
    void space();
    void kitchens();
    void photos();
    void copies();
    void leftovers();
    void answers();
    void ports();

    QString file(const QString &name) const { return QDir(m_dataDir).filePath(name); }
    QDate today() const { return QDateTime::fromMSecsSinceEpoch(m_clock.wallMs()).date(); }

    const Effective &m_effective;
    const Clock &m_clock;
    const QString m_dataDir;
    bool m_isRunning = false;
    QList<Finding> m_findings;
};

void Examination::settings()
{
    for (const QString &problem : m_effective.problems)
        trouble(problem, QStringLiteral("correct it; simmerd does not start with it"));
    for (const QString &hint : m_effective.hints)
        odd(hint, QStringLiteral("nothing, if that is meant for somebody else"));
    if (m_effective.problems.isEmpty())
        fine(QStringLiteral("the settings are sound"));
}

void Examination::clockIsSet()
{
    if (today() < Written)
        trouble(QStringLiteral("this machine's clock says %1").arg(today().toString(Qt::ISODate)),
                QStringLiteral("set it, and let a time server keep it (timedatectl set-ntp true)"));
    else if (!m_clock.wallUncertaintyMs())
        odd(QStringLiteral("no time server has set this machine's clock"),
            QStringLiteral("timedatectl set-ntp true; until then devices are asked for the time"));
    else
        fine(QStringLiteral("a time server keeps the clock"));
}

bool Examination::folder()
{
    const QFileInfo folder(m_dataDir);
    if (m_dataDir.isEmpty())
        trouble(QStringLiteral("no data folder is named"),
                QStringLiteral("name it by data-dir in the config file, or --data-dir"));
    else if (!folder.exists())
        trouble(QStringLiteral("%1 is not there").arg(m_dataDir),
                QStringLiteral("start simmerd once, which makes it, or correct data-dir"));
    else if (!folder.isDir() || !QDir(m_dataDir).isReadable())
        trouble(QStringLiteral("%1 is no folder that can be read").arg(m_dataDir),
                QStringLiteral("run this as the user of simmerd, or as root"));
    else
        return true;
    return false;
}

void Examination::modes()
{
    QStringList open;
    if (QFileInfo(m_dataDir).permissions() & Others)
        open += m_dataDir;
    const QFileInfoList files =
        QDir(m_dataDir).entryInfoList(QDir::Files | QDir::Hidden | QDir::System);
    for (const QFileInfo &file : files)
        if (file.permissions() & Others)
            open += file.filePath();
    for (const QString &path : std::as_const(open))
        trouble(QStringLiteral("others may read or write %1").arg(path),
                QStringLiteral("chmod go= %1").arg(path));
    if (open.isEmpty())
        fine(QStringLiteral("the folder is for its user alone"));
}

void Examination::space()
{
    const qint64 free = QStorageInfo(m_dataDir).bytesAvailable();
    const qint64 needed =
        LeastFree + 2 * QFileInfo(storage::kitchenFileIn(m_dataDir)).size(); // a copy, and the WAL
    const QString what = QStringLiteral("%1 are free on the disk").arg(sizeInWords(free));
    if (free < needed)
        trouble(what, QStringLiteral("make room: %1 are needed").arg(sizeInWords(needed)));
    else if (free < LittleFree)
        odd(what, QStringLiteral("make room before it is full; presses stop then"));
    else
        fine(what);
}

void Examination::kitchens()
{
    const QString path = storage::kitchenFileIn(m_dataDir);
    if (!QFileInfo::exists(path)) {
        trouble(QStringLiteral("%1 is not there").arg(path),
                QStringLiteral("restore a copy (simmerd restore), or start simmerd, which begins "
                               "anew or takes the newest daily copy"));
        return;
    }
    const auto chains = storage::proveKitchens(path, storage::Rest::Living);
    if (!chains) {
        trouble(describe(chains.error()),
                chains.error().code == ErrorCode::StoreDamaged
                    ? QStringLiteral("restart simmerd: it mends the file, and devices give back "
                                     "what is lost")
                    : QString());
        return;
    }
    for (const storage::ProvenChain &chain : *chains)
        if (chain.damagedAt)
            trouble(QStringLiteral("entry %1 of the log of “%2” is damaged")
                        .arg(*chain.damagedAt)
                        .arg(chain.name),
                    QStringLiteral("restart simmerd: it mends the file, and devices give back "
                                   "what is lost"));
        else
            fine(QStringLiteral("“%1”: all %2 links of the log are sound")
                     .arg(chain.name)
                     .arg(chain.entries));
}

void Examination::photos()
{
    const Outcome sound = storage::checkPhotos(m_dataDir, storage::Rest::Living);
    if (sound)
        fine(QStringLiteral("the photos' file is sound"));
    else
        trouble(describe(sound.error()),
                QStringLiteral("restart simmerd: photos come again from the devices"));
}

void Examination::copies()
{
    const auto newest = storage::newestDailyCopy(m_dataDir);
    const QString date = newest ? newest->date.toString(Qt::ISODate) : QString();
    if (!newest)
        odd(QStringLiteral("there is no daily copy yet"),
            QStringLiteral("simmerd makes the first within a day"));
    else if (!newest->isWhole)
        trouble(
            QStringLiteral("the daily copy of %1 is damaged").arg(date),
            QStringLiteral("check the disk (smartctl -a), and copy elsewhere by simmerd backup"));
    else if (newest->date.daysTo(today()) > OldCopyDays)
        odd(QStringLiteral("the newest daily copy is of %1").arg(date),
            QStringLiteral("see in the log why there is none since; is simmerd running?"));
    else
        fine(QStringLiteral("the daily copy of %1 is sound").arg(date));
}

void Examination::leftovers()
{
    const QFileInfoList files =
        QDir(m_dataDir).entryInfoList({QStringLiteral("*.damaged-*"), QStringLiteral("*.before-*")},
                                      QDir::Files | QDir::Hidden, QDir::Name);
    for (const QFileInfo &file : files)
        odd(QStringLiteral("%1 (%2) is kept from before")
                .arg(file.filePath(), sizeInWords(file.size())),
            QStringLiteral("remove it when nobody misses anything"));
}

void Examination::answers()
{
    const auto size = askForSize(m_dataDir);
    if (size)
        fine(QStringLiteral("the server runs and answers"));
    else
        trouble(QStringLiteral("a server has the folder and does not answer"),
                QStringLiteral("wait if it has just begun (a long log takes a minute); then see "
                               "its log, and restart it"));
}

void Examination::ports()
{
    odd(QStringLiteral("no server runs"),
        QStringLiteral("systemctl start simmerd, unless that is meant so"));
    for (const ListenOn &address : m_effective.config.listen) {
        const QString name = QStringLiteral("%1 port %2").arg(address.address).arg(address.port);
        const Outcome free = tryPort(address);
        if (free)
            fine(QStringLiteral("%1 is free").arg(name));
        else
            trouble(QStringLiteral("%1 cannot be had: %2").arg(name, free.error().context),
                    QStringLiteral("see who has it (ss -ltnp), or set another listen"));
    }
}

} // namespace

QList<Finding> examine(const Effective &effective, const Clock &clock)
{
    return Examination(effective, clock).run();
}

} // namespace simmer::app

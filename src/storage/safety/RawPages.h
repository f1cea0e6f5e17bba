// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QIODevice>
#include <QVariantList>

#include <functional>
#include <memory>

namespace simmer::storage {

/// Reads the records of a SQLite file page by page, without its schema and its trees
/// (https://www.sqlite.org/fileformat2.html): what is left when SQLite itself gives up. Also
/// pages that were given free and those of the WAL, whatever its checksums say; so a record may be
/// an old version of a row, and who takes it must prove it. Any thread, one at a time.
class RawPages
{
public:
    /// A record's values as SQLite's driver gives them: qint64, double, QString, QByteArray.
    using Take = std::function<void(const QVariantList &record)>;

    /// Either may be null.
    RawPages(std::unique_ptr<QIODevice> file, std::unique_ptr<QIODevice> wal);

    /// Every record that can be made out, those of the WAL first, the newest before older ones.
    void forEach(const Take &take);
    /// Whether commits stand in the WAL beyond a place where SQLite stops to read it. The last
    /// commit alone may be torn by a power cut, before anybody was told of it.
    bool hasLostCommits();

private:
    struct Frame {
        qint64 at = 0; ///< of its page
        quint32 page = 0;
        bool commits = false;
        bool ofThisLog = false; ///< not left from before the WAL was last begun anew
    };

    void readSizes();
    void readFrames();
    QByteArray framePage(const Frame &frame);
    QByteArray page(quint32 number);
    void records(const QByteArray &page, quint32 number, const Take &take);
    QByteArray payload(const QByteArray &page, qsizetype at, qint64 size, bool isTable);

    std::unique_ptr<QIODevice> m_file;
    std::unique_ptr<QIODevice> m_wal;
    qsizetype m_pageSize = 4096; ///< SQLite's default, where the header does not say
    qsizetype m_usable = 4096;
    QList<Frame> m_frames;
    QHash<quint32, qint64> m_newest; ///< where a page's newest frame is in the WAL
};

} // namespace simmer::storage

// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/safety/RawPages.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace simmer::storage {

namespace {

// https://www.sqlite.org/fileformat2.html
constexpr qsizetype FileHeader = 100;
constexpr qsizetype WalHeader = 32;
constexpr qsizetype FrameHeader = 24;
constexpr char IndexInterior = 0x02;
constexpr char IndexLeaf = 0x0a;
constexpr char TableLeaf = 0x0d;

constexpr qint64 LongestPayload = 64LL * 1024 * 1024; // beyond every limit of ours: damage
constexpr int MostColumns = 32;

bool isPageSize(qint64 size)
{
    return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

template<class Number>
Number bigEndian(const QByteArray &bytes, qsizetype at)
{
    return at >= 0 && at + qsizetype(sizeof(Number)) <= bytes.size()
               ? qFromBigEndian<Number>(bytes.constData() + at)
               : Number(0);
}

/// The next varint, and `at` behind it; -1 when it does not fit.
qint64 varint(const QByteArray &bytes, qsizetype &at)
{
    quint64 value = 0;
    for (int i = 0; i < 9; ++i) {
        if (at < 0 || at >= bytes.size())
            return -1;
        const auto byte = quint8(bytes[at++]);
        if (i == 8)
            return qint64(value << 8 | byte);
        value = value << 7 | (byte & 0x7f);
        if (!(byte & 0x80))
            break;
    }
    return qint64(value);
}

qsizetype lengthOf(qint64 serialType)
{
    constexpr qsizetype Fixed[]{0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
    return serialType < 12 ? Fixed[serialType] : qsizetype((serialType - 12) / 2);
}

QVariant valueOf(qint64 serialType, const QByteArray &bytes)
{
    if (serialType == 0)
        return {};
    if (serialType == 8 || serialType == 9)
        return qint64(serialType - 8);
    if (serialType >= 12)
        return serialType % 2 == 0 ? QVariant(bytes) : QVariant(QString::fromUtf8(bytes));
    if (serialType == 7)
        return QVariant(qFromBigEndian<double>(bytes.constData()));
    qint64 number = qint8(bytes[0]);
    for (qsizetype i = 1; i < bytes.size(); ++i)
        number = qint64(quint64(number) << 8 | quint8(bytes[i]));
    return number;
}

/// Empty when the bytes are no record.
QVariantList decode(const QByteArray &payload)
{
    qsizetype at = 0;
    const qint64 header = varint(payload, at);
    if (header < 2 || header > payload.size())
        return {};
    QVariantList values;
    qsizetype value = qsizetype(header);
    while (at < header) {
        const qint64 type = varint(payload, at);
        if (type < 0 || type == 10 || type == 11 || values.size() == MostColumns)
            return {};
        const qsizetype length = lengthOf(type);
        if (length > payload.size() - value)
            return {};
        values += valueOf(type, payload.mid(value, length));
        value += length;
    }
    return value == payload.size() ? values : QVariantList();
}

/// The running checksum of a WAL, over 8 bytes at a time.
void addUp(const QByteArray &bytes, bool bigEndianWords, quint32 &a, quint32 &b)
{
    for (qsizetype at = 0; at + 8 <= bytes.size(); at += 8) {
        const char *word = bytes.constData() + at;
        a +=
            (bigEndianWords ? qFromBigEndian<quint32>(word) : qFromLittleEndian<quint32>(word)) + b;
        b += (bigEndianWords ? qFromBigEndian<quint32>(word + 4)
                             : qFromLittleEndian<quint32>(word + 4)) +
             a;
    }
}

QByteArray readAt(QIODevice *file, qint64 at, qint64 length)
{
    return file && at >= 0 && file->seek(at) ? file->read(length) : QByteArray();
}

} // namespace

RawPages::RawPages(std::unique_ptr<QIODevice> file, std::unique_ptr<QIODevice> wal)
    : m_file(std::move(file))
    , m_wal(std::move(wal))
{
    readSizes();
    readFrames();
}

void RawPages::readSizes()
{
    const QByteArray header = readAt(m_file.get(), 0, FileHeader);
    const qint64 written = bigEndian<quint16>(header, 16);
    const qint64 inFile = written == 1 ? 65536 : written;
    const qint64 inWal = bigEndian<quint32>(readAt(m_wal.get(), 0, WalHeader), 8);
    if (isPageSize(inWal))
        m_pageSize = qsizetype(inWal);
    else if (header.startsWith("SQLite format 3") && isPageSize(inFile))
        m_pageSize = qsizetype(inFile);
    m_usable = m_pageSize; // Qt's driver reserves nothing at a page's end
}

void RawPages::readFrames()
{
    const QByteArray salts = readAt(m_wal.get(), 16, 8);
    const qint64 size = m_wal ? m_wal->size() : 0;
    for (qint64 at = WalHeader; at + FrameHeader + m_pageSize <= size;
         at += FrameHeader + m_pageSize) {
        const QByteArray header = readAt(m_wal.get(), at, FrameHeader);
        const Frame frame{at + FrameHeader, bigEndian<quint32>(header, 0),
                          bigEndian<quint32>(header, 4) != 0, header.mid(8, 8) == salts};
        m_frames += frame;
        if (frame.ofThisLog || !m_newest.contains(frame.page))
            m_newest.insert(frame.page, frame.at);
    }
}

bool RawPages::hasLostCommits()
{
    const QByteArray header = readAt(m_wal.get(), 0, WalHeader);
    const bool bigEndianWords = bigEndian<quint32>(header, 0) & 1;
    quint32 a = 0;
    quint32 b = 0;
    addUp(header.left(24), bigEndianWords, a, b);
    bool follows = (bigEndian<quint32>(header, 0) & ~1U) == 0x377f0682 &&
                   a == bigEndian<quint32>(header, 24) && b == bigEndian<quint32>(header, 28);
    int beyond = 0;
    for (const Frame &frame : std::as_const(m_frames)) {
        const QByteArray head = readAt(m_wal.get(), frame.at - FrameHeader, FrameHeader);
        if (follows) {
            addUp(head.left(8), bigEndianWords, a, b);
            addUp(framePage(frame), bigEndianWords, a, b);
            follows = frame.ofThisLog && a == bigEndian<quint32>(head, 16) &&
                      b == bigEndian<quint32>(head, 20);
        }
        if (!follows && frame.ofThisLog && frame.commits)
            ++beyond;
    }
    return beyond > 1;
}

QByteArray RawPages::framePage(const Frame &frame)
{
    return readAt(m_wal.get(), frame.at, m_pageSize);
}

QByteArray RawPages::page(quint32 number)
{
    const auto inWal = m_newest.constFind(number);
    return inWal != m_newest.cend()
               ? readAt(m_wal.get(), *inWal, m_pageSize)
               : readAt(m_file.get(), (qint64(number) - 1) * m_pageSize, m_pageSize);
}

void RawPages::forEach(const Take &take)
{
    for (const bool ofThisLog : {true, false})
        for (auto frame = m_frames.crbegin(); frame != m_frames.crend(); ++frame)
            if (frame->ofThisLog == ofThisLog)
                records(framePage(*frame), frame->page, take);
    const qint64 pages = m_file ? m_file->size() / m_pageSize : 0;
    for (qint64 number = 1; number <= pages; ++number)
        records(readAt(m_file.get(), (number - 1) * m_pageSize, m_pageSize), quint32(number), take);
}

void RawPages::records(const QByteArray &page, quint32 number, const Take &take)
{
    const qsizetype start = number == 1 ? FileHeader : 0;
    if (page.size() != m_pageSize)
        return;
    const char kind = page[start];
    if (kind != TableLeaf && kind != IndexLeaf && kind != IndexInterior)
        return;
    const qsizetype pointers = start + (kind == IndexInterior ? 12 : 8);
    const qsizetype count =
        std::min<qsizetype>(bigEndian<quint16>(page, start + 3), (m_pageSize - pointers) / 2);
    for (qsizetype i = 0; i < count; ++i) {
        qsizetype at = bigEndian<quint16>(page, pointers + 2 * i);
        if (kind == IndexInterior)
            at += 4; // its left child
        const qint64 size = varint(page, at);
        if (kind == TableLeaf)
            varint(page, at); // the rowid
        if (size < 2 || size > LongestPayload)
            continue;
        const QVariantList record = decode(payload(page, at, size, kind == TableLeaf));
        if (!record.isEmpty())
            take(record);
    }
}

/// The bytes of a cell, gathered from its overflow pages where it has some; empty when they end
/// too soon.
QByteArray RawPages::payload(const QByteArray &page, qsizetype at, qint64 size, bool isTable)
{
    const qint64 most = isTable ? m_usable - 35 : (m_usable - 12) * 64 / 255 - 23;
    if (size <= most)
        return at + size <= page.size() ? page.mid(at, qsizetype(size)) : QByteArray();
    const qint64 least = (m_usable - 12) * 32 / 255 - 23;
    const qint64 wished = least + (size - least) % (m_usable - 4);
    const qint64 here = wished <= most ? wished : least;
    if (at + here + 4 > page.size())
        return {};
    QByteArray bytes = page.mid(at, qsizetype(here));
    auto next = bigEndian<quint32>(page, qsizetype(at + here));
    while (next != 0 && bytes.size() < size) {
        const QByteArray overflow = this->page(next);
        if (overflow.size() != m_pageSize)
            return {};
        bytes += overflow.mid(4, qsizetype(std::min<qint64>(m_usable - 4, size - bytes.size())));
        next = bigEndian<quint32>(overflow, 0);
    }
    return bytes.size() == size ? bytes : QByteArray();
}

} // namespace simmer::storage

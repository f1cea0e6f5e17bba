// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

using namespace Qt::StringLiterals;

namespace {

constexpr quint32 Seed = 20250101; ///< fixed: a failure has to come again
constexpr int MutationsPerFixture = 3000;

/// Pieces that the decoders look for; put in anywhere they lead to rare branches.
constexpr std::array Tokens{"<",
                            ">",
                            "</script>",
                            "<script type=\"application/ld+json\">",
                            "\"",
                            "{",
                            "}",
                            "[",
                            "]",
                            ",",
                            ":",
                            "\\",
                            "\\u",
                            "&amp;",
                            "&#x",
                            "@",
                            "#",
                            "~",
                            "~{",
                            "%",
                            "--",
                            "[-",
                            "-]",
                            "---\n",
                            ">>",
                            "=",
                            "\n\n",
                            "\r",
                            "itemprop=\"",
                            "itemscope ",
                            "<li>",
                            "<!--",
                            "PT99999999H",
                            "\xef\xbb\xbf",
                            "\xff",
                            "\xc3",
                            "9999999999 minutes",
                            "1-2 h",
                            "\xf0\x9f\x8d\xaa"};

class Mutator
{
public:
    explicit Mutator(quint32 seed)
        : m_random(seed)
    {
    }

    QByteArray mutated(QByteArray bytes)
    {
        const int changes = 1 + m_random.bounded(6);
        for (int i = 0; i < changes && !bytes.isEmpty(); ++i)
            change(bytes);
        return bytes;
    }

private:
    qsizetype place(const QByteArray &bytes) { return m_random.bounded(int(bytes.size())); }

    void change(QByteArray &bytes)
    {
        const qsizetype at = place(bytes);
        const qsizetype length = 1 + m_random.bounded(40);
        switch (m_random.bounded(6)) {
        case 0:
            bytes[at] = char(m_random.bounded(256));
            break;
        case 1:
            bytes.remove(at, length);
            break;
        case 2:
            bytes.insert(at, Tokens[size_t(m_random.bounded(int(Tokens.size())))]);
            break;
        case 3:
            bytes.insert(at, bytes.mid(place(bytes), length).repeated(1 + m_random.bounded(20)));
            break;
        case 4:
            bytes.truncate(at);
            break;
        case 5:
            bytes.insert(place(bytes), bytes.mid(at, length));
            break;
        }
    }

    QRandomGenerator m_random;
};

} // namespace

/// A few thousand damaged files, always the same ones: no decoder may crash, hang, or make a recipe
/// that breaks its own rules (fuzz_formats.cpp checks them).
class TestFormatsMutations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesMutations_data();
    void survivesMutations();
    void survivesTruncations_data() { survivesMutations_data(); }
    void survivesTruncations();
};

void TestFormatsMutations::survivesMutations_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("decoder");
    const QDir folder(QStringLiteral(SIMMER_FIXTURES "/formats"));
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const int decoder = name.endsWith(u".cook") ? 2 : name.endsWith(u".json") ? 1 : 0;
        QTest::newRow(qPrintable(name)) << file.readAll() << decoder;
    }
}

void TestFormatsMutations::survivesMutations()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, decoder);
    Mutator mutator(Seed);
    QElapsedTimer timer;
    qint64 slowest = 0;
    for (int i = 0; i < MutationsPerFixture; ++i) {
        const QByteArray input = char(i % 10 == 0 ? 3 : decoder) + mutator.mutated(bytes);
        timer.start();
        QCOMPARE(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.constData()),
                                        size_t(input.size())),
                 0);
        slowest = std::max(slowest, timer.elapsed());
    }
    QVERIFY2(slowest < 5000, qPrintable(u"one took %1 ms"_s.arg(slowest)));
}

void TestFormatsMutations::survivesTruncations()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, decoder);
    for (qsizetype length = 0; length < bytes.size(); length += 7) {
        const QByteArray input = char(decoder) + bytes.left(length);
        QCOMPARE(LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t *>(input.constData()),
                                        size_t(input.size())),
                 0);
    }
}

QTEST_GUILESS_MAIN(TestFormatsMutations)
#include "tst_formats_mutations.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "UiKitchen.h"

#include "recipes/RecipeCodec.h"
#include "recipes/formats/RecipeReader.h"
#include "storage/device/DeviceStore.h"
#include "storage/photos/BlobShelf.h"

#include <QDateTime>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

namespace simmer::fakes {

qint64 UiKitchen::evening()
{
    return QDateTime(QDate(2026, 1, 18), QTime(18, 12)).toMSecsSinceEpoch();
}

UiKitchen::UiKitchen(qint64 early)
    : m_clock(evening() - early, 10'000'000)
{
    make();
}

void UiKitchen::make()
{
    m_log = new storage::DeviceLog(m_clock, m_folder.path(), QStringLiteral("Ana"));
    m_logThread = startThread(QStringLiteral("storage"), m_log);
    m_book = std::make_unique<storage::StoredRecipeBook>(*m_log);
    m_cooking = std::make_unique<timerserver::CookingSessions>(m_clock, *m_log);
    m_server = std::make_unique<timerserver::TimerServer>(m_clock, *m_log);
    m_client = std::make_unique<syncclient::SyncClient>(m_clock, *m_log);
}

void UiKitchen::restart()
{
    m_client.reset();
    m_server.reset();
    m_cooking.reset();
    m_catalogue.reset();
    m_book.reset();
    m_logThread.reset();
    m_early.clear();
    make();
}

UiKitchen::~UiKitchen() = default;

void UiKitchen::write(const timers::StampedOp &op)
{
    m_early += op;
    m_lastOp.insert(op.op.subject, op.op.id);
}

TimerId UiKitchen::started(OpMaker &cook, const QString &name, qint64 checkMs, qint64 totalMs,
                           qint64 ago, const std::optional<timers::Place> &place)
{
    const TimerId timer = place ? timers::timerAt(*place) : TimerId::random();
    write(cook.make(timer, timers::Start{name, checkMs, totalMs, place}, evening() - ago));
    return timer;
}

void UiKitchen::paused(OpMaker &cook, const TimerId &timer, qint64 ago)
{
    write(cook.make(timer, timers::Pause{}, evening() - ago, {m_lastOp.value(timer.uuid())}));
}

void UiKitchen::acknowledged(OpMaker &cook, const TimerId &timer, qint64 ago)
{
    const OpId ring = m_lastOp.value(timer.uuid());
    write(cook.make(timer, timers::Acknowledge{ring}, evening() - ago, {ring}));
}

void UiKitchen::addRecipe(const recipes::Recipe &recipe)
{
    write(m_scribe.make(recipe.id.uuid(), timers::WriteRecipe{recipes::toJson(recipe)},
                        evening() - 86'400'000));
}

void UiKitchen::open()
{
    {
        const auto store = storage::DeviceStore::open(m_folder.path());
        if (!store)
            qFatal("%s", qPrintable(describe(store.error())));
        for (const timers::StampedOp &op : std::as_const(m_early))
            if (const Outcome kept = (*store)->append(op.op); !kept)
                qFatal("%s", qPrintable(describe(kept.error())));
    }
    QSignalSpy timersLoaded(m_server.get(), &timerserver::TimerServer::ticked);
    QSignalSpy bookLoaded(m_book.get(), &recipes::RecipeBook::loaded);
    QSignalSpy cookingLoaded(m_cooking.get(), &timerserver::CookingSessions::loaded);
    m_log->open();
    if ((bookLoaded.isEmpty() && !bookLoaded.wait(PatienceMs)) ||
        (cookingLoaded.isEmpty() && !cookingLoaded.wait(PatienceMs)) ||
        (timersLoaded.isEmpty() && !timersLoaded.wait(PatienceMs)))
        qFatal("the log was not read");
}

recipes::Catalogue &UiKitchen::catalogue()
{
    if (!m_catalogue)
        m_catalogue = std::make_unique<storage::RecipeCatalogue>(m_folder.path(), *m_book);
    return *m_catalogue;
}

BlobHash UiKitchen::keepPhoto(const QByteArray &bytes)
{
    const BlobHash photo = BlobHash::of(bytes);
    QSignalSpy kept(&m_log->blobs(), &storage::BlobShelf::kept);
    m_log->blobs().keep(bytes);
    if (!QTest::qWaitFor([&] { return kept.contains(QVariantList{QVariant::fromValue(photo)}); },
                         PatienceMs))
        qFatal("the photo was not kept");
    return photo;
}

void UiKitchen::bringPhotos(ui::PhotoSource &photos)
{
    storage::BlobShelf &shelf = m_log->blobs();
    QObject::connect(&photos, &ui::PhotoSource::bytesWished, &photos,
                     [&shelf](const BlobHash &photo) { shelf.read(photo); });
    QObject::connect(&shelf, &storage::BlobShelf::photoRead, &photos, &ui::PhotoSource::take);
    QObject::connect(&shelf, &storage::BlobShelf::photoMissing, &photos, &ui::PhotoSource::lack);
    QObject::connect(&shelf, &storage::BlobShelf::arrived, &photos, &ui::PhotoSource::arrived);
}

void UiKitchen::pass(qint64 ms)
{
    m_clock.advance(ms);
    const qint64 second = m_clock.wallMs() / 1000 * 1000;
    if (!QTest::qWaitFor([&] { return m_server->lastTick() == second; }, PatienceMs))
        qFatal("no tick came");
}

QHash<QString, recipes::Recipe> sampleRecipes()
{
    QHash<QString, recipes::Recipe> samples;
    const QDir folder(QStringLiteral(":/simmer/samples"));
    const QStringList names = folder.entryList();
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("%s", qPrintable(file.fileName()));
        const auto read = recipes::formats::readBytes(name, file.readAll());
        if (!read)
            qFatal("%s: %s", qPrintable(name), qPrintable(describe(read.error())));
        samples.insert(name.section(u'.', 0, 0), read->constFirst());
    }
    return samples;
}

} // namespace simmer::fakes

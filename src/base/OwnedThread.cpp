// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/OwnedThread.h"

#include <QSemaphore>

namespace simmer {

namespace {

/// Lives in the thread: an event posted to it comes after every command posted before.
class LastWord : public QObject
{
};

class WorkerThread : public QThread
{
public:
    explicit WorkerThread(QObject *worker)
    {
        worker->moveToThread(this);
        m_lastWord.moveToThread(this);
        connect(this, &QThread::finished, worker, &QObject::deleteLater);
    }

    void finish()
    {
        QMetaObject::invokeMethod(
            &m_lastWord, [this] { quit(); }, Qt::QueuedConnection);
        wait();
    }

private:
    LastWord m_lastWord;
};

} // namespace

void QuitAndWait::operator()(QThread *thread) const
{
    static_cast<WorkerThread *>(thread)->finish();
    delete thread;
}

OwnedThread startThread(const QString &name, QObject *worker, std::function<void()> first)
{
    OwnedThread thread(new WorkerThread(worker));
    thread->setObjectName(name);
    const auto running = std::make_shared<QSemaphore>(); // outlives whichever is last
    QObject::connect(
        thread.get(), &QThread::started, thread.get(),
        [running, first = std::move(first)] {
            if (first)
                first();
            running->release();
        },
        Qt::DirectConnection);
    thread->start();
    running->acquire();
    return thread;
}

} // namespace simmer

// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/OwnedThread.h"

namespace simmer {

void QuitAndWait::operator()(QThread *thread) const
{
    thread->quit();
    thread->wait();
    delete thread;
}

OwnedThread startThread(const QString &name, QObject *worker)
{
    OwnedThread thread(new QThread);
    thread->setObjectName(name);
    worker->moveToThread(thread.get());
    QObject::connect(thread.get(), &QThread::finished, worker, &QObject::deleteLater);
    thread->start();
    return thread;
}

} // namespace simmer

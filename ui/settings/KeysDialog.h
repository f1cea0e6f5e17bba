// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>
#include <QString>

namespace simmer::ui {

/// Keys of one place in the program: what they do, and how they are written.
struct KeyGroup {
    struct Line {
        QString what;
        QString keys; ///< portable text of each, "Ctrl+F", separated by two spaces
    };
    QString place;
    QList<Line> lines;
};

/// All keys of Simmer, as GUIDE.md ("Keyboard") has them. A test holds the window's own against it.
QList<KeyGroup> allKeys();

/// The list of keys (F1). GUI thread.
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    explicit KeysDialog(QWidget *parent = nullptr);
};

} // namespace simmer::ui

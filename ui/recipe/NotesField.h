// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

#include <optional>

class QPlainTextEdit;

namespace simmer::ui {

/// The kitchen's notes on a recipe, typed in place. What was typed is told after a pause, when the
/// field is left, and by flush(); nothing that others write replaces what is being typed. GUI
/// thread.
class NotesField : public QWidget
{
    Q_OBJECT

public:
    explicit NotesField(QWidget *parent = nullptr);

    /// The notes as the book has them.
    void show(const QString &kept);
    QString text() const;
    /// As if a person had typed this.
    void type(const QString &typed);
    /// Tells at once what was typed and not told yet.
    void flush();
    /// What was told is durable, or (`isKept` is false) could not be kept and is told again later.
    void answer(bool isKept);

    QSize sizeHint() const override { return {200, m_height}; }
    QSize minimumSizeHint() const override { return {120, m_height}; }

Q_SIGNALS:
    /// What stands there, soon after each key: for a draft.
    void typed(const QString &notes);
    void written(const QString &notes);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    QPlainTextEdit *m_edit;
    QTimer m_pause;
    QTimer m_soon;
    QString m_kept;                ///< as the book has it
    std::optional<QString> m_told; ///< and how it will have it, as soon as that is durable
    int m_height = 0;
};

} // namespace simmer::ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>
#include <QWidget>

namespace simmer::ui {

/// A tag that is chosen by a press. GUI thread.
class TagChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit TagChip(const QString &text, QWidget *parent = nullptr);

    /// Without an outline: "+9".
    void setBare(bool bare);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_bare = false;
};

/// The most used tags in a few lines; what has no room stands in a menu behind "+9". GUI thread.
class TagChips : public QWidget
{
    Q_OBJECT

public:
    using Tags = QList<std::pair<QString, int>>; ///< with how many recipes, the most used first

    /// `counted`: each says its number.
    TagChips(int lines, bool counted, QWidget *parent = nullptr);

    void setTags(const Tags &tags);
    void setChosen(const QStringList &chosen);
    void setLines(int lines);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

Q_SIGNALS:
    void toggled(const QString &tag);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    int arrange(int width, bool moving) const;
    void openAll();
    void fill();

    int m_lines;
    bool m_counted;
    Tags m_tags;
    Tags m_shown; ///< the same, the chosen first
    QStringList m_chosen;
    QList<TagChip *> m_chips;
    TagChip *m_more;
};

} // namespace simmer::ui

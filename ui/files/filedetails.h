// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/transfer/fileplace.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;

namespace handover::ui {

class ElidedLabel;

/// What is selected: what it is, to whom it belongs, and its permissions as boxes and as a number, to be changed.
class FileDetails final : public QWidget
{
    Q_OBJECT

public:
    explicit FileDetails(QWidget *parent = nullptr);

    void setEntries(const QList<transfer::FileEntry> &entries);
    [[nodiscard]] QCheckBox *box(int who, int right) const { return m_boxes[who * 3 + right]; } ///< owner 0, read 0
    [[nodiscard]] QLineEdit *octal() const { return m_octal; }
    [[nodiscard]] QPushButton *applyButton() const { return m_apply; }

signals:
    void modeRequested(quint32 mode);

private:
    void show(quint32 mode);
    void takeBoxes();
    void takeOctal();
    void update();

    QList<transfer::FileEntry> m_entries;
    quint32 m_mode = 0;
    QList<QCheckBox *> m_boxes;
    ElidedLabel *m_what;
    ElidedLabel *m_owner;
    QLineEdit *m_octal;
    QPushButton *m_apply;
};

} // namespace handover::ui

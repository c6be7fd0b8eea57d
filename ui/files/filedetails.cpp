// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/filedetails.h"

#include "ui/widgets/labels.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRegularExpressionValidator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace handover::ui {

namespace {

using transfer::FileEntry;

[[nodiscard]] quint32 bit(int box) { return 0400U >> box; }

[[nodiscard]] QString kindOf(const FileEntry &entry)
{
    switch (entry.type) {
    case FileEntry::Type::Directory: return FileDetails::tr("directory");
    case FileEntry::Type::Link: return FileDetails::tr("link to %1").arg(server::shownName(entry.target));
    case FileEntry::Type::File: return QLocale().formattedDataSize(entry.size, 1, QLocale::DataSizeSIFormat);
    case FileEntry::Type::Other: return FileDetails::tr("device, pipe or socket");
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace

FileDetails::FileDetails(QWidget *parent)
    : QWidget(parent)
    , m_what(new ElidedLabel)
    , m_owner(new ElidedLabel)
    , m_octal(new QLineEdit)
    , m_apply(new QPushButton(tr("Set Permissions")))
{
    m_owner->setRole(Role::SecondaryText);
    m_octal->setAccessibleName(tr("Permissions as an octal number"));
    m_octal->setToolTip(m_octal->accessibleName());
    m_octal->setValidator(new QRegularExpressionValidator(QRegularExpression(u"[0-7]{3,4}"_s), this));
    m_octal->setFixedWidth(fontMetrics().horizontalAdvance(u"00000"_s) + 24);

    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    const QStringList who{tr("Owner"), tr("Group"), tr("Others")};
    const QStringList rights{tr("read"), tr("write"), tr("execute")};
    for (int row = 0; row < 3; ++row) {
        grid->addWidget(new RoleLabel(who[row]), row, 0);
        for (int column = 0; column < 3; ++column) {
            auto *box = new QCheckBox(rights[column]);
            box->setAccessibleName(u"%1: %2"_s.arg(who[row], rights[column]));
            connect(box, &QCheckBox::clicked, this, &FileDetails::takeBoxes);
            grid->addWidget(box, row, column + 1);
            m_boxes += box;
        }
    }
    grid->addWidget(m_octal, 0, 4);
    grid->addWidget(m_apply, 1, 4, 2, 1, Qt::AlignLeft | Qt::AlignTop);
    grid->setColumnStretch(5, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(6);
    column->addWidget(m_what);
    column->addWidget(m_owner);
    column->addLayout(grid);
    connect(m_octal, &QLineEdit::textEdited, this, &FileDetails::takeOctal);
    connect(m_octal, &QLineEdit::returnPressed, m_apply, &QPushButton::click);
    connect(m_apply, &QPushButton::clicked, this, [this] { emit modeRequested(m_mode); });
    setEntries({});
}

void FileDetails::setEntries(const QList<FileEntry> &entries)
{
    if (entries == m_entries && !entries.isEmpty())
        return; // listed again; what was chosen meanwhile stays
    m_entries = entries;
    const bool single = entries.size() == 1;
    if (single) {
        const FileEntry &entry = entries.first();
        m_what->setText(tr("%1 · %2").arg(server::shownName(entry.name), kindOf(entry)));
        m_owner->setText(tr("Owner %1, group %2 · %3").arg(entry.owner, entry.group, server::permissionsText(entry.mode)));
    } else {
        m_what->setText(entries.isEmpty() ? tr("Nothing is selected") : tr("%n entry(s)", nullptr, int(entries.size())));
        m_owner->setText(entries.isEmpty() ? tr("Select a file or a directory.") : tr("The permissions are set for all of them."));
    }
    show(entries.isEmpty() ? 0 : entries.first().mode);
}

void FileDetails::show(quint32 mode)
{
    m_mode = mode;
    for (int i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked((mode & bit(i)) != 0);
    m_octal->setText(QString::number(mode, 8).rightJustified(3, u'0'));
    update();
}

void FileDetails::takeBoxes()
{
    quint32 mode = m_mode & 07000U;
    for (int i = 0; i < m_boxes.size(); ++i)
        mode |= m_boxes[i]->isChecked() ? bit(i) : 0U;
    show(mode);
}

void FileDetails::takeOctal()
{
    if (m_octal->hasAcceptableInput()) {
        m_mode = m_octal->text().toUInt(nullptr, 8);
        for (int i = 0; i < m_boxes.size(); ++i)
            m_boxes[i]->setChecked((m_mode & bit(i)) != 0);
    }
    update();
}

// A link has no permissions of its own; setting them would change what it leads to.
void FileDetails::update()
{
    const bool able = !m_entries.isEmpty() &&
                      std::ranges::none_of(m_entries, [](const FileEntry &entry) { return entry.type == FileEntry::Type::Link; });
    for (QCheckBox *box : std::as_const(m_boxes))
        box->setEnabled(able);
    m_octal->setEnabled(able);
    const bool differs = std::ranges::any_of(m_entries, [this](const FileEntry &entry) { return entry.mode != m_mode; });
    m_apply->setEnabled(able && differs && m_octal->hasAcceptableInput());
}

} // namespace handover::ui

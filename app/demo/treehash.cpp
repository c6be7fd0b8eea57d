// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/treehash.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

namespace handover::app {

QByteArray treeHash(const QString &directory)
{
    QStringList paths;
    QDirIterator files(directory, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    while (files.hasNext())
        paths += files.next();
    paths.sort();
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString &path : std::as_const(paths)) {
        const QFileInfo info(path);
        hash.addData(QByteArray(path.toUtf8() + '\0' + QByteArray::number(int(info.permissions())) + '\0'));
        if (info.isSymLink()) {
            hash.addData(info.symLinkTarget().toUtf8());
        } else if (info.isFile()) {
            QFile file(path);
            if (file.open(QIODevice::ReadOnly))
                hash.addData(&file);
        }
        hash.addData(QByteArrayView("\0", 1));
    }
    return hash.result().toHex();
}

} // namespace handover::app

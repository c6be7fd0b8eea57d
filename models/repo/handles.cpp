// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/repo/handles.h"

#include <git2.h>

namespace handover::repo {

void GitFree::operator()(git_blob *blob) const noexcept { git_blob_free(blob); }
void GitFree::operator()(git_commit *commit) const noexcept { git_commit_free(commit); }
void GitFree::operator()(git_config *config) const noexcept { git_config_free(config); }
void GitFree::operator()(git_config_iterator *iterator) const noexcept { git_config_iterator_free(iterator); }
void GitFree::operator()(git_index *index) const noexcept { git_index_free(index); }
void GitFree::operator()(git_object *object) const noexcept { git_object_free(object); }
void GitFree::operator()(git_odb *odb) const noexcept { git_odb_free(odb); }
void GitFree::operator()(git_reference *reference) const noexcept { git_reference_free(reference); }
void GitFree::operator()(git_reference_iterator *iterator) const noexcept
{
    git_reference_iterator_free(iterator);
}
void GitFree::operator()(git_remote *remote) const noexcept { git_remote_free(remote); }
void GitFree::operator()(git_repository *repository) const noexcept { git_repository_free(repository); }
void GitFree::operator()(git_revwalk *walk) const noexcept { git_revwalk_free(walk); }
void GitFree::operator()(git_signature *signature) const noexcept { git_signature_free(signature); }
void GitFree::operator()(git_status_list *list) const noexcept { git_status_list_free(list); }
void GitFree::operator()(git_tag *tag) const noexcept { git_tag_free(tag); }
void GitFree::operator()(git_transaction *transaction) const noexcept { git_transaction_free(transaction); }
void GitFree::operator()(git_tree *tree) const noexcept { git_tree_free(tree); }

} // namespace handover::repo

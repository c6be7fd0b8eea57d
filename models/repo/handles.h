// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

// libgit2's own declarations, so that no header of ours needs <git2.h>.
struct git_blob;
struct git_commit;
struct git_config;
struct git_config_iterator;
struct git_index;
struct git_object;
struct git_odb;
struct git_reference;
struct git_reference_iterator;
struct git_remote;
struct git_repository;
struct git_revwalk;
struct git_signature;
struct git_status_list;
struct git_tag;
struct git_transaction;
struct git_tree;

namespace handover::repo {

/// Ends the life of any libgit2 object.
struct GitFree
{
    void operator()(git_blob *blob) const noexcept;
    void operator()(git_commit *commit) const noexcept;
    void operator()(git_config *config) const noexcept;
    void operator()(git_config_iterator *iterator) const noexcept;
    void operator()(git_index *index) const noexcept;
    void operator()(git_object *object) const noexcept;
    void operator()(git_odb *odb) const noexcept;
    void operator()(git_reference *reference) const noexcept;
    void operator()(git_reference_iterator *iterator) const noexcept;
    void operator()(git_remote *remote) const noexcept;
    void operator()(git_repository *repository) const noexcept;
    void operator()(git_revwalk *walk) const noexcept;
    void operator()(git_signature *signature) const noexcept;
    void operator()(git_status_list *list) const noexcept;
    void operator()(git_tag *tag) const noexcept;
    void operator()(git_transaction *transaction) const noexcept;
    void operator()(git_tree *tree) const noexcept;
};

template<typename T>
using GitPtr = std::unique_ptr<T, GitFree>;

} // namespace handover::repo

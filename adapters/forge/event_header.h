// What forges put into the header (or the body) that names a delivery's event, and whose word it is.
#pragma once

#include <string>
#include <string_view>

namespace lifecycle::forge {

/// Whose body it is; GitHub's form is Gitea's and Forgejo's too.
enum class Form { unknown, github, gitlab, bitbucket_cloud, bitbucket_dc, azure };

/// By a word that only one forge has: `Merge Request Hook`, `repo:push`, `pr:opened`, `git.push`; unknown otherwise.
[[nodiscard]] Form form_of_header(std::string_view word);

/// Such a word as an event's name, as far as the word alone tells (`merge_request`, `push`, `pullrequest.fulfilled`);
/// empty where it tells none.
[[nodiscard]] std::string name_of_header(std::string_view word);

/// Foreign text as a name: `partiallySucceeded` and `partially-succeeded` become `partially_succeeded`, a colon a dot.
/// Empty where it is none.
[[nodiscard]] std::string name_word(std::string_view word);

}  // namespace lifecycle::forge

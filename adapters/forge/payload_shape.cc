#include "adapters/forge/payload_shape.h"

#include <algorithm>

#include "agent/base/utf8.h"
#include "agent/base/visible_text.h"

namespace lifecycle::forge {
namespace {

using Form = FieldForm;
using Field = RequiredField;

struct Required {
  std::string_view kind;
  std::vector<Field> all;
  std::vector<Field> one_of = {};  // what shortened bodies keep of it; one is enough
};

/// GitHub docs, "Webhook events and payloads": what every body of a webhook holds and the fewest others do; its action
/// where it has nothing else of its own. Gitea's and Forgejo's bodies hold the same (modules/structs/hook.go). A
/// schedule has no documented body: Gitea's is the push that set it up.
const std::vector<Required>& table() {
  static const std::vector<Required> rows = {
      {"push",
       {{"ref", Form::text}},
       {{"after", Form::text},
        {"before", Form::text},
        {"commits", Form::array},
        {"head_commit", Form::object},
        {"pusher", Form::object}}},
      {"create", {{"ref", Form::text}, {"ref_type", Form::text}}},
      {"delete", {{"ref", Form::text}, {"ref_type", Form::text}}},
      {"status", {{"sha", Form::text}, {"state", Form::text}}},
      {"pull_request", {{"pull_request", Form::object}}},
      {"pull_request_review", {{"review", Form::object}, {"pull_request", Form::object}}},
      {"pull_request_review_comment", {{"comment", Form::object}, {"pull_request", Form::object}}},
      {"pull_request_review_thread", {{"thread", Form::object}, {"pull_request", Form::object}}},
      {"issues", {{"issue", Form::object}}},
      {"issue_comment", {{"issue", Form::object}, {"comment", Form::object}}},
      {"issue_dependencies", {{"blocked_issue", Form::object}, {"blocking_issue", Form::object}}},
      {"sub_issues", {{"parent_issue", Form::object}, {"sub_issue", Form::object}}},
      {"commit_comment", {{"comment", Form::object}}},
      {"discussion", {{"discussion", Form::object}}},
      {"discussion_comment", {{"discussion", Form::object}, {"comment", Form::object}}},
      {"release", {{"release", Form::object}}},
      {"package", {{"package", Form::object}}},
      {"registry_package", {{"registry_package", Form::object}}},
      {"deployment", {{"deployment", Form::object}}},
      {"deployment_status", {{"deployment_status", Form::object}, {"deployment", Form::object}}},
      {"deployment_review", {}, {{"since", Form::text}, {"reviewers", Form::array}}},
      {"deployment_protection_rule", {{"action", Form::text}}},
      {"check_run", {{"check_run", Form::object}}},
      {"check_suite", {{"check_suite", Form::object}}},
      {"workflow_run", {{"workflow_run", Form::object}}},
      {"workflow_job", {{"workflow_job", Form::object}}},
      {"workflow_dispatch", {}, {{"inputs", Form::any}, {"workflow", Form::text}}},
      {"repository_dispatch", {}, {{"client_payload", Form::any}, {"branch", Form::text}}},
      {"merge_group", {{"merge_group", Form::object}}},
      {"fork", {{"forkee", Form::object}}},
      {"gollum", {{"pages", Form::array}}},
      {"label", {{"label", Form::object}}},
      {"milestone", {{"milestone", Form::object}}},
      {"page_build", {{"build", Form::object}}},
      {"public", {{"repository", Form::object}}},
      {"star", {{"starred_at", Form::any}}},
      {"watch", {{"action", Form::text}}},
      {"member", {{"member", Form::any}}},
      {"membership", {{"team", Form::object}, {"scope", Form::text}}},
      {"team", {{"team", Form::object}}},
      {"team_add", {{"team", Form::object}}},
      {"organization", {{"organization", Form::object}}},
      {"org_block", {{"blocked_user", Form::any}}},
      {"repository", {{"action", Form::text}}},
      {"repository_advisory", {{"repository_advisory", Form::object}}},
      {"repository_import", {{"status", Form::text}}},
      {"repository_ruleset", {{"repository_ruleset", Form::object}}},
      {"branch_protection_configuration", {{"action", Form::text}}},
      {"branch_protection_rule", {{"rule", Form::object}}},
      {"deploy_key", {{"key", Form::object}}},
      {"security_and_analysis", {{"changes", Form::object}}},
      {"security_advisory", {{"security_advisory", Form::object}}},
      {"code_scanning_alert", {{"alert", Form::object}, {"commit_oid", Form::any}}},
      {"dependabot_alert", {{"alert", Form::object}}},
      {"repository_vulnerability_alert", {{"alert", Form::object}}},
      {"secret_scanning_alert", {{"alert", Form::object}}},
      {"secret_scanning_alert_location", {{"alert", Form::object}, {"location", Form::object}}},
      {"secret_scanning_scan", {{"type", Form::text}, {"source", Form::text}}},
      {"bypass_request_secret_scanning", {{"exemption_request", Form::object}}},
      {"dismissal_request_code_scanning", {{"exemption_request", Form::object}}},
      {"dismissal_request_secret_scanning", {{"exemption_request", Form::object}}},
      {"exemption_request_push_ruleset", {{"exemption_request", Form::object}}},
      {"custom_property", {{"definition", Form::object}}},
      {"custom_property_values", {{"new_property_values", Form::array}}},
      {"organization_custom_property", {{"definition", Form::object}}},
      {"organization_custom_property_values", {{"new_property_values", Form::array}}},
      {"project", {{"project", Form::object}}},
      {"project_card", {{"project_card", Form::object}}},
      {"project_column", {{"project_column", Form::object}}},
      {"projects_v2", {{"projects_v2", Form::object}}},
      {"projects_v2_item", {{"projects_v2_item", Form::object}}},
      {"projects_v2_status_update", {{"projects_v2_status_update", Form::object}}},
      {"installation", {{"installation", Form::object}}},
      {"installation_repositories", {{"repositories_added", Form::array}, {"repositories_removed", Form::array}}},
      {"installation_target", {{"account", Form::object}, {"target_type", Form::text}}},
      {"github_app_authorization", {{"action", Form::text}}},
      {"personal_access_token_request", {{"personal_access_token_request", Form::object}}},
      {"marketplace_purchase", {{"marketplace_purchase", Form::object}}},
      {"sponsorship", {{"sponsorship", Form::object}}},
      {"meta", {{"hook", Form::object}}},
      {"enterprise", {{"action", Form::text}}},
      {"user", {{"action", Form::text}}},
      {"cache_sync", {{"cache_location", Form::text}}},
      {"wiki", {{"page", Form::text}}},
  };
  return rows;
}

bool holds(const PayloadFields& fields, const Field& field) {
  const JsonKind kind = fields.kind(field.path);
  switch (field.form) {
    case Form::text:
      return kind == JsonKind::text;
    case Form::array:
      return kind == JsonKind::array;
    case Form::object:
      return kind == JsonKind::object;
    case Form::any:
      break;
  }
  return kind != JsonKind::absent;
}

std::string quoted_list(const auto& words) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += ", ";
    text += "`" + std::string(word) + "`";
  }
  return text;
}

std::string found_keys(const PayloadFields& fields) {
  return fields.keys().empty() ? "it has no keys" : "it has " + quoted_list(fields.keys());
}

/// A word out of a body or a header.
std::string shown_word(std::string_view word) { return visible(cut_utf8(word, 100)); }

Diagnostic mismatch(std::string_view event, std::string why) {
  return {.code = "payload-mismatch",
          .message = "the payload is not one of the event " + shown_word(event) + ": " + std::move(why),
          .hint = "give the event's name and its payload of the same webhook delivery"};
}

}  // namespace

std::vector<std::string_view> missing_of(std::span<const RequiredField> required, const PayloadFields& fields) {
  std::vector<std::string_view> missing;
  for (const RequiredField& field : required) {
    if (!holds(fields, field)) missing.push_back(field.path);
  }
  return missing;
}

Diagnostic payload_mismatch(std::string_view event, const std::vector<std::string_view>& missing,
                            const PayloadFields& fields) {
  return mismatch(
      event, quoted_list(missing) + (missing.size() == 1 ? " is missing, " : " are missing, ") + found_keys(fields));
}

Diagnostic foreign_payload(std::string_view forge, std::string_view missing, const PayloadFields& fields) {
  return {.code = "payload-mismatch",
          .message = "the payload is no webhook's of " + std::string(forge) + ": `" + std::string(missing) +
                     "` is missing, " + found_keys(fields),
          .hint =
              "give the body as the forge sends it (a webhook template of one's own may leave fields out), and "
              "--origin if another forge sent it"};
}

Diagnostic payload_mismatch(std::string_view event, std::string_view field, std::string_view said) {
  return mismatch(event, "its `" + std::string(field) + "` is " + shown_word(said));
}

std::vector<std::string_view> missing_fields(std::string_view kind, const PayloadFields& fields) {
  std::vector<std::string_view> missing;
  const auto row = std::ranges::find(table(), kind, &Required::kind);
  if (row == table().end()) return missing;
  const auto held = [&](const Field& field) { return holds(fields, field); };
  for (const Field& field : row->all) {
    if (!held(field)) missing.push_back(field.path);
  }
  const bool one_held = row->one_of.empty() || std::ranges::any_of(row->one_of, held);
  if (!one_held) missing.push_back(row->one_of.front().path);
  return missing;
}

std::string_view webhook_by_shape(const PayloadFields& fields) {
  struct Shape {
    std::string_view kind;
    std::vector<std::string_view> objects;
  };
  // The bodies with more objects first: a review's holds a pull_request too.
  static const std::vector<Shape> shapes = {
      {"pull_request_review", {"pull_request", "review"}},
      {"pull_request_review_comment", {"pull_request", "comment"}},
      {"pull_request_review_thread", {"pull_request", "thread"}},
      {"pull_request", {"pull_request"}},
      {"issue_comment", {"issue", "comment"}},
      {"issues", {"issue"}},
      {"deployment_status", {"deployment", "deployment_status"}},
      {"workflow_job", {"workflow_job"}},
      {"workflow_run", {"workflow_run"}},
      {"check_run", {"check_run"}},
      {"check_suite", {"check_suite"}},
      {"merge_group", {"merge_group"}},
      {"release", {"release"}},
      {"deployment", {"deployment"}},
  };
  // GitHub docs, "Webhook events and payloads", ping.
  if (fields.kind("zen") == JsonKind::text && fields.kind("hook_id") == JsonKind::number) return "ping";
  for (const Shape& shape : shapes) {
    const auto has = [&](std::string_view path) { return fields.has_object(path); };
    if (std::ranges::all_of(shape.objects, has) && !fields.text("action").empty()) return shape.kind;
  }
  const bool is_push = missing_fields("push", fields).empty() && fields.kind("before") == JsonKind::text;
  return is_push ? "push" : std::string_view{};
}

}  // namespace lifecycle::forge

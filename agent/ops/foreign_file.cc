#include "agent/ops/foreign_file.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace lifecycle::ops {
namespace {

bool has(const YamlNode& map, std::string_view key) { return map.find(key) != nullptr; }

bool has_any(const YamlNode& map, std::initializer_list<std::string_view> keys) {
  return std::ranges::any_of(keys, [&](std::string_view key) { return has(map, key); });
}

bool is_kind(const YamlNode& map, std::string_view key, NodeKind kind) {
  const YamlNode* value = map.find(key);
  return value != nullptr && value->kind == kind;
}

template <class Accept>
bool any_map(const YamlNode& collection, Accept accept) {
  return std::ranges::any_of(collection.entries, [&](const YamlEntry& entry) {
    return entry.value->kind == NodeKind::map && accept(*entry.value);
  });
}

/// Compose specification, services top-level element: a map whose members have an image or how to build it.
bool is_compose(const YamlNode& root) {
  if (!is_kind(root, "services", NodeKind::map)) return false;
  const YamlNode& services = *root.find("services");
  return has_any(root, {"networks", "volumes", "configs", "secrets"}) || any_map(services, [](const YamlNode& service) {
           return has_any(service, {"image", "build", "container_name", "depends_on", "extends"});
         });
}

/// GitHub docs, "Workflow syntax": `on` (which YAML 1.1 reads as true) and a map of jobs.
bool is_github_workflow(const YamlNode& root) {
  return is_kind(root, "jobs", NodeKind::map) &&
         (has_any(root, {"on", "true"}) ||
          any_map(*root.find("jobs"), [](const YamlNode& job) { return has(job, "runs-on"); }));
}

/// GitLab docs, "CI/CD YAML syntax reference": jobs are maps with a script at the top of the file.
bool is_gitlab_ci(const YamlNode& root) {
  if (has(root, "include") && has(root, "stages")) return true;
  return any_map(root, [](const YamlNode& job) {
    return has(job, "script") && has_any(job, {"stage", "script", "rules", "only", "image", "tags"});
  });
}

/// Bitbucket docs, "Configure your first pipeline": a map of `default`, `branches`, `pull-requests` …
bool is_bitbucket_pipelines(const YamlNode& root) {
  return is_kind(root, "pipelines", NodeKind::map) &&
         has_any(*root.find("pipelines"), {"default", "branches", "tags", "pull-requests", "custom"});
}

/// CircleCI docs, "Configuration reference": jobs and workflows are maps, orbs exist nowhere else.
bool is_circleci(const YamlNode& root) {
  return has(root, "orbs") || (is_kind(root, "jobs", NodeKind::map) && is_kind(root, "workflows", NodeKind::map));
}

bool is_cloudformation(const YamlNode& root) {
  if (has(root, "AWSTemplateFormatVersion")) return true;
  if (!is_kind(root, "Resources", NodeKind::map)) return false;
  return any_map(*root.find("Resources"), [](const YamlNode& resource) { return has(resource, "Type"); });
}

/// The tool `ops` (crops, LeShaunJ/ops-schema), whose file has the same name: actions with commands.
bool is_ops_actions(const YamlNode& root) {
  if (!is_kind(root, "actions", NodeKind::map)) return false;
  return std::ranges::any_of(root.find("actions")->entries, [](const YamlEntry& action) {
    return action.value->is_scalar() || has(*action.value, "command");
  });
}

struct Mark {
  std::string_view format;
  bool (*fits)(const YamlNode& root);
};

// The first that fits is named; those that share words with others come later.
constexpr Mark maps[] = {
    {"a Kubernetes manifest", [](const YamlNode& root) { return has(root, "apiVersion") && has(root, "kind"); }},
    {"a CloudFormation template", is_cloudformation},
    {"a compose file", is_compose},
    {"an action.yml of GitHub",
     [](const YamlNode& root) { return is_kind(root, "runs", NodeKind::map) && has(*root.find("runs"), "using"); }},
    {"a CircleCI configuration", is_circleci},
    {"a GitHub Actions workflow", is_github_workflow},
    {"a Bitbucket Pipelines file", is_bitbucket_pipelines},
    {"a file of the tool 'ops', which runs actions", is_ops_actions},
    {"an OpenAPI description", [](const YamlNode& root) { return has_any(root, {"openapi", "swagger"}); }},
    {"a Dependabot configuration", [](const YamlNode& root) { return is_kind(root, "updates", NodeKind::list); }},
    {"a pre-commit configuration", [](const YamlNode& root) { return is_kind(root, "repos", NodeKind::list); }},
    {"a Taskfile", [](const YamlNode& root) { return is_kind(root, "tasks", NodeKind::map); }},
    {"a conda environment",
     [](const YamlNode& root) {
       return is_kind(root, "dependencies", NodeKind::list) && has_any(root, {"channels", "name"});
     }},
    {"a Helm chart", [](const YamlNode& root) { return has(root, "apiVersion") && has(root, "appVersion"); }},
    {"a Serverless Framework file", [](const YamlNode& root) { return has(root, "service") && has(root, "provider"); }},
    {"a Buildkite pipeline",
     [](const YamlNode& root) {
       return is_kind(root, "steps", NodeKind::list) && any_map(*root.find("steps"), [](const YamlNode& step) {
                return has_any(step, {"command", "commands", "label", "plugins"}) &&
                       !has_any(step, {"image", "task", "script"});
              });
     }},
    {"a Drone or Woodpecker pipeline",
     [](const YamlNode& root) {
       return is_kind(root, "steps", NodeKind::list) &&
              any_map(*root.find("steps"), [](const YamlNode& step) { return has(step, "image"); });
     }},
    {"an Azure Pipelines file",
     [](const YamlNode& root) {
       const YamlNode* stages = root.find("stages");
       const bool of_maps =
           stages != nullptr && any_map(*stages, [](const YamlNode& stage) { return has(stage, "jobs"); });
       return of_maps || (has_any(root, {"pool", "trigger"}) && has_any(root, {"steps", "jobs"}));
     }},
    {"a Travis CI configuration",
     [](const YamlNode& root) { return has(root, "language") && has_any(root, {"script", "install", "os", "dist"}); }},
    {"an AppVeyor configuration", [](const YamlNode& root) { return has_any(root, {"build_script", "test_script"}); }},
    {"a CodeBuild buildspec", [](const YamlNode& root) { return is_kind(root, "phases", NodeKind::map); }},
    {"a GitLab CI file", is_gitlab_ci},
    {"a file of users or permissions",
     [](const YamlNode& root) { return has_any(root, {"users", "groups"}) && root.entries.size() <= 2; }},
};

constexpr Mark lists[] = {
    {"an Ansible playbook",
     [](const YamlNode& entry) {
       return has(entry, "hosts") || has_any(entry, {"import_playbook", "ansible.builtin.import_playbook"});
     }},
    {"a BOSH ops file", [](const YamlNode& entry) { return has(entry, "type") && has(entry, "path"); }},
    {"a list of Minecraft server operators",
     [](const YamlNode& entry) { return has(entry, "uuid") && has(entry, "level"); }},
    {"a list of ops.yml workflows without the key above it ('commands:', 'pipelines:' or 'services:')",
     [](const YamlNode& entry) { return has(entry, "name") && has_any(entry, {"run", "jobs", "steps"}); }},
    {"a list of Ansible tasks",
     [](const YamlNode& entry) {
       return has_any(entry,
                      {"register", "when", "become",   "sudo",  "with_items", "with_file", "notify",  "ignore_errors",
                       "loop",     "apt",  "yum",      "shell", "command",    "service",   "include", "include_tasks",
                       "debug",    "copy", "template", "file",  "user",       "lineinfile"});
     }},
};

std::optional<std::string> first_map(const YamlNode& root) {
  for (const Mark& mark : maps) {
    if (mark.fits(root)) return std::string(mark.format);
  }
  return std::nullopt;
}

std::optional<std::string> first_list(const YamlNode& root) {
  for (const Mark& mark : lists) {
    if (any_map(root, mark.fits)) return std::string(mark.format);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> name_foreign_format(const YamlNode* root) {
  if (root == nullptr) return std::nullopt;
  if (root->kind == NodeKind::map) return first_map(*root);
  if (root->kind == NodeKind::list) return first_list(*root);
  return std::nullopt;
}

}  // namespace lifecycle::ops

#include "agent/event/event_ref.h"

#include <algorithm>

#include "agent/event/event_subject.h"

namespace lifecycle::event {
namespace {

std::string_view short_name(std::string_view ref) {
  for (const std::string_view prefix : {"refs/heads/", "refs/tags/"}) {
    if (ref.starts_with(prefix)) return ref.substr(prefix.size());
  }
  return ref;
}

/// A deployment's ref may be a bare sha (GitHub docs, "Create a deployment": branch, tag or SHA).
bool is_sha(std::string_view text) {
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, hex);
}

std::string deployment_ref(const Event& event) {
  if (!event.deployment) return event.branch.empty() ? event.tag : event.branch;
  const std::string_view ref = event.deployment->ref;
  if (is_sha(ref)) return {};
  return std::string(short_name(ref));
}

/// A tag started by hand or by a timetable is its ref all the same.
std::string branch_or_tag(const Event& event) { return event.branch.empty() ? event.tag : event.branch; }

std::string release_tag(const Event& event) {
  return event.tag.empty() && event.release ? event.release->tag : event.tag;
}

}  // namespace

std::string environment_ref(const Event& event) {
  switch (subject(event)) {
    case Subject::change:
      return is_merged(event) ? event.base : event.head;
    case Subject::tag:
    case Subject::release:
      return release_tag(event);
    case Subject::branch:
      return branch_or_tag(event);
    case Subject::deployment:
      return deployment_ref(event);
    case Subject::run:
      return event.head;
    case Subject::deletion:
    case Subject::comment:
    case Subject::unknown:
      break;
  }
  return {};
}

std::string filter_ref(const Event& event) {
  switch (subject(event)) {
    case Subject::change:
      return event.base;
    case Subject::deletion:
      return branch_or_tag(event);
    default:
      return environment_ref(event);
  }
}

std::string repository_name(const Event& event) { return event.repo.substr(event.repo.rfind('/') + 1); }

std::string repository_owner(const Event& event) {
  const auto slash = event.repo.rfind('/');
  return slash == std::string::npos ? std::string{} : event.repo.substr(0, slash);
}

}  // namespace lifecycle::event

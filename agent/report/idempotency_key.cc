#include "agent/report/idempotency_key.h"

#include <initializer_list>
#include <random>

#include "agent/event/event_key.h"
#include "agent/report/sha256.h"

namespace lifecycle::report {
namespace {

/// The fields with `|` between them; a `|` or `\` inside one is escaped, so no two lists give one text.
std::string joined(std::initializer_list<std::string_view> fields) {
  std::string text;
  for (const std::string_view field : fields) {
    for (const char c : field) {
      if (c == '|' || c == '\\') text += '\\';
      text += c;
    }
    text += '|';
  }
  return text;
}

std::string random_key() {
  std::random_device device;  // getrandom(2)
  std::string text;
  for (int i = 0; i < 8; ++i) text += std::to_string(device()) + "|";
  return sha256_hex(text);
}

/// A run is one of its CI's, on its host, for its repository: build numbers are counted from 1 in many places.
std::string run_identity(const event::Event& event) {
  return joined({event.ci, event.host, event.repo, event.run.id, event.run.attempt, event.run.job});
}

}  // namespace

std::string own_event_key(const event::Event& event) {
  if (const std::string key = event::forge_key(event); !key.empty()) return sha256_hex(key);
  if (event.run.id.empty()) return random_key();
  return sha256_hex(joined({"event", event.name()}) + run_identity(event));
}

std::string workflow_run_key(const event::Event& event, const ReportFacts& facts, const plan::WorkflowRun& planned,
                             std::string_view state) {
  if (event.run.id.empty()) return random_key();
  return sha256_hex(joined({"workflow"}) + run_identity(event) +
                    joined({facts.step, facts.key, planned.file, ops::print_kind(planned.kind), planned.workflow,
                            planned.version, state}));
}

std::string track_key(const event::Event& event, const ReportFacts& facts, const nlohmann::ordered_json& body) {
  if (event.run.id.empty()) return random_key();
  const std::string fields = body.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  return sha256_hex(joined({"track"}) + run_identity(event) + joined({facts.step, facts.key, fields}));
}

}  // namespace lifecycle::report

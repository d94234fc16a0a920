#include "adapters/ci/fact_names.h"

namespace lifecycle::ci {
namespace {

constexpr FactName all_fact_names[] = {
    {Fact::origin, "origin"}, {Fact::host, "host"},       {Fact::repo, "repo"},
    {Fact::branch, "branch"}, {Fact::tag, "tag"},         {Fact::commit, "commit"},
    {Fact::before, "before"}, {Fact::actor, "actor"},     {Fact::number, "number"},
    {Fact::base, "base"},     {Fact::head, "head"},       {Fact::title, "title"},
    {Fact::labels, "labels"}, {Fact::fork, "fork"},       {Fact::environment, "environment"},
    {Fact::run_id, "run id"}, {Fact::run_url, "run page"}};

}  // namespace

std::span<const FactName> fact_names() { return all_fact_names; }

std::string names_of(const FactSet& facts, const FactSet& asked) {
  std::string text;
  for (const FactName& row : all_fact_names) {
    if (facts.has(row.fact) && asked.has(row.fact)) text.append(text.empty() ? "" : ", ").append(row.name);
  }
  return text;
}

}  // namespace lifecycle::ci

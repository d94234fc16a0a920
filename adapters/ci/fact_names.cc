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

}  // namespace lifecycle::ci

// What a summary shows of a run, before it is a table: one row per job, every text masked, printable and on
// one line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::summary {

struct StepRow {
  std::string number;  // `2`, or `2-4` for steps that form one command
  std::string text;
  std::string time;
  std::string result;  // `failed, exit 1`
};

struct JobRow {
  std::string workflow;  // `pipeline build 1.0.0`
  std::string job;       // empty where the workflow has no jobs of its own
  std::string steps;     // passed of all: `3/5`; `?/5` where step times are missing
  std::string time;
  std::string result;     // `failure`
  std::string detail;     // why: `step 2 'npm test': exit 1`; an address of a service
  std::string leftovers;  // `sleep(123), node(77)`
  std::vector<StepRow> step_rows;
};

struct SummaryRows {
  std::vector<JobRow> jobs;
  std::string headline;              // `failure in 3.2s`
  std::string processes_left;        // `processes left: 0`, with the names of those that would not end
  std::vector<std::string> remarks;  // step times are missing, …
};

/// `failure: exit 1`, `skipped (build failed)`, `success`.
[[nodiscard]] std::string outcome_text(const JobRow& row);

/// `pipeline build 1.0.0, job test`.
[[nodiscard]] std::string full_name(const JobRow& row);

[[nodiscard]] SummaryRows summary_rows(const run::RunRecord& record, const mask::MaskTable& mask);

}  // namespace lifecycle::summary

// The record of a run before anything ran: every workflow, job and step that was planned, so that none is
// missing from it however the run ends.
#pragma once

#include <string>
#include <vector>

#include "agent/mask/mask_table.h"
#include "agent/plan/plan.h"
#include "agent/run/run_record.h"

namespace lifecycle::run {

/// The texts of a job's steps as a record and a log show them: a command or service is one step.
[[nodiscard]] std::vector<std::string> shown_steps(const plan::PlannedJob& job);

[[nodiscard]] JobRecord planned_record(const plan::PlannedJob& job);
[[nodiscard]] WorkflowRecord planned_record(const plan::WorkflowRun& workflow);
[[nodiscard]] RunRecord planned_record(const plan::Plan& plan, std::string run_id);

/// Takes the secrets out of every text that a workflow or a stranger wrote; names only at the end, from the whole
/// record: while the run goes on they are what its parts are told apart by.
void mask_texts(JobRecord& record, const mask::MaskTable& mask);
void mask_texts(WorkflowRecord& record, const mask::MaskTable& mask);
void mask_texts(RunRecord& record, const mask::MaskTable& mask);

}  // namespace lifecycle::run

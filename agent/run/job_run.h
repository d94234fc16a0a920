// One job from its preparation to its record.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "agent/plan/plan.h"
#include "agent/run/job_output.h"
#include "agent/run/prepared_job.h"
#include "agent/run/run_record.h"
#include "agent/run/run_scope.h"

namespace lifecycle::run {

/// Runs a job that has the console to itself. The record is complete and masked. The references outlive the
/// call, which is awaited at once.
asio::awaitable<JobRecord> run_job(RunScope& scope, const plan::WorkflowRun& workflow, const plan::PlannedJob& job);

/// Writes into the record how a job ended: result, status, steps, what it left.
void settle(JobRecord& record, const JobEnd& end, const JobVerdict& verdict, const StepLog& steps);

/// The record of a job that could not be made ready.
void fail_before_start(JobRecord& record, const Diagnostic& error);

/// One line that names the background processes that were ended after the job.
void announce_leftovers(RunScope& scope, const std::string& job, const std::vector<Leftover>& leftovers);

/// Removes a job's directories; what stays is said.
void remove_directories(RunScope& scope, PreparedJob& prepared);

}  // namespace lifecycle::run

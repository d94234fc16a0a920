// The codes of what can go wrong when jobs run as processes of this machine.
#pragma once

#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::process {

inline constexpr DiagnosticCode exec_failed{
    "exec-failed", "a program could not be started",
    "The program is not in any directory of the job's PATH, is not executable, or its interpreter is missing. The "
    "message names the program and the PATH that was searched; install it in an earlier step or correct the PATH."};
inline constexpr DiagnosticCode environment_too_large{
    "environment-too-large", "the system refuses arguments and environment of this size",
    "Linux takes at most 131071 bytes for one variable (NAME=value) and about a quarter of the stack limit for all "
    "variables and arguments together; the limit holds for every program that the job starts. Put large values "
    "into files."};
inline constexpr DiagnosticCode workdir_unusable{
    "workdir-unusable", "a job's working directory could not be entered",
    "The directory is missing, is no directory, or its permissions forbid entering it."};
inline constexpr DiagnosticCode launch_failed{
    "launch-failed", "a process could not be made",
    "The system refused a process, a pipe or a file that every job needs: a limit on processes or descriptors was "
    "reached, or memory is short. The message holds the system's reason."};
inline constexpr DiagnosticCode ops_directory_missing{
    "ops-directory-missing", "/ops could not be provided",
    "On the platform a job's files lie in /ops. Here that takes the right to mount in a namespace of one's own, or a "
    "writable / in which /ops does not exist. Without it the job runs in the same directory under its real path."};
inline constexpr DiagnosticCode step_times_missing{
    "step-times-missing", "the times of a job's steps are not known",
    "A step reads its own script ($0, BASH_SOURCE), so the script is given to the shell as a plain file and cannot "
    "be followed step by step. It runs as always."};

[[nodiscard]] std::vector<DiagnosticCode> process_diagnostic_codes();

}  // namespace lifecycle::process

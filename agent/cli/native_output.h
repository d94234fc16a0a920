// What the CI around this process is told in its own form: annotations, summary, outputs, masks. The dialect says what
// is to be done, this carries it out or hands it back; nothing of it changes a result.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/ci/ci_table.h"
#include "agent/cli/call.h"
#include "agent/cli/native_actions.h"
#include "agent/mask/mask_table.h"
#include "agent/run/run_record.h"

namespace lifecycle::cli {

/// The path as the forge shows it: from the workspace that the CI tells, else from the directory above the file that
/// holds `.git`, else from the current one.
[[nodiscard]] std::string path_from_root(const std::string& path, std::string_view told_workspace);

/// Diagnostics as annotations, in a CI that has them. stdout must be for people: some are lines of the log.
void annotate(const Call& call, std::span<const Diagnostic> diagnostics);

/// Those of them that have a place in a file.
void annotate_files(const Call& call, std::span<const Diagnostic> diagnostics);

/// Summary and outputs of a run, masked; what the CI cannot take is said. Where nothing takes outputs they are kept for
/// `outputs`.
[[nodiscard]] NativeActions run_actions(const Call& call, const run::RunRecord& record, const mask::MaskTable& mask,
                                        const ci::Recognised& recognised);

/// The outputs where no workflow ran: a later step finds them whatever happened. `code`: what the command ends with.
void hand_on_without_run(const Call& call, ExitCode code);

/// What makes the CI itself mask these values (--native-masks), a line of a value at a time; a CI that cannot is named.
[[nodiscard]] NativeActions native_masks(const Call& call, const ci::Recognised& recognised,
                                         const std::vector<dialect::SecretValue>& secrets);

/// docs/native-output.md: a table of all CIs.
[[nodiscard]] std::string native_output_markdown();

struct NativeForm {
  std::string_view what;  // groups, annotations, outputs, summary, masks
  std::string_view form;  // how the CI takes it
};
/// Those for which the CI has a form of its own, by its dialect.
[[nodiscard]] std::vector<NativeForm> native_forms(std::string_view ci);
/// "groups, outputs"; "plain text" where there are none.
[[nodiscard]] std::string native_form_names(std::string_view ci);

[[nodiscard]] std::vector<DiagnosticCode> native_output_diagnostic_codes();

}  // namespace lifecycle::cli

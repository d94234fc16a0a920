// What a dialect asks to be done outside of the log, as data: the dialects do nothing themselves. The rim
// (agent/cli/native_actions.h) carries it out.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "agent/base/diagnostic.h"

namespace lifecycle::dialect {

/// A line of the log, with its LF. It must stand at the start of a line of stdout.
struct PrintLine {
  std::string text;
  bool names_file = false;  // the one of the action before it: without the file the line is not printed
};

/// To the end of a file of the CI's, all or nothing. `variable` named it.
struct AppendToFile {
  std::string variable;
  std::string path;
  std::string text;
};

/// A file of its own, in a place that `variable` named; what was there is replaced.
struct WriteFile {
  std::string variable;
  std::string path;
  std::string text;
};

/// The CI's own program, found by PATH; where it is not there nothing is lost. Texts go in by stdin: arguments can be
/// read by every process of the machine.
struct RunCommand {
  std::vector<std::string> words;
  std::string input;
};

/// A request with a JSON body, through `proxy` or (empty) directly.
struct SendRequest {
  std::string method;
  std::string url;
  std::string proxy;
  std::string body;
};

using NativeAction = std::variant<PrintLine, AppendToFile, WriteFile, RunCommand, SendRequest>;

/// What a run hands on: `result` and its value, masked.
struct NamedOutput {
  std::string name;
  std::string value;
};

/// What the CI cannot take, and why.
struct OmittedOutput {
  std::string name;
  std::string reason;
};

struct OutputActions {
  std::vector<NativeAction> actions;
  std::vector<OmittedOutput> omitted;
};

/// The end of a run in the forms that CIs show; masked.
struct RunReport {
  std::string headline;  // `failure in 3.2s`
  std::string markdown;
  std::string plain;
  Severity severity = Severity::note;  // error: it failed; warning: it was cancelled; note: all is well
};

struct SecretValue {
  std::string name;
  std::string value;
};

/// How a CI takes each, in a few words for the documentation; empty: not at all.
struct NativeOutput {
  std::string_view groups;
  std::string_view annotations;
  std::string_view outputs;
  std::string_view summary;
  std::string_view masks;
  bool colours = false;  // its log page shows them
};

}  // namespace lifecycle::dialect

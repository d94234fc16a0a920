#include "agent/ops/ops_file.h"

namespace lifecycle::ops {

std::vector<DiagnosticCode> ops_diagnostic_codes() {
  return {
      {"yaml-syntax", "the text is no YAML",
       "Reading ends where the text stops being YAML, so only this problem is shown. Most often the indentation of the "
       "line is not that of its neighbours, or a text that contains ': ' or ' #' needs quotes."},
      {"yaml-encoding", "a byte is no UTF-8", "Save the file as UTF-8, with or without a byte order mark."},
      {"yaml-control-character", "a character that YAML does not allow",
       "Control characters other than tab and line end cannot stand in a YAML file, and a NUL cannot stand in any "
       "value, since no variable and no argument can carry it."},
      {"yaml-several-documents", "the file holds a second document",
       "An ops.yml is one YAML document. Everything from the second '---' on would be ignored, so it is refused."},
      {"yaml-too-deep", "lists and maps are nested more than 64 deep",
       "Reading is bounded so that no file can exhaust the agent. An ops.yml needs no more than 8 levels."},
      {"yaml-too-large", "the file is too large",
       "At most 4 MiB and 100000 values are read, values behind aliases counted each time that they are used; the "
       "texts behind aliases have at most 4 MiB more, counted the same way."},
      {"yaml-alias", "an alias names nothing, or itself",
       "'*name' stands for the value that '&name' marks above it. A text that begins with '*' needs quotes."},
      {"yaml-merge-key", "a merge key, which YAML 1.2 does not have",
       "'<<: *name' merged keys in YAML 1.1. In YAML 1.2, which an ops.yml is read as, it is an ordinary key: on the "
       "platform nothing is merged. A file whose keys are silently missing would run something else than is written, "
       "so it is refused."},
      {"yaml-key", "a key that is no text", "Keys of maps are texts. A list, a map or nothing cannot be one."},
      {"yaml-tag", "a tag that means nothing here",
       "Values are read by the core schema of YAML 1.2. Tags such as '!Ref' belong to other formats; the value is read "
       "as if the tag were not there."},
      {"ops-duplicate-key", "a key stands twice in one map",
       "Only one of them could count, and readers of YAML differ on which. Keep one."},
      {"ops-empty", "a list or text that must hold something is empty",
       "A workflow without jobs, steps or a command would do nothing."},
      {"ops-not-ops", "the file is no ops.yml",
       "An ops.yml is a map with at least one of the lists commands, pipelines and services (or the older ops and "
       "workflows), each entry a map with a name. Other tools use files of the same name; the message says which one "
       "this looks like."},
      {"ops-wrong-type", "a value is of another type than its key asks for",
       "The message says what is expected. Unquoted texts that look like numbers, true, false or null are not texts in "
       "YAML: quote them. An unquoted text with ': ' in it is a map."},
      {"ops-unknown-key", "a key that means nothing at its place",
       "It is ignored. The nearest key that the place knows is named, or the places to which the key belongs; "
       "docs/ops-yml.md lists them all."},
      {"ops-dead-key", "a key that nothing reads any more", "It comes from the templates of 2019. Remove it."},
      {"ops-deprecated-key", "the old name of a key", "It still works. The message names the present one."},
      {"ops-unsupported-key", "a key that this version does not support",
       "It is ignored: what the workflow does is as if the key were not there."},
      {"ops-missing-key", "a key is missing",
       "An error where nothing can run without it (name, run, jobs, steps), else a warning: the platform asks for a "
       "version, a description and whether a workflow is public."},
      {"ops-missing-version", "a workflow has no version",
       "The name of a workflow is NAME:VERSION. For commands 0.1.0 is assumed; the platform refuses to publish a "
       "pipeline or service without one."},
      {"ops-bad-name", "the name of a workflow or job cannot be one",
       "Names of workflows have letters, digits, '-' and '_'. Names of jobs are one line without control characters."},
      {"ops-bad-version", "a version that cannot be one",
       "A version becomes the tag of an image: at most 128 letters, digits, '_', '.' and '-', not beginning with '.' "
       "or "
       "'-'."},
      {"ops-conflicting-version", "the name of a workflow and its key version have different versions",
       "The version in the name counts, as in 'name: NAME:VERSION'. Remove the other, or make both the same."},
      {"ops-duplicate-name", "two workflows or jobs have the same name",
       "A run by name, the log and the summary could not tell them apart."},
      {"ops-bad-port", "a port that cannot be one",
       "A port is host:container or one number, each from 1 to 65535, and stands once."},
      {"ops-bad-variable", "an entry of env that is no variable",
       "static holds NAME=value, secrets and configs hold names. A name is letters, digits and '_'; with others the "
       "variable is set, but no shell can read it."},
      {"ops-host-variable", "a reference to another variable of the host",
       "In the list form of env, 'A=$B' does not look up B: A is the host's A, or the text '$B' where the host has "
       "none."},
      {"ops-withheld-variable", "a workflow asks for a credential of the agent",
       "The agent's own tokens and those of the CI's runner are never given to a workflow. Give it a credential of its "
       "own under another name."},
      {"ops-bad-value", "a value that its key does not know", "The message says which values there are."},
      {"ops-unknown-value", "a value without effect", "It is kept as it is; the message says which values have one."},
      {"ops-too-many-problems", "not every problem is shown",
       "The first thousand are. Most often one mistake near the top causes the rest."},
  };
}

}  // namespace lifecycle::ops

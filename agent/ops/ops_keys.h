// The table of every key of an ops.yml: where it may stand, what its value is, what it means. Checking, the JSON
// Schema and the tables of docs/ops-yml.md are all made from it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lifecycle::ops {

/// The maps that an ops.yml consists of.
enum class Place { top, command, pipeline, service, workflow, job, environment, help };
inline constexpr Place all_places[] = {Place::top,      Place::command, Place::pipeline,    Place::service,
                                       Place::workflow, Place::job,     Place::environment, Place::help};

/// `a command`, `the file` …, as a message speaks of it.
[[nodiscard]] std::string_view print_place(Place place);

/// What a value looks like. An absent value (nothing behind the colon) is as if the key were not there.
enum class Shape {
  anything,         // keys that are not read
  text,             // "…"
  filled_text,      // with a character that is no blank
  text_or_number,   // "1", 1, 1.0
  boolean,          // true or false
  words,            // [a, b]
  commands,         // a list of maps of the place `command`; likewise the next three
  pipelines,        //
  services,         //
  workflows,        //
  jobs,             // at least one
  steps,            // at least one text; an entry without a value is an empty line
  filled_steps,     // at least one text, none blank
  name,             // name:version
  job_name,         // one line of text
  version_text,     // 1.0.0
  sdk,              // "2", 2, 1, off
  ports,            // 8080, "8080:80", or a list of them
  events,           // a trigger or a list of them
  service_actions,  // of build, publish, start
  environment,      // list or map
  statics,          // ["NAME=value"]
  variable_names,   // ["NAME"]
  help,             // {usage, arguments, options}
  help_map,         // a map, or false
  workdir,          // workspace, empty or a path
  executor,         // process, container
  url_path          // /path
};

enum class Need { optional, expected, required };  // expected: a warning where it is missing
enum class Standing {
  live,
  inert,       // read, without meaning where jobs run as processes
  deprecated,  // an old name of another key
  dead,        // of templates before 2020; nothing reads it
  later        // of a later version of this program
};

struct OpsKey {
  std::string_view name;
  unsigned places;  // of place_bit
  Shape shape;
  Need need;
  Standing standing;
  std::string_view meaning;  // one or two sentences, also the hover text of editors
  std::string_view example;  // YAML on one line
};

[[nodiscard]] constexpr unsigned place_bit(Place place) { return 1U << static_cast<unsigned>(place); }

[[nodiscard]] std::span<const OpsKey> ops_keys();
/// The key of that name at a place; absent: none.
[[nodiscard]] const OpsKey* find_ops_key(Place place, std::string_view name);
/// The nearest name that may stand at a place and is worth suggesting; nothing when none is near.
[[nodiscard]] std::optional<std::string_view> nearest_ops_key(Place place, std::string_view typed);
/// Where else a key of that name has a meaning, which one of a later version has nowhere yet; empty: nowhere.
[[nodiscard]] std::vector<Place> places_of_ops_key(std::string_view name);

/// `a list of steps`: what a message says is expected, and the type column of the docs.
[[nodiscard]] std::string_view print_shape(Shape shape);

/// The key tables of docs/ops-yml.md, one for each place.
[[nodiscard]] std::string ops_keys_markdown();

/// Names that no workflow may ask for: the agent's own credentials and those of the CI's runner.
[[nodiscard]] std::span<const std::string_view> withheld_variables();

}  // namespace lifecycle::ops

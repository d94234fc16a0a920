// Whether a map of an ops.yml holds what the table of keys says: names, shapes, what is missing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/ops/findings.h"
#include "agent/ops/ops_keys.h"
#include "agent/ops/yaml_tree.h"

namespace lifecycle::ops {

/// Whose keys are checked: `job 'test'`, `pipeline 'ci'`, `the file`.
struct Owner {
  Place place = Place::top;
  std::string_view name;
};
[[nodiscard]] std::string print_owner(const Owner& owner);

/// The values of a map that have the shape which their key asks for. Entries of lists may still be wrong ones:
/// they have been reported, and whoever reads them skips what is no text.
class Fields {
 public:
  struct Field {
    const OpsKey* key;
    const YamlNode* written;  // the key's node
    const YamlNode* value;
  };
  void add(Field field) { fields_.push_back(field); }
  [[nodiscard]] const YamlNode* get(std::string_view name) const;
  /// The text of a scalar; empty when the key is absent.
  [[nodiscard]] std::string text(std::string_view name) const;
  [[nodiscard]] const std::vector<Field>& all() const { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// Checks every key of a map. A value that is absent (null) counts as a key that is not there.
[[nodiscard]] Fields check_map(const YamlNode& map, const Owner& owner, Findings& findings);

/// `the number 5`, `true`, `a map`, `a text`: a value as a message names it.
[[nodiscard]] std::string describe_value(const YamlNode& node);

/// True for a scalar with a character that is no blank.
[[nodiscard]] bool is_filled(const YamlNode& node);

/// A number without a fraction, however it is written.
[[nodiscard]] bool is_whole_number(const YamlNode& node);

}  // namespace lifecycle::ops

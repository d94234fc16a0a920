#include "agent/event/event_json_reader.h"

namespace lifecycle::event {

const nlohmann::ordered_json* JsonReader::find(const char* key) const {
  if (!json_.is_object()) return nullptr;
  const auto found = json_.find(key);
  return found == json_.end() || found->is_null() ? nullptr : &*found;
}

void JsonReader::report(const std::string& key, const char* expected, const nlohmann::ordered_json& found) const {
  if (fault_.empty()) fault_ = "`" + key + "` is a " + found.type_name() + ", expected " + expected;
}

std::string JsonReader::text(const char* key) const {
  const auto* value = find(key);
  if (value == nullptr) return {};
  if (const auto* string = value->get_ptr<const std::string*>()) return *string;
  report(full(key), "a string", *value);
  return {};
}

std::vector<std::string> JsonReader::texts(const char* key) const {
  std::vector<std::string> list;
  const auto* value = find(key);
  if (value == nullptr) return list;
  if (!value->is_array()) report(full(key), "a list of strings", *value);
  if (!value->is_array()) return list;
  for (const auto& entry : *value) {
    const auto* string = entry.get_ptr<const std::string*>();
    if (string == nullptr) report(full(key), "a list of strings", entry);
    if (string != nullptr) list.push_back(*string);
  }
  return list;
}

std::optional<bool> JsonReader::boolean(const char* key) const {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  report(full(key), "true or false", *value);
  return std::nullopt;
}

std::optional<std::int64_t> JsonReader::integer(const char* key) const {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer()) return value->get<std::int64_t>();
  report(full(key), "a whole number", *value);
  return std::nullopt;
}

std::optional<JsonReader> JsonReader::object(const char* key) const {
  const auto* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) {
    report(full(key), "an object", *value);
    return std::nullopt;
  }
  return JsonReader(*value, full(key), fault_);
}

}  // namespace lifecycle::event

// Reads one JSON object of a known form; a missing or null key is an unset field, another type is a fault.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace lifecycle::event {

class JsonReader {
 public:
  /// The first fault is written to `fault`, with the key's path (`change.number`).
  JsonReader(const nlohmann::ordered_json& json, std::string path, std::string& fault)
      : json_(json), path_(std::move(path)), fault_(fault) {
    if (!json.is_object()) report(path_.empty() ? "document" : path_, "an object", json);
  }

  [[nodiscard]] std::string text(const char* key) const;
  [[nodiscard]] std::vector<std::string> texts(const char* key) const;
  [[nodiscard]] std::optional<bool> boolean(const char* key) const;
  [[nodiscard]] std::optional<std::int64_t> integer(const char* key) const;
  [[nodiscard]] std::optional<JsonReader> object(const char* key) const;

 private:
  /// The value of a key; nullptr when it is missing or null.
  [[nodiscard]] const nlohmann::ordered_json* find(const char* key) const;
  [[nodiscard]] std::string full(const char* key) const { return path_.empty() ? key : path_ + "." + key; }
  void report(const std::string& key, const char* expected, const nlohmann::ordered_json& found) const;

  const nlohmann::ordered_json& json_;
  std::string path_;
  std::string& fault_;
};

}  // namespace lifecycle::event

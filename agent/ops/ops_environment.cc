#include "agent/ops/ops_environment.h"

#include <algorithm>

#include "agent/base/ascii.h"

namespace lifecycle::ops {
namespace {

class EnvironmentReader {
 public:
  EnvironmentReader(const Owner& owner, const SourceText& source, Findings& findings)
      : owner_(owner), source_(source), findings_(findings) {}

  void read_map(const YamlNode& env) {
    const Fields fields = check_map(env, {Place::environment, {}}, findings_);
    for (const YamlNode* entry : texts(fields.get("static"))) read_static(*entry);
    for (const YamlNode* entry : texts(fields.get("secrets"))) read_name(*entry, "secrets", read_.secrets);
    for (const YamlNode* entry : texts(fields.get("configs"))) read_name(*entry, "configs", read_.configs);
  }

  void read_list(const YamlNode& env) {
    for (const YamlNode* entry : texts(&env)) read_host(*entry);
  }

  EnvironmentDeclaration take() { return std::move(read_); }

 private:
  static std::vector<const YamlNode*> texts(const YamlNode* list) {
    std::vector<const YamlNode*> found;
    if (list == nullptr) return found;
    for (const YamlEntry& entry : list->entries) {
      if (entry.value->kind == NodeKind::text) found.push_back(entry.value);
    }
    return found;
  }

  void refuse(const YamlNode& entry, std::string message, std::string hint) {
    findings_.add("ops-bad-variable", Severity::error, entry.offset, entry.end, std::move(message), std::move(hint));
  }

  [[nodiscard]] std::string of_owner() const { return " of " + print_owner(owner_); }

  static std::string_view name_of(std::string_view text) { return text.substr(0, text.find('=')); }
  static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

  static bool is_identifier(std::string_view name) {
    const auto letter = [](char c) { return is_letter(c) || c == '_'; };
    return !name.empty() && letter(name.front()) &&
           std::ranges::all_of(name, [&](char c) { return letter(c) || is_digit(c); });
  }

  void warn_of_name(const YamlNode& entry, std::string_view name) {
    if (is_identifier(name)) return;
    const std::string hint =
        name.starts_with('$') ? "write the name without '$'" : "use letters, digits and '_', and begin with no digit";
    findings_.add("ops-bad-variable", Severity::warning, entry.offset, entry.end,
                  in_quotes(name) + of_owner() + " is a name that no shell can use", hint);
  }

  bool refuse_withheld(const YamlNode& entry, std::string_view name) {
    const auto withheld = withheld_variables();
    if (std::ranges::find(withheld, name) == withheld.end()) return false;
    const std::string_view value = entry.text.substr(std::min(name.size() + 1, entry.text.size()));
    if (!value.empty() && !value.starts_with('$')) findings_.hide_line(entry.offset);
    findings_.add(
        "ops-withheld-variable", Severity::error, entry.offset, entry.end,
        in_quotes(name) + of_owner() + " is a credential of the agent or of the CI's runner, which no workflow gets",
        "give the workflow a credential of its own under another name");
    return true;
  }

  void read_static(const YamlNode& entry) {
    const std::string_view text = entry.text;
    const std::size_t sign = text.find('=');
    if (sign == std::string_view::npos) {
      refuse(entry, "static entry " + in_quotes(text) + of_owner() + " has no '='",
             "write NAME=value; a name alone belongs under secrets or configs");
      return;
    }
    const std::string_view name = name_of(text);
    if (is_blank(name)) {
      refuse(entry, "a static entry" + of_owner() + " has no name before its '='", "write NAME=value");
      return;
    }
    if (refuse_withheld(entry, name)) return;
    warn_of_name(entry, name);
    read_.statics.push_back(
        {std::string(name), std::string(text.substr(sign + 1)), source_.place(entry.offset, entry.end)});
  }

  void read_name(const YamlNode& entry, std::string_view list, std::vector<PlacedText>& names) {
    const std::string_view name = name_of(entry.text);
    if (name.size() != entry.text.size()) {
      findings_.hide_line(entry.offset);
      refuse(entry, in_quotes(name) + " under " + std::string(list) + of_owner() + " has a value; a name is expected",
             list == "secrets" ? "keep values of secrets out of the file" : "put NAME=value under static");
      return;
    }
    if (is_blank(name)) {
      refuse(entry, "a blank name stands under " + std::string(list) + of_owner(), "remove the entry");
      return;
    }
    if (refuse_withheld(entry, name)) return;
    warn_of_name(entry, name);
    names.push_back({std::string(name), source_.place(entry.offset, entry.end)});
  }

  /// The platform's CLI replaces each variable by the host's of the same name; `$` looks up no other one.
  void read_host(const YamlNode& entry) {
    const std::string_view text = entry.text;
    const std::string_view name = name_of(text);
    if (is_blank(name)) {
      refuse(entry, "an entry of env" + of_owner() + " has no name", "write NAME=value, NAME=$NAME or NAME");
      return;
    }
    if (refuse_withheld(entry, name)) return;
    warn_of_name(entry, name);
    EnvironmentDeclaration::Host host{std::string(name), std::nullopt, source_.place(entry.offset, entry.end)};
    if (name.size() < text.size()) {
      const std::string value(text.substr(name.size() + 1));
      const bool own = value == "$" + host.name || value == "${" + host.name + "}";
      if (!own) host.fallback = value;
      if (!own && value.starts_with('$') && is_identifier(value.substr(1))) warn_of_reference(entry, host.name, value);
    }
    read_.hosts.push_back(std::move(host));
  }

  void warn_of_reference(const YamlNode& entry, const std::string& name, const std::string& value) {
    findings_.add("ops-host-variable", Severity::warning, entry.offset, entry.end,
                  in_quotes(name) + of_owner() + " is the text " + in_quotes(value) +
                      " where the host has no variable " + in_quotes(name) + ": no other one is looked up",
                  "give both the same name: " + value.substr(1) + "=" + value);
  }

  const Owner& owner_;
  const SourceText& source_;
  Findings& findings_;
  EnvironmentDeclaration read_;
};

}  // namespace

EnvironmentDeclaration read_environment(const YamlNode& env, const Owner& owner, const SourceText& source,
                                        Findings& findings) {
  EnvironmentReader reader(owner, source, findings);
  if (env.kind == NodeKind::map) {
    reader.read_map(env);
  } else {
    reader.read_list(env);
  }
  return reader.take();
}

}  // namespace lifecycle::ops

#include "adapters/dialect/neutraliser.h"

#include <string>

#include "adapters/dialect/byte_rules.h"

namespace lifecycle::dialect {
namespace {

/// GitLab's sections and Travis' folds are made of CR and ESC[0K: who lets commands pass lets these pass.
bool needs_control_bytes(const NeutraliserOptions& options) {
  return options.pass_commands && (options.kind == DialectKind::gitlab || options.kind == DialectKind::travis);
}

std::unique_ptr<ByteRules> rules_for(const NeutraliserOptions& options) {
  if (options.pass_control_bytes || needs_control_bytes(options)) {
    return make_raw_rules(options.pass_commands ? DialectKind::plain : options.kind);
  }
  if (options.kind == DialectKind::plain && !options.plain_ci) return make_terminal_rules();
  return make_ci_rules(options);
}

}  // namespace

struct Neutraliser::State {
  std::unique_ptr<ByteRules> rules;
};

Neutraliser::Neutraliser(NeutraliserOptions options) : state_(std::make_unique<State>()) {
  state_->rules = rules_for(options);
}
Neutraliser::~Neutraliser() = default;
Neutraliser::Neutraliser(Neutraliser&&) noexcept = default;
Neutraliser& Neutraliser::operator=(Neutraliser&&) noexcept = default;

void Neutraliser::feed(std::string_view chunk, ByteSink& next) { state_->rules->feed(chunk, next); }
void Neutraliser::flush(ByteSink& next) { state_->rules->flush(next); }
bool Neutraliser::holds() const { return state_->rules->holds(); }
bool Neutraliser::at_line_start() const { return state_->rules->at_line_start(); }
void Neutraliser::line_was_ended() { state_->rules->line_was_ended(); }

std::string shown_byte(char byte) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  return {'\\', 'x', digits[value >> 4], digits[value & 15]};
}

}  // namespace lifecycle::dialect

#include "agent/mask/mask_table.h"

#include <unordered_set>

#include "agent/mask/mask_stream.h"
#include "agent/mask/needle_set.h"
#include "agent/mask/secret_forms.h"
#include "agent/mask/secret_values.h"

namespace lifecycle::mask {
namespace {

constexpr std::size_t most_needle_bytes = std::size_t{32} << 20;

Diagnostic too_short(std::string_view name, std::string_view reason) {
  return {.code = "secret-too-short",
          .severity = Severity::warning,
          .message = "secret '" + std::string(name) + "' is not masked: its value " + std::string(reason),
          .hint = "use a longer value; hiding every place where so few bytes occur would make the log unreadable"};
}

Diagnostic too_large(std::string_view name) {
  return {.code = "secrets-too-large",
          .severity = Severity::error,
          .message = "secret '" + std::string(name) + "' does not fit: the text to be masked in this run exceeds " +
                     std::to_string(most_needle_bytes >> 20) + " MiB",
          .hint = "hand large secrets over as files, not as values"};
}

class StringSink final : public ByteSink {
 public:
  void take(std::string_view bytes) override { text_ += bytes; }
  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

struct MaskTable::State {
  mutable std::mutex mutex;
  std::unordered_set<std::string> known;
  std::vector<std::string> needles;
  std::size_t needle_bytes = 0;
  /// Compiled when asked for: a run registers many secrets before it prints anything.
  std::shared_ptr<const NeedleSet> compiled = std::make_shared<NeedleSet>(std::vector<std::string>{});
  bool stale = false;
};

MaskTable::MaskTable() : state_(std::make_unique<State>()) {}
MaskTable::~MaskTable() = default;

std::optional<Diagnostic> MaskTable::add(std::string_view name, std::string_view value, SecretOrigin origin) {
  if (const auto reason = refusal(value, origin)) return too_short(name, *reason);
  const std::lock_guard lock(state_->mutex);
  std::vector<std::string> fresh;
  std::size_t bytes = state_->needle_bytes;
  for (const SecretValue& part : secret_values(value, origin)) {
    for (std::string& form : secret_forms(part)) {
      if (state_->known.contains(form)) continue;
      bytes += form.size();
      fresh.push_back(std::move(form));
    }
  }
  if (bytes > most_needle_bytes) return too_large(name);
  for (std::string& needle : fresh) {
    if (!state_->known.insert(needle).second) continue;
    state_->needle_bytes += needle.size();
    state_->needles.push_back(std::move(needle));
    state_->stale = true;
  }
  return std::nullopt;
}

std::shared_ptr<const NeedleSet> MaskTable::needles() const {
  const std::lock_guard lock(state_->mutex);
  if (state_->stale) {
    state_->compiled = std::make_shared<NeedleSet>(state_->needles);
    state_->stale = false;
  }
  return state_->compiled;
}

std::string MaskTable::mask_text(std::string_view text) const {
  StringSink sink;
  MaskStream stream(*this);
  stream.feed(text, sink);
  stream.finish(sink);
  return std::move(sink).text();
}

bool MaskTable::empty() const {
  const std::lock_guard lock(state_->mutex);
  return state_->needles.empty();
}

std::vector<DiagnosticCode> mask_diagnostic_codes() {
  return {
      {"secret-too-short", "the value of a secret is too short to be masked",
       "A value of fewer than 6 bytes (4 when it was registered by ::add-mask:: or by the SDK), or of fewer than "
       "three different characters, occurs by chance in any log. It is not masked, and the run goes on. Use a "
       "longer value, or make it a config if it is none of a secret."},
      {"secrets-too-large", "the secrets of a run are too large to be masked",
       "All texts that must be hidden in one run, with the forms in which they may be printed, are limited to "
       "32 MiB, so that memory stays bounded. Hand large secrets over as files."},
  };
}

}  // namespace lifecycle::mask

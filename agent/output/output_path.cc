#include "agent/output/output_path.h"

#include <utility>

#include "agent/mask/mask_stream.h"
#include "agent/output/workflow_commands.h"

namespace lifecycle::output {
namespace {

class NeutraliserSink final : public ByteSink {
 public:
  NeutraliserSink(dialect::Neutraliser& neutraliser, ByteSink& next) : neutraliser_(neutraliser), next_(next) {}
  void take(std::string_view bytes) override { neutraliser_.feed(bytes, next_); }

 private:
  dialect::Neutraliser& neutraliser_;
  ByteSink& next_;
};

class MaskSink final : public ByteSink {
 public:
  MaskSink(mask::MaskStream& stream, ByteSink& next) : stream_(stream), next_(next) {}
  void take(std::string_view bytes) override { stream_.feed(bytes, next_); }

 private:
  mask::MaskStream& stream_;
  ByteSink& next_;
};

}  // namespace

struct OutputPath::State {
  State(mask::MaskTable& secrets, const dialect::NeutraliserOptions& options, ByteSink& sink)
      : table(secrets),
        next(sink),
        neutraliser(options),
        masked(secrets),
        to_neutraliser(neutraliser, next),
        to_mask(masked, to_neutraliser),
        parser([this](std::string_view value) { add_mask(value); }) {}

  void add_mask(std::string_view value) {
    auto refused = table.add("::add-mask::", value, mask::SecretOrigin::explicit_value);
    if (refused && on_warning) on_warning(*refused);
  }

  mask::MaskTable& table;
  ByteSink& next;
  dialect::Neutraliser neutraliser;
  mask::MaskStream masked;
  NeutraliserSink to_neutraliser;
  MaskSink to_mask;
  CommandParser parser;
  std::function<void(const Diagnostic&)> on_warning;
  std::uint64_t bytes = 0;
};

OutputPath::OutputPath(mask::MaskTable& table, dialect::NeutraliserOptions options, ByteSink& next)
    : state_(std::make_unique<State>(table, options, next)) {}
OutputPath::~OutputPath() = default;

void OutputPath::on_warning(std::function<void(const Diagnostic&)> tell) { state_->on_warning = std::move(tell); }

void OutputPath::feed(std::string_view chunk) {
  state_->bytes += chunk.size();
  state_->parser.feed(chunk, state_->to_mask);
}

void OutputPath::pause() {
  state_->parser.pause(state_->to_mask);
  state_->masked.pause(state_->to_neutraliser);
  state_->neutraliser.flush(state_->next);
}

void OutputPath::boundary() {
  state_->parser.boundary(state_->to_mask);
  state_->masked.boundary(state_->to_neutraliser);
  state_->neutraliser.flush(state_->next);
  if (!state_->neutraliser.at_line_start()) state_->next.take("\n");
  state_->neutraliser.line_was_ended();
}

void OutputPath::finish() {
  state_->parser.finish(state_->to_mask);
  state_->masked.finish(state_->to_neutraliser);
  state_->neutraliser.flush(state_->next);
}

bool OutputPath::holds() const {
  return state_->parser.holds() || state_->masked.holds() || state_->neutraliser.holds();
}

std::uint64_t OutputPath::bytes() const { return state_->bytes; }

}  // namespace lifecycle::output

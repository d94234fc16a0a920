#include <nlohmann/json.hpp>

#include "agent/cli/commands.h"
#include "agent/cli/event_text.h"
#include "agent/cli/gather.h"
#include "agent/cli/json_text.h"
#include "agent/event/event_json.h"

namespace lifecycle::cli {

ExitCode event_command(const Call& call) {
  const auto detected = gather_event(call, NoCause::claim_push);
  if (!detected) return call.fail_with(detected.error());
  const event::Event& event = detected->event;
  say_event_warnings(call, event);
  if (call.settings.is_on("json")) {
    call.output.print(json_text(event::to_json(event)));
  } else {
    call.output.print_words(event_text(event));
  }
  return ExitCode::success;
}

}  // namespace lifecycle::cli

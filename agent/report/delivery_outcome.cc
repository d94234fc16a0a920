#include "agent/report/delivery_outcome.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/base/duration.h"
#include "agent/base/utf8.h"
#include "agent/http/url.h"

namespace lifecycle::report {
namespace {

/// What an undelivered event does to the exit code.
std::string consequence(Strictness strictness) {
  return strictness == Strictness::strict ? "--strict-insights makes an exit code of 0 a 3 for it"
                                          : "the exit code does not change unless --strict-insights is given";
}

std::string counted(std::size_t count, std::size_t all) {
  if (all == 1) return "the insights event was";
  if (count == all) return "none of the " + std::to_string(all) + " insights events was";
  return std::to_string(count) + " of " + std::to_string(all) + " insights events were";
}

std::string times(int count) { return count == 1 ? "once" : std::to_string(count) + " times"; }

std::string one_line(std::string_view text, std::size_t limit) {
  std::string line = repair_utf8(cut_utf8(text, limit));
  std::ranges::replace_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return line;
}

Diagnostic deferred(std::size_t count, std::size_t all, const DeliveryTrouble& trouble, Strictness strictness) {
  Diagnostic said{.code = "delivery-deferred", .severity = Severity::warning};
  const std::string what =
      all == 1 || count < all ? counted(count, all) + " not delivered: " : counted(count, all) + " delivered: ";
  if (trouble.told_to_wait) {
    said.message = what + trouble.host + " answered " + std::to_string(trouble.last_status) + " and asks to wait " +
                   print_duration(*trouble.told_to_wait) + ", longer than --report-timeout allows";
  } else if (trouble.last_status != 0) {
    said.message = what + trouble.host + " answered " + std::to_string(trouble.last_status) + " in the end, after " +
                   times(trouble.failures) + " without success";
  } else if (trouble.last_error) {
    said.message = what + trouble.last_error->message;
    if (trouble.failures > 1) said.message += " (tried " + times(trouble.failures) + ")";
    said.hint = trouble.last_error->hint;
  } else {
    said.message = what + "the time for reporting was over";
  }
  said.hint += (said.hint.empty() ? "" : "; ") + consequence(strictness);
  return said;
}

Diagnostic unauthorised(const DeliveryTrouble& trouble, Strictness strictness) {
  const std::string status = std::to_string(trouble.unauthorised);
  if (trouble.token_place.empty()) {
    return {.code = "delivery-refused",
            .severity = Severity::warning,
            .message = trouble.host + " answered " + status + ": it wants a token, and none is given",
            .hint = "set CTOAI_EVENTS_API_TOKEN or LIFECYCLE_TOKEN"};
  }
  return {.code = "delivery-refused",
          .severity = Severity::warning,
          .message =
              trouble.host + " refused the credentials (" + status + "): the token comes from " + trouble.token_place,
          .hint = "renew the token there, and see that it belongs to the team; " + consequence(strictness)};
}

Diagnostic refused(std::size_t count, const DeliveryTrouble& trouble, Strictness strictness) {
  Diagnostic said{.code = "delivery-refused", .severity = Severity::warning};
  said.message = trouble.host + " refused " +
                 (count == 1 ? "an insights event" : std::to_string(count) + " insights events") + ", '" +
                 trouble.refused_event + "' with " + std::to_string(trouble.refused_status);
  if (!trouble.moved_to.empty()) {
    said.message += ": it has moved to " + trouble.moved_to + ", and redirects are not followed";
    said.hint = "if that address is yours, give it with --events-url";
  } else {
    if (!trouble.refused_words.empty()) said.message += ": " + trouble.refused_words;
    said.hint = trouble.refused_status == 404 ? "is the address of --events-url right?" : consequence(strictness);
  }
  return said;
}

}  // namespace

std::vector<Diagnostic> delivery_diagnostics(const std::vector<run::ReportedRecord>& reported,
                                             const DeliveryTrouble& trouble, Strictness strictness) {
  const auto count = [&](std::string_view result) {
    return static_cast<std::size_t>(std::ranges::count(reported, result, &run::ReportedRecord::result));
  };
  std::vector<Diagnostic> said;
  if (const std::size_t undelivered = count("deferred"); undelivered > 0) {
    said.push_back(deferred(undelivered, reported.size(), trouble, strictness));
  }
  if (trouble.unauthorised != 0) {
    said.push_back(unauthorised(trouble, strictness));
  } else if (const std::size_t unwanted = count("refused"); unwanted > 0) {
    said.push_back(refused(unwanted, trouble, strictness));
  }
  return said;
}

std::string words_of_answer(const std::string& body) {
  const auto json = nlohmann::json::parse(body, nullptr, false);
  if (!json.is_object()) return {};
  for (const char* key : {"message", "error"}) {
    if (const auto found = json.find(key); found != json.end() && found->is_string()) {
      return one_line(found->get_ref<const std::string&>(), 160);
    }
  }
  return {};
}

}  // namespace lifecycle::report

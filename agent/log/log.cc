#include "agent/log/log.h"

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <array>
#include <memory>
#include <mutex>

#include "agent/base/visible_text.h"

namespace lifecycle::log {
namespace {

// Pointers, so that a program that never logs constructs nothing.
std::unique_ptr<spdlog::logger> logger;
std::mutex mask_mutex;
Mask current_mask;

spdlog::level::level_enum spdlog_level(Level level) {
  constexpr std::array levels = {spdlog::level::trace, spdlog::level::debug, spdlog::level::info,
                                 spdlog::level::warn,  spdlog::level::err,   spdlog::level::off};
  return levels[static_cast<std::size_t>(level)];
}

}  // namespace

std::optional<Level> parse_level(std::string_view word) {
  constexpr std::string_view words[] = {"trace", "debug", "info", "warn", "error", "off"};
  for (std::size_t i = 0; i < std::size(words); ++i) {
    if (words[i] == word) return static_cast<Level>(i);
  }
  return std::nullopt;
}

void start(Level level) {
  if (level == Level::off) {
    logger.reset();
    return;
  }
  logger = std::make_unique<spdlog::logger>("lifecycle-agent", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l: %v",
                                                                    spdlog::pattern_time_type::utc, "\n"));
  logger->set_level(spdlog_level(level));
}

void set_mask(Mask mask) {
  const std::lock_guard lock(mask_mutex);
  current_mask = std::move(mask);
}

bool is_enabled(Level level) { return logger && level != Level::off && logger->should_log(spdlog_level(level)); }

void write(Level level, std::string_view message) {
  if (!is_enabled(level)) return;
  std::string text;
  {
    const std::lock_guard lock(mask_mutex);
    text = current_mask ? current_mask(message) : std::string(message);
  }
  logger->log(spdlog_level(level), spdlog::string_view_t(visible(text)));
}

}  // namespace lifecycle::log

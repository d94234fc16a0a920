#include "agent/run/service_run.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "agent/run/planned_record.h"
#include "agent/run/service_probe.h"

namespace lifecycle::run {
namespace {

using namespace asio::experimental::awaitable_operators;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr milliseconds probe_interval{50};
/// Every request that the service refuses stands in its log, so those come ever less often.
constexpr milliseconds longest_probe_interval{1000};
constexpr milliseconds probe_limit{5000};
/// What counts as started where no port tells.
constexpr milliseconds proof_of_life{1000};

int parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && port > 0 && port < 65536 ? port : 0;
}

milliseconds until(Clock::time_point deadline) {
  return std::max(milliseconds{0}, std::chrono::duration_cast<milliseconds>(deadline - Clock::now()));
}

}  // namespace

int awaited_port(const std::vector<ops::PortMapping>& ports, const std::vector<std::string>& environment) {
  const int own = parse_port(find_variable(environment, "PORT"));
  const bool declared =
      std::any_of(ports.begin(), ports.end(), [own](const ops::PortMapping& port) { return port.container == own; });
  if (ports.empty() || declared) return own;
  return ports.front().container;
}

ServiceRun::ServiceRun(RunScope& scope, const plan::WorkflowRun& planned, PreparedJob prepared)
    : scope_(scope),
      planned_(planned),
      prepared_(std::move(prepared)),
      port_(awaited_port(planned.ports, prepared_.task.env)),
      output_(scope.make_output(Layout::prefixed, planned.workflow, shown_steps(planned.jobs.front()))),
      stop_(scope.io),
      changed_(scope.io, Clock::time_point::max()) {}

void ServiceRun::start() {
  asio::co_spawn(scope_.io, supervise(), [self = shared_from_this()](const std::exception_ptr&) {
    self->finished_ = true;
    self->changed_.cancel();
  });
}

asio::awaitable<void> ServiceRun::supervise() {
  auto life = live();
  auto relay = pass_stops_on();
  co_await (std::move(life) || std::move(relay));
}

asio::awaitable<void> ServiceRun::live() {
  output_->steps_are_known();
  output_->step_started(0);
  JobEnd end = co_await scope_.run_task(prepared_.task, *output_, stop_);
  end_ = std::move(end);
  ended_early_ = !not_needed_ && scope_.stop.level() == 0;
}

asio::awaitable<void> ServiceRun::pass_stops_on() {
  int seen = 0;
  for (;;) {
    co_await scope_.stop.wait_above(seen);
    seen = scope_.stop.level();
    changed_.cancel();
    stop_.grace_int = scope_.stop.grace_int;
    stop_.grace_term = scope_.stop.grace_term;
    // One rung ahead of the run: a service is asked by TERM, INT is a person's word to a program on a terminal.
    while (seen > 0 && stop_.level() < std::min(seen + 1, 3)) stop_.raise(scope_.stop.reason(), scope_.stop.signal());
  }
}

void ServiceRun::stop() {
  if (finished_) return;
  not_needed_ = true;
  while (stop_.level() < 2) stop_.raise(StopReason::cancelled);
}

asio::awaitable<void> ServiceRun::until_over() {
  while (!is_over()) co_await changed_.async_wait(as_result);
}

asio::awaitable<void> ServiceRun::joined() {
  while (!finished_) co_await changed_.async_wait(as_result);
}

asio::awaitable<void> ServiceRun::pause(milliseconds time) {
  asio::steady_timer timer(scope_.io, time);
  auto rest = timer.async_wait(as_result);
  auto over = until_over();
  co_await (std::move(rest) || std::move(over));
}

asio::awaitable<ServiceAnswer> ServiceRun::await_ready(milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  ServiceAnswer answer;
  milliseconds rest = probe_interval;
  if (port_ == 0) co_await pause(std::min(limit, proof_of_life));
  while (port_ != 0 && !is_over()) {
    if (Clock::now() >= deadline) {
      answer.state = ServiceState::late;
      co_return answer;
    }
    auto probe = probe_service(port_, planned_.health, std::clamp(until(deadline), milliseconds{1}, probe_limit));
    auto over = until_over();
    auto first = co_await (std::move(probe) || std::move(over));
    if (first.index() != 0) break;
    ProbeAnswer& probed = std::get<0>(first);
    if (probed.ready && !is_over()) {
      answer.address = std::move(probed.address);
      co_return answer;
    }
    answer.error = std::move(probed.error);
    const bool was_asked = !probed.address.empty();
    if (!was_asked) rest = probe_interval;
    co_await pause(std::min(rest, until(deadline)));
    if (was_asked) rest = std::min(rest * 2, longest_probe_interval);
  }
  if (finished_) answer.state = ServiceState::ended;
  if (!finished_ && scope_.stop.level() > 0) answer.state = ServiceState::stopped;
  co_return answer;
}

}  // namespace lifecycle::run

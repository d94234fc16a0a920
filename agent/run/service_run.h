// A service while the rest of the run goes on beside it: started, awaited, stopped, its end told.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "agent/plan/plan.h"
#include "agent/run/job_output.h"
#include "agent/run/prepared_job.h"
#include "agent/run/run_scope.h"

namespace lifecycle::run {

/// The port to await: PORT of the environment if the service declares it or declares none, else the first
/// declared one (a further one may be a debugger's that nobody listens on); 0: none.
[[nodiscard]] int awaited_port(const std::vector<ops::PortMapping>& ports, const std::vector<std::string>& environment);

enum class ServiceState { ready, ended, stopped, late };

struct ServiceAnswer {
  ServiceState state = ServiceState::ready;
  std::string address;  // empty where no port is known
  std::string error;    // of the last try
};

/// Start once, then await_ready, then stop and joined: the object lives until joined() has returned.
class ServiceRun final : public std::enable_shared_from_this<ServiceRun> {
 public:
  ServiceRun(RunScope& scope, const plan::WorkflowRun& planned, PreparedJob prepared);

  void start();
  /// Until the service answers, ends by itself, the run is stopped, or `limit` has passed.
  asio::awaitable<ServiceAnswer> await_ready(milliseconds limit);
  /// Returns when the service has ended or the run is to stop.
  asio::awaitable<void> until_over();
  /// It is no longer needed: TERM, as a container engine stops a service, then KILL.
  void stop();
  /// Returns when its whole tree has ended.
  asio::awaitable<void> joined();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const JobEnd& end() const { return end_; }
  [[nodiscard]] bool ended_early() const { return ended_early_; }
  [[nodiscard]] JobOutput& output() { return *output_; }
  [[nodiscard]] PreparedJob& prepared() { return prepared_; }

 private:
  asio::awaitable<void> supervise();
  asio::awaitable<void> live();
  asio::awaitable<void> pass_stops_on();
  asio::awaitable<void> pause(milliseconds time);
  [[nodiscard]] bool is_over() const { return finished_ || scope_.stop.level() > 0; }

  RunScope& scope_;
  const plan::WorkflowRun& planned_;
  PreparedJob prepared_;
  int port_ = 0;
  std::unique_ptr<JobOutput> output_;
  StopSignal stop_;
  asio::steady_timer changed_;  // never expires; cancelled when something has changed
  JobEnd end_;
  bool not_needed_ = false;
  bool ended_early_ = false;
  bool finished_ = false;
};

}  // namespace lifecycle::run

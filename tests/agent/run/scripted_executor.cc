#include "tests/agent/run/scripted_executor.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <memory>
#include <stdexcept>

#include "agent/run/job_environment.h"

namespace lifecycle::run {
namespace {

using asio::ip::tcp;

asio::awaitable<void> answer(tcp::socket socket, std::string status) {
  std::string request;
  auto read = co_await asio::async_read_until(socket, asio::dynamic_buffer(request), "\r\n\r\n",
                                              asio::as_tuple(asio::use_awaitable));
  if (std::get<0>(read)) co_return;
  const std::string reply = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n";
  co_await asio::async_write(socket, asio::buffer(reply), asio::as_tuple(asio::use_awaitable));
}

/// Accepts until the acceptor is closed; `status` empty: says nothing.
asio::awaitable<void> serve(std::shared_ptr<tcp::acceptor> acceptor, std::string status,
                            std::shared_ptr<int> requests) {
  for (;;) {
    auto accepted = co_await acceptor->async_accept(asio::as_tuple(asio::use_awaitable));
    if (std::get<0>(accepted)) co_return;
    if (!status.empty()) {
      ++*requests;
      asio::co_spawn(acceptor->get_executor(), answer(std::move(std::get<1>(accepted)), status), asio::detached);
    }
  }
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto at = text.find(separator);
    std::string_view part = text.substr(0, at);
    while (part.starts_with(' ')) part.remove_prefix(1);
    if (!part.empty()) parts.emplace_back(part);
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

}  // namespace

struct ScriptedExecutor::Play {
  const JobTask& task;
  JobSink& sink;
  StopSignal& stop;
  JobEnd end{};
  std::shared_ptr<tcp::acceptor> acceptor{};
};

asio::awaitable<void> ScriptedExecutor::point() {
  if (at_point) at_point();
  co_await asio::post(io_, asio::use_awaitable);
}

/// False: the job has ended.
asio::awaitable<bool> ScriptedExecutor::play(Play& play, std::string_view command) {
  const auto blank = std::min(command.find(' '), command.size());
  const std::string verb(command.substr(0, blank));
  const std::string rest(command.substr(std::min(blank + 1, command.size())));
  if (verb == "out") play.sink.bytes(rest + "\n");
  if (verb == "part") play.sink.bytes(rest);
  if (verb == "env") play.sink.bytes(rest + "=" + std::string(find_variable(play.task.env, rest)) + "\n");
  if (verb == "pwd") play.sink.bytes(play.task.workdir + "\n");
  if (verb == "leave") play.end.leftovers.push_back({4711, rest});
  if (verb == "note") play.sink.note({.code = "scripted-note", .severity = Severity::note, .message = rest});
  if (verb == "throw") throw std::runtime_error("scripted");
  if (verb == "signal") play.end.signal = std::stoi(rest);
  if (verb == "listen" || verb == "http") {
    const auto number = split(rest, ' ');
    play.acceptor = std::make_shared<tcp::acceptor>(
        io_, tcp::endpoint(asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(std::stoi(number[0]))));
    const std::string status = verb == "http" ? rest.substr(number[0].size() + 1) : std::string();
    asio::co_spawn(io_, serve(play.acceptor, status, requests), asio::detached);
  }
  if (verb == "sleep") {
    co_await play.stop.wait_above(0, Clock::now() + milliseconds(std::stoi(rest)));
  }
  if (verb == "hang") co_await play.stop.wait_above(0);
  const bool full = !play.sink.has_room();
  if (full) co_await play.sink.room();
  if (verb == "exit" || verb == "signal") {
    play.end.exit = verb == "exit" ? std::stoi(rest) : 128 + play.end.signal;
    co_return false;
  }
  co_return true;
}

asio::awaitable<JobEnd> ScriptedExecutor::perform(JobTask& task, JobSink& sink, StopSignal& stop) {
  const bool fed = task.argv.empty();
  const std::vector<std::string> steps = fed ? task.steps : std::vector<std::string>{task.argv.at(2)};
  const bool times_known = steps.empty() || !steps.front().starts_with("notimes");
  std::vector<StepGroup> groups;
  for (int index = 0; fed && index < static_cast<int>(steps.size()); ++index) groups.push_back({index, index});
  Play play{task, sink, stop};
  if (!steps.empty() && steps.front().starts_with("unstartable")) {
    play.end.reason = EndReason::not_started;
    play.end.error = Diagnostic{.code = "scripted-error", .message = "no such program"};
    co_return play.end;
  }
  sink.started(groups, times_known);
  bool going = true;
  for (int index = 0; going && index < static_cast<int>(steps.size()); ++index) {
    if (fed && times_known) sink.step_started(index);
    const std::string step = steps[static_cast<std::size_t>(index)];
    journal.push_back(task.name + ": " + step);
    for (const std::string& command : split(step, ';')) {
      const bool more = co_await this->play(play, command);
      going = more;
      if (!going) break;
      co_await point();
      if (stop.level() > 0) {
        play.end.reason = stop.reason() == StopReason::timed_out ? EndReason::timed_out : EndReason::cancelled;
        play.end.exit = 143;
        play.end.signal = 15;
        going = false;
        break;
      }
    }
    play.end.last_group = fed ? index : -1;
  }
  co_await point();
  if (play.acceptor) play.acceptor->close();
  co_return play.end;
}

asio::awaitable<JobEnd> ScriptedExecutor::run(JobTask task, JobSink& sink, StopSignal& stop) {
  tasks.push_back(task);
  most_running = std::max(most_running, ++running);
  co_await point();
  JobEnd end = co_await perform(task, sink, stop);
  --running;
  stop_levels[task.name] = stop.level();
  co_return end;
}

}  // namespace lifecycle::run

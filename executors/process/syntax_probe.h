// `bash -n` on a piece of text: nothing of it is executed.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

#include "agent/run/executor.h"
#include "executors/process/process_tree.h"

namespace lifecycle::process {

struct ProbeAnswer {
  int exit = -1;         // -1: no answer within the limit
  std::string messages;  // in the locale C
};

[[nodiscard]] boost::asio::awaitable<ProbeAnswer> probe_syntax(boost::asio::any_io_executor executor, ProcessTree& tree,
                                                               std::string bash, std::string text,
                                                               run::milliseconds limit);

}  // namespace lifecycle::process

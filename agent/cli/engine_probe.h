// Whether a container engine answers: the Docker Engine API's /_ping, over its socket or TCP.
#pragma once

#include "agent/base/environment.h"
#include "agent/doctor/world.h"

namespace lifecycle::cli {

/// At most two seconds. Where DOCKER_HOST points, else the usual sockets of Docker and Podman, the first that is there.
[[nodiscard]] doctor::Answer ask_engine(const Environment& environment);

}  // namespace lifecycle::cli

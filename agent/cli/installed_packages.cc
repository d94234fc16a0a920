#include "agent/cli/installed_packages.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <string>

namespace lifecycle::cli {
namespace {

/// dpkg-architecture's name of this machine: file lists of multi-arch packages carry it.
std::string_view debian_architecture() {
  static const utsname machine = [] {
    utsname read{};
    ::uname(&read);
    return read;
  }();
  const std::string_view name = static_cast<const char*>(machine.machine);
  if (name == "x86_64") return "amd64";
  return name == "aarch64" ? "arm64" : name;
}

bool is_on_path(std::string_view path, std::string_view program) {
  while (!path.empty()) {
    const auto end = path.find(':');
    const std::string candidate = std::string(path.substr(0, end)) + "/" + std::string(program);
    if (::access(candidate.c_str(), X_OK) == 0) return true;
    path = end == std::string_view::npos ? std::string_view{} : path.substr(end + 1);
  }
  return false;
}

}  // namespace

bool InstalledPackages::has(std::string_view package) const {
  // `name=version` and `name/release` are apt's ways to ask for more than a name.
  const std::string name(package.substr(0, package.find_first_of("=/:")));
  if (name.empty()) return false;
  const std::string list = std::string(info_) + "/" + name;
  if (::access((list + ".list").c_str(), F_OK) == 0) return true;
  if (::access((list + ":" + std::string(debian_architecture()) + ".list").c_str(), F_OK) == 0) return true;
  return is_on_path(environment_.get("PATH"), name);
}

}  // namespace lifecycle::cli

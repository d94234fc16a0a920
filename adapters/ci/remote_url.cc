#include "adapters/ci/remote_url.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/base/utf8.h"

namespace lifecycle::ci {
namespace {

using Certainty = RemoteFacts::Origin;

/// The parts of an address, without credentials.
struct Address {
  std::string scheme;  // lower case; scp-like ones are ssh
  std::string user;
  std::string host;  // lower case
  std::string port;
  std::string path;
};

bool is_path(std::string_view url) {
  for (const std::string_view start : {"/", "./", "../", "~", "file:", "."}) {
    if (url.starts_with(start)) return true;
  }
  const bool drive = url.size() > 2 && is_letter(url[0]) && url[1] == ':' && (url[2] == '\\' || url[2] == '/');
  const auto colon = url.find(':');
  return drive || colon == std::string_view::npos || colon > url.find('/');
}

/// `user:password@host:port` or `[::1]:22`; the last `@` ends the credentials.
void read_authority(std::string_view authority, Address& address) {
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view user = authority.substr(0, at);
    address.user = user.substr(0, user.find(':'));
    authority.remove_prefix(at + 1);
  }
  const auto bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  address.host = lower_case(authority.substr(0, colon));
  if (colon != std::string_view::npos) address.port = authority.substr(colon + 1);
}

/// Empty: the scheme's own.
bool is_port(std::string_view text) { return std::ranges::all_of(text, is_digit); }

/// `scheme://…` of the schemes that git takes for forges; nothing for any other.
std::optional<Address> read_url(std::string_view url, std::size_t scheme_end) {
  Address address;
  address.scheme = lower_case(url.substr(0, scheme_end));
  if (address.scheme == "git+ssh" || address.scheme == "ssh+git") address.scheme = "ssh";
  constexpr std::array<std::string_view, 4> schemes{"https", "http", "ssh", "git"};
  if (std::ranges::find(schemes, address.scheme) == schemes.end()) return std::nullopt;
  std::string_view rest = url.substr(scheme_end + 3);
  const auto slash = rest.find_first_of("/?#");
  read_authority(rest.substr(0, slash), address);
  if (slash != std::string_view::npos) rest.remove_prefix(slash);
  // `user:pass/word@host`: a slash that is not escaped cuts the password, whose rest must not become a path.
  if (!is_port(address.port) && rest.find('@') != std::string_view::npos) return std::nullopt;
  address.path = slash == std::string_view::npos ? std::string_view{} : rest.substr(0, rest.find_first_of("?#"));
  return address;
}

/// `[user@]host:path`, the host maybe in brackets.
std::optional<Address> read_scp(std::string_view url) {
  Address address;
  address.scheme = "ssh";
  const auto at = url.substr(0, url.find('/')).rfind('@');
  const std::size_t start = at == std::string_view::npos ? 0 : at + 1;
  const auto bracket = url.substr(start).starts_with('[') ? url.find(']', start) : start;
  const auto colon = url.find(':', bracket == std::string_view::npos ? start : bracket);
  if (colon == std::string_view::npos || url.substr(colon).starts_with("::")) return std::nullopt;
  read_authority(url.substr(0, colon), address);
  address.path = url.substr(colon + 1);
  return address;
}

std::optional<Address> read_address(std::string_view url) {
  const auto scheme_end = url.find("://");
  const bool has_scheme = scheme_end != std::string_view::npos && scheme_end < url.find('/');
  return has_scheme ? read_url(url, scheme_end) : read_scp(url);
}

/// Hosts of an SSH service (mostly on port 443) and the web host that they belong to.
std::string web_host(const std::string& host) {
  constexpr std::array<std::array<std::string_view, 2>, 4> aliases{{{"ssh.github.com", "github.com"},
                                                                    {"altssh.gitlab.com", "gitlab.com"},
                                                                    {"altssh.bitbucket.org", "bitbucket.org"},
                                                                    {"ssh.dev.azure.com", "dev.azure.com"}}};
  const auto found = std::ranges::find(aliases, host, [](const auto& alias) { return alias[0]; });
  return found == aliases.end() ? host : std::string((*found)[1]);
}

/// The port of an SSH or git daemon is not the forge's own; that of a web server is part of its name.
std::string host_with_port(const Address& address) {
  const std::string host = web_host(address.host);
  const bool web = address.scheme == "https" || address.scheme == "http";
  const bool own_port = address.port == (address.scheme == "https" ? "443" : "80");
  return web && !address.port.empty() && is_port(address.port) && !own_port ? host + ":" + address.port : host;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    out += escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return out;
}

/// The path's parts, decoded, without `.git`; nothing when it holds what no repository's name does.
std::optional<std::vector<std::string>> path_parts(std::string_view path) {
  const std::string decoded = percent_decoded(path);
  const auto control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; };
  if (std::ranges::any_of(decoded, control) || first_invalid_utf8(decoded) != std::string_view::npos)
    return std::nullopt;
  std::string_view rest = decoded;
  while (rest.starts_with('/')) rest.remove_prefix(1);
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.ends_with(".git")) rest.remove_suffix(4);
  std::vector<std::string> parts;
  while (!rest.empty()) {
    parts.emplace_back(rest.substr(0, rest.find('/')));
    rest.remove_prefix(std::min(rest.size(), parts.back().size() + 1));
    if (parts.back().empty() || parts.back() == "." || parts.back() == "..") return std::nullopt;
  }
  return parts;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "/") + part;
  return text;
}

/// `ORG/PROJECT/_git/REPO`, `v3/ORG/PROJECT/REPO`; without a project the repository's name is the project's too.
/// ORG is the first label of ORG.visualstudio.com. Empty: not of these forms.
std::string azure_repo(std::vector<std::string> parts, const std::string& host) {
  if (parts.size() == 4 && parts[0] == "v3") return parts[1] + "/" + parts[2] + "/" + parts[3];
  const auto git = std::ranges::find(parts, "_git");
  if (git == parts.end() || std::distance(git, parts.end()) != 2) return {};
  const std::string repo = parts.back();
  std::vector<std::string> before(parts.begin(), git);
  if (host.ends_with(".visualstudio.com")) {
    if (!before.empty() && before.front() == "DefaultCollection") before.erase(before.begin());
    before.insert(before.begin(), host.substr(0, host.find('.')));
  }
  if (before.empty()) return {};
  if (before.size() == 1) return before[0] + "/" + repo + "/" + repo;
  return before[before.size() - 2] + "/" + before.back() + "/" + repo;
}

/// `[context/]scm/PROJ/repo` of Bitbucket Data Center; empty: not of this form.
std::string data_center_repo(const std::vector<std::string>& parts) {
  const std::size_t scm = parts.size() == 3 ? 0 : 1;
  if ((parts.size() != 3 && parts.size() != 4) || parts[scm] != "scm") return {};
  return parts[scm + 1] + "/" + parts[scm + 2];
}

struct KnownHost {
  std::string_view host;
  std::string_view origin;
};

constexpr KnownHost known_hosts[] = {{"github.com", "github"},
                                     {"gitlab.com", "gitlab"},
                                     {"bitbucket.org", "bitbucket"},
                                     {"codeberg.org", "forgejo"},
                                     {"gitea.com", "gitea"}};

std::string_view origin_of_host(const std::string& host) {
  if (host.ends_with(".ghe.com")) return "github";  // GitHub Enterprise Cloud with data residency
  const auto found = std::ranges::find(known_hosts, host, &KnownHost::host);
  return found == std::ranges::end(known_hosts) ? std::string_view{} : found->origin;
}

std::string_view guessed_origin(const Address& address) {
  if (address.user == "gitlab-ci-token") return "gitlab";  // the user of a GitLab job's own clone
  const std::string_view label = std::string_view(address.host).substr(0, address.host.find('.'));
  for (const std::string_view origin : {"github", "gitlab", "bitbucket", "gitea", "forgejo"}) {
    if (label == origin) return origin;
  }
  return {};
}

void set_origin(RemoteFacts& facts, std::string_view origin, Certainty certainty, std::string repo) {
  facts.origin = origin;
  facts.certainty = certainty;
  facts.repo = std::move(repo);
  if (facts.repo.empty()) facts.repo_problem = "its path is not a repository's";
}

/// GitLab has groups in groups, the others an owner and a name; none of them has blanks in a name, as Azure has.
std::string plain_repo(std::string_view origin, const std::vector<std::string>& parts) {
  const bool fits = origin == "gitlab" ? parts.size() >= 2 : parts.size() == 2;
  const std::string repo = fits ? joined(parts) : std::string{};
  return repo.find(' ') == std::string::npos ? repo : std::string{};
}

/// The path as the forge that is known reads it.
std::string repo_of(std::string_view origin, const std::vector<std::string>& parts, const std::string& host) {
  if (origin == "azure") return azure_repo(parts, host);
  const std::string data_center = origin == "bitbucket" ? data_center_repo(parts) : std::string{};
  return data_center.empty() ? plain_repo(origin, parts) : data_center;
}

bool is_azure_host(const std::string& host) { return host == "dev.azure.com" || host.ends_with(".visualstudio.com"); }

bool is_codecommit_host(const std::string& host) {
  return host.starts_with("git-codecommit.") && host.find(".amazonaws.com") != std::string::npos;
}

void read_forge(RemoteFacts& facts, const Address& address, const std::vector<std::string>& parts,
                std::string_view known_origin) {
  const std::string host = web_host(address.host);
  if (const auto origin = origin_of_host(host); !origin.empty()) {
    return set_origin(facts, origin, Certainty::certain, plain_repo(origin, parts));
  }
  if (is_azure_host(host)) {
    const std::string repo = azure_repo(parts, host);
    if (host == "vs-ssh.visualstudio.com" && parts.size() == 4) facts.host = lower_case(parts[1]) + ".visualstudio.com";
    return set_origin(facts, "azure", Certainty::certain, repo);
  }
  if (is_codecommit_host(host)) {
    const bool fits = parts.size() == 3 && parts[0] == "v1" && parts[1] == "repos";
    return set_origin(facts, "codecommit", Certainty::certain, fits ? parts[2] : std::string{});
  }
  if (!known_origin.empty()) {
    return set_origin(facts, known_origin, Certainty::certain, repo_of(known_origin, parts, host));
  }
  if (std::string repo = azure_repo(parts, host); !repo.empty() && std::ranges::find(parts, "_git") != parts.end()) {
    return set_origin(facts, "azure", Certainty::certain, std::move(repo));
  }
  const bool web = address.scheme == "https" || address.scheme == "http";
  if (std::string repo = data_center_repo(parts); web && !repo.empty()) {
    return set_origin(facts, "bitbucket", Certainty::certain, std::move(repo));
  }
  if (address.scheme == "ssh" && address.port == "7999" && parts.size() == 2) {
    return set_origin(facts, "bitbucket", Certainty::certain, joined(parts));
  }
  if (const auto origin = guessed_origin(address); !origin.empty()) {
    return set_origin(facts, origin, Certainty::guessed, plain_repo(origin, parts));
  }
  // A forge may live below a path of its host: only two parts are surely owner and name.
  set_origin(facts, {}, Certainty::unknown, plain_repo({}, parts));
}

/// `codecommit::REGION://[PROFILE@]NAME` of git-remote-codecommit.
RemoteFacts read_codecommit_helper(std::string_view url) {
  RemoteFacts facts;
  const auto end = url.find("://");
  const std::string_view start = "codecommit::";
  const std::string region =
      end > start.size() ? lower_case(url.substr(start.size(), end - start.size())) : std::string{};
  std::string_view name = url.substr(end + 3);
  if (const auto at = name.rfind('@'); at != std::string_view::npos) name.remove_prefix(at + 1);
  const auto parts = path_parts(name);
  if (!region.empty()) facts.host = "git-codecommit." + region + ".amazonaws.com";
  set_origin(facts, "codecommit", Certainty::certain, parts && parts->size() == 1 ? parts->front() : std::string{});
  return facts;
}

}  // namespace

RemoteFacts parse_remote(std::string_view url, std::string_view known_origin) {
  if (url.starts_with("codecommit::") && url.find("://") != std::string_view::npos) return read_codecommit_helper(url);
  RemoteFacts facts;
  if (is_path(url)) {
    facts.repo_problem = "it is a path, not an address";
    return facts;
  }
  const auto address = read_address(url);
  const auto unfit = [](char c) { return (c >= 0 && c <= 0x20) || c == 0x7F || c == '|'; };
  if (!address || address->host.empty() || std::ranges::any_of(address->host, unfit)) {
    facts.repo_problem = "it is no address of a forge";
    return facts;
  }
  facts.host = host_with_port(*address);
  const auto parts = path_parts(address->path);
  read_forge(facts, *address, parts.value_or(std::vector<std::string>{}), known_origin);
  if (!parts) facts.repo_problem = "its path holds what no repository's name does";
  return facts;
}

}  // namespace lifecycle::ci

// `*` and `**` against a text, as a walk over the set of pattern places that are alive (a small Thompson NFA):
// each byte of the text moves the whole set once, so no row of stars makes it back-track.
#include <algorithm>
#include <vector>

#include "agent/base/ascii.h"
#include "agent/trigger/trigger_match.h"

namespace lifecycle::trigger {
namespace {

enum class Kind { byte, star, any_star };  // any_star crosses a slash where star does not

struct Place {
  Kind kind = Kind::byte;
  char byte = 0;
};

char fold(char c, bool fold_case) { return fold_case ? to_lower(c) : c; }

bool equal_texts(std::string_view a, std::string_view b, bool fold_case) {
  return std::ranges::equal(a, b, [fold_case](char x, char y) { return fold(x, fold_case) == fold(y, fold_case); });
}

/// One place per byte or run of stars; a run of two or more is `**`.
std::vector<Place> read_pattern(std::string_view pattern, bool fold_case) {
  std::vector<Place> places;
  places.reserve(pattern.size());
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] != '*') {
      places.push_back({Kind::byte, fold(pattern[i++], fold_case)});
      continue;
    }
    const auto begin = i;
    while (i < pattern.size() && pattern[i] == '*') ++i;
    places.push_back({i - begin > 1 ? Kind::any_star : Kind::star});
  }
  return places;
}

/// A star may take nothing: where it is alive, what follows is alive too.
void pass_stars(const std::vector<Place>& places, std::vector<char>& alive) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (alive[i] != 0 && places[i].kind != Kind::byte) alive[i + 1] = 1;
  }
}

/// Where all stars are alike the last one may as well take the least that works, which needs no memory.
bool matches_alike(std::string_view pattern, std::string_view text, bool fold_case) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t taken = 0;  // of the text, up to the end of what the last star has
  for (std::size_t i = 0; i < text.size();) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = i;
    } else if (at < pattern.size() && fold(pattern[at], fold_case) == fold(text[i], fold_case)) {
      ++at;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text, bool slash_bound, bool fold_case) {
  if (pattern.find('*') == std::string_view::npos) return equal_texts(pattern, text, fold_case);
  if (!slash_bound) return matches_alike(pattern, text, fold_case);
  const auto places = read_pattern(pattern, fold_case);
  std::vector<char> alive(places.size() + 1, 0);
  std::vector<char> next(places.size() + 1, 0);
  alive[0] = 1;
  pass_stars(places, alive);
  for (const char raw : text) {
    const char byte = fold(raw, fold_case);
    std::ranges::fill(next, 0);
    bool any = false;
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (alive[i] == 0) continue;
      const auto kind = places[i].kind;
      if (kind == Kind::byte && places[i].byte == byte) {
        next[i + 1] = 1;
        any = true;
      } else if (kind == Kind::any_star || (kind == Kind::star && byte != '/')) {
        next[i] = 1;
        any = true;
      }
    }
    if (!any) return false;
    pass_stars(places, next);
    alive.swap(next);
  }
  return alive[places.size()] != 0;
}

}  // namespace lifecycle::trigger

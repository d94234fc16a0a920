// The masker against the slow reference: two secrets, a text and its cuts out of the fuzzer's bytes. The
// compiled reference is included, so that the target needs nothing of the unit tests.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "agent/mask/mask_stream.h"
#include "agent/mask/secret_forms.h"
#include "agent/mask/secret_values.h"
#include "tests/agent/mask/slow_mask.cc"
#include "tests/string_sink.h"

namespace {

using namespace lifecycle;

std::string_view take_front(std::string_view& bytes, std::size_t length) {
  const std::string_view front = bytes.substr(0, length);
  bytes.remove_prefix(front.size());
  return front;
}

void add(mask::MaskTable& table, std::string_view secret, std::vector<std::string>& needles) {
  if (table.add("S", secret, mask::SecretOrigin::explicit_value)) return;
  for (const auto& value : mask::secret_values(secret, mask::SecretOrigin::explicit_value)) {
    for (std::string& form : mask::secret_forms(value)) needles.push_back(std::move(form));
  }
}

void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "mask_fuzz: %s\n", what);
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4 || size > 4096) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::size_t first_length = static_cast<unsigned char>(take_front(rest, 1).front()) % 64;
  const std::size_t second_length = static_cast<unsigned char>(take_front(rest, 1).front()) % 64;
  const std::size_t piece = 1 + static_cast<unsigned char>(take_front(rest, 1).front()) % 32;
  mask::MaskTable table;
  std::vector<std::string> needles;
  add(table, take_front(rest, first_length), needles);
  add(table, take_front(rest, second_length), needles);
  const std::string expected = mask::slow_mask(rest, needles);
  mask::MaskStream stream(table);
  StringSink sink;
  while (!rest.empty()) {
    stream.feed(take_front(rest, piece), sink);
    require(expected.starts_with(sink.text), "shown too early");
  }
  stream.finish(sink);
  require(sink.text == expected, "differs from the reference");
  return 0;
}

// libcrypto's low-level functions, deprecated since 3.0, on purpose: they add 24 KB to the static program, EVP with
// its providers 3.8 MB (measured, stripped, with --gc-sections).
#define OPENSSL_SUPPRESS_DEPRECATED
#include "agent/report/sha256.h"

#include <openssl/sha.h>

#include <array>

namespace lifecycle::report {

std::string sha256_hex(std::string_view text) {
  SHA256_CTX state;
  SHA256_Init(&state);
  SHA256_Update(&state, text.data(), text.size());
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256_Final(digest.data(), &state);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : digest) {
    hex += digits[byte >> 4];
    hex += digits[byte & 15];
  }
  return hex;
}

}  // namespace lifecycle::report

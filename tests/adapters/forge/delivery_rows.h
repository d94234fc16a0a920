// Bodies of all documented webhooks of the forges that have a form of their own, as small as their events allow, and
// the names that each must have: what several tests go through.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace lifecycle::forge {

struct DeliveryRow {
  std::string about;
  std::string origin;
  std::string webhook;  // the delivery's header; empty: the body tells it
  std::string body;
  std::vector<std::string> names;  // of all its events, each event's joined by commas
  std::string category;            // of the first event; empty: other
  std::string identity = {};       // of the first event; empty: none, or not asked here
};

inline void PrintTo(const DeliveryRow& row, std::ostream* out) { *out << row.origin << " " << row.about; }

const std::vector<DeliveryRow>& gitlab_rows();
const std::vector<DeliveryRow>& bitbucket_rows();
const std::vector<DeliveryRow>& bitbucket_dc_rows();
const std::vector<DeliveryRow>& azure_rows();
const std::vector<DeliveryRow>& delivery_rows();

/// Shas of 40 digits for the bodies.
inline const std::string sha_a(40, 'a');
inline const std::string sha_b(40, 'b');
inline const std::string sha_c(40, 'c');
inline const std::string no_sha(40, '0');

}  // namespace lifecycle::forge

// Any CI without a reader of its own, and no CI: facts that the user gives, then the checkout.
#pragma once

#include "adapters/ci/ci_reader.h"
#include "agent/git/checkout.h"

namespace lifecycle::ci {

/// The event of `facts.payload`, or an empty one: the facts are laid over it afterwards. Errors: payload-mismatch.
[[nodiscard]] Result<event::Event> read_generic(const CiInput& input);

/// Fills what is still unknown from a checkout of the same repository.
void add_checkout(event::Event& event, const git::CheckoutFacts& checkout);

}  // namespace lifecycle::ci

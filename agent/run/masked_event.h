// The event of a record without secrets: everything in it but the agent's own words was written by a stranger.
#pragma once

#include "agent/event/lifecycle_event.h"
#include "agent/mask/mask_table.h"

namespace lifecycle::run {

/// Masks every text except `ci`, `origin` and `category`, which come out of tables of ours.
void mask_texts(event::Event& event, const mask::MaskTable& mask);

}  // namespace lifecycle::run

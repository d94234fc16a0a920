// Where on Azure DevOps something happened: host, and `organization/project/repository`.
#pragma once

#include <string>

#include "adapters/forge/payload_fields.h"
#include "agent/event/lifecycle_event.h"

namespace lifecycle::forge {

/// Of the repository object at a path (`resource.repository`). The organization is only in its addresses, which are
/// `https://dev.azure.com/ORG/…` or `https://ORG.visualstudio.com/…`, on a server `https://HOST/…/COLLECTION/…`; else
/// in those of `resourceContainers`. Without it the repository is `project/repository`, which a trigger may write too.
void add_azure_place(event::Event& event, const PayloadFields& fields, const std::string& repository);

}  // namespace lifecycle::forge

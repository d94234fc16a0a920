#include "agent/run/masked_event.h"

#include <initializer_list>

namespace lifecycle::run {
namespace {

void mask_all(std::initializer_list<std::string*> texts, const mask::MaskTable& mask) {
  for (std::string* text : texts) {
    if (!text->empty()) *text = mask.mask_text(*text);
  }
}

void mask_all(std::vector<std::string>& texts, const mask::MaskTable& mask) {
  for (std::string& text : texts) text = mask.mask_text(text);
}

void mask_change(event::Change& change, const mask::MaskTable& mask) {
  mask_all({&change.title, &change.author, &change.url, &change.created_at, &change.merged_at}, mask);
  mask_all(change.labels, mask);
}

void mask_deployment(event::Deployment& deployment, const mask::MaskTable& mask) {
  mask_all({&deployment.environment, &deployment.state, &deployment.id, &deployment.ref}, mask);
}

}  // namespace

void mask_texts(event::Event& event, const mask::MaskTable& mask) {
  mask_all({&event.host, &event.repo, &event.repo_id, &event.kind, &event.action, &event.ref, &event.branch, &event.tag,
            &event.base, &event.head, &event.commit, &event.before, &event.actor, &event.state, &event.time,
            &event.identity, &event.environment, &event.delivery_id},
           mask);
  mask_all(event.names, mask);
  mask_all(event.alias_reasons, mask);
  mask_all(event.warnings, mask);
  mask_all({&event.run.id, &event.run.attempt, &event.run.job, &event.run.url, &event.run.workspace}, mask);
  if (event.change) mask_change(*event.change, mask);
  if (event.release) mask_all({&event.release->tag}, mask);
  if (event.deployment) mask_deployment(*event.deployment, mask);
  if (event.payload) mask_all({&event.payload->path}, mask);
}

}  // namespace lifecycle::run

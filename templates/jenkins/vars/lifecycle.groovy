// vars/lifecycle.groovy of a Jenkins shared library: lifecycle(), see the Jenkinsfile beside it.
//
// The environment of a build tells neither why it runs nor, in a scripted pipeline, what was checked out: the causes and
// the map that `checkout scm` returns are handed over as variables. Nothing of the event becomes text of a script.

/**
 * settings: checkout (what `checkout scm` returned), environment, workdir, workflows (a list of names),
 *           eventName and eventAction (send exactly that event), image
 */
def call(Map settings = [:]) {
  Map variables = causes(currentBuild.getBuildCauses()) + checkedOut(settings.checkout) + settingsOf(settings)
  String image = settings.image ?: 'ghcr.io/lifecycle-agent/lifecycle-agent:0.1.0@sha256:0000000000000000000000000000000000000000000000000000000000000000'
  String command = settings.eventName ? 'track' : settings.workflows ? 'action' : 'run'
  // Docker Pipeline hands the build's variables over, CHANGE_* among them, and mounts the workspace at its own path.
  docker.image(image).inside("--entrypoint=''") {
    withEnv(asEnvironment(variables)) {
      sh(label: 'lifecycle-agent', script: 'exec lifecycle-agent ' + command)
    }
  }
}

/** What started the build, where a cause says more than that a branch has changed. */
Map causes(List given) {
  for (cause in given) {
    switch (cause._class) {
      case 'hudson.triggers.TimerTrigger$TimerTriggerCause':
        return [LIFECYCLE_EVENT_NAME: 'schedule']
      case 'hudson.model.Cause$UserIdCause':
        return [LIFECYCLE_EVENT_NAME: 'workflow_dispatch', LIFECYCLE_EVENT_ACTOR: cause.userId ?: '']
      case 'hudson.model.Cause$RemoteCause':
        return [LIFECYCLE_EVENT_NAME: 'repository_dispatch']
    }
  }
  return [:]
}

/** GIT_COMMIT, GIT_URL, GIT_BRANCH … of the checkout; a scripted pipeline has them nowhere else. */
Map checkedOut(Map checkout) {
  Map variables = [:]
  for (entry in (checkout ?: [:]).entrySet()) {
    if (entry.key ==~ /GIT_[A-Z0-9_]+/ && entry.value != null) {
      variables[entry.key] = entry.value
    }
  }
  return variables
}

Map settingsOf(Map settings) {
  Map given = [
    LIFECYCLE_ENVIRONMENT: settings.environment,
    LIFECYCLE_WORKDIR: settings.workdir,
    LIFECYCLE_WORKFLOWS: (settings.workflows ?: []).join('\n'),
    LIFECYCLE_TRACK_NAME: settings.eventName,
    LIFECYCLE_TRACK_ACTION: settings.eventAction,
  ]
  Map variables = [:]
  for (entry in given.entrySet()) {
    if (entry.value) {
      variables[entry.key] = entry.value
    }
  }
  return variables
}

/** withEnv replaces $NAME in values; $$ stands for a dollar sign there. */
List asEnvironment(Map variables) {
  List lines = []
  for (entry in variables.entrySet()) {
    lines << entry.key + '=' + entry.value.toString().replace('$', '$$')
  }
  return lines
}

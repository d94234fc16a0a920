"""What only one template does."""

import pathlib
import re

import yaml

import host_steps
import image_steps
import world as worlds
from cases import Case
from world import SECRETS, TEAM, TOKEN

NEEDS_GROOVY = []
CASES = {}


def special(name, needs_groovy=False):
    def add(function):
        CASES.setdefault(name, []).append(function)
        if needs_groovy:
            NEEDS_GROOVY.append(function)
        return function

    return add


def of(name):
    return CASES.get(name, [])


def case_environment(source, world, name):
    case = Case(pathlib.Path(source) / "tests/cases" / f"{name}.json")
    return case, {**case.lay_into(world), image_steps.EVENTS_URL: world.receiver.url}


def one_body(outcome):
    return outcome.events[0][1] if len(outcome.events) == 1 else {"events": outcome.events, "log": outcome.output}


def mechanism(outcome):
    return {headers.get("x-ops-mechanism") for headers, _ in outcome.events}


# GitHub: the platform's agent workflow


@special("github")
def the_platforms_agent_is_replaced(templates, world, source, check):
    run = image_steps.actions("github/ctoai-agent.yml")
    listens = yaml.load((templates / "github/ctoai-agent.yml").read_text(), yaml.BaseLoader)["on"]
    check("one pushed tag is one run", "create" not in listens, listens)
    for name, wanted in {"pull-request-opened": ("change", "open"), "pull-request-merged": ("change", "merge"),
                         "deployment-status-success": ("deployment", "success"), "push-branch": ("push", "success"),
                         "issue-comment-on-issue": ("issue_comment", "created")}.items():
        _, environment = case_environment(source, world, f"github-actions/{name}")
        check(f"{name}: its webhook is listened to", environment["GITHUB_EVENT_NAME"] in listens, listens)
        world.ops("github:acme/app:push")  # taken away again: the template has no checkout
        outcome = run(templates, world, environment)
        body = one_body(outcome)
        check(f"{name}: recorded as {wanted}", (body.get("event_name"), body.get("event_action")) == wanted, body)
        check(f"{name}: by the action", mechanism(outcome) == {"github-action"}, mechanism(outcome))


# GitLab: .cto-notify-event and the component in its place


@special("gitlab")
def what_events_gitlab_template_takes_is_taken(templates, world, source, check):
    document = yaml.safe_load((templates / "gitlab/lifecycle.gitlab-ci.yml").read_text())
    document.update(yaml.safe_load((templates / "gitlab/example.gitlab-ci.yml").read_text()))
    _, environment = case_environment(source, world, "gitlab-ci/push-branch")
    environment["CI_ENVIRONMENT_NAME"] = "production"
    outcome = image_steps.gitlab_script(world, image_steps.gitlab_job(document, "deploy_success"), environment)
    body = one_body(outcome)
    expected = {"team_id": TEAM, "event_name": "deployment", "event_action": "success", "environment": "production",
                "repo": environment["CI_PROJECT_PATH"], "branch": environment["CI_COMMIT_BRANCH"],
                "commit": environment["CI_COMMIT_SHA"], "image": None}
    check("deploy_success: the body", {key: body.get(key) for key in expected} == expected, body)
    check("deploy_success: who caused it", body.get("meta", {}).get("user") == environment["GITLAB_USER_LOGIN"], body)
    check("deploy_success: by the mechanism of the template", mechanism(outcome) == {"gitlab-job"}, mechanism(outcome))

    job = image_steps.gitlab_job(document, "deploy_failure")
    own = {"REPO": "acme/other", "BRANCH": "release/1", "COMMIT": "c0ffee", "ENVIRONMENT": "staging", "IMAGE": "app:1",
           "ENDPOINT": world.receiver.url}
    del environment[image_steps.EVENTS_URL]
    outcome = image_steps.gitlab_script(world, {**job, "variables": {**job["variables"], **own}}, environment)
    expected = {"event_action": "failure", "repo": "acme/other", "branch": "release/1", "commit": "c0ffee",
                "environment": "staging", "image": "app:1"}
    body = one_body(outcome)
    check("deploy_failure: the variables go over what is told", {key: body.get(key) for key in expected} == expected, body)

    del job["variables"]["EVENT_NAME"]
    outcome = image_steps.gitlab_script(world, job, environment)
    check("without a name: refused", outcome.code != 0 and not outcome.events, outcome.output)


@special("gitlab-component")
def the_component_sends_one_event(templates, world, source, check):
    _, environment = case_environment(source, world, "gitlab-ci/push-branch")
    jobs = image_steps.gitlab_component(templates, "lifecycle-event.yml", {
        "job": "deploy_success", "event_name": "deployment", "event_action": "success", "environment": "production"})
    outcome = image_steps.gitlab_script(world, jobs["deploy_success"], environment)
    body = one_body(outcome)
    expected = {"event_name": "deployment", "event_action": "success", "environment": "production", "image": None}
    check("the body", {key: body.get(key) for key in expected} == expected, body)
    check("the mechanism", mechanism(outcome) == {"gitlab-job"}, mechanism(outcome))


# CircleCI: the command of events-orb


@special("circleci")
def what_events_orb_takes_is_taken(templates, world, source, check):
    _, environment = case_environment(source, world, "circleci/push-branch")
    outcome = image_steps.circleci_event(templates, world, environment, {
        "token": "$CTOAI_EVENTS_API_TOKEN", "team_id": "${CTOAI_TEAM_ID}", "event_name": "deployment",
        "event_action": "success", "environment": "production", "origin": "circleci-orb"})
    body = one_body(outcome)
    expected = {"team_id": TEAM, "event_name": "deployment", "event_action": "success", "environment": "production",
                "branch": environment["CIRCLE_BRANCH"], "commit": environment["CIRCLE_SHA1"], "image": None}
    check("the body", {key: body.get(key) for key in expected} == expected, body)
    check("the user", body.get("meta", {}).get("user") == environment["CIRCLE_USERNAME"], body)
    check("the token", outcome.events and outcome.events[0][0]["Authorization"] == f"Bearer {TOKEN}", outcome.output)
    check("the mechanism", mechanism(outcome) == {"circleci-orb"}, mechanism(outcome))

    hostile = "$(touch evil)`touch evil`\"; touch evil; '\n--x $NOT_THERE"
    outcome = image_steps.circleci_event(templates, world, environment, {
        "event_name": "deployment", "event_action": "success", "repo": "${CIRCLE_PROJECT_USERNAME}/web", "image": hostile,
        "branch": "release/1", "commit": "c0ffee", "user": "somebody"})
    body = one_body(outcome)
    expected = {"repo": "acme/web", "branch": "release/1", "commit": "c0ffee", "image": hostile.replace("$NOT_THERE", "")}
    check("parameters are looked up, never evaluated", {key: body.get(key) for key in expected} == expected, body)
    check("the given user", body.get("meta", {}).get("user") == "somebody", body)
    check("nothing of them ran", world.left("evil") is None, outcome.output)


@special("circleci")
def the_orb_hands_hostile_titles_over(templates, world, source, check):
    _, environment = case_environment(source, world, "circleci/orb-pull-request-opened")
    title = "it's \"$(touch evil)\" `touch evil`\n--privileged << pipeline.id >>"
    environment["LIFECYCLE_EVENT_TITLE"] = title
    world.ops("github:acme/app:pull_request.opened")
    outcome = image_steps.circleci(templates, world, environment)
    check("the title as it is", outcome.event and outcome.event["change"]["title"] == title, outcome.event)
    check("nothing of it ran", world.left("evil") is None, outcome.output)


# Bitbucket: one event by the pipe's variables


@special("bitbucket-pipe")
def the_pipe_sends_one_event(templates, world, source, check):
    _, environment = case_environment(source, world, "bitbucket-pipelines/push-branch")
    pipe = re.search(r"variables:\n((?:# {7,}\S.*\n)+)", (templates / "bitbucket/pipe/pipe.yml").read_text()).group(1)
    shown = yaml.safe_load(re.sub(r"^# +", "", pipe, flags=re.MULTILINE))
    given = {name: value for name, value in shown.items() if not value.startswith("$")}
    dockerfile = (templates / "bitbucket/pipe/Dockerfile").read_text()
    arguments = yaml.safe_load(re.search(r"^CMD (.*)$", dockerfile, re.MULTILINE).group(1))
    outcome = world.run(["lifecycle-agent", *arguments], {**environment, **SECRETS, **given})
    body = one_body(outcome)
    check("the body", (body.get("event_name"), body.get("event_action"), body.get("environment")) ==
          ("deployment", "success", "production"), body)


# Drone and Woodpecker: how a setting is spelled


@special("drone")
def dry_run_is_obeyed_in_either_spelling(templates, world, source, check):
    for name in ("PLUGIN_DRY_RUN", "PLUGIN_DRY-RUN"):
        _, environment = case_environment(source, world, "drone/push-branch")
        world.ops("github:acme/app:push")
        step = yaml.safe_load((templates / "drone/.drone.yml").read_text())["steps"][0]
        settings = image_steps.plugin_settings(step)
        del settings["PLUGIN_DRY_RUN"]
        outcome = world.run(["lifecycle-agent"], worlds.in_image({**environment, **settings, **SECRETS, name: "true"}))
        check(f"{name}: nothing ran", outcome.code == 0 and world.left("hit") is None, outcome.output)
        check(f"{name}: nothing was sent", not outcome.events, outcome.events)


# CodeBuild: exported variables


@special("codebuild")
def outputs_are_exported(templates, world, source, check):
    case, environment = case_environment(source, world, "codebuild/push-branch")
    world.ops(case.expect["trigger"])
    outcome = image_steps.codebuild(templates, world, environment)
    check("the result", "exported LIFECYCLE_OUT_RESULT=success\n" in outcome.output, outcome.output)
    check("what matched", 'exported LIFECYCLE_OUT_MATCHED=["hit"]\n' in outcome.output, outcome.output)


# Azure: what is not mapped, and variables that the pipeline lacks


@special("azure")
def an_unresolved_macro_is_no_value(templates, world, source, check):
    case, environment = case_environment(source, world, "azure-pipelines/push-github")
    world.ops(case.expect["trigger"])
    outcome = host_steps.azure_step(templates, world, environment, {}, secrets=["DEPLOY_KEY"])
    missing = outcome.code == 2 and "DEPLOY_KEY" in outcome.output
    check("a missing secret is missing, not its macro", missing, outcome.output)
    check("no token was sent", not any("Authorization" in headers for headers, _ in outcome.events), outcome.events)


@special("azure")
def only_what_is_needed_goes_into_the_container(templates, world, source, check):
    case, environment = case_environment(source, world, "azure-pipelines/push-github")
    world.ops(case.expect["trigger"])
    environment.update(SYSTEM_ACCESSTOKEN="never", JAVA_HOME="/opt/java",
                       BUILD_SOURCEVERSIONMESSAGE="a\n-v /:/host\n--privileged")
    outcome = host_steps.azure(templates, world, environment)
    check("the step ran", outcome.code == 0 and outcome.docker, outcome.output)
    names = set((outcome.docker or {"names": []})["names"])
    check("no access token, no variable of the machine", not {"SYSTEM_ACCESSTOKEN", "JAVA_HOME", "PATH"} & names, names)
    target = yaml.safe_load((templates / "azure/lifecycle.yml").read_text())["steps"][0]["target"]
    check("commands of the log are restricted", target["commands"] == "restricted", target)
    set_by_agent = set(re.findall(r"##vso\[task\.setvariable variable=(\w+)", outcome.output))
    check("the agent's outputs can be set, nothing else", set(target["settableVariables"]) == set_by_agent, outcome.output)


# Buildkite: the plugin's configuration


@special("buildkite")
def the_configuration_reaches_the_agent(templates, world, source, check):
    case, environment = case_environment(source, world, "buildkite/push-branch")
    world.script("buildkite-agent", "#!/bin/sh\nexit 0\n")
    environment["BUILDKITE_AGENT_ACCESS_TOKEN"] = "bk-access-token"
    outcome = host_steps.buildkite_hook(templates, world, {**environment, **SECRETS}, {
        "event-name": "deployment", "event-action": "success", "environment": "production", "annotate": True})
    body = one_body(outcome)
    check("one event", (body.get("event_name"), body.get("event_action"), body.get("environment")) ==
          ("deployment", "success", "production"), body)
    docker = outcome.docker or {"mounts": [], "names": []}
    check("buildkite-agent is there for annotations",
          [str(world.bin / "buildkite-agent"), "/usr/bin/buildkite-agent"] in docker["mounts"] and
          "BUILDKITE_AGENT_ACCESS_TOKEN" in docker["names"], docker)
    check("the plugin's configuration stays outside", not any("PLUGIN" in name for name in docker["names"]), docker)

    world.ops("github:acme/app:release.published")
    outcome = host_steps.buildkite_hook(templates, world, {**environment, **SECRETS}, {
        "workflows": ["hit", "miss"], "secrets": ["DEPLOY_KEY"], "strict-insights": True})
    check("workflows by name", world.left("hit") is not None and world.left("miss") is not None, outcome.output)
    names = outcome.docker["names"]
    check("without annotations no token of the CI", "BUILDKITE_AGENT_ACCESS_TOKEN" not in names, names)


# Tekton: data that looks like a reference


@special("tekton")
def a_title_cannot_fetch_a_secret(templates, world, source, check):
    _, environment = case_environment(source, world, "generic/tekton-pac-pull-request")
    title = "$(CTOAI_EVENTS_API_TOKEN) it's \"$(touch evil)\""
    environment["LIFECYCLE_EVENT_TITLE"] = title
    world.ops("github:Acme/App:pull_request")
    outcome = image_steps.tekton(templates, world, environment)
    check("the title as it is", outcome.event and outcome.event["change"]["title"] == title, outcome.event)
    check("nothing of it ran", world.left("evil") is None, outcome.output)


@special("tekton")
def pipelines_as_code_values_stand_alone(templates, world, source, check):
    """They are replaced in the text of the file: each must be a line of a literal block and nothing else."""
    text = (templates / "tekton/pipelines-as-code.yaml").read_text()
    code = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    placed = re.findall(r"^.*\{\{.*$", code, re.MULTILINE)
    check("each stands alone", placed and all(re.fullmatch(r" {8}\{\{ [\w.]+ \}\}", line) for line in placed), placed)
    blocks = re.findall(r"value: \|-\n {8}\{\{", code)
    check("in a literal block", len(blocks) == len(placed), (len(blocks), len(placed)))
    filled = re.sub(r"\{\{ [\w.]+ \}\}", lambda _: "x\" ' #: - {a: b} &c *d !e %f @g `h` $(CTOAI_TEAM_ID)", code)
    runs = list(yaml.safe_load_all(filled))
    task = yaml.safe_load((templates / "tekton/task.yaml").read_text())["spec"]
    known = {parameter["name"] for parameter in task["params"]}
    for run in runs:
        declared = {parameter["name"] for parameter in run["spec"]["pipelineSpec"]["params"]}
        values = [parameter["value"] for parameter in run["spec"]["params"]]
        check("every value keeps its text", all(value.startswith("x\" '") for value in values), values)
        check("every parameter is declared", {p["name"] for p in run["spec"]["params"]} == declared, declared)
        ours = run["spec"]["pipelineSpec"]["tasks"][1]
        check("the task has the parameters", {p["name"] for p in ours["params"]} <= known, ours["params"])
        for parameter in ours["params"]:
            used = re.findall(r"\$\(params\.(\w+)\)", parameter["value"])
            check(f"{parameter['name']} comes from a parameter", set(used) <= declared, used)


# docker-run.sh: values that are anything


HOSTILE = {
    "TRAVIS_COMMIT_MESSAGE": "first line\nTRAVIS_x --privileged -v /:/host\n-e EVIL=1\n\n'\"$(touch evil)`touch evil`\\",
    "LIFECYCLE_EVENT_TITLE": "--network=host\n-v /:/host \"it's\" $HOME ${PATH} \\n \u00e9\u2028",
    "CTOAI_TEAM_ID": TEAM,
}


@special("docker-run")
def values_arrive_as_they_are(templates, world, source, check):
    case, environment = case_environment(source, world, "travis-ci/push-branch")
    world.ops(case.expect["trigger"])
    environment.update(SECRETS, **HOSTILE, AWS_SECRET_ACCESS_KEY="never", GITHUB_TOKEN="never", UNRELATED="never",
                       FORGEJO_TOKEN="never", CIRCLE_TOKEN="never", DRONE_NETRC_PASSWORD="never", CF_API_KEY="never")
    environment["BASH_FUNC_evil%%"] = "() { touch evil; }"
    world.script("lifecycle-agent", f"""#!/bin/sh
env -0 >'{world.files}/environment'
printf '%s\\n' "$@" >'{world.files}/arguments'
""")
    script = str(templates / "docker-run.sh")
    outcome = world.run(["bash", script, "DEPLOY_KEY", "--", "track", "--event-name", "a b"], environment)
    check("it ran", outcome.code == 0, outcome.output)
    inside = dict(entry.split("=", 1) for entry in (world.files / "environment").read_text().split("\0") if entry)
    for name, value in {**HOSTILE, "DEPLOY_KEY": worlds.DEPLOY_KEY, "CTOAI_EVENTS_API_TOKEN": TOKEN}.items():
        check(f"{name} as it is", inside.get(name) == value, inside.get(name))
    stranger = {name for name, value in inside.items() if value == "never" or name == "EVIL"}
    check("nothing else came in", not stranger, stranger)
    check("the arguments", (world.files / "arguments").read_text() == "track\n--event-name\na b\n", outcome.output)
    check("the mounts", outcome.docker["mounts"] == [[str(world.workspace)] * 2], outcome.docker["mounts"])
    check("nothing of them ran", world.left("evil") is None, outcome.output)


@special("docker-run")
def payload_files_are_mounted_at_their_place(templates, world, source, check):
    for name, variable in {"gitlab-ci/trigger-payload-merge-request-merge": "TRIGGER_PAYLOAD",
                           "generic/tekton-triggers-payload-merged": "LIFECYCLE_EVENT_PAYLOAD"}.items():
        case, environment = case_environment(source, world, name)
        world.ops(case.expect["trigger"])
        outcome = host_steps.docker_run(templates, world, environment)
        check(f"{name}: the event", not case.differences(outcome.event), (case.differences(outcome.event), outcome.output))
        check(f"{name}: mounted", [environment[variable]] * 2 in outcome.docker["mounts"], outcome.docker)


# Jenkins: the shared library


@special("jenkins", needs_groovy=True)
def the_library_says_what_jenkins_knows(templates, world, source, check):
    by_hand = {"_class": "hudson.model.Cause$UserIdCause", "userId": "sam$HOME"}
    branch = {"_class": "jenkins.branch.BranchEventCause"}
    calls = {
        "schedule": ({"_class": "hudson.triggers.TimerTrigger$TimerTriggerCause"}, "jenkins/multibranch-push", "schedule"),
        "by hand": (by_hand, "jenkins/multibranch-push", "workflow_dispatch"),
        "remotely": ({"_class": "hudson.model.Cause$RemoteCause"}, "jenkins/multibranch-push", "repository_dispatch"),
        "a push": (branch, "jenkins/multibranch-push", None),
        "a tag": (branch, "jenkins/multibranch-tag", None),
        "a change": (branch, "jenkins/multibranch-pull-request", None),
    }
    answers = host_steps.jenkins_calls(templates, *(([cause], {}) for cause, _, _ in calls.values()))
    for (label, (cause, name, event)), asked in zip(calls.items(), answers):
        case, environment = case_environment(source, world, name)
        world.ops(case.expect["trigger"] if event is None else f"github:acme/app:{event}")
        outcome = host_steps.jenkins_steps(asked, world, environment)
        names = (outcome.event or {}).get("names")
        check(f"{label}: the event", names and names[0] == (event or case.expect["event"]), (names, outcome.output))
        check(f"{label}: the workflow ran", world.left("hit") is not None, outcome.output)
        if event is None:
            check(f"{label}: as the case has it", not case.differences(outcome.event), case.differences(outcome.event))
        if "userId" in cause:
            check(f"{label}: who", outcome.event["actor"] == cause["userId"], outcome.event["actor"])
        (world.workspace / "hit").unlink(missing_ok=True)


@special("jenkins", needs_groovy=True)
def the_library_hands_the_checkout_over(templates, world, source, check):
    _, environment = case_environment(source, world, "jenkins/freestyle-git")
    checkout = {name: environment.pop(name) for name in list(environment) if name.startswith("GIT_")}
    check("there is something to hand over", "GIT_URL" in checkout, checkout)
    asked, of_event = host_steps.jenkins_calls(
        templates,
        ([], {"checkout": {**checkout, "PATH": "/evil", "GIT_ASKPASS-x": "1"}, "environment": "production",
              "workflows": ["hit", "miss"]}),
        ([], {"eventName": "deployment", "eventAction": "success", "environment": "$$a"}))
    check("nothing but GIT_*", not any(line.startswith(("PATH=", "GIT_ASKPASS-x=")) for line in asked["env"]), asked["env"])
    world.ops("github:acme/app:push")
    outcome = host_steps.jenkins_steps(asked, world, environment)
    check("the repository is known", (outcome.event or {}).get("repo") == "acme/app", outcome.output)
    check("workflows by name", world.left("hit") is not None and world.left("miss") is not None, outcome.output)
    check("the image is the pinned one", "@sha256:" in asked["image"], asked["image"])

    outcome = host_steps.jenkins_steps(of_event, world, {**environment, **checkout})
    body = one_body(outcome)
    check("one event", (body.get("event_name"), body.get("event_action"), body.get("environment")) ==
          ("deployment", "success", "$$a"), (body, of_event))

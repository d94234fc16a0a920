"""Documents for the test's test: one that is right, and one for each kind of fault with what must be said of it."""

RIGHT = """\
`lifecycle-agent help COMMAND`, `./dev build`, `docker run --rm -w /w -e … lifecycle-agent run`

```sh
lifecycle-agent run --fail-on-no-match --event github:acme/app:push   # exits with 4
lifecycle-agent plan | grep -c 'ship 1'   # a `#` in a comment
./dev test && git status
lifecycle-agent init
lifecycle-agent track --event-name a --event-action b --events-url https://example.com/
```

```text
$ lifecycle-agent ci
github-actions …
…

$ lifecycle-agent run NAME -- ARGUMENTS \\
    --raw
…
```

```yaml
- name: a:1.0.0
  description: a list item
  public: false
  run: 'true'
```

```yaml
events:
  - "github:acme/app:push"
```

```json
{"event_name": "change", "meta": {"user": "dana"}}
```

~~~json
[1]
~~~
"""


def fenced(language, text):
    return f"```{language}\n{text}\n```\n"


WRONG = {
    "a block without an end": ("```sh\nls\n", "has no end"),
    "a language without a rule": (fenced("toml", "a = 1"), "no rule covers"),
    "plain text without a rule": (fenced("", "hello"), "no rule covers"),
    "a field that a CI's row has not": (fenced("cpp", "const CiRow travis_ci_row{\n    .nmae = \"\","), "no nmae"),
    "a row of no CI": (fenced("cpp", "const CiRow travis_row{\n    .name = \"\","), "no travis"),
    "shell that is none": (fenced("sh", "if true; do"), "bash cannot read it"),
    "an unknown command of dev": (fenced("sh", "./dev fly"), "./dev has no command fly"),
    "an unknown command of dev in text": ("`./dev fly`", "./dev has no command fly"),
    "an unknown flag": (fenced("sh", "lifecycle-agent plan --wings"), "exits with 2, not 0"),
    "an unknown flag in text": ("`lifecycle-agent plan --wings`", "exits with 2, not 0"),
    "an unknown flag in a container": (fenced("sh", "docker run x/lifecycle-agent:1 run --wings"), "exits with 2"),
    "another status than documented": (fenced("sh", "lifecycle-agent plan # exits with 3"), "exits with 0, not 3"),
    "a placeholder without a rule": (fenced("sh", "lifecycle-agent why THING"), "no rule says what THING"),
    "another beginning of a script": (fenced("sh", "#!/bin/bash\nset -e"), "a job's script begins otherwise"),
    "output that is not printed": (fenced("text", "$ lifecycle-agent ci\ngitlab-ci\n…"), "'gitlab-ci'"),
    "output that is not all": (fenced("text", "$ lifecycle-agent ci\ngithub-actions …"), "more is printed than shown"),
    "a transcript of another program": (fenced("text", "$ ls\n…"), "no rule runs `ls`"),
    "another result of the example": (fenced("text", "…\nexit code 5\n…\nreceived at …\n…"), "'exit code 5'"),
    "an ops.yml with an error": (fenced("yaml", "version: '1'\ncommands:\n  - name: a:1.0.0"), "exits with 2"),
    "a fragment with an error": (fenced("yaml", "events: [push]"), "exits with 2"),
    "YAML that is none": (fenced("yaml", "a: ["), "not YAML"),
    "YAML of something else": (fenced("yaml", "a: b"), "neither an ops.yml"),
    "an unknown input": (fenced("yaml", "- uses: lifecycle-agent/lifecycle-agent@v1\n  with: {tokn: a}"),
                         "no input tokn; nearest is token"),
    "an unknown output": (fenced("yaml", "- uses: lifecycle-agent/lifecycle-agent@v1\n  id: a\n"
                                         "- run: ${{ steps.a.outputs.reslt }}"), "no output reslt"),
    "an id of no step": (fenced("yaml", "- run: ${{ steps.a.outputs.result }}"), "no step has the id a"),
    "a workflow without events": (fenced("yaml", "jobs: {a: {runs-on: b, steps: []}}"), "without `on`"),
    "JSON that is none": (fenced("json", "{a: 1}"), "not JSON"),
    "an unknown key of an event": (fenced("json", '{"event_name": "a", "colour": "red"}'), "has no colour"),
    "a key of another event": (fenced("json", '{"event_name": "deployment", "labels": []}'), "has no labels"),
    "other headers": (fenced("http", "POST https://example.com/\nX: 1\n\n{}"), "a request has these headers"),
    "an unknown event in a trigger": (fenced("", "github:acme/app:pull_request.mergd"), "exits with 2"),
    "a value that is not masked": (fenced("", "::add-mask::aaaaaa"), "a workflow shows"),
}

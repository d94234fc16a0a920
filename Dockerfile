# The image of lifecycle-agent: the program, and what workflows need around it (bash, git, curl).
#
#   docker build .                                     compiles the program inside
#   docker build --build-arg PROGRAM=prebuilt .        takes build/lifecycle-agent as it was built outside
#                                                      (on Debian 12: ./dev build), for tests and releases

FROM debian:bookworm-slim AS program
ARG PROGRAM=source
WORKDIR /src
COPY . .
# One step: layers of a build stage are thrown away, and its clean-up would only cost time.
RUN set -eu; \
    if [ "$PROGRAM" = source ]; then rm -rf build && apt-get update -qq && \
      apt-get install -y -qq --no-install-recommends bash ca-certificates >/dev/null && ./dev build; \
    else test -x build/lifecycle-agent; fi

FROM debian:bookworm-slim
LABEL org.opencontainers.image.title="lifecycle-agent" \
      org.opencontainers.image.description="Runs the workflows of ops.yml that a lifecycle event starts, and reports insights" \
      org.opencontainers.image.licenses="Apache-2.0"
# The checkout is mounted and belongs to somebody else, which git refuses by itself; nothing else is in here.
RUN apt-get update -qq && \
    apt-get install -y -qq --no-install-recommends bash ca-certificates curl git libcurl4 >/dev/null && \
    rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin && \
    git config --system --add safe.directory '*'
COPY --from=program /src/build/lifecycle-agent /usr/local/bin/lifecycle-agent
# The program is its own init: as PID 1 it handles signals, ends the whole tree of a job and reaps strangers.
ENTRYPOINT ["lifecycle-agent"]

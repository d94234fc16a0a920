"""What the templates pin, and what must not be in them."""

import re

NAME = "ghcr.io/lifecycle-agent/lifecycle-agent"


def pinned_image(source):
    """The image that every template names: the release's version, and its digest (zeros until a release fills it in)."""
    version = (source / "VERSION").read_text().strip()
    text = (source / "templates/docker-run.sh").read_text()
    return re.search(re.escape(f"{NAME}:{version}@sha256:") + "[0-9a-f]{64}", text).group(0)

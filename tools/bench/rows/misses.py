"""Misses: every badge is looked up and drawn."""
from __future__ import annotations

from collections.abc import Iterator

import nginx
from bench import Bench, check_paths
from sample_data import BUILDMASTER_BADGE, CONCOURSE_BADGE, GITLAB_BADGE, release_badges
from table import Line, Target, ratio

RELEASES = Target(4)
OTHERS = Target(6)


def uncached(bench: Bench) -> Iterator[Line]:
    """A badge of each dialect from a server without its cache."""
    badges = {
        "10,000 release badges": (release_badges(), RELEASES),
        "Concourse pipeline badge": ([CONCOURSE_BADGE], OTHERS),
        "GitLab pipeline badge": ([GITLAB_BADGE], OTHERS),
        "BuildMaster badge": ([BUILDMASTER_BADGE], OTHERS),
    }
    with bench.serve(cached=False) as server:
        for badge, (paths, target) in badges.items():
            check_paths(server, paths[:1])
            ours = bench.paths(*paths)
            theirs = ours if len(paths) > 1 else bench.paths(nginx.ONE)
            measured = bench.compare_with_nginx(f"{badge}, {bench.cache_off}", server, ours, theirs)
            burgee, peer = measured["burgee"], measured.get("nginx")
            what = f"CPU, {badge}, {bench.cache_off}"
            yield ratio("uncached", what, burgee.cpu, "nginx", peer and peer.cpu, "µs", target, burgee.errors)

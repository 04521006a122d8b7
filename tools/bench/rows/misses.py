"""Misses: every badge is looked up and drawn."""
from __future__ import annotations

from collections.abc import Iterator

import nginx
from bench import Bench, check_paths
from rounds import Contestant
from sample_data import BUILDMASTER_BADGE, CONCOURSE_BADGE, GITLAB_BADGE, release_badges
from table import Line, Target, ratio

RELEASES = Target(4)
OTHERS = Target(6)


def uncached(bench: Bench) -> Iterator[Line]:
    """A badge of each dialect from a server without its cache, all in the same rounds."""
    badges = {
        "10,000 release badges": (release_badges(), RELEASES),
        "Concourse pipeline badge": ([CONCOURSE_BADGE], OTHERS),
        "GitLab pipeline badge": ([GITLAB_BADGE], OTHERS),
        "BuildMaster badge": ([BUILDMASTER_BADGE], OTHERS),
    }
    with bench.serve(cached=False) as server:
        contestants: dict[str, Contestant] = {}
        if peer := bench.nginx:
            file = bench.paths(nginx.ONE)
            contestants["nginx"] = lambda: bench.get(peer, file)
        for badge, (paths, _) in badges.items():
            check_paths(server, paths[:1])
            contestants[badge] = lambda file=bench.paths(*paths): bench.get(server, file)
        measured = bench.compare(f"badges, {bench.cache_off}", contestants)
    peer = measured.get("nginx")
    for badge, (_, target) in badges.items():
        burgee, what = measured[badge], f"CPU, {badge}, {bench.cache_off}"
        yield ratio("uncached", what, burgee.cpu, "nginx", peer and peer.cpu, "µs", target, burgee.errors)

"""The data that is measured: 10,000 release badges, and a project for each of the other dialects."""
from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from burgee import Program, Server
from client import Client

API = "/api/burgee/v1"
PROJECTS = 100
ENVIRONMENTS = 100
BATCH = 500
JOBS = 8
BUILDS = 20

CONCOURSE_BADGE = "/api/v1/teams/Default/pipelines/pipeline/badge"
GITLAB_BADGE = "/default/pipeline/badges/main/pipeline.svg"
BUILDMASTER_BADGE = f"/api/ci-badges/image?API_Key=badges&{quote('$ApplicationName')}=pipeline"


@dataclass(frozen=True)
class SampleData:
    """A data folder as a stopped server left it, and a token for its native API."""

    folder: Path
    token: str


def release_badge(project: int, environment: int, suffix: str = "") -> str:
    """The URL path of a release badge."""
    return f"/api/default/projects/service-{project}/badge/environment-{environment}/latest_release{suffix}"


def release_badges(suffix: str = "") -> list[str]:
    """The URL paths of all release badges; each shows a version that no other has."""
    return [release_badge(p, e, suffix) for e in range(ENVIRONMENTS) for p in range(PROJECTS)]


def create(program: Program, folder: Path, core: int) -> SampleData:
    """Reports everything through the native API of a server that is started for it."""
    folder.mkdir(parents=True)
    program.migrate(folder)
    token = program.create_token(folder, "bench", "--scope", "runs:write", "--scope", "projects:write")
    program.create_token(folder, "badges", "--scope", "ci-badges", "--value", "badges")
    with Server(program, folder, core) as server:
        server.wait()
        client = server.client(token)
        _report(client, _deployments())
        _report(client, _pipeline())
        for project in [*(f"service-{number}" for number in range(PROJECTS)), "pipeline"]:
            client.patch(f"{API}/projects/{quote(f'default/{project}', safe='')}", {"badges_enabled": True})
        client.close()
    return SampleData(folder, token)


def _deployments() -> list[dict[str, object]]:
    """The latest release of each project in each environment."""
    return [
        {
            "project": f"service-{project}",
            "environment": f"environment-{environment}",
            "release": f"1.{project}.{environment}",
            "status": "succeeded",
            "external_id": f"deployment-{environment}",
        }
        for project in range(PROJECTS)
        for environment in range(ENVIRONMENTS)
    ]


def _pipeline() -> list[dict[str, object]]:
    """Builds of one project on one branch, each with the same jobs."""
    return [
        {
            "project": "pipeline",
            "release": "1.0.0",
            "build": build,
            "job": f"job-{job}",
            "status": "succeeded",
            "external_id": f"build-{build}-{job}",
            "variables": {"Branch": "main"},
        }
        for build in range(1, BUILDS + 1)
        for job in range(JOBS)
    ]


def _report(client: Client, runs: list[dict[str, object]]) -> None:
    for first in range(0, len(runs), BATCH):
        client.post(f"{API}/runs", runs[first : first + BATCH])

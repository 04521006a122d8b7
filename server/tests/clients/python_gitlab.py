"""Holds a running Burgee against an unmodified python-gitlab.

python python_gitlab.py URL OWNER STRANGER PROJECT GROUP PRIVATE

OWNER is a token of an owner of GROUP, STRANGER one of somebody who is a member of nothing. PROJECT is public and in
GROUP, which is public too; PRIVATE is a private project. They are full paths, and nobody else changes them meanwhile.
"""

import sys
import unittest
import warnings

import gitlab
from gitlab import exceptions
from gitlab.const import AccessLevel

URL, OWNER, STRANGER, PROJECT, GROUP, PRIVATE = sys.argv[1:7]
BADGE = {"link_url": "http://example/%{project_path}", "image_url": "http://example/img.svg"}


def client(token=None):
    return gitlab.Gitlab(URL, private_token=token)


class Test(unittest.TestCase):
    def setUp(self):
        # The library warns when Link headers lead to another host, and when a list is cut short.
        warnings.simplefilter("error", UserWarning)
        self.gl = client(OWNER)

    def fails(self, error, status, call, *args, **kwargs):
        """The call raises exactly this error, with this status; what it says."""
        with self.assertRaises(exceptions.GitlabError) as raised:
            call(*args, **kwargs)
        self.assertIs(type(raised.exception), error)
        self.assertEqual(raised.exception.response_code, status)
        return raised.exception.error_message


class Badges:
    """What badge managers do, for projects and groups alike."""

    def source(self, gl, **kwargs):
        raise NotImplementedError

    def setUp(self):
        super().setUp()
        self.badges = self.source(self.gl).badges
        self.addCleanup(lambda: [badge.delete() for badge in self.badges.list(get_all=True)])

    def add(self, name, **more):
        return self.badges.create({"name": name, **BADGE, **more})

    def test_a_created_badge_is_as_it_was_given(self):
        badge = self.add("Coverage")
        self.assertEqual(badge.name, "Coverage")
        self.assertEqual(badge.link_url, BADGE["link_url"])
        self.assertEqual(badge.image_url, BADGE["image_url"])
        self.assertEqual(badge.rendered_link_url, f"http://example/{PROJECT}")
        self.assertEqual(badge.kind, self.kind)

    def test_a_created_badge_is_listed_and_found(self):
        badge = self.add("Coverage")
        self.assertEqual([found.id for found in self.badges.list(get_all=True)], [badge.id])
        self.assertEqual(self.badges.get(badge.id).attributes, badge.attributes)

    def test_a_badge_needs_no_name(self):
        self.assertIsNone(self.badges.create(BADGE).name)

    def test_a_changed_badge_is_saved(self):
        badge = self.add("Coverage")
        badge.image_url = "http://example/another.svg"
        badge.save()
        self.assertEqual(badge.rendered_image_url, "http://example/another.svg")
        kept = self.badges.get(badge.id)
        self.assertEqual((kept.name, kept.image_url), ("Coverage", "http://example/another.svg"))

    def test_a_badge_is_updated_by_id(self):
        badge = self.add("Coverage")
        self.badges.update(badge.id, {"name": "Renamed"})
        self.assertEqual(self.badges.get(badge.id).name, "Renamed")

    def test_a_badge_is_rendered_and_not_kept(self):
        preview = self.badges.render("http://example/%{project_name}", "http://example/%{project_id}.svg")
        project = self.gl.projects.get(PROJECT)
        self.assertEqual(preview["rendered_link_url"], f"http://example/{project.path}")
        self.assertEqual(preview["rendered_image_url"], f"http://example/{project.id}.svg")
        self.assertEqual(self.badges.list(get_all=True), [])

    def test_a_deleted_badge_is_gone(self):
        badge = self.add("Coverage")
        badge.delete()
        self.fails(exceptions.GitlabGetError, 404, self.badges.get, badge.id)
        self.fails(exceptions.GitlabDeleteError, 404, badge.delete)

    def test_badges_are_found_by_name(self):
        for name in ["Coverage", "coverage", "Coverage"]:
            self.add(name)
        found = self.badges.list(name="Coverage", get_all=True)
        self.assertEqual([badge.name for badge in found], ["Coverage", "Coverage"])
        self.assertEqual(self.badges.list(name="Cover", get_all=True), [])

    def test_all_badges_come_page_by_page(self):
        names = [f"Badge {n}" for n in range(25)]
        for name in names:
            self.add(name)
        self.assertEqual([badge.name for badge in self.badges.list(get_all=True)], names)
        self.assertEqual([badge.name for badge in self.badges.list(iterator=True, per_page=10)], names)
        self.assertEqual([badge.name for badge in self.badges.list(per_page=100, get_all=False)], names)
        self.assertEqual([badge.name for badge in self.badges.list(page=2, per_page=10)], names[10:20])
        self.assertEqual(self.badges.list(page=4, per_page=10), [])
        self.assertEqual(len(self.badges.list(get_all=False)), 20)

    def test_an_iterator_knows_where_it_is(self):
        for n in range(5):
            self.add(f"Badge {n}")
        pages = self.badges.list(iterator=True, per_page=2)
        self.assertEqual((pages.total, pages.total_pages, pages.per_page), (5, 3, 2))
        self.assertEqual((pages.current_page, pages.prev_page, pages.next_page), (1, None, 2))
        for _ in range(3):
            pages.next()
        self.assertEqual((pages.current_page, pages.prev_page, pages.next_page), (2, 1, 3))

    def test_bad_urls_are_a_create_error_that_names_them(self):
        message = self.fails(exceptions.GitlabCreateError, 400, self.badges.create, {**BADGE, "link_url": "whatever"})
        self.assertEqual(list(message), ["link_url"])
        message = self.fails(exceptions.GitlabRenderError, 400, self.badges.render, "whatever", "whatever")
        self.assertEqual(sorted(message), ["image_url", "link_url"])
        badge = self.add("Coverage")
        badge.image_url = "javascript:alert(1)"
        message = self.fails(exceptions.GitlabUpdateError, 400, badge.save)
        self.assertEqual(message, {"image_url": ["is blocked: Only allowed schemes are http, https"]})

    def test_who_may_not_gets_the_error_of_what_was_tried(self):
        badge = self.add("Coverage")
        stranger = self.source(client(STRANGER), lazy=True).badges
        same = stranger.get(badge.id)
        self.assertEqual(same.name, "Coverage")
        same.name = "Forged"
        self.fails(exceptions.GitlabUpdateError, 403, same.save)
        self.fails(exceptions.GitlabDeleteError, 403, same.delete)
        self.fails(exceptions.GitlabCreateError, 403, stranger.create, BADGE)
        message = self.fails(exceptions.GitlabRenderError, 403, stranger.render, *BADGE.values())
        self.assertEqual(message, "403 Forbidden")

    def test_anonymous_reads_what_is_public_and_changes_nothing(self):
        badge = self.add("Coverage")
        anonymous = self.source(client(), lazy=True).badges
        self.assertEqual(anonymous.get(badge.id).name, "Coverage")
        self.assertEqual(len(anonymous.list(get_all=True)), 1)
        self.fails(exceptions.GitlabAuthenticationError, 401, anonymous.create, BADGE)
        self.fails(exceptions.GitlabAuthenticationError, 401, anonymous.delete, badge.id)
        self.fails(exceptions.GitlabAuthenticationError, 401, anonymous.render, *BADGE.values())


class ProjectBadges(Badges, Test):
    kind = "project"

    def source(self, gl, **kwargs):
        return gl.projects.get(PROJECT, **kwargs)

    def test_badges_of_the_group_are_listed_but_not_the_projects(self):
        group = self.gl.groups.get(GROUP)
        inherited = group.badges.create({"name": "Of the group", **BADGE})
        listed = self.badges.list(get_all=True)
        self.assertEqual([(badge.id, badge.kind) for badge in listed], [(inherited.id, "group")])
        self.fails(exceptions.GitlabGetError, 404, self.badges.get, inherited.id)
        self.fails(exceptions.GitlabDeleteError, 404, self.badges.delete, inherited.id)
        inherited.delete()


class GroupBadges(Badges, Test):
    kind = "group"

    def source(self, gl, **kwargs):
        return gl.groups.get(GROUP, **kwargs)


class Neighbours(Test):
    def test_signing_in_tells_who_one_is(self):
        self.gl.auth()
        user = self.gl.users.list(username=self.gl.user.username, get_all=True)
        self.assertEqual([found.id for found in user], [self.gl.user.id])

    def test_a_wrong_token_is_an_authentication_error(self):
        wrong = client("wrong")
        self.fails(exceptions.GitlabAuthenticationError, 401, wrong.auth)
        self.fails(exceptions.GitlabAuthenticationError, 401, wrong.projects.get, PROJECT)

    def test_the_version_is_told(self):
        version, revision = self.gl.version()
        self.assertRegex(version, r"^\d+\.\d+\.\d+")
        self.assertNotEqual(revision, "unknown")

    def test_projects_are_listed_and_found_by_id_and_path(self):
        project = self.gl.projects.get(PROJECT)
        self.assertEqual(project.path_with_namespace, PROJECT)
        self.assertEqual(self.gl.projects.get(project.id).attributes, project.attributes)
        self.assertIn(project.id, [found.id for found in self.gl.projects.list(get_all=True)])
        self.assertIn(project.id, [found.id for found in self.gl.projects.list(iterator=True, per_page=1)])

    def test_groups_are_listed_and_found_by_id_and_path(self):
        group = self.gl.groups.get(GROUP)
        self.assertEqual(group.full_path, GROUP)
        self.assertEqual(self.gl.groups.get(group.id).attributes, group.attributes)
        self.assertIn(group.id, [found.id for found in self.gl.groups.list(get_all=True)])
        paths = [project.path_with_namespace for project in group.projects.list(get_all=True)]
        self.assertIn(PROJECT, paths)

    def test_what_is_private_is_a_get_error(self):
        stranger = client(STRANGER)
        self.fails(exceptions.GitlabGetError, 404, stranger.projects.get, PRIVATE)
        hidden = stranger.projects.get(PRIVATE, lazy=True)
        message = self.fails(exceptions.GitlabListError, 404, hidden.badges.list, get_all=True)
        self.assertEqual(message, "404 Project Not Found")
        self.fails(exceptions.GitlabCreateError, 404, hidden.badges.create, BADGE)


class Members:
    """How somebody becomes a member of a project or group."""

    def source(self, gl, **kwargs):
        raise NotImplementedError

    def setUp(self):
        super().setUp()
        self.place = self.source(self.gl)
        stranger = client(STRANGER)
        stranger.auth()
        self.stranger = stranger.user.id
        self.theirs = self.source(stranger, lazy=True)

    def test_a_member_is_added_changed_and_removed(self):
        members = self.place.members
        member = members.create({"user_id": self.stranger, "access_level": AccessLevel.DEVELOPER})
        self.addCleanup(lambda: members.delete(self.stranger) if self.is_member() else None)
        self.assertEqual(member.access_level, AccessLevel.DEVELOPER)
        member.access_level = AccessLevel.REPORTER
        member.save()
        self.assertEqual(members.get(self.stranger).access_level, AccessLevel.REPORTER)
        self.assertTrue(self.is_member())
        self.assertIn(self.stranger, [found.id for found in self.place.members_all.list(get_all=True)])
        member.delete()
        self.fails(exceptions.GitlabGetError, 404, members.get, self.stranger)
        self.assertFalse(self.is_member())

    def test_a_request_is_listed_and_approved(self):
        self.theirs.accessrequests.create()
        request = self.place.accessrequests.list(get_all=True)[0]
        self.assertEqual(request.id, self.stranger)
        request.approve(access_level=AccessLevel.REPORTER)
        self.assertEqual(self.place.members.get(self.stranger).access_level, AccessLevel.REPORTER)
        self.assertEqual(self.place.accessrequests.list(get_all=True), [])
        self.place.members.delete(self.stranger)

    def test_a_request_is_denied(self):
        self.theirs.accessrequests.create()
        self.place.accessrequests.delete(self.stranger)
        self.assertEqual(self.place.accessrequests.list(get_all=True), [])
        self.assertFalse(self.is_member())

    def test_who_may_not_gets_the_error_of_what_was_tried(self):
        self.fails(
            exceptions.GitlabCreateError,
            403,
            self.theirs.members.create,
            {"user_id": self.stranger, "access_level": AccessLevel.OWNER},
        )
        self.fails(exceptions.GitlabListError, 403, self.theirs.accessrequests.list, get_all=True)

    def is_member(self):
        return self.stranger in [member.id for member in self.place.members.list(get_all=True)]


class ProjectMembers(Members, Test):
    def source(self, gl, **kwargs):
        return gl.projects.get(PROJECT, **kwargs)


class GroupMembers(Members, Test):
    def source(self, gl, **kwargs):
        return gl.groups.get(GROUP, **kwargs)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])

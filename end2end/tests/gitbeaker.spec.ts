// An unmodified @gitbeaker/rest, to which Burgee looks like GitLab.
import { randomUUID } from 'node:crypto';
import { Gitlab } from '@gitbeaker/rest';
import { type Burgee } from '../support/burgee.ts';
import { expect, test } from '../support/test.ts';

test.use({ signedIn: false });

const LINK = 'http://example/%{project_path}';
const IMAGE = 'http://example/img.svg';

/** A public project in a group of its own, and clients of the group's owner, of a stranger, and of nobody. */
async function place(burgee: Burgee) {
  const id = randomUUID();
  const group = `default/group-${id}`;
  const project = `${group}/Project.1`;
  await burgee.report({ project: project.replace('default/', ''), status: 'succeeded', default_branch: 'main' });
  await burgee.change(project, { visibility: 'public' });
  await burgee.api('PATCH', `/groups/${encodeURIComponent(group)}`, { visibility: 'public' });
  const client = async (name: string) => {
    await burgee.command('user', 'create', `${name}-${id}`);
    const token = ['token', 'create', '--name', name, '--user', `${name}-${id}`, '--scope', 'api'];
    return new Gitlab({ host: burgee.url, token: await burgee.command(...token) });
  };
  const [owner, stranger] = [await client('owner'), await client('stranger')];
  await burgee.command('member', 'set', '--user', `owner-${id}`, '--role', 'owner', '--group', group);
  return { group, project, owner, stranger, anonymous: new Gitlab({ host: burgee.url, token: '' }), name: `owner-${id}` };
}

/** The status and text of the error that a call must end in. */
async function refusal(call: Promise<unknown>): Promise<[number, string]> {
  const error = await call.then(
    (value) => Promise.reject(new Error(`no error: ${JSON.stringify(value)}`)),
    (error) => error,
  );
  expect(error.name, String(error)).toBe('GitbeakerRequestError');
  return [error.cause.response.status, error.cause.description];
}

for (const kind of ['project', 'group'] as const) {
  const managers = { project: 'ProjectBadges', group: 'GroupBadges' } as const;
  const manager = managers[kind];

  test(`badges of a ${kind} are added, shown, edited, previewed and removed`, async ({ burgee }) => {
    const at = await place(burgee);
    const badges = at.owner[manager];
    const added = await badges.add(at[kind], LINK, IMAGE, { name: 'Coverage' });
    expect(added).toMatchObject({ name: 'Coverage', link_url: LINK, image_url: IMAGE, kind });
    expect(added.rendered_link_url).toBe(`http://example/${at.project}`);
    expect(await badges.show(at[kind], added.id)).toEqual(added);
    const edited = await badges.edit(at[kind], added.id, { imageUrl: 'http://example/another.svg' });
    expect(edited).toEqual({
      ...added,
      image_url: 'http://example/another.svg',
      rendered_image_url: 'http://example/another.svg',
    });
    const preview = await badges.preview(at[kind], 'http://example/%{project_name}?a=b&c=d#e', IMAGE);
    expect(preview.rendered_link_url).toBe('http://example/Project.1?a=b&c=d#e');
    expect(await badges.all(at[kind])).toEqual([edited]);
    await badges.remove(at[kind], added.id);
    expect(await badges.all(at[kind])).toEqual([]);
    expect(await refusal(badges.show(at[kind], added.id))).toEqual([404, '404 Not found']);
  });

  test(`all badges of a ${kind} come page by page`, async ({ burgee }) => {
    const at = await place(burgee);
    const badges = at.owner[manager];
    const names = [...Array(7)].map((_, n) => `Badge ${n}`);
    for (const name of names) await badges.add(at[kind], LINK, IMAGE, { name });
    const listed = async (options: object) => (await badges.all(at[kind], options)).map((badge) => badge.name);
    expect(await listed({ perPage: 3 })).toEqual(names);
    expect(await listed({ perPage: 3, page: 2 })).toEqual(names.slice(3, 6));
    expect(await listed({ name: 'Badge 4' })).toEqual(['Badge 4']);
    const { paginationInfo } = await badges.all(at[kind], { perPage: 3, page: 2, showExpanded: true });
    expect(paginationInfo).toEqual({ total: 7, totalPages: 3, perPage: 3, current: 2, next: 3, previous: 1 });
  });

  test(`who may not change badges of a ${kind} is told so`, async ({ burgee }) => {
    const at = await place(burgee);
    const { id } = await at.owner[manager].add(at[kind], LINK, IMAGE);
    expect(await at.anonymous[manager].show(at[kind], id)).toMatchObject({ id, name: null });
    const forbidden = [403, '403 Forbidden'];
    const stranger = at.stranger[manager];
    expect(await refusal(stranger.add(at[kind], LINK, IMAGE))).toEqual(forbidden);
    expect(await refusal(stranger.edit(at[kind], id, { name: 'Forged' }))).toEqual(forbidden);
    expect(await refusal(stranger.remove(at[kind], id))).toEqual(forbidden);
    expect(await refusal(at.anonymous[manager].remove(at[kind], id))).toEqual([401, '401 Unauthorized']);
    const [status, message] = await refusal(at.owner[manager].add(at[kind], 'javascript:alert(1)', IMAGE));
    expect([status, JSON.parse(message)]).toEqual([
      400,
      { link_url: ['is blocked: Only allowed schemes are http, https'] },
    ]);
  });
}

test('projects, groups and the user are found', async ({ burgee }) => {
  const { owner, project, group, name } = await place(burgee);
  const found = await owner.Projects.show(project);
  expect(found).toMatchObject({ path_with_namespace: project, visibility: 'public', default_branch: 'main' });
  expect(await owner.Projects.show(found.id)).toMatchObject({ id: found.id });
  expect((await owner.Groups.show(group)).full_path).toBe(group);
  expect((await owner.Groups.allProjects(group)).map(({ id }) => id)).toEqual([found.id]);
  expect((await owner.Users.showCurrentUser()).username).toBe(name);
});

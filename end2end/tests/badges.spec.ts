// Badges by hand: placeholders that resolve as one types, presets, groups, and what a page may load.
import { randomUUID } from 'node:crypto';
import { type Locator, type Page } from '@playwright/test';
import { fetchBadge, snippet } from '../support/badge.ts';
import { type Burgee } from '../support/burgee.ts';
import { drawPictures, FOREIGN } from '../support/pictures.ts';
import { expect, hydrated, test as base } from '../support/test.ts';

/** A group with two public projects, in a space of its own. */
interface Lines {
  space: string;
  group: string;
  /** Full paths: the first has facts for every placeholder but `commit_sha`, the second has none. */
  projects: [string, string];
}

const test = base.extend<{ lines: Lines }>({
  lines: async ({ burgee }, use) => {
    const space = `quay-${randomUUID().slice(0, 8)}`;
    const group = `${space}/lines`;
    const projects: Lines['projects'] = [`${group}/timetable`, `${group}/fares`];
    const main = { space, project: 'lines/timetable', status: 'succeeded', variables: { Branch: 'main' } };
    await burgee.report(
      { ...main, title: 'Timetable', environment: 'Production', release: '1.0.0', latest_tag: 'v1.0.0' },
      { ...main, job: 'test', build: '7', coverage: 93.1, default_branch: 'main' },
      { space, project: 'lines/fares', title: 'Fares', environment: 'Production', release: '2.0.0', status: 'failed' },
    );
    for (const path of projects) await burgee.change(path, { visibility: 'public', badges_enabled: true });
    await use({ space, group, projects });
  },
});

const badgesOf = (burgee: Burgee, path: string) => `${burgee.url}/${path}/-/badges`;
const resolved = (page: Page, field: string) => page.locator(`#${field}-says .resolved bdi`);
const name = (page: Page) => page.getByLabel('Name', { exact: true });
const link = (page: Page) => page.getByLabel('Link', { exact: true });
const image = (page: Page) => page.getByLabel('Image', { exact: true });
const list = (page: Page) => page.getByRole('main').getByRole('list', { name: 'Badges' });

/** Width and height that the picture brings along; 0 of what is broken or was not loaded. */
async function natural(picture: Locator): Promise<number> {
  await picture.scrollIntoViewIfNeeded();
  return picture.evaluate(async (element: HTMLImageElement) => {
    await element.decode().catch(() => undefined);
    return element.naturalWidth;
  });
}

/** The sources of pictures that a page's policy allows. */
async function imageSources(url: string, cookie = ''): Promise<string[]> {
  const response = await fetch(url, { headers: { cookie } });
  expect(response.status, url).toBe(200);
  const policy = response.headers.get('content-security-policy') ?? '';
  return (/img-src ([^;]+)/.exec(policy)?.[1] ?? '').split(' ').sort();
}

test('a badge is written with placeholders, which resolve as one types, and shows everywhere', async ({
  page,
  burgee,
  lines,
}) => {
  await drawPictures(page);
  const [path] = lines.projects;
  await page.goto(badgesOf(burgee, path));
  await hydrated(page);
  await expect(page.getByText('No badge yet')).toBeVisible();

  await name(page).fill('Docs & "more"');
  const typed = {
    link_url: 'https://docs.example.org/%{project_path}/%{latest_tag}?on=%{gitlab_server}&id=%{project_id}',
    image_url: `${FOREIGN}/%{project_name}/%{default_branch}/%{project_title}.svg?a=%{group_name}`,
  };
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  // Letter by letter, as people type.
  await link(page).pressSequentially(typed.link_url);
  await image(page).pressSequentially(typed.image_url);

  const query = new URLSearchParams(typed);
  const { name: _, ...rendered } = await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges/render?${query}`);
  await expect(resolved(page, 'link_url')).toHaveText(rendered.rendered_link_url);
  await expect(resolved(page, 'image_url')).toHaveText(rendered.rendered_image_url);
  expect(rendered.rendered_link_url).toContain(`/${path}/v1.0.0?on=127.0.0.1&id=`);
  // A host that no badge names yet is not asked before that is wanted.
  await expect(page.getByText('not loaded').first()).toBeVisible();
  expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([]);

  await page.getByRole('button', { name: 'Add this badge' }).click();
  await expect(page.getByRole('status')).toContainText('The badge was added.');
  const [listed] = await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges`);
  expect(listed).toMatchObject({ name: 'Docs & "more"', ...typed, ...rendered, kind: 'project' });
  const shown = list(page).getByRole('link', { name: 'Docs & "more"', exact: true });
  await expect(shown).toHaveAttribute('href', listed.rendered_link_url);
  const picture = list(page).getByRole('img', { name: 'Docs & "more"' });
  await expect(picture).toHaveAttribute('src', listed.rendered_image_url);
  expect(await natural(picture)).toBe(96);

  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Timetable');
  expect(await natural(list(page).getByRole('img', { name: 'Docs & "more"' }))).toBe(96);
});

test('the palette puts placeholders where the cursor is, and says what they stand for', async ({ page, burgee, lines }) => {
  await page.goto(badgesOf(burgee, lines.projects[0]));
  await hydrated(page);
  const palette = page.getByRole('region', { name: 'Placeholders' });
  const insert = (token: string) => palette.getByRole('button', { name: `Insert %{${token}}` }).click();
  await expect(palette.getByRole('listitem')).toHaveCount(11);
  await expect(palette.getByRole('listitem').filter({ hasText: '%{project_path}' })).toContainText(lines.projects[0]);
  await expect(palette.getByRole('listitem').filter({ hasText: '%{commit_sha}' })).toContainText('no value yet');

  // Without a cursor anywhere, at the end of the image.
  await insert('project_id');
  await expect(image(page)).toHaveValue('%{project_id}');
  await link(page).fill('https://example.org//end');
  await link(page).evaluate((field: HTMLInputElement) => field.setSelectionRange(20, 20));
  await insert('project_name');
  await expect(link(page)).toHaveValue('https://example.org/%{project_name}/end');
  await expect(link(page)).toBeFocused();
  // The cursor stands behind it, so that one can go on.
  await page.keyboard.type('/x');
  await expect(link(page)).toHaveValue('https://example.org/%{project_name}/x/end');
  await expect(resolved(page, 'link_url')).toHaveText('https://example.org/timetable/x/end');
});

test('what will stay as it stands is pointed out while one types', async ({ page, burgee, lines }) => {
  await page.goto(badgesOf(burgee, lines.projects[0]));
  await hydrated(page);
  const says = page.locator('#link_url-says');
  const about = (link_url: string) => new URLSearchParams({ link_url, image_url: 'https://example.org/' });
  for (const typed of ['https://example.org/%{commit_sha}', 'https://example.org/a b/%{nothing}?x=ä%20"', 'https://example.org/%25{project_id}']) {
    const place = `/projects/${encodeURIComponent(lines.projects[0])}`;
    const { rendered_link_url } = await burgee.gitlab('GET', `${place}/badges/render?${about(typed)}`);
    await link(page).fill(typed);
    await expect(resolved(page, 'link_url'), typed).toHaveText(rendered_link_url);
  }
  await link(page).fill('https://example.org/%{commit_sha}');
  await expect(says).toContainText('%{commit_sha} has no value yet, so it stays as it is.');
  await link(page).fill('https://example.org/%{project_pth}');
  await expect(says).toContainText('%{project_pth} is no placeholder, so it stays as it is. Did you mean %{project_path}?');
  await link(page).fill('example.org');
  await expect(says).toHaveText('It must begin with https:// or http://.');
  await link(page).fill('https://%{project_path}/');
  await expect(says).toContainText('no placeholder or space in the host');
  await link(page).fill('https://example.org/');
  await expect(says).toHaveText('');
});

test('each preset gives a picture that this server really draws, and the badge is added', async ({ page, burgee, lines }) => {
  // Without a key that everybody may know, there is no preset for BuildMaster's image.
  await burgee.command('token', 'create', '--name', 'CI badges', '--scope', 'ci-badges', '--value', 'badges');
  for (const path of lines.projects) {
    await page.goto(badgesOf(burgee, path));
    await hydrated(page);
    const presets = page.getByRole('group', { name: 'Begin with' }).getByRole('link');
    const job = path.endsWith('timetable') ? ['Job test'] : [];
    const named = ['Release in Production', 'Pipeline', 'Coverage', 'Latest release', ...job, 'CI build'];
    await expect(presets).toHaveText(named);
    for (const preset of await presets.all()) {
      const words = `${path}: ${await preset.textContent()}`;
      await preset.click();
      expect(await image(page).inputValue(), words).toContain(`${burgee.url}/`);
      const expected = (await resolved(page, 'image_url').count())
        ? await resolved(page, 'image_url').textContent()
        : await image(page).inputValue();
      for (const side of ['.day', '.night']) {
        const picture = page.locator(`.stage ${side} img`);
        await expect(picture, words).toHaveAttribute('src', expected!);
        expect(await natural(picture), words).toBeGreaterThan(40);
      }
      await fetchBadge(await page.locator('.stage .day img').evaluate((element: HTMLImageElement) => element.src));
    }
    await presets.first().click();
    await page.getByRole('button', { name: 'Add this badge' }).click();
    const picture = list(page).getByRole('img', { name: 'Production' });
    expect(await natural(picture)).toBeGreaterThan(40);
    const says = (await fetchBadge((await picture.getAttribute('src'))!)).toString();
    expect(says).toContain(`Production: ${path.endsWith('fares') ? 'no deployment' : '1.0.0'}`);
  }
});

test('a badge is edited in place, and removed once that is confirmed', async ({ page, burgee, lines }) => {
  await drawPictures(page);
  const [path] = lines.projects;
  for (const name of ['First', 'Second']) {
    await burgee.addBadge('projects', path, { name, link_url: 'https://example.org/', image_url: `${FOREIGN}/${name}.svg` });
  }
  await page.goto(badgesOf(burgee, path));
  await page.getByRole('link', { name: 'Edit Second' }).click();
  await hydrated(page);
  await expect(name(page)).toHaveValue('Second');
  await expect(image(page)).toHaveValue(`${FOREIGN}/Second.svg`);
  await name(page).fill('Renamed');
  await link(page).fill('https://example.org/%{project_name}');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('status')).toContainText('The badge was saved.');
  await expect(list(page).locator('.line-name')).toHaveText(['First', 'Renamed']);
  await expect(list(page)).toContainText('https://example.org/timetable');

  await page.getByRole('link', { name: 'Remove First' }).click();
  const question = page.getByRole('form', { name: 'Remove the badge' });
  await expect(question).toContainText('Remove this badge?');
  await question.getByRole('link', { name: 'Keep' }).click();
  await expect(list(page).locator('.line-name')).toHaveText(['First', 'Renamed']);

  await page.getByRole('link', { name: 'Remove First' }).click();
  await question.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('status')).toContainText('The badge was removed.');
  await expect(list(page).locator('.line-name')).toHaveText(['Renamed']);
  expect((await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges`)).length).toBe(1);
});

test('what cannot be a badge is told beside its field, and nothing typed is lost', async ({
  page,
  burgee,
  lines,
  complaints,
}) => {
  complaints.expect(/status of 422/);
  const [path] = lines.projects;
  await page.goto(badgesOf(burgee, path));
  await hydrated(page);
  // An empty field is the browser's own matter.
  await link(page).fill('https://example.org/');
  await page.getByRole('button', { name: 'Add this badge' }).click();
  await expect(image(page)).toBeFocused();
  await expect(page).toHaveURL(badgesOf(burgee, path));

  await name(page).fill('Mine');
  await link(page).fill('javascript:alert(1)');
  await image(page).fill('  ');
  await page.getByRole('button', { name: 'Add this badge' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was saved.');
  await hydrated(page);
  await expect(name(page)).toHaveValue('Mine');
  await expect(link(page)).toHaveValue('javascript:alert(1)');
  await expect(link(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(link(page)).toHaveAccessibleDescription(/It must begin with https:\/\/ or http:\/\/\./);
  await expect(image(page)).toHaveAccessibleDescription(/A URL is needed here\./);
  // The complaint is about what was sent; with another text it goes away.
  await link(page).fill('https://example.org/');
  await expect(link(page)).not.toHaveAttribute('aria-invalid', 'true');
  await image(page).fill(`${burgee.url}/x.svg`);
  await page.getByRole('button', { name: 'Add this badge' }).click();
  complaints.expect(/status of 404/);
  await expect(page.getByRole('status')).toContainText('The badge was added.');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a badge is begun with a preset, looked at, corrected, added, edited and removed', async ({
    page,
    burgee,
    lines,
    complaints,
  }) => {
    complaints.expect(/status of 422/);
    await drawPictures(page);
    const [path] = lines.projects;
    await page.goto(badgesOf(burgee, path));
    // Buttons that would do nothing are off.
    await expect(page.getByRole('button', { name: /Insert/ }).first()).toBeDisabled();
    await page.getByRole('link', { name: 'Pipeline' }).click();
    await expect(page).toHaveURL(/\?preset=pipeline$/);
    await expect(image(page)).toHaveValue(`${burgee.url}/%{project_path}/badges/%{default_branch}/pipeline.svg`);
    await expect(resolved(page, 'image_url')).toHaveText(`${burgee.url}/${path}/badges/main/pipeline.svg`);
    expect(await natural(page.locator('.stage .day img'))).toBeGreaterThan(40);

    await image(page).fill(`${FOREIGN}/%{project_name}.svg`);
    await name(page).fill('Elsewhere');
    await page.getByRole('button', { name: 'Preview' }).click();
    await expect(resolved(page, 'image_url')).toHaveText(`${FOREIGN}/timetable.svg`);
    expect(await natural(page.locator('.stage .day img'))).toBe(96);
    expect(await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges`)).toEqual([]);

    await link(page).fill('data:text/html,x');
    await page.getByRole('button', { name: 'Add this badge' }).click();
    await expect(page.getByRole('alert')).toContainText('Nothing was saved.');
    await expect(link(page)).toHaveAccessibleDescription(/It must begin with/);
    await link(page).fill('https://example.org/%{latest_tag}');
    await page.getByRole('button', { name: 'Add this badge' }).click();
    await expect(page.getByRole('status')).toContainText('The badge was added.');
    await expect(list(page)).toContainText('https://example.org/v1.0.0');
    const markdown = `[![Elsewhere](${FOREIGN}/timetable.svg)](https://example.org/v1.0.0)`;
    await expect(page.locator('#snippet-all')).toHaveValue(markdown);

    await page.getByRole('link', { name: 'Edit Elsewhere' }).click();
    await name(page).fill('There');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('link', { name: 'Remove There' }).click();
    await page.getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByText('No badge yet')).toBeVisible();
  });
});

test("a group's badge is seen on all its projects, marked with the group, with each project's values", async ({
  page,
  burgee,
  lines,
}) => {
  await page.goto(badgesOf(burgee, lines.group));
  await hydrated(page);
  await expect(page.getByRole('region', { name: /Projects that inherit/ }).getByRole('link')).toHaveText(['Fares', 'Timetable']);
  const release = page.getByRole('group', { name: 'Begin with' }).getByRole('link', { name: 'Release in Production' });
  await release.click();
  await page.getByRole('button', { name: 'Add this badge' }).click();
  await expect(page.getByRole('status')).toContainText('The badge was added.');
  await burgee.addBadge('projects', lines.projects[0], {
    name: 'Own',
    link_url: 'https://example.org/',
    image_url: `${burgee.url}/%{project_path}/-/badges/release.svg`,
  });

  for (const [path, title, names, says] of [
    [lines.projects[0], 'Timetable', ['Own', 'Production'], 'Production: 1.0.0'],
    [lines.projects[1], 'Fares', ['Production'], 'Production: no deployment'],
  ] as const) {
    await page.goto(badgesOf(burgee, path));
    await expect(list(page).locator('.line-name')).toHaveText([...names]);
    const inherited = list(page).getByRole('listitem').filter({ hasText: 'from lines' });
    await expect(inherited).toHaveCount(1);
    await expect(inherited.getByRole('link', { name: 'lines', exact: true })).toHaveAttribute('href', `/${lines.group}/-/badges`);
    // What is the group's is changed there.
    await expect(inherited.getByRole('link', { name: /Edit|Remove/ })).toHaveCount(0);
    const picture = inherited.getByRole('img');
    expect(await natural(picture)).toBeGreaterThan(40);
    expect((await fetchBadge((await picture.getAttribute('src'))!)).toString()).toContain(says);

    await page.goto(`${burgee.url}/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await expect(list(page).getByRole('img')).toHaveCount(names.length);
    for (const shown of await list(page).getByRole('img').all()) expect(await natural(shown)).toBeGreaterThan(40);
    await expect(list(page).getByRole('link', { name: 'Production' })).toHaveAttribute('href', `${burgee.url}/${path}`);
  }
});

test.describe('copying', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('all badges are copied as Markdown that works', async ({ page, burgee, lines }) => {
    const [path] = lines.projects;
    const own = { link_url: `${burgee.url}/%{project_path}`, image_url: `${burgee.url}/%{project_path}/-/badges/release.svg` };
    await burgee.addBadge('projects', path, { name: 'Release [stable] *now*', ...own });
    await burgee.addBadge('projects', path, { ...own, image_url: `${burgee.url}/%{project_path}/badges/main/coverage.svg?style=(flat)` });
    await burgee.addBadge('groups', lines.group, { name: 'Group', ...own });
    await page.goto(badgesOf(burgee, path));
    await hydrated(page);
    await page.locator('#copy-all').click();
    await expect(page.locator('#copy-all')).toContainText('Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(await snippet(page, 'all'));
    const rows = copied.split('\n').map((row) => /^\[!\[((?:\\.|[^\\\]])+)\]\(([^()\s]+)\)\]\(([^()\s]+)\)$/.exec(row));
    expect(rows.map((row) => row?.[1].replace(/\\(.)/g, '$1'))).toEqual([
      'Release [stable] *now*',
      `${new URL(burgee.url).host}/${path}/badges/main/coverage.svg?style=(flat)`,
      'Group',
    ]);
    for (const row of rows) {
      await fetchBadge(row![2]);
      expect((await fetch(row![3])).status).toBe(200);
    }
  });
});

test("a page's policy allows pictures from exactly the hosts that its badges name", async ({
  page,
  burgee,
  lines,
  complaints,
  context,
}) => {
  const asked = await drawPictures(page);
  const [path, other] = lines.projects;
  const badge = (image_url: string, name = 'x') => ({ name, link_url: 'https://links.example.org/', image_url });
  await burgee.addBadge('projects', path, badge(`${FOREIGN}/one.svg`, 'one'));
  await burgee.addBadge('projects', path, badge(`${FOREIGN}/two.svg`, 'two'));
  await burgee.addBadge('groups', lines.group, badge('https://cdn.img.example.org/%{project_name}.svg', 'three'));

  const own = ["'self'", 'data:'];
  const group = 'https://cdn.img.example.org';
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const who of ['', cookie]) {
    expect(await imageSources(`${burgee.url}/${path}`, who)).toEqual([...own, group, FOREIGN].sort());
    expect(await imageSources(`${burgee.url}/${other}`, who)).toEqual([...own, group].sort());
    // The page of badges shows presets too, which are Burgee's own pictures.
    expect(await imageSources(badgesOf(burgee, path), who)).toEqual([...own, burgee.url, group, FOREIGN].sort());
  }
  expect(await imageSources(`${burgee.url}/${path}/-/settings`, cookie)).toEqual(own.sort());

  await page.goto(`${burgee.url}/${path}`);
  for (const picture of await list(page).getByRole('img').all()) {
    expect(await natural(picture)).toBe(96);
    await expect(picture).toHaveAttribute('referrerpolicy', 'no-referrer');
    await expect(picture).toHaveAttribute('loading', 'lazy');
  }
  expect(asked.map(({ url }) => url).sort()).toEqual([`${FOREIGN}/one.svg`, `${FOREIGN}/two.svg`, `${group}/timetable.svg`].sort());
  for (const { headers } of asked) expect([headers.referer, headers.cookie]).toEqual([undefined, undefined]);
  await expect(list(page).getByRole('link').first()).toHaveAttribute('rel', 'noopener noreferrer nofollow');

  // A picture that got onto the page in another way is not even asked for.
  complaints.expect(/violates the following Content Security Policy directive: "img-src/);
  complaints.expect(/^request: https:\/\/spy\.img\.example\.org\/.* csp$/);
  const blocked = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.blockedURI));
        document.body.appendChild(new Image()).src = 'https://spy.img.example.org/pixel.gif';
      }),
  );
  expect(blocked).toBe('https://spy.img.example.org/pixel.gif');
  expect(asked.length).toBe(3);
});

test('a picture that cannot be had leaves its name, and its link', async ({ page, burgee, lines, complaints }) => {
  complaints.expect(/gone\.example\.org/);
  await page.context().route('https://gone.example.org/**', (route) => route.abort('connectionrefused'));
  const [path] = lines.projects;
  const badge = { link_url: 'https://example.org/', image_url: 'https://gone.example.org/x.svg' };
  await burgee.addBadge('projects', path, { name: 'Uptime of the ferries', ...badge });
  await burgee.addBadge('projects', path, badge);
  for (const address of [`${burgee.url}/${path}`, badgesOf(burgee, path)]) {
    await page.goto(address);
    const pictures = list(page).getByRole('img');
    await expect(pictures).toHaveCount(2);
    for (const picture of await pictures.all()) expect(await natural(picture)).toBe(0);
    await expect(list(page).getByRole('link', { name: 'Uptime of the ferries', exact: true })).toBeVisible();
    await expect(list(page).getByRole('link', { name: 'gone.example.org/x.svg', exact: true })).toBeVisible();
    // The name is what is seen, not an empty frame.
    expect((await pictures.first().boundingBox())!.width).toBeGreaterThan(100);
  }
});

test.describe('somebody without rights', () => {
  test.use({ signedIn: false });

  test('sees the list only, and changes nothing', async ({ page, burgee, lines }) => {
    await drawPictures(page);
    const [path] = lines.projects;
    const content = { name: 'Kept', link_url: 'https://example.org/', image_url: `${FOREIGN}/x.svg` };
    const { id } = await burgee.addBadge('projects', path, content);
    await page.goto(badgesOf(burgee, path));
    expect(await natural(list(page).getByRole('img', { name: 'Kept' }))).toBe(96);
    await expect(page.getByRole('navigation', { name: 'Project' }).getByRole('link')).toHaveText(['Overview', 'Releases', 'Builds', 'Badges']);
    await expect(page.getByRole('link', { name: /Edit|Remove|Add/ })).toHaveCount(0);
    await expect(page.locator('#badge-editor')).toHaveCount(0);
    await expect(page.locator('#snippet-all')).toHaveValue(/Kept/);

    for (const query of [`edit=${id}`, `remove=${id}`, 'preset=pipeline']) {
      await page.goto(`${badgesOf(burgee, path)}?${query}`);
      await expect(page).toHaveURL(/\/sign-in\?return_to=/);
    }
    for (const body of [
      { action: 'remove', id: String(id) },
      { action: 'update', id: String(id), ...content, name: 'Forged' },
      { action: 'create', ...content },
      { action: 'preview', ...content },
    ]) {
      const response = await fetch(badgesOf(burgee, path), {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(body as Record<string, string>),
      });
      expect([response.status, response.headers.get('location')?.startsWith('/sign-in')], body.action).toEqual([303, true]);
    }
    const left = await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges`);
    expect(left.map(({ name }: { name: string }) => name)).toEqual(['Kept']);
  });
});

test('hostile names stay names, and no page breaks', async ({ page, burgee, lines }) => {
  await drawPictures(page);
  page.on('dialog', () => expect(true, 'a name became script').toBe(false));
  const [path] = lines.projects;
  const names = [
    '"><script>alert(1)</script>',
    '</textarea></script><img src=x onerror=alert(2)>',
    "' onmouseover='alert(3)",
    '\u202Egnp.esrever\u202C',
    'מפעל הספנות',
    `${'x'.repeat(254)}!`,
    'emoji 🚢 &amp; &lt;b&gt; ](x) `code`',
  ];
  const content = { link_url: 'https://example.org/%{project_title}', image_url: `${FOREIGN}/x.svg?q="><script>` };
  for (const name of names) await burgee.addBadge('projects', path, { name, ...content });
  await burgee.addBadge('groups', lines.group, { name: names[0], ...content });
  const all = [...names, names[0]];
  const address = badgesOf(burgee, path);
  const [first] = await burgee.gitlab('GET', `/projects/${encodeURIComponent(path)}/badges`);
  for (const at of [`${burgee.url}/${path}`, address, `${address}?edit=${first.id}`, `${address}?remove=${first.id}`, badgesOf(burgee, lines.group)]) {
    await page.goto(at);
    const isGroup = at.includes(`${lines.group}/-/`);
    const alts = await list(page).getByRole('img').evaluateAll((images) => images.map((image) => image.getAttribute('alt')));
    expect(alts, at).toEqual(isGroup ? [names[0]] : all);
    if (at.includes('/-/')) {
      await hydrated(page);
      expect(await list(page).locator('.line-name').allTextContents()).toEqual(isGroup ? [names[0]] : all);
    }
    for (const width of [1180, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
      expect(wide, `${at} at ${width} px`).toBeLessThanOrEqual(room);
    }
  }
  await page.goto(`${address}?edit=${first.id}`);
  await hydrated(page);
  await expect(name(page)).toHaveValue(names[0]);
  // A name that is too long for the form is cut by the browser, and refused by the server.
  await name(page).fill('x'.repeat(300));
  expect((await name(page).inputValue()).length).toBeGreaterThanOrEqual(255);
});

// What somebody sees who has not signed in, and what not.
import { expect, test } from '../support/test.ts';

test.use({ signedIn: false });

test('a public project page loads no script at all', async ({ page, burgee, project }) => {
  await burgee.change(project.path, { visibility: 'public' });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(`${request.resourceType()} ${request.url()}`));
  await page.goto(project.url);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(project.title);
  expect(loaded.filter((line) => /^(script|fetch|xhr|websocket)|\.(js|wasm)/.test(line))).toEqual([]);
  expect(await page.evaluate(() => document.scripts.length)).toBe(0);
  await expect(page.getByRole('link', { name: /Settings|Badge Builder/ })).toHaveCount(0);
});

test('a private project and one that does not exist look the same', async ({ burgee, project }) => {
  const ask = async (path: string) => {
    const response = await fetch(`${burgee.url}${path}`, { redirect: 'manual' });
    const headers = [...response.headers].filter(([name]) => name !== 'date');
    const lines = headers.map(([name, value]) => `${name}: ${value.replace(encodeURIComponent(path), '…')}`);
    return [response.status, lines, await response.text()];
  };
  expect(await ask(`/${project.path}`)).toEqual(await ask('/default/never-reported'));
  expect(await ask(`/${project.path}/-/settings`)).toEqual(await ask('/default/never-reported/-/settings'));
});

test('a badge of a private project is served where badges are on, and shows nothing else', async ({ burgee, project }) => {
  const badge = `${burgee.url}/api/default/projects/${project.path.split('/').pop()}/badge/production/latest_release`;
  const served = await fetch(badge);
  expect(served.status).toBe(200);
  expect(await served.text()).not.toContain(project.title);

  await burgee.change(project.path, { badges_enabled: false });
  const off = await fetch(badge);
  const never = await fetch(badge.replace(/projects\/[^/]+/, 'projects/never-reported'));
  expect(off.status).toBe(404);
  expect(await off.text()).toBe(await never.text());
});

test('the dashboard shows visitors public projects only', async ({ page, burgee, project }) => {
  await page.goto(`${burgee.url}/?q=${encodeURIComponent(project.title)}`);
  await expect(page.getByRole('main')).not.toContainText(project.path);
  await burgee.change(project.path, { visibility: 'public' });
  await page.reload();
  await expect(page.getByRole('row', { name: new RegExp(project.title) })).toBeVisible();
});

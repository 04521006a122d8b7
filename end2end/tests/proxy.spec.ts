// Behind nginx: at the root with TLS, and below a sub-path that nginx passes on or takes off.
import { type Page } from '@playwright/test';
import { choose, expectPreviewIsServed, snippet } from '../support/badge.ts';
import { ADMIN, Burgee, freePort } from '../support/burgee.ts';
import { Nginx } from '../support/nginx.ts';
import { expect, hydrated, test } from '../support/test.ts';

test.use({ signedIn: false, ignoreHTTPSErrors: true, permissions: ['clipboard-read', 'clipboard-write'] });
test.describe.configure({ mode: 'default' });

type Way = 'root' | 'kept' | 'stripped';
let nginx: Nginx;
const servers = {} as Record<Way, Burgee>;
const outside = {} as Record<Way, string>;

test.beforeAll(async () => {
  // Whatever asks through TLS here trusts the certificate that was made a moment ago.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  const ports = await Promise.all([...Array(6)].map(() => freePort()));
  const [root_port, kept_port, stripped_port, root_burgee, kept_burgee, stripped_burgee] = ports;
  outside.root = `https://127.0.0.1:${root_port}`;
  outside.kept = `http://127.0.0.1:${kept_port}/badges`;
  outside.stripped = `http://127.0.0.1:${stripped_port}/badges`;
  const start = (port: number, env: Record<string, string>) => Burgee.start({ sample: true, port, env });
  [servers.root, servers.kept, servers.stripped] = await Promise.all([
    start(root_burgee, { BURGEE_TRUSTED_PROXIES: '127.0.0.1' }),
    start(kept_burgee, { BURGEE_PUBLIC_URL: outside.kept }),
    start(stripped_burgee, { BURGEE_PUBLIC_URL: outside.stripped, BURGEE_TRUSTED_PROXIES: '127.0.0.1/32' }),
  ]);
  nginx = await Nginx.start({ root_port, kept_port, stripped_port, root_burgee, kept_burgee, stripped_burgee });
});

test.afterAll(async () => {
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  await nginx?.stop();
  await Promise.all(Object.values(servers).map((server) => server.stop()));
});

/** Every address on the page that leads to Burgee; none may leave `base`. */
async function expectLinksBelow(page: Page, base: string): Promise<void> {
  const addresses = await page.evaluate(() => {
    const attributes = ['href', 'src', 'action'];
    const elements = document.querySelectorAll(attributes.map((name) => `[${name}]`).join());
    return [...elements].flatMap((element) =>
      attributes.map((name) => element.getAttribute(name) ?? '#').filter((value) => !value.startsWith('#')),
    );
  });
  expect(addresses.length).toBeGreaterThanOrEqual(5);
  const { origin, pathname } = new URL(base);
  const astray = addresses.filter((address) => {
    if (address.startsWith('data:')) return false;
    const url = new URL(address, page.url());
    const inside = url.origin === origin && `${url.pathname}/`.startsWith(pathname.replace(/\/?$/, '/'));
    return !inside && url.hostname !== 'ci.example.org';
  });
  expect(astray, `addresses on ${page.url()} that leave ${base}`).toEqual([]);
}

for (const [way, words] of [
  ['root', 'at the root of a host, with TLS'],
  ['kept', 'below a path that the proxy passes on'],
  ['stripped', 'below a path that the proxy takes off'],
] as const) {
  test(`behind nginx ${words}: sign in, save, build, copy, and no link leads astray`, async ({ page, context }) => {
    const base = outside[way];
    const strays: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('data:') && url !== base && !url.startsWith(`${base}/`)) strays.push(url);
    });

    await test.step('sign in, and come to the page that was asked for', async () => {
      await page.goto(`${base}/harbour/pilot-app/-/settings`);
      await expect(page).toHaveURL(`${base}/sign-in?return_to=%2Fharbour%2Fpilot-app%2F-%2Fsettings`);
      await expectLinksBelow(page, base);
      await page.getByLabel('User name').fill(ADMIN.username);
      await page.getByLabel('Password').fill(ADMIN.password);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page).toHaveURL(`${base}/harbour/pilot-app/-/settings`);
      const cookie = (await context.cookies()).find(({ name }) => name === 'burgee_session')!;
      expect(cookie.path).toBe(new URL(base).pathname);
      expect(cookie.secure).toBe(base.startsWith('https:'));
    });

    await test.step('save settings', async () => {
      await page.getByRole('switch', { name: 'Badges' }).check();
      await page.getByRole('button', { name: 'Save' }).click();
      await expect(page).toHaveURL(`${base}/harbour/pilot-app/-/settings?saved=1`);
      await expect(page.getByRole('status')).toContainText('Saved');
      await expectLinksBelow(page, base);
    });

    await test.step('the theme switch comes back', async () => {
      await page.getByRole('button', { name: /Switch to light/ }).click();
      await expect(page).toHaveURL(`${base}/harbour/pilot-app/-/settings?saved=1`);
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    });

    await test.step('the builder wakes, and its address answers what it shows', async () => {
      await page.getByRole('link', { name: 'Badge Builder' }).click();
      await hydrated(page);
      await expectLinksBelow(page, base);
      await expectPreviewIsServed(page);
      await choose(page, () => page.locator('#label-project').check());
      expect(page.url().startsWith(`${base}/harbour/pilot-app/-/badge-builder?`)).toBe(true);
      await page.locator('#copy-url').click();
      await expect(page.locator('#copy-url')).toContainText('Copied');
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      expect(copied.startsWith(`${base}/api/harbour/projects/pilot-app/badge/`)).toBe(true);
      expect(await snippet(page, 'markdown')).toContain(`](${base}/harbour/pilot-app)`);
    });

    await test.step('every other page', async () => {
      const places = ['/harbour', '/harbour/web-shop'].flatMap((place) =>
        ['', '/-/badges', '/-/badges?preset=pipeline', '/-/members', '/-/settings'].map((page) => place + page),
      );
      for (const path of ['/', '/?q=web', ...places, '/tokens', '/sign-in']) {
        await page.goto(`${base}${path}`);
        await expectLinksBelow(page, base);
      }
      await page.goto(base);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('What is running where');
    });

    await test.step('a badge is added from a preset, and its picture comes through the proxy', async () => {
      await page.goto(`${base}/harbour/pilot-app/-/badges`);
      await hydrated(page);
      await page.getByRole('link', { name: 'Release in Development' }).click();
      await expect(page.locator('.stage .day img')).toHaveAttribute('src', new RegExp(`^${base}/api/harbour/`));
      await page.getByRole('button', { name: 'Add this badge' }).click();
      await expect(page).toHaveURL(`${base}/harbour/pilot-app/-/badges?done=added`);
      await expectLinksBelow(page, base);
      await page.goto(`${base}/harbour/pilot-app`);
      const badges = page.getByRole('list', { name: 'Badges' }).getByRole('img');
      // The sample has badges where it knows its address.
      await expect(badges).toHaveCount(way === 'root' ? 1 : 2);
      for (const badge of await badges.all()) {
        const width = await badge.evaluate(async (image: HTMLImageElement) => {
          await image.decode();
          return image.naturalWidth;
        });
        expect(width).toBeGreaterThan(20);
      }
    });

    await test.step('a report is answered with addresses that work from outside', async () => {
      const response = await page.request.post(`${base}/api/burgee/v1/runs`, {
        headers: { authorization: `Bearer ${await servers[way].token()}` },
        data: { space: 'harbour', project: 'pilot-app', environment: 'Development', release: '9.9.9', status: 'succeeded' },
      });
      expect(response.status()).toBe(201);
      const answer = await response.json();
      expect(answer.url.startsWith(`${base}/api/burgee/v1/runs/`)).toBe(true);
      expect(response.headers().location).toBe(answer.url);
      const url = answer.badges.find(({ id }: { id: string }) => id === 'url').text;
      expect((await page.request.get(url)).status()).toBe(200);
    });

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(`${base}/sign-in`);
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('burgee_session');
    expect(strays, 'requests that leave the base path').toEqual([]);
  });
}

test('forwarded headers count only when they come from a trusted proxy', async ({ burgee }) => {
  // The worker's own server trusts nobody.
  const response = await fetch(`${burgee.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' },
    body: new URLSearchParams({ username: 'somebody', password: 'x', return_to: '/' }),
  });
  expect(await response.text()).not.toContain('evil.example');
  const report = await fetch(`${burgee.url}/api/burgee/v1/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await burgee.token()}`, 'x-forwarded-host': 'evil.example' },
    body: JSON.stringify([{ project: 'forwarded', environment: 'x', status: 'succeeded' }]),
  });
  const { results } = await report.json();
  expect(results[0].url.startsWith(burgee.url)).toBe(true);
});

test('nginx had nothing to complain about', async () => {
  expect(await nginx.errors()).toBe('');
});

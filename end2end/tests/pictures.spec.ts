// The pictures in the README are of the real thing: `UPDATE_SCREENSHOTS=1 make e2e ARGS=pictures` takes them anew.
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openAdvanced } from '../support/badge.ts';
import { Burgee, freePort } from '../support/burgee.ts';
import { expect, hydrated, sessionOf, signIn, test } from '../support/test.ts';

const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));

test.use({ signedIn: false, deviceScaleFactor: 2, colorScheme: 'light' });

test('the pictures in the README can be taken', async ({ page }) => {
  // A server of its own: other tests report into theirs.
  const env = { BURGEE_PUBLIC_URL: 'https://badges.example.org' };
  const demo = await Burgee.start({ sample: true, port: await freePort(), env });
  try {
    await signIn(page.context(), demo.url, await sessionOf(demo));
    const picture = async (name: string) => {
      const path = `${IMAGES}/${name}.png`;
      if (process.env.UPDATE_SCREENSHOTS === '1') await page.screenshot({ path });
      expect((await stat(path)).size, `${path}; UPDATE_SCREENSHOTS=1 takes it`).toBeGreaterThan(10_000);
    };

    await page.setViewportSize({ width: 1180, height: 640 });
    await page.goto(demo.url);
    await expect(page.getByRole('row')).toHaveCount(5);
    await picture('dashboard');

    await page.setViewportSize({ width: 1180, height: 860 });
    await page.goto(`${demo.url}/harbour/web-shop/-/badge-builder?environment=production&label=project`);
    await hydrated(page);
    await openAdvanced(page);
    await expect(page.locator('#preview-light')).toBeVisible();
    await picture('badge-builder');

    // The badges' own pictures are at the public address, which leads nowhere here.
    await page.route('https://badges.example.org/**', async (route) => {
      const url = route.request().url().replace('https://badges.example.org', demo.url);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await page.setViewportSize({ width: 1180, height: 1200 });
    await page.goto(`${demo.url}/harbour/web-shop/-/badges?preset=pipeline`);
    await hydrated(page);
    const badge = page.getByRole('list', { name: 'Badges' }).getByRole('img', { name: 'Production' });
    await expect.poll(() => badge.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBeGreaterThan(40);
    await picture('badges');
  } finally {
    await demo.stop();
  }
});

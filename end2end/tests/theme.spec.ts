// Light, dark, or as the system says: chosen with a switch, known to the server, so that nothing flashes.
import { expect, test } from '../support/test.ts';

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('the switch goes through the themes and comes back to the same page', async ({ page, project }) => {
      const address = `${project.url}/-/badge-builder?environment=staging&label=project`;
      await page.goto(address);
      for (const theme of ['light', 'dark', 'system']) {
        await page.getByRole('button', { name: new RegExp(`Switch to ${theme}$`) }).click();
        const html = expect(page.locator('html'));
        await (theme === 'system' ? html.not.toHaveAttribute('data-theme') : html.toHaveAttribute('data-theme', theme));
        await expect(page).toHaveURL(address);
      }
    });
  });
}

test('the server sends the chosen theme with the page, so nothing flashes, and it survives a reload', async ({
  page,
  burgee,
  context,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(burgee.url);
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await colour();
  await page.getByRole('button', { name: /Switch to light$/ }).click();
  await page.getByRole('button', { name: /Switch to dark$/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const dark = await colour();
  expect(dark).not.toBe(light);

  const cookie = (await context.cookies()).find(({ name }) => name === 'burgee_theme');
  expect(cookie?.value).toBe('dark');
  expect(cookie!.expires).toBeGreaterThan(Date.now() / 1000 + 300 * 24 * 3600);

  const response = await page.reload();
  expect(await response!.text()).toMatch(/<html [^>]*data-theme="dark"/);
  expect(await colour()).toBe(dark);
});

test('without a choice the pages follow the system', async ({ page, burgee }) => {
  const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(burgee.url);
  await expect(page.locator('html')).not.toHaveAttribute('data-theme');
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await colour();
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await colour()).not.toBe(dark);
});

// The whole way: from the set-up link to a badge in a README that turns with the next report. On both engines.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { choose, expectPreviewIsServed, fetchBadge, openAdvanced, snippet } from '../support/badge.ts';
import { ADMIN, Burgee } from '../support/burgee.ts';
import { hasPostgres, newDatabase } from '../support/postgres.ts';
import { expect, hydrated, test } from '../support/test.ts';

const shell = (line: string) => promisify(execFile)('sh', ['-c', line]);

test.use({ signedIn: false, permissions: ['clipboard-read', 'clipboard-write'] });

for (const engine of ['SQLite', 'PostgreSQL']) {
  test(`from the set-up link to a badge that turns with the next report, on ${engine}`, async ({ page }) => {
    test.skip(engine === 'PostgreSQL' && !hasPostgres, 'no PostgreSQL here: `make e2e` brings one');
    test.slow();
    const databaseUrl = engine === 'PostgreSQL' ? await newDatabase() : undefined;
    const burgee = await Burgee.start({ account: false, databaseUrl });
    try {
      await test.step('the set-up link from the terminal makes the account', async () => {
        expect(burgee.output).toContain(`on ${engine}`);
        await page.goto(burgee.setupLink!);
        await page.getByLabel('User name').fill(ADMIN.username);
        await page.getByLabel('Password', { exact: true }).fill(ADMIN.password);
        await page.getByLabel('Password, once more').fill(ADMIN.password);
        await page.getByRole('button', { name: 'Create the account' }).click();
        await expect(page).toHaveURL(`${burgee.url}/`);
        await expect(page.getByRole('banner')).toContainText(ADMIN.username);
      });

      await test.step('the set-up link works only once', async () => {
        const again = await page.request.get(burgee.setupLink!);
        expect(await again.text()).toContain('This link is used up');
      });

      await test.step('the empty dashboard shows a curl that works as it is', async () => {
        await hydrated(page);
        const line = await snippet(page, 'curl');
        expect(line).toContain(`${burgee.url}/api/burgee/v1/runs`);
        expect(line).toContain(burgee.starterToken!);
        await page.locator('#copy-curl').click();
        await expect(page.locator('#copy-curl')).toContainText('Copied');
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(line);

        const { stdout } = await shell(`${copied} --silent --show-error --fail-with-body`);
        const answer = JSON.parse(stdout);
        expect(answer.created).toBe(true);
        expect(answer.hint).toContain('/default/web-shop/-/settings');
      });

      await test.step('the dashboard shows the run', async () => {
        await page.reload();
        const row = page.getByRole('row', { name: /Web Shop/ });
        await expect(page.getByRole('columnheader', { name: 'Production' })).toBeVisible();
        await expect(row).toContainText('1.0.0');
        await expect(row).toContainText('succeeded');
        await row.getByRole('rowheader').getByRole('link').click();
        await expect(page).toHaveURL(`${burgee.url}/default/web-shop`);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('Web Shop');
      });

      const badge = `${burgee.url}/api/default/projects/web-shop/badge/production/latest_release`;
      await test.step('badges are off at first', async () => {
        expect((await fetch(badge)).status).toBe(404);
        await expect(page.getByRole('link', { name: 'Badge Builder' })).toHaveCount(0);
      });

      await test.step('the settings turn them on, and the Badge Builder appears', async () => {
        await page.getByRole('link', { name: 'Settings' }).click();
        await expect(page.getByRole('link', { name: 'Badge Builder' })).toHaveCount(0);
        const toggle = page.getByRole('switch', { name: 'Badges' });
        await expect(toggle).not.toBeChecked();
        await expect(toggle).toHaveAccessibleDescription(/Anyone with a badge's URL can see/);
        await toggle.check();
        await page.getByRole('button', { name: 'Save' }).click();
        await expect(page.getByRole('status')).toContainText('Saved');
        await expect(toggle).toBeChecked();
        await page.getByRole('link', { name: 'Badge Builder' }).click();
        await hydrated(page);
      });

      const markdown = await test.step('the builder makes the Markdown', async () => {
        const plain = await expectPreviewIsServed(page);
        expect(plain.toString()).toContain('Production: 1.0.0');
        await choose(page, () => page.getByRole('radio', { name: 'Project' }).check());
        await openAdvanced(page);
        await choose(page, () => page.getByLabel('flat-square').check());
        await page.locator('#copy-markdown').click();
        await expect(page.locator('#copy-markdown')).toContainText('Copied');
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        expect(copied).toBe(await snippet(page, 'markdown'));
        return copied;
      });

      await test.step('the badge in the README turns with the next report', async () => {
        const [, image, link] = /^\[!\[.*\]\((.+)\)\]\((.+)\)$/.exec(markdown)!;
        expect(image).toBe(`${badge}?label=project&style=flat-square`);
        expect(link).toBe(`${burgee.url}/default/web-shop`);
        expect((await fetchBadge(image)).toString()).toContain('Web Shop: 1.0.0');
        await burgee.report({ project: 'web-shop', environment: 'production', release: '1.1.0', status: 'running' });
        expect((await fetchBadge(image)).toString()).toContain('Web Shop: 1.1.0');
        await page.reload();
        await hydrated(page);
        expect((await expectPreviewIsServed(page)).toString()).toContain('Web Shop: 1.1.0');
        await expect(page.locator('#preview-says')).toContainText('running');
      });
    } finally {
      await burgee.stop();
    }
  });
}

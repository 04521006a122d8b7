// What holds for every page: accessible in both themes, no sideways scrolling on a phone, a browser that has
// nothing to complain about (see support/test.ts). Pictures for people go to target/e2e/screens.
import { AxeBuilder } from '@axe-core/playwright';
import { type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { Burgee } from '../support/burgee.ts';
import { furnish, PAGES, type Servers } from '../support/pages.ts';
import { expect, test as base } from '../support/test.ts';

const SCREENS = fileURLToPath(new URL('../../target/e2e/screens', import.meta.url));

// Servers of their own, which the tests leave as they are.
const test = base.extend<object, { servers: Servers }>({
  servers: [
    async ({}, use) => {
      const [full, empty, unclaimed] = await Promise.all([
        Burgee.startKnown({ sample: true }),
        Burgee.start(),
        Burgee.start({ account: false }),
      ]);
      await furnish(full);
      await use({ full, empty, unclaimed });
      await Promise.all([full.stop(), empty.stop(), unclaimed.stop()]);
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.use({ signedIn: false });

async function violations(page: Page): Promise<string[]> {
  // Every rule that is on by default, the contrast rule included, and the size of what is to be touched.
  const { violations } = await new AxeBuilder({ page }).options({ rules: { 'target-size': { enabled: true } } }).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n  ${html}\n  ${failureSummary}`),
  );
}

for (const { name, status, open } of PAGES) {
  const rules = 'accessible in both themes, no sideways scrolling, nothing to complain about';
  test(`${name}: ${rules}`, async ({ page, servers, complaints }) => {
    if (status) complaints.expect(status);
    await open(page, servers);
    for (const width of [1180, 390]) {
      await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.screenshot({ path: `${SCREENS}/${name}-${colorScheme}-${width}.png`, fullPage: true });
        // Colours do not depend on the width: once narrow is enough.
        if (width === 390 && colorScheme === 'dark') continue;
        expect.soft(await violations(page), `${colorScheme}, ${width} px`).toEqual([]);
      }
      const [wide, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect.soft(wide, `width of the document at ${width} px`).toBeLessThanOrEqual(room);
    }
  });
}

// Everything with the keyboard alone, and always visible where one is.
import { type Page } from '@playwright/test';
import { expectPreviewIsServed, openBuilder, previewed, snippet } from '../support/badge.ts';
import { expect, test } from '../support/test.ts';

/** Presses Tab until the element has the focus; at each stop the focus must be visible. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement!;
      const shows = (candidate: Element | null | undefined) => {
        if (!candidate) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
      };
      const around = [element, element.nextElementSibling, element.closest('label'), element.parentElement];
      return {
        name: element.tagName + (element.id && `#${element.id}`),
        visible: element.matches(':focus-visible') && around.some(shows),
      };
    });
    expect(stop.visible, `the focus on ${stop.name} is visible`).toBe(true);
    if (await page.locator(selector).evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the builder works with Tab, arrows, Space and Enter', async ({ page, project }) => {
  await openBuilder(page, project.url);
  const changes = async (act: () => Promise<void>) => {
    const before = await previewed(page);
    await act();
    await expect.poll(async () => (await previewed(page)).equals(before)).toBe(false);
    await expectPreviewIsServed(page);
  };

  await tabTo(page, '#environment');
  await changes(() => page.keyboard.press('ArrowDown'));
  await tabTo(page, '#label-environment');
  await changes(() => page.keyboard.press('ArrowRight'));
  await expect(page.locator('#label-project')).toBeChecked();

  await tabTo(page, 'form details > summary');
  await page.keyboard.press('Enter');
  await tabTo(page, '#includeFailed');
  await page.keyboard.press('Space');
  await expect(page.locator('#includeFailed')).toBeChecked();
  await tabTo(page, '#style-flat');
  await changes(() => page.keyboard.press('ArrowDown'));
  await expect(page.locator('#style-flat-square')).toBeChecked();
  await tabTo(page, '#tenantId');
  await changes(() => page.keyboard.press('ArrowDown'));

  for (const [format, key] of [
    ['markdown', 'Enter'],
    ['html', 'Space'],
  ]) {
    await tabTo(page, `#copy-${format}`);
    await page.keyboard.press(key);
    await expect(page.locator(`#copy-${format}`)).toContainText('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await snippet(page, format));
  }
});

test('the first stop skips to the content', async ({ page, burgee }) => {
  await page.goto(burgee.url);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#main')).toBeFocused();
});

test('settings can be saved with the keyboard', async ({ page, project }) => {
  await page.goto(`${project.url}/-/settings`);
  await tabTo(page, '#title');
  await tabTo(page, '#visibility-private');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#badges');
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('Saved');
  await expect(page.locator('#visibility-public')).toBeChecked();
  await expect(page.locator('#badges')).not.toBeChecked();
});

test('the dashboard can be walked through', async ({ page, burgee, project }) => {
  // Other tests' projects may have badges whose pictures are nowhere.
  await page.goto(`${burgee.url}/?q=${encodeURIComponent(project.title)}`);
  await tabTo(page, 'th.proj a >> nth=0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation', { name: 'Breadcrumbs' })).toBeVisible();
});

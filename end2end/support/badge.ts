// The Badge Builder as a visitor uses it, and the badge as a README's reader gets it.
import { type Page, expect } from '@playwright/test';
import { hydrated } from './test.ts';

/** Opens the builder and waits until it works by itself. */
export async function openBuilder(page: Page, projectUrl: string, query = ''): Promise<void> {
  await page.goto(`${projectUrl}/-/badge-builder${query}`);
  await hydrated(page);
}

/** Opens the folded part. */
export async function openAdvanced(page: Page): Promise<void> {
  const fold = page.locator('details', { has: page.locator('#tenantId') });
  if (!(await fold.evaluate((details: HTMLDetailsElement) => details.open))) {
    await fold.locator('summary').click();
  }
}

/** The SVG in a data URL, byte for byte. */
export function decode(dataUrl: string): Buffer {
  const comma = dataUrl.indexOf(',');
  expect(dataUrl.slice(0, comma)).toBe('data:image/svg+xml');
  return Buffer.from(decodeURIComponent(dataUrl.slice(comma + 1)), 'utf8');
}

/** The picture that the preview shows; the same on the light and the dark card. */
export async function previewed(page: Page): Promise<Buffer> {
  const light = await page.locator('#preview-light').getAttribute('src');
  expect(await page.locator('#preview-dark').getAttribute('src')).toBe(light);
  return decode(light ?? '');
}

/** What the text box of a format says. */
export async function snippet(page: Page, id: string): Promise<string> {
  return page.locator(`#snippet-${id}`).inputValue();
}

/** What an address answers. */
export async function fetchBadge(url: string): Promise<Buffer> {
  const response = await fetch(url);
  expect(response.status, url).toBe(200);
  expect(response.headers.get('content-type')).toContain('image/svg+xml');
  return Buffer.from(await response.arrayBuffer());
}

/** The rule of the builder: the preview is byte for byte what the address in the box answers. */
export async function expectPreviewIsServed(page: Page): Promise<Buffer> {
  const shown = await previewed(page);
  const served = await fetchBadge(await snippet(page, 'url'));
  expect(shown.toString('utf8')).toBe(served.toString('utf8'));
  expect(shown.equals(served)).toBe(true);
  // A browser that cannot read the picture shows a broken image.
  const width = await page.locator('#preview-light').evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    return image.naturalWidth;
  });
  expect(width).toBeGreaterThan(20);
  return shown;
}

/** Does something that changes the choice: the preview must follow at once, without a request. */
export async function choose(page: Page, change: () => Promise<unknown>): Promise<Buffer> {
  const before = await previewed(page);
  const requests: string[] = [];
  const note = (request: { url(): string }) => {
    // Chromium looks at the icon again whenever the address changes.
    if (!/^data:|\/favicon\.svg$/.test(request.url())) requests.push(request.url());
  };
  page.on('request', note);
  await change();
  await expect.poll(async () => (await previewed(page)).equals(before), { timeout: 2_000 }).toBe(false);
  page.off('request', note);
  expect(requests, 'a choice asks the server nothing').toEqual([]);
  return expectPreviewIsServed(page);
}

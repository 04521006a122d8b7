// The Badge Builder: every choice, at once and byte for byte; the address; the texts to copy.
import { type Page } from '@playwright/test';
import {
  choose,
  expectPreviewIsServed,
  fetchBadge,
  openAdvanced,
  openBuilder,
  previewed,
  snippet,
} from '../support/badge.ts';
import { expect, hydrated, test } from '../support/test.ts';

const query = (url: string) => Object.fromEntries(new URL(url).searchParams);

test('every choice redraws the preview at once, as the image that will be served', async ({ page, project }) => {
  await openBuilder(page, project.url);
  expect((await expectPreviewIsServed(page)).toString()).toContain('Production: 1.0.0');

  await test.step('environment', async () => {
    const badge = await choose(page, () => page.getByLabel('Environment', { exact: true }).first().selectOption('Staging'));
    expect(badge.toString()).toContain('Staging: 1.2.0-rc.1');
    await choose(page, () => page.locator('#environment').selectOption('Production'));
  });

  await test.step('each label', async () => {
    for (const [label, says] of [
      ['project', `${project.title}: 1.0.0`],
      ['release', 'Release: 1.0.0'],
      ['environment', 'Production: 1.0.0'],
    ]) {
      const badge = await choose(page, () => page.locator(`#label-${label}`).check());
      expect(badge.toString()).toContain(says);
    }
  });

  await openAdvanced(page);
  await test.step('each style', async () => {
    for (const style of ['flat-square', 'plastic', 'for-the-badge', 'social', 'flat']) {
      await choose(page, () => page.locator(`#style-${style}`).check());
      expect(query(await snippet(page, 'url')).style).toBe(style === 'flat' ? undefined : style);
    }
  });

  await test.step('failed releases', async () => {
    const failed = await choose(page, () => page.getByRole('switch', { name: 'Include failed releases' }).check());
    expect(failed.toString()).toContain('Production: 1.1.0');
    await expect(page.locator('#preview-says')).toContainText('failed');
    await choose(page, () => page.getByRole('switch', { name: 'Include failed releases' }).uncheck());
  });

  await test.step('a tenant, and its name as the label', async () => {
    await expect(page.locator('#label-tenant')).toHaveCount(0);
    const tenanted = await choose(page, () => page.locator('#tenantId').selectOption('Northwind Ltd'));
    expect(tenanted.toString()).toContain('Production: 0.9.0');
    const named = await choose(page, () => page.locator('#label-tenant').check());
    expect(named.toString()).toContain('Northwind Ltd: 0.9.0');
    // Without the tenant its name cannot be the label any more.
    const without = await choose(page, () => page.locator('#tenantId').selectOption(''));
    expect(without.toString()).toContain('Production: 1.0.0');
    await expect(page.locator('#label-tenant')).toHaveCount(0);
    await expect(page.locator('#label-environment')).toBeChecked();
  });
});

test('each style has a sample of this very badge beside it', async ({ page, project }) => {
  await openBuilder(page, project.url);
  await openAdvanced(page);
  for (const style of ['flat', 'flat-square', 'plastic', 'for-the-badge', 'social']) {
    const sample = await page.locator('label', { has: page.locator(`#style-${style}`) }).locator('img').getAttribute('src');
    await page.locator(`#style-${style}`).check();
    await expect(page.locator('#preview-light')).toHaveAttribute('src', sample!);
  }
});

test('the address carries the choice, and a reload keeps it', async ({ page, project }) => {
  await openBuilder(page, project.url);
  await page.locator('#environment').selectOption('Staging');
  await page.locator('#label-project').check();
  await openAdvanced(page);
  await page.locator('#style-social').check();
  await page.locator('#includeFailed').check();
  await page.locator('#tenantId').selectOption('Northwind Ltd');
  const chosen = { environment: 'staging', label: 'project', style: 'social', includeFailed: 'true', tenantId: 'northwind-ltd' };
  await expect.poll(() => query(page.url())).toEqual(chosen);
  const before = await previewed(page);
  const texts = await page.locator('textarea').evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value));

  await page.reload();
  await hydrated(page);
  expect(query(page.url())).toEqual(chosen);
  await expect(page.locator('#environment')).toHaveValue('staging');
  await expect(page.locator('#label-project')).toBeChecked();
  // What the fold hides has been chosen, so it stands open.
  await expect(page.locator('#style-social')).toBeVisible();
  await expect(page.locator('#style-social')).toBeChecked();
  await expect(page.locator('#includeFailed')).toBeChecked();
  await expect(page.locator('#tenantId')).toHaveValue('northwind-ltd');
  expect((await expectPreviewIsServed(page)).equals(before)).toBe(true);
  const after = await page.locator('textarea').evaluateAll((boxes) => boxes.map((box) => (box as HTMLTextAreaElement).value));
  expect(after).toEqual(texts);
});

test('an address that asks for what there is not says so, and shows the defaults', async ({ page, project }) => {
  await openBuilder(page, project.url, '?environment=moon&style=flat-sqare');
  await expect(page.getByText('There is no environment "moon" here.')).toBeVisible();
  await expect(page.getByText(/did you mean "flat-square"/)).toBeVisible();
  expect((await expectPreviewIsServed(page)).toString()).toContain('Production: 1.0.0');
});

test('every text to paste fetches the badge that is shown', async ({ page, project }) => {
  await openBuilder(page, project.url, '?environment=production&label=release&includeFailed=true');
  const shown = await expectPreviewIsServed(page);
  const url = await snippet(page, 'url');
  const image: Record<string, RegExp> = {
    markdown: /^\[!\[Release\]\((.+)\)\]\(.+\)$/,
    html: /^<a href=".+"><img alt="Release" src="(.+)"><\/a>$/,
    rst: /^\.\. image:: (.+)\n {3}:target: .+\n {3}:alt: Release$/,
    asciidoc: /^image:(.+)\["Release",link=".+"\]$/,
  };
  for (const [format, pattern] of Object.entries(image)) {
    const found = pattern.exec(await snippet(page, format))?.[1].replaceAll('&amp;', '&');
    expect(found, format).toBe(url);
  }
  expect((await fetchBadge(url)).equals(shown)).toBe(true);

  const shields = new URL(await snippet(page, 'shields'));
  expect(shields.origin).toBe('https://img.shields.io');
  const endpoint = await (await fetch(shields.searchParams.get('url')!)).json();
  expect(endpoint).toEqual({ schemaVersion: 1, label: 'Release', message: '1.1.0', color: expect.any(String) });

  const png = await fetch(await snippet(page, 'png'));
  expect(png.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await png.arrayBuffer()).subarray(1, 4).toString()).toBe('PNG');
});

test('names that look like markup stay names', async ({ page, burgee }) => {
  const project = `<img src=x onerror=alert(1)> "quoted" & 'so' *on* ](x)`;
  const environment = 'מפעל 🚢 <b>bold</b> &amp;';
  const { results } = await burgee.report(
    { project, environment, release: '1.0 <script>alert(2)</script>', status: 'warned', tenant: '"><svg onload=alert(3)>' },
    { project, environment, release: '2.0 ]]> <!--', status: 'succeeded' },
  );
  const path: string = results[0].run.project;
  await burgee.change(path, { badges_enabled: true });
  page.on('dialog', () => expect(true, 'a name became script').toBe(false));
  const address = `${burgee.url}/${path.split('/').map(encodeURIComponent).join('/')}`;
  for (const place of [address, `${address}/-/settings`]) await page.goto(place);
  await openBuilder(page, address);
  await page.locator('#label-project').check();
  await expectPreviewIsServed(page);
  await page.locator('#label-environment').check();
  await expectPreviewIsServed(page);
  await openAdvanced(page);
  await page.locator('#tenantId').selectOption({ index: 1 });
  await page.locator('#label-tenant').check();
  await expectPreviewIsServed(page);

  // The HTML snippet, read by a browser, is one picture with that name.
  const html = await snippet(page, 'html');
  const read = await page.evaluate((text) => {
    const images = new DOMParser().parseFromString(text, 'text/html').querySelectorAll('body *');
    return [...images].map((element) => [element.tagName, element.getAttribute('alt'), element.attributes.length]);
  }, html);
  expect(read).toEqual([
    ['A', null, 1],
    ['IMG', '"><svg onload=alert(3)>', 2],
  ]);
});

test.describe('copying', () => {
  const formats = ['markdown', 'html', 'url', 'rst', 'asciidoc', 'shields', 'png'];

  test.describe('with a clipboard', () => {
    test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

    test('each button copies exactly what stands in its box, and says so', async ({ page, project }) => {
      await openBuilder(page, project.url, '?label=release');
      await page.getByText('More formats').click();
      for (const format of formats) {
        const button = page.locator(`#copy-${format}`);
        await button.click();
        await expect(button).toContainText('Copied');
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await snippet(page, format));
      }
      // The word goes away again, so that a second copy is confirmed as well.
      await expect(page.locator('#copy-png')).toContainText(/^Copy /, { timeout: 10_000 });
    });
  });

  test('it works on plain HTTP, where a browser has no clipboard to offer', async ({ page, burgee, project, context }) => {
    const { port } = new URL(burgee.url);
    const host = `http://burgee.test:${port}`;
    await context.addCookies((await context.cookies()).map(({ name, value }) => ({ name, value, url: host })));
    await openBuilder(page, `${host}/${project.path}`);
    expect(await page.evaluate(() => [isSecureContext, typeof navigator.clipboard])).toEqual([false, 'undefined']);
    await page.locator('#copy-markdown').click();
    await expect(page.locator('#copy-markdown')).toContainText('Copied');
    const expected = await snippet(page, 'markdown');
    expect(expected).toContain(`](${host}/api/`);
    expect(await paste(page)).toBe(expected);
  });

  test('without navigator.clipboard the old way copies', async ({ page, project }) => {
    await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await openBuilder(page, project.url);
    await page.locator('#copy-html').click();
    await expect(page.locator('#copy-html')).toContainText('Copied');
    expect(await paste(page)).toBe(await snippet(page, 'html'));
  });

  test('where nothing can copy, the text is selected and the keys are named', async ({ page, project }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    });
    await openBuilder(page, project.url);
    await page.locator('#copy-url').click();
    await expect(page.locator('#copy-url')).toContainText('Press Ctrl+C');
    const selected = await page.locator('#snippet-url').evaluate((box: HTMLTextAreaElement) =>
      box.value.slice(box.selectionStart, box.selectionEnd),
    );
    expect(selected).toBe(await snippet(page, 'url'));
    await expect(page.locator('#snippet-url')).toBeFocused();
  });
});

/** What Ctrl+V brings, without asking for permission to read the clipboard. */
async function paste(page: Page): Promise<string> {
  await page.evaluate(() => {
    const box = document.body.appendChild(document.createElement('textarea'));
    box.id = 'pasted';
    box.focus();
  });
  await page.keyboard.press('Control+V');
  return page.locator('#pasted').inputValue();
}

test('where badges are off, the builder says so', async ({ page, burgee, project }) => {
  await burgee.change(project.path, { badges_enabled: false });
  await openBuilder(page, project.url);
  await expect(page.getByText('Badges are off for this project')).toBeVisible();
  await page.getByRole('main').getByRole('link', { name: 'settings', exact: true }).click();
  await expect(page).toHaveURL(`${project.url}/-/settings`);
});

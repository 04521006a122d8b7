// The Badge Builder's tabs of builds, jobs and projects: from a choice to the copied Markdown, to its image, to the page that
// a click on it leads to. (The releases' tab has a file of its own.)
import { type Page } from '@playwright/test';
import { choose, decode, expectPreviewIsServed, fetchBadge, openBuilder, previewed, snippet } from '../support/badge.ts';
import { type Burgee } from '../support/burgee.ts';
import { expect, hydrated, test as base } from '../support/test.ts';

interface Pipeline {
  title: string;
  url: string;
  path: string;
  /** A key of CI badges with a text of its own. */
  key: string;
}

let pipelines = 0;

/** A project with releases, builds, jobs and branches. */
async function report(burgee: Burgee, worker: number): Promise<Pipeline> {
  pipelines += 1;
  const title = `Ferry ${worker}-${pipelines}`;
  const run = (more: Record<string, unknown>) => ({ project: title, status: 'succeeded', ...more });
  const { results } = await burgee.report(
    run({ release: '1.0', build: '7', variables: { Branch: 'main', Channel: 'stable' } }),
    run({ release: '1.0', build: '8', status: 'failed', variables: { Branch: 'fix', Channel: 'beta' } }),
    run({ release: '1.1', build: '1', status: 'warned', variables: { Branch: 'main', Channel: 'beta' } }),
    run({ job: 'unit', variables: { Branch: 'main' }, coverage: 91.26 }),
    run({ job: 'deploy: prod/β', variables: { Branch: 'fix/tides' }, status: 'errored' }),
    run({ job: 'lint', variables: { Branch: 'main' }, coverage: 12.5 }),
  );
  const path: string = results[0].run.project;
  await burgee.change(path, { badges_enabled: true });
  const key = `lights-${worker}-${pipelines}`;
  await burgee.command('token', 'create', '--name', `README of ${title}`, '--scope', 'ci-badges', '--value', key, '--project', path);
  return { title, path, url: `${burgee.url}/${path}`, key };
}

const test = base.extend<{ ferry: Pipeline }>({
  ferry: async ({ burgee }, use, info) => use(await report(burgee, info.workerIndex)),
});

/** Copies the Markdown, and answers the two addresses in it. */
async function copyMarkdown(page: Page): Promise<{ image: string; link: string }> {
  await page.locator('#copy-markdown').click();
  await expect(page.locator('#copy-markdown')).toContainText('Copied');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [, image, link] = /^\[!\[.*\]\((.+)\)\]\((.+)\)$/.exec(copied)!;
  return { image, link };
}

/** Puts the badge on a page elsewhere, as a README would, and clicks on it. */
async function clickInReadme(page: Page, { image, link }: { image: string; link: string }): Promise<void> {
  const readme = new URL('/a-readme-elsewhere', link).href;
  await page.route(readme, (route) => route.fulfill({ contentType: 'text/html', body: '<title>x</title><a><img alt="badge"></a>' }));
  await page.goto(readme);
  await page.locator('a').evaluate((a: HTMLAnchorElement, link) => void (a.href = link), link);
  const width = await page.locator('img').evaluate(async (img: HTMLImageElement, src) => {
    img.src = src;
    await img.decode();
    return img.naturalWidth;
  }, image);
  expect(width).toBeGreaterThan(20);
  await page.locator('img').click();
}

const has = (words: string) => (badge: Buffer) => expect(badge.toString()).toContain(words);

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('a CI build: key, choices, Markdown, image, click', async ({ page, ferry }) => {
    await openBuilder(page, ferry.url);
    await expect(page.getByRole('link', { name: /^CI build/ })).toHaveAttribute('aria-current', 'page');
    has('build: warning')(await previewed(page));

    await test.step('the key is typed and checked', async () => {
      await page.getByRole('textbox', { name: 'Key' }).fill(ferry.key);
      await page.getByRole('button', { name: 'Use it' }).click();
      await hydrated(page);
      await expect(page.getByText('in the texts below')).toBeVisible();
      expect(await snippet(page, 'url')).toContain(ferry.key);
      await expectPreviewIsServed(page);
    });
    await test.step('each choice redraws the badge', async () => {
      has('build: error')(await choose(page, () => page.getByLabel('Release', { exact: true }).first().selectOption('1.0')));
      has('build: success')(await choose(page, () => page.getByLabel('Build', { exact: true }).first().selectOption('7')));
      has('build: warning')(await choose(page, () => page.locator('#release').selectOption('')));
      await expect(page.locator('#build')).toHaveValue('');
      has('build: error')(
        await choose(page, async () => {
          await page.getByLabel('Variable 1').selectOption('Branch');
          await page.getByLabel('Value 1').selectOption('fix');
        }),
      );
      has('build: unknown')(await choose(page, () => page.locator('#release').selectOption('1.1')));
      has('build: error')(await choose(page, () => page.locator('#release').selectOption('')));
      await page.getByLabel('Variable 2').selectOption('Channel');
      await expect(page.getByLabel('Variable 1').locator('option')).toHaveText(['Any', 'Branch']);
      has('build: success')(
        await choose(page, async () => {
          await page.getByLabel('Value 1').selectOption('main');
          await page.getByLabel('Value 2').selectOption('stable');
        }),
      );
      await page.getByText('Look', { exact: true }).click();
      has('CI &amp; more')(await choose(page, () => page.getByLabel('Label', { exact: true }).fill('CI & more')));
      await choose(page, () => page.locator('#style-plastic').check());
    });
    await test.step('taking the first variable out leaves the second', async () => {
      await page.getByLabel('Variable 1').selectOption('');
      await expect(page.getByLabel('Variable 1')).toHaveValue('Channel');
      await expect.poll(() => page.url()).not.toContain('Branch');
      await expectPreviewIsServed(page);
      await expect(page.getByLabel('Value 1')).toHaveValue('stable');
      await expect(page.getByLabel('Variable 3')).toBeHidden();
    });
    await page.locator('#page-application').check();
    const before = await previewed(page);
    await page.reload();
    await hydrated(page);
    expect((await expectPreviewIsServed(page)).equals(before), 'the address keeps the choice').toBe(true);
    await expect(page.locator('#page-application')).toBeChecked();

    const copied = await copyMarkdown(page);
    expect((await fetchBadge(copied.image)).equals(before)).toBe(true);
    await clickInReadme(page, copied);
    await expect(page).toHaveURL(ferry.url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(ferry.title);

    await openBuilder(page, ferry.url, `?tab=build&$Branch=fix&key=${ferry.key}`);
    await clickInReadme(page, await copyMarkdown(page));
    await expect(page).toHaveURL(/\/-\/builds\/\d+$/);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('8');
  });

  test('a job and its pipeline: choices, Markdown, image, click', async ({ page, ferry }) => {
    await openBuilder(page, ferry.url, '?tab=job');
    has('build: errored')(await expectPreviewIsServed(page));
    const pipeline = await copyMarkdown(page);
    has('build: passing')(await choose(page, () => page.getByLabel('Job or pipeline').selectOption('unit')));
    has('build: errored')(await choose(page, () => page.getByLabel('Job or pipeline').selectOption('deploy: prod/β')));
    const shown = await choose(page, () => page.getByLabel('Title').fill('to <prod>'));
    has('to &lt;prod&gt;')(shown);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ tab: 'job', job: 'deploy: prod/β', title: 'to <prod>' });
    const job = await copyMarkdown(page);
    expect((await fetchBadge(job.image)).equals(shown)).toBe(true);
    for (const [copied, heading] of [[job, 'Job deploy: prod/β'], [pipeline, ferry.title]] as const) {
      await clickInReadme(page, copied);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
      expect(page.url().startsWith(ferry.url), page.url()).toBe(true);
    }
  });

  test('project badges: choices, Markdown, image, click', async ({ page, ferry }) => {
    await openBuilder(page, ferry.url, '?tab=project&ref=main');
    has('pipeline: passed')(await expectPreviewIsServed(page));
    has('pipeline: failed')(await choose(page, () => page.getByLabel('Branch').selectOption('fix/tides')));
    has('coverage: unknown')(await choose(page, () => page.locator('#badge-coverage').check()));
    has('coverage: 12.50%')(await choose(page, () => page.getByLabel('Branch').selectOption('main')));
    has('coverage: 91.26%')(await choose(page, () => page.getByLabel('Job', { exact: true }).selectOption('unit')));
    await choose(page, () => page.getByLabel('Good from').fill('91'));
    has('Latest Release: 1.1')(await choose(page, () => page.locator('#badge-release').check()));
    await expect(page.getByLabel('Branch')).toBeHidden();
    await page.getByText('Look', { exact: true }).click();
    has('Newest')(await choose(page, () => page.getByLabel('Label', { exact: true }).fill('Newest')));
    has('width="120"')(await choose(page, () => page.getByLabel('Label’s width').fill('120')));
    const shown = await choose(page, () => page.locator('#style-flat-square').check());
    const copied = await copyMarkdown(page);
    expect((await fetchBadge(copied.image)).equals(shown)).toBe(true);
    await clickInReadme(page, copied);
    await expect(page).toHaveURL(ferry.url);
  });
});

test('a badge goes on to the project’s list of badges', async ({ page, ferry }) => {
  await openBuilder(page, ferry.url, '?tab=job&job=unit');
  const url = decodeURI(await snippet(page, 'url'));
  await page.getByRole('link', { name: 'add it to this project’s badges' }).click();
  await hydrated(page);
  await expect(page.getByLabel('Image', { exact: true })).toHaveValue(url);
  await page.getByLabel('Name').fill('Unit tests');
  await page.getByRole('button', { name: 'Add this badge' }).click();
  await expect(page.getByText('The badge was added.')).toBeVisible();
});

test('a key that may do more than show badges gets into no text and no address', async ({ page, burgee, ferry, complaints }) => {
  complaints.expect(/status of 422/);
  const powerful = await burgee.token();
  await openBuilder(page, ferry.url, '?tab=build&$Branch=main');
  await page.getByRole('textbox', { name: 'Key' }).fill(powerful);
  await page.getByRole('button', { name: 'Use it' }).click();
  await expect(page.getByRole('alert')).toContainText('never put it into a README');
  await expect(page.locator('#no-snippets')).toBeVisible();
  expect(page.url()).not.toContain(powerful);
  expect(await page.content()).not.toContain(powerful);
  await expect(page.getByLabel('Value 1')).toHaveValue('main');
});

test('what is too long ago for the browser is drawn by the server, when asked', async ({ page, burgee, ferry }) => {
  const old = { project: ferry.title, status: 'pending', release: '2.0' };
  await burgee.report(...Array.from({ length: 205 }, (_, n) => ({ ...old, build: String(n) })));
  await openBuilder(page, ferry.url, `?tab=build&$Branch=fix&key=${ferry.key}`);
  has('build: error')(await expectPreviewIsServed(page));
  await page.getByText('Look', { exact: true }).click();
  has('old one')(await choose(page, () => page.getByLabel('Label', { exact: true }).fill('old one')));
  await page.locator('#release').selectOption('2.0');
  await expect(page.locator('#preview-says')).toContainText('Press “Show”');
  await expect(page.locator('#preview-light')).toBeHidden();
  await page.getByRole('button', { name: 'Show' }).click();
  await hydrated(page);
  has('old one: unknown')(await expectPreviewIsServed(page));
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });
  const shown = async (page: Page) => decode((await page.locator('#preview-light').getAttribute('src'))!).toString();
  const show = (page: Page) => page.getByRole('button', { name: 'Show' }).click();

  test('builds, jobs and project badges are forms that ask for the page again', async ({ page, ferry }) => {
    await page.goto(`${ferry.url}/-/badge-builder?tab=build`);
    await page.getByRole('textbox', { name: 'Key' }).fill(ferry.key);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByLabel('Variable 1').selectOption('Branch');
    await show(page);
    await page.getByLabel('Value 1').selectOption('fix');
    await show(page);
    expect(await shown(page)).toContain('build: error');
    await page.locator('#release').selectOption('1.1');
    await show(page);
    expect(await shown(page)).toContain('build: unknown');
    await page.getByLabel('Variable 1').selectOption('');
    await page.locator('#page-release').check();
    await show(page);
    expect(await shown(page)).toContain('build: warning');
    expect((await fetchBadge(await snippet(page, 'url'))).toString()).toBe(await shown(page));
    expect(await snippet(page, 'markdown')).toContain('&page=release)');

    await page.getByRole('link', { name: /^Job \/ pipeline/ }).click();
    await page.getByLabel('Job or pipeline').selectOption('unit');
    await page.getByLabel('Title').fill('unit tests');
    await show(page);
    expect(await shown(page)).toContain('unit tests: passing');
    expect((await fetchBadge(await snippet(page, 'url'))).toString()).toBe(await shown(page));

    await page.getByRole('link', { name: /^Project badges/ }).click();
    await page.locator('#badge-coverage').check();
    await show(page);
    await page.getByLabel('Branch').selectOption('main');
    await page.getByLabel('Job', { exact: true }).selectOption('unit');
    await show(page);
    expect(await shown(page)).toContain('coverage: 91.26%');
    expect((await fetchBadge(await snippet(page, 'url'))).toString()).toBe(await shown(page));
  });
});

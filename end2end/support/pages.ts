// Every page there is, in every state that looks different.
import { type Page } from '@playwright/test';
import { openAdvanced } from './badge.ts';
import { ADMIN, type Burgee } from './burgee.ts';
import { hydrated, sessionOf, signIn } from './test.ts';

/** The servers that the pages are on. */
export interface Servers {
  /** With the sample of `burgee demo`. */
  full: Burgee;
  /** With an account and nothing else. */
  empty: Burgee;
  /** Just started: nobody has an account. */
  unclaimed: Burgee;
}

export interface Shown {
  name: string;
  /** What the browser says about a status that the page is meant to have. */
  status?: RegExp;
  open: (page: Page, servers: Servers) => Promise<void>;
}

const visitor = (name: string, path: string, server: keyof Servers = 'full'): Shown => ({
  name,
  open: async (page, servers) => void (await page.goto(`${servers[server].url}${path}`)),
});

const admin = (name: string, path: string, then?: (page: Page) => Promise<unknown>, server: keyof Servers = 'full'): Shown => ({
  name,
  open: async (page, servers) => {
    await signIn(page.context(), servers[server].url, await sessionOf(servers[server]));
    await page.goto(`${servers[server].url}${path}`);
    await then?.(page);
  },
});

export const PAGES: Shown[] = [
  {
    name: 'set-up',
    open: async (page, { unclaimed }) => void (await page.goto(unclaimed.setupLink!)),
  },
  { ...visitor('set-up-used', '/setup/of-long-ago'), status: /status of 404/ },
  visitor('sign-in', '/sign-in'),
  visitor('sign-in-without-account', '/sign-in', 'unclaimed'),
  {
    name: 'sign-in-wrong',
    status: /status of (422|429)/,
    open: async (page, { empty }) => {
      await page.goto(`${empty.url}/sign-in`);
      await page.getByLabel('User name').fill(ADMIN.username);
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
    },
  },
  visitor('public-dashboard', '/'),
  visitor('public-project', '/harbour/web-shop'),
  admin('dashboard-empty', '/', hydrated, 'empty'),
  admin('dashboard', '/'),
  admin('dashboard-nothing-found', '/?q=submarine'),
  admin('space', '/harbour'),
  admin('group', '/harbour/lines'),
  admin('project', '/harbour/web-shop'),
  admin('project-private', '/harbour/payments'),
  admin('settings', '/harbour/web-shop/-/settings'),
  admin('settings-saved', '/harbour/pilot-app/-/settings?saved=1'),
  { ...admin('settings-wrong', '/harbour/pilot-app/-/settings', saveWithoutTitle), status: /status of 422/ },
  admin('badge-builder', '/harbour/web-shop/-/badge-builder', hydrated),
  admin('badge-builder-open', '/harbour/web-shop/-/badge-builder?environment=production', async (page) => {
    await hydrated(page);
    await openAdvanced(page);
    await page.getByText('More formats').click();
    await page.locator('#tenantId').selectOption({ index: 1 });
  }),
  admin('badge-builder-off', '/harbour/pilot-app/-/badge-builder?style=round', hydrated),
  admin('tokens', '/tokens'),
  admin('token-made', '/tokens', async (page) => {
    await page.getByLabel('Name').fill('GitLab pipelines');
    await page.getByLabel('Limited to').fill('harbour/lines');
    await page.getByLabel('Expires after').fill('90');
    await page.getByRole('button', { name: 'Create the token' }).click();
    await hydrated(page);
  }),
  { ...admin('tokens-wrong', '/tokens', makeWithoutScope), status: /status of 422/ },
  { ...admin('not-found', '/harbour/submarine'), status: /status of 404/ },
];

async function saveWithoutTitle(page: Page): Promise<void> {
  await page.getByLabel('Title').fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
}

async function makeWithoutScope(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('nothing');
  await page.getByLabel('Limited to').fill('no/such/place');
  await page.locator('#scope-runs-write').uncheck();
  await page.getByRole('button', { name: 'Create the token' }).click();
  await page.getByRole('alert').waitFor();
}

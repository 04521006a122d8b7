// Every page there is, in every state that looks different.
import { type Page } from '@playwright/test';
import { openAdvanced } from './badge.ts';
import { type Account, ADMIN, type Burgee } from './burgee.ts';
import { drawPictures, FOREIGN } from './pictures.ts';
import { hydrated, sessionOf, signIn } from './test.ts';

/** The servers that the pages are on. */
export interface Servers {
  /** With the sample of `burgee demo`, and what `furnish` adds. */
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

/** Accounts of the full server. */
let people: Record<'ada' | 'bjarne' | 'cleo', Account>;

/** Adds to the sample what people and their tools would have: members, requests, badges from elsewhere. */
export async function furnish(full: Burgee): Promise<void> {
  people = {
    ada: await full.account('ada'),
    bjarne: await full.account('bjarne'),
    cleo: await full.account('cleo'),
  };
  await full.command('member', 'set', '--user', 'ada', '--role', 'maintainer', '--project', 'harbour/web-shop');
  await full.command('member', 'set', '--user', 'bjarne', '--role', 'developer', '--group', 'harbour');
  const token = await full.command('token', 'create', '--name', 'cleo', '--user', 'cleo', '--scope', 'api');
  await full.gitlab('POST', '/projects/harbour%2Fweb-shop/access_requests', undefined, token);
  await full.command('token', 'create', '--name', 'Terraform', '--user', 'ada', '--scope', 'read_api');
  await full.addBadge('groups', 'harbour/lines', {
    name: 'Documentation',
    link_url: 'https://docs.example.org/%{project_path}',
    image_url: `${FOREIGN}/docs-%{latest_tag}.svg`,
  });
  const key = ['--scope', 'ci-badges', '--value', 'badges'];
  await full.command('token', 'create', '--name', 'README', ...key);
  await full.command('token', 'create', '--name', 'Partner portal', '--scope', 'ci-badges', '--project', 'harbour/web-shop');
  await full.command('token', 'create', '--name', 'Wiki', '--scope', 'badges:read', '--project', 'harbour/pilot-app');
  // A project without badges, and a group without projects.
  await full.report(
    { space: 'Depot', project: 'crane', job: 'lift', status: 'succeeded' },
    { space: 'Depot', project: 'idle/hoist', status: 'succeeded' },
  );
  await full.api('DELETE', `/projects/${encodeURIComponent('depot/idle/hoist')}`);
  await reportTheWayOfABuild(full);
}

/** Where the runs of a build are that went through several stages, in the order of their reports. */
let runs: string[];

/** A build of a release with a stage that was run twice, variables long and short, and a job that still runs. */
async function reportTheWayOfABuild(full: Burgee): Promise<void> {
  const run = (id: string, stage: string, status: string, more = {}) => ({
    ...{ space: 'Depot', project: 'gantry', release: '7.1/beta', build: '311', external_id: id, stage, status },
    ...{ url: 'https://ci.example.org/gantry/311', queued_at: '2026-11-20T10:00:00Z', started_at: '2026-11-20T10:00:09Z' },
    ...(status === 'running' ? {} : { finished_at: '2026-11-20T10:02:19Z' }),
    ...more,
  });
  const variables = { Branch: 'feature/a-rather-long-name-for-a-branch', ChangeLog: 'tide tables updated\n'.repeat(60), Empty: '' };
  const { results } = await full.report(
    run('1', 'Test', 'failed', { job: 'unit', variables, coverage: 81.25 }),
    run('2', 'Test', 'succeeded', { job: 'unit', rerun_of: '1', coverage: 83.5 }),
    run('3', 'Rollout', 'warned', { environment: 'Production', tenant: 'Northwind' }),
    run('4', 'Rollout', 'running', { environment: 'Production' }),
  );
  runs = results.map(({ run }: { run: { id: number } }) => `/depot/gantry/-/runs/${run.id}`);
}

const visitor = (name: string, path: string, server: keyof Servers = 'full'): Shown => ({
  name,
  open: async (page, servers) => {
    await drawPictures(page);
    await page.goto(`${servers[server].url}${path}`);
  },
});

const admin = (name: string, path: string, then?: (page: Page) => Promise<unknown>, server: keyof Servers = 'full'): Shown => ({
  name,
  open: async (page, servers) => {
    await drawPictures(page);
    await signIn(page.context(), servers[server].url, await sessionOf(servers[server]));
    await page.goto(`${servers[server].url}${path}`);
    await then?.(page);
  },
});

/** The page of one of `runs`. */
const aRun = (name: string, index: number): Shown => ({
  name,
  open: async (page, servers) => {
    await signIn(page.context(), servers.full.url, await sessionOf(servers.full));
    await page.goto(`${servers.full.url}${runs[index]}`);
  },
});

const member = (who: keyof typeof people, name: string, path: string): Shown => ({
  name,
  open: async (page, { full }) => {
    await drawPictures(page);
    await signIn(page.context(), full.url, await sessionOf(full, people[who]));
    await page.goto(`${full.url}${path}`);
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
  admin('releases', '/harbour/web-shop/-/releases'),
  admin('releases-none', '/harbour/pilot-app/-/releases?before=1'),
  admin('release', '/harbour/web-shop/-/releases/2026.11.3'),
  visitor('release-seen-by-a-visitor', '/harbour/web-shop/-/releases/2026.11.3'),
  admin('release-with-builds', '/depot/gantry/-/releases/7.1/beta'),
  admin('builds', '/harbour/web-shop/-/builds'),
  admin('builds-none', '/depot/crane/-/builds'),
  admin('build', '/depot/gantry/-/builds', (page) => page.getByRole('link', { name: '#311' }).click()),
  aRun('run-of-a-job', 0),
  aRun('run-repeating', 1),
  aRun('run-for-a-tenant', 2),
  aRun('run-running', 3),
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
  admin('badge-builder-build', '/harbour/web-shop/-/badge-builder?tab=build&$Branch=main&style=flat-square', hydrated),
  admin('badge-builder-build-wrong-key', '/harbour/web-shop/-/badge-builder?tab=build&key=nobodys', hydrated),
  admin('badge-builder-build-empty', '/depot/crane/-/badge-builder?tab=build'),
  admin('badge-builder-job', '/harbour/web-shop/-/badge-builder?tab=job&job=unit&title=unit%20tests', hydrated),
  admin('badge-builder-job-private', '/harbour/pilot-app/-/badge-builder?tab=job', hydrated),
  admin('badge-builder-job-without-tokens', '/depot/crane/-/badge-builder?tab=job', hydrated),
  admin('badge-builder-project', '/harbour/web-shop/-/badge-builder?tab=project', hydrated),
  admin('badge-builder-project-coverage', '/harbour/web-shop/-/badge-builder?tab=project&badge=coverage&key_width=120', hydrated),
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
  member('ada', 'tokens-of-a-member', '/tokens'),
  admin('token-revoke', '/tokens', async (page) => {
    await page.getByRole('link', { name: /Revoke/ }).first().click();
    await page.getByRole('button', { name: /Revoke the/ }).waitFor();
  }),
  visitor('badges-seen-by-a-visitor', '/harbour/lines/timetable-api/-/badges'),
  visitor('public-project-in-a-group', '/harbour/lines/timetable-api'),
  member('ada', 'project-with-request-button', '/harbour/lines/timetable-api'),
  member('cleo', 'project-requested', '/harbour/web-shop'),
  admin('badges', '/harbour/lines/timetable-api/-/badges', hydrated),
  admin('badges-empty', '/depot/crane/-/badges', hydrated),
  admin('badges-preset', '/harbour/web-shop/-/badges?preset=pipeline', hydrated),
  admin('badges-edit', '/harbour/web-shop/-/badges', async (page) => {
    await page.getByRole('link', { name: 'Edit Pipeline' }).click();
    await hydrated(page);
  }),
  admin('badges-remove', '/harbour/web-shop/-/badges', async (page) => {
    await page.getByRole('link', { name: 'Remove Coverage' }).click();
    await hydrated(page);
  }),
  { ...admin('badges-wrong', '/harbour/web-shop/-/badges', addWrongBadge), status: /status of 422/ },
  admin('badges-remarks', '/harbour/web-shop/-/badges', async (page) => {
    await hydrated(page);
    await page.getByLabel('Name').fill('Elsewhere');
    await page.getByLabel('Link', { exact: true }).fill('https://example.org/%{project_pth}/%{latest_tag}');
    await page.getByLabel('Image', { exact: true }).fill('https://other.img.example.org/%{project_path}.svg');
    await page.getByRole('button', { name: 'Show image' }).waitFor();
  }),
  admin('badges-preview', '/harbour/web-shop/-/badges', async (page) => {
    await hydrated(page);
    await page.getByLabel('Image', { exact: true }).fill(`${FOREIGN}/%{project_path}.svg`);
    await page.getByRole('button', { name: 'Show image' }).click();
    await page.locator('.stage img').first().waitFor();
    await hydrated(page);
  }),
  admin('group-badges', '/harbour/lines/-/badges', hydrated),
  admin('group-badges-of-space', '/harbour/-/badges', hydrated),
  admin('group-badges-without-projects', '/depot/idle/-/badges', hydrated),
  admin('members', '/harbour/web-shop/-/members'),
  admin('members-remove', '/harbour/web-shop/-/members', (page) => page.getByRole('link', { name: 'Remove ada' }).click()),
  { ...admin('members-wrong', '/harbour/web-shop/-/members', addNobody), status: /status of 422/ },
  admin('members-none', '/depot/crane/-/members'),
  admin('group-members', '/harbour/-/members'),
  admin('group-settings', '/harbour/lines/-/settings'),
  { ...admin('group-settings-wrong', '/harbour/lines/-/settings', saveWithoutName), status: /status of 422/ },
  { ...admin('not-found', '/harbour/submarine'), status: /status of 404/ },
];

async function saveWithoutTitle(page: Page): Promise<void> {
  await page.getByLabel('Title').fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
}

async function saveWithoutName(page: Page): Promise<void> {
  await page.getByLabel('Name').fill(' ');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
}

async function addWrongBadge(page: Page): Promise<void> {
  await hydrated(page);
  await page.getByLabel('Name').fill('Wrong in both places');
  await page.getByLabel('Link', { exact: true }).fill('javascript:alert(1)');
  await page.getByLabel('Image', { exact: true }).fill('https://%{project_path}/badge.svg');
  await page.getByRole('button', { name: 'Add this badge' }).click();
  await page.getByRole('alert').waitFor();
  await hydrated(page);
}

async function addNobody(page: Page): Promise<void> {
  await page.getByLabel('User name').fill('nobody-of-that-name');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('alert').waitFor();
}

async function makeWithoutScope(page: Page): Promise<void> {
  await page.getByLabel('Name').fill('nothing');
  await page.getByLabel('Limited to').fill('no/such/place');
  await page.locator('#scope-runs-write').uncheck();
  await page.getByRole('button', { name: 'Create the token' }).click();
  await page.getByRole('alert').waitFor();
}

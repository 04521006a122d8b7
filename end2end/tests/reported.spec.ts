// From a project to what was reported about it, and out to the tool that reported it.
import { expect, test } from '../support/test.ts';

test.use({ signedIn: false });

test('a visitor goes from the project to a release, its build, its run, and out', async ({ page, burgee, project, context }) => {
  const run = (stage: string, status: string, more = {}) => ({
    ...{ project: project.title, release: '2.0.0/rc 1', build: '17', stage, status, url: 'https://ci.example.org/17' },
    ...{ variables: { Branch: 'main' }, ...more },
  });
  await burgee.report(run('Test', 'succeeded', { job: 'unit' }), run('Rollout', 'succeeded', { environment: 'Production' }));
  await burgee.change(project.path, { visibility: 'public' });
  await context.route('https://ci.example.org/**', (route) => route.fulfill({ body: 'the tool' }));

  await page.goto(project.url);
  await page.getByRole('listitem').filter({ hasText: 'Production' }).getByRole('link', { name: '2.0.0/rc 1', exact: true }).click();
  await expect(page).toHaveURL(`${project.url}/-/releases/2.0.0/rc%201`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Release 2.0.0/rc 1');
  await expect(page.getByRole('region', { name: 'Now in' })).toContainText('Production');
  await expect(page.getByRole('img', { name: 'Production: 2.0.0/rc 1' })).toBeVisible();

  await page.getByRole('region', { name: 'Builds' }).getByRole('link', { name: '#17' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Build #17');
  await expect(page.getByRole('region', { name: 'Stages' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('row', { name: 'Branch' })).toContainText('main');

  await page.getByRole('region', { name: 'Stages' }).getByRole('link', { name: /succeeded.*unit/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Job unit, build #17');
  await expect(page.getByRole('img', { name: 'build: passing' })).toBeVisible();
  await expect(page.getByRole('link', { name: /builder/ })).toHaveCount(0);

  await page.getByRole('link', { name: 'Open at ci.example.org' }).click();
  await expect(page).toHaveURL('https://ci.example.org/17');
});

test('the tabs lead to the lists, and the dashboard to the run', async ({ page, burgee, project }) => {
  await burgee.change(project.path, { visibility: 'public' });
  await page.goto(project.url);
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Releases' }).click();
  await expect(page.getByRole('row')).toHaveCount(5);
  await expect(page.getByRole('row', { name: /^1.2.0-rc.1/ })).toContainText('Staging');
  await page.getByRole('navigation', { name: 'Project' }).getByRole('link', { name: 'Builds' }).click();
  await expect(page.getByRole('heading', { name: 'No build here' })).toBeVisible();

  await page.goto(`${burgee.url}/?q=${encodeURIComponent(project.title)}`);
  await page.getByRole('row', { name: project.title }).getByRole('link', { name: /1.2.0-rc.1/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Deployment of 1.2.0-rc.1 to Staging');
});

// Who gets in, and where one lands.
import { ADMIN, Burgee } from '../support/burgee.ts';
import { expect, sessionOf, signIn, test } from '../support/test.ts';

test.use({ signedIn: false });

test('after signing in one is on the page that was asked for', async ({ page, burgee, project }) => {
  const wanted = `${burgee.url}/${project.path}/-/badge-builder?environment=staging&label=project`;
  await page.goto(wanted);
  await expect(page).toHaveURL(/\/sign-in\?return_to=/);
  await page.getByLabel('User name').fill(ADMIN.username);
  await page.getByLabel('Password').fill(ADMIN.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(wanted);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Badge Builder');
});

test('the way back never leads to another site', async ({ page, burgee }) => {
  for (const elsewhere of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
    await page.goto(`${burgee.url}/sign-in?return_to=${encodeURIComponent(elsewhere)}`);
    await expect(page.locator('main input[name=return_to]')).toHaveValue('/');
  }
});

test('a wrong password keeps the name, the way back and the secret of which of them was wrong', async ({
  page,
  burgee,
  complaints,
}) => {
  complaints.expect(/status of 422/);
  const said: (string | null)[] = [];
  for (const username of [ADMIN.username, 'nobody-of-that-name']) {
    await page.goto(`${burgee.url}/sign-in?return_to=/tokens`);
    await page.getByLabel('User name').fill(username);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    said.push(await page.getByRole('alert').textContent());
    await expect(page.getByLabel('User name')).toHaveValue(username);
    await expect(page.getByLabel('Password')).toHaveValue('');
    await expect(page.getByLabel('Password')).toBeFocused();
    await expect(page.locator('main input[name=return_to]')).toHaveValue('/tokens');
  }
  expect(said[0]).toContain('Name or password is wrong');
  expect(said[1]).toBe(said[0]);
});

test('signing out ends the session, also for a copy of its cookie', async ({ page, burgee, context }) => {
  // A session of its own: the others go on with theirs.
  const session = await burgee.signIn();
  await signIn(context, burgee.url, session);
  await page.goto(`${burgee.url}/tokens`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tokens');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  expect((await context.cookies()).map((cookie) => cookie.name)).not.toContain('burgee_session');
  await signIn(context, burgee.url, session);
  await page.goto(`${burgee.url}/tokens`);
  await expect(page).toHaveURL(/\/sign-in\?return_to=%2Ftokens/);
});

test('the session cookie is out of reach for scripts and other sites', async ({ page, burgee, context }) => {
  const response = await fetch(`${burgee.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...ADMIN, return_to: '/' }),
  });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);
  await signIn(context, burgee.url, await sessionOf(burgee));
  await page.goto(burgee.url);
  expect(await page.evaluate(() => document.cookie)).not.toContain('burgee_session');
});

test('a form that another site sends is refused', async ({ burgee }) => {
  const session = await sessionOf(burgee);
  const elsewhere: Record<string, string>[] = [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }];
  for (const headers of elsewhere) {
    const response = await fetch(`${burgee.url}/theme`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...headers, cookie: `${session.name}=${session.value}` },
      body: new URLSearchParams({ theme: 'dark' }),
    });
    expect(response.status, JSON.stringify(headers)).toBe(403);
    expect(response.headers.get('set-cookie')).toBeNull();
  }
});

test('too many attempts have to wait', async ({ page, complaints }) => {
  complaints.expect(/status of 4(22|29)/);
  const burgee = await Burgee.start();
  try {
    const attempt = () =>
      fetch(`${burgee.url}/sign-in`, {
        method: 'POST',
        body: new URLSearchParams({ username: 'admin', password: 'a wrong one, again', return_to: '/' }),
      });
    const statuses = [];
    for (let n = 0; n < 10; n += 1) statuses.push((await attempt()).status);
    expect(new Set(statuses)).toEqual(new Set([422]));
    await page.goto(`${burgee.url}/sign-in`);
    await page.getByLabel('User name').fill(ADMIN.username);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('alert')).toContainText(/Too many attempts\. Please wait \d+ seconds/);
  } finally {
    await burgee.stop();
  }
});

// Members: who is one, what a role allows, and how one becomes a member.
import { type Browser, type Page } from '@playwright/test';
import { type Account, ADMIN, Burgee } from '../support/burgee.ts';
import { expect, test as base } from '../support/test.ts';

// A server of its own: the others count sign-ins too.
const test = base.extend<object, { harbour: Burgee }>({
  harbour: [
    async ({}, use) => {
      const harbour = await Burgee.start({ sample: true });
      await use(harbour);
      await harbour.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.use({ signedIn: false });
test.describe.configure({ mode: 'default' });

/** A browser in which somebody has signed in. */
async function signedIn(browser: Browser, harbour: Burgee, account: Account, at = '/'): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${harbour.url}/sign-in?return_to=${encodeURIComponent(at)}`);
  await page.getByLabel('User name').fill(account.username);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${harbour.url}${at}`);
  await expect(page.getByRole('banner')).toContainText(account.username);
  return page;
}

const tabs = (page: Page) => page.getByRole('navigation', { name: /^(Project|Group|Space)$/ }).getByRole('link');
const direct = (page: Page) => page.getByRole('list', { name: 'Direct members' });
const statusOf = async (page: Page, url: string) => (await page.request.get(url)).status();

test('a member is added, promoted and removed, and sees what the role allows', async ({ browser, harbour }) => {
  test.slow();
  const payments = `${harbour.url}/harbour/payments`;
  const ada = await harbour.account('ada');
  const admin = await signedIn(browser, harbour, ADMIN, '/harbour/payments/-/members');
  const hers = await signedIn(browser, harbour, ada);

  await test.step('who is no member sees nothing of a private project', async () => {
    await expect(hers.getByRole('main')).not.toContainText('harbour/payments');
    const absent = (await hers.goto(`${harbour.url}/harbour/submarine`))!;
    const hidden = (await hers.goto(payments))!;
    expect([hidden.status(), absent.status()]).toEqual([404, 404]);
  });

  await test.step('a reporter is added, and reads', async () => {
    await expect(admin.getByText('Nobody has a role in this project alone.')).toBeVisible();
    await admin.getByLabel('User name').fill('ada');
    await admin.getByLabel('Role', { exact: true }).selectOption('Reporter');
    await admin.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(admin.getByRole('status')).toContainText('The member was added.');
    await expect(direct(admin).getByRole('listitem')).toHaveCount(1);
    await expect(admin.getByLabel('Role of ada')).toHaveValue('reporter');

    await hers.goto(payments);
    await expect(hers.getByRole('heading', { level: 1 })).toHaveText('Payments');
    await expect(tabs(hers)).toHaveText(['Overview', 'Releases', 'Builds', 'Badges']);
    await expect(hers.getByRole('button', { name: 'Request access' })).toHaveCount(0);
    for (const page of ['settings', 'members', 'badge-builder']) {
      expect(await statusOf(hers, `${payments}/-/${page}`), page).toBe(404);
    }
    const forged = await hers.request.post(`${payments}/-/members`, {
      form: { action: 'add', username: 'ada', role: 'owner' },
      maxRedirects: 0,
    });
    expect(forged.status()).toBe(404);
  });

  await test.step('the same account is not added twice, nor one that there is not', async () => {
    for (const [name, says] of [
      ['ada', 'is a member already'],
      ['ida', 'There is no account called “ida”.'],
    ]) {
      await admin.getByLabel('User name').fill(name);
      await admin.getByRole('button', { name: 'Add', exact: true }).click();
      await expect(admin.getByLabel('User name')).toHaveAccessibleDescription(new RegExp(says));
      await expect(admin.getByLabel('User name')).toHaveValue(name);
      await expect(admin.getByLabel('User name')).toBeFocused();
    }
    await expect(direct(admin).getByRole('listitem')).toHaveCount(1);
  });

  await test.step('a maintainer changes the project, but gives no role above her own', async () => {
    await admin.getByLabel('Role of ada').selectOption('Maintainer');
    await admin.getByRole('button', { name: 'Save the role of ada' }).click();
    await expect(admin.getByRole('status')).toContainText('The role was changed.');

    await hers.goto(payments);
    await expect(tabs(hers)).toHaveText(['Overview', 'Releases', 'Builds', 'Badges', 'Badge Builder', 'Members', 'Settings']);
    await tabs(hers).getByText('Settings').click();
    await hers.getByLabel('Title').fill('Payments of the harbour');
    await hers.getByRole('button', { name: 'Save' }).click();
    await expect(hers.getByRole('status')).toContainText('Saved');
    await tabs(hers).getByText('Members').click();
    await hers.getByLabel('Role of ada').selectOption('Owner');
    await hers.getByRole('button', { name: 'Save the role of ada' }).click();
    await expect(hers.getByRole('alert')).toContainText('Nobody can give or take a role above their own.');
    await expect(hers.getByLabel('Role of ada')).toHaveValue('maintainer');
    // What is above the project is none of her business.
    expect(await statusOf(hers, `${harbour.url}/harbour/-/settings`)).toBe(404);
    expect(await statusOf(hers, `${harbour.url}/harbour/-/members`)).toBe(404);
  });

  await test.step('the role is taken away once that is confirmed', async () => {
    await admin.goto(`${payments}/-/members`);
    await admin.getByRole('link', { name: 'Remove ada' }).click();
    const question = admin.getByRole('form', { name: 'Remove the member' });
    await expect(question).toContainText('Take this role away from ada?');
    await question.getByRole('link', { name: 'Keep' }).click();
    await expect(direct(admin).getByRole('listitem')).toHaveCount(1);
    await admin.getByRole('link', { name: 'Remove ada' }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    await expect(admin.getByRole('status')).toContainText('The member was removed.');
    await expect(direct(admin)).toHaveCount(0);
    expect(await statusOf(hers, payments)).toBe(404);
  });
  await Promise.all([admin.context().close(), hers.context().close()]);
});

test('whoever may see a project asks for a role, and waits until it is given', async ({ browser, harbour }) => {
  test.slow();
  const cleo = await harbour.account('cleo');
  const admin = await signedIn(browser, harbour, ADMIN);
  const hers = await signedIn(browser, harbour, cleo, '/harbour/web-shop');
  const ask = async () => {
    await hers.goto(`${harbour.url}/harbour/web-shop`);
    await hers.getByRole('button', { name: 'Request access' }).click();
    await expect(hers).toHaveURL(`${harbour.url}/harbour/web-shop`);
    await expect(hers.getByText('Access requested')).toBeVisible();
    await expect(hers.getByRole('button', { name: 'Request access' })).toHaveCount(0);
  };
  const requests = admin.getByRole('list', { name: /Requests|Access/ });

  await test.step('what is denied can be asked for again', async () => {
    await ask();
    await admin.goto(`${harbour.url}/harbour/web-shop/-/members`);
    await admin.getByRole('button', { name: 'Deny the request of cleo' }).click();
    await expect(admin.getByRole('status')).toContainText('The request was denied.');
    await expect(admin.getByRole('main')).not.toContainText('cleo');
    await ask();
  });

  await test.step('what is approved makes a member', async () => {
    await admin.goto(`${harbour.url}/harbour/web-shop/-/members`);
    await expect(requests.getByRole('listitem')).toContainText('cleo');
    await admin.getByLabel('Role for cleo').selectOption('Maintainer');
    await admin.getByRole('button', { name: 'Approve the request of cleo' }).click();
    await expect(admin.getByRole('status')).toContainText('The request was approved.');
    await expect(admin.getByLabel('Role of cleo')).toHaveValue('maintainer');
    await expect(requests).toHaveCount(0);
    await hers.reload();
    await expect(hers.getByText('Access requested')).toHaveCount(0);
    await expect(tabs(hers)).toHaveText(['Overview', 'Releases', 'Builds', 'Badges', 'Badge Builder', 'Members', 'Settings']);
  });

  await test.step('nobody asks without signing in, or for what they cannot see', async () => {
    const post = (path: string) =>
      fetch(`${harbour.url}${path}/-/request-access`, { method: 'POST', redirect: 'manual', body: new URLSearchParams() });
    const [open, closed] = [await post('/harbour/web-shop'), await post('/harbour/payments')];
    expect([open.status, closed.status]).toEqual([303, 303]);
    expect(open.headers.get('location')).toMatch(/^\/sign-in/);
    expect((await hers.request.post(`${harbour.url}/harbour/payments/-/request-access`)).status()).toBe(404);
    await admin.goto(`${harbour.url}/harbour/payments/-/members`);
    await expect(admin.getByRole('main')).not.toContainText('cleo');
  });
  await Promise.all([admin.context().close(), hers.context().close()]);
});

test("a role in a group holds for what is in it, and its owner looks after it", async ({ browser, harbour }) => {
  test.slow();
  const bjarne = await harbour.account('bjarne');
  await harbour.command('member', 'set', '--user', 'bjarne', '--role', 'owner', '--group', 'harbour/lines');
  const his = await signedIn(browser, harbour, bjarne, '/harbour/lines');
  await expect(tabs(his)).toHaveText(['Overview', 'Badges', 'Members', 'Settings']);
  await tabs(his).getByText('Settings').click();
  await his.getByLabel('Name').fill('Ferry lines');
  await his.getByRole('button', { name: 'Save' }).click();
  await expect(his.getByRole('status')).toContainText('Saved');

  await his.goto(`${harbour.url}/harbour/lines/timetable-api/-/members`);
  const inherited = his.getByRole('list', { name: 'Inherited members' }).getByRole('listitem');
  await expect(inherited).toContainText(/bjarne.*you.*from Ferry lines.*Owner/s);
  await inherited.getByRole('link', { name: 'Ferry lines' }).click();
  await expect(his).toHaveURL(`${harbour.url}/harbour/lines/-/members`);
  await expect(direct(his).getByRole('listitem')).toContainText('bjarne');
  // Not for what is beside the group, or above it.
  await his.goto(`${harbour.url}/harbour/web-shop`);
  await expect(tabs(his)).toHaveText(['Overview', 'Releases', 'Builds', 'Badges']);
  expect(await statusOf(his, `${harbour.url}/harbour/-/members`)).toBe(404);
  await his.context().close();
});

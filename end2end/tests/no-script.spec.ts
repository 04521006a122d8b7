// Before the WebAssembly arrives, or without it: forms and links do everything.
import { decode, fetchBadge } from '../support/badge.ts';
import { ADMIN } from '../support/burgee.ts';
import { expect, test } from '../support/test.ts';

test.use({ javaScriptEnabled: false });

test.describe('as a visitor', () => {
  test.use({ signedIn: false });

  test('signing in and out works without script', async ({ page, burgee }) => {
    await page.goto(`${burgee.url}/tokens`);
    await page.getByLabel('User name').fill(ADMIN.username);
    await page.getByLabel('Password').fill(ADMIN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(`${burgee.url}/tokens`);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
  });
});

test('settings are saved without script', async ({ page, project }) => {
  await page.goto(`${project.url}/-/settings`);
  await page.getByLabel('Title').fill('A title of its own');
  await page.getByRole('switch', { name: 'Badges' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toContainText('Saved');
  await expect(page.getByLabel('Title')).toHaveValue('A title of its own');
  await expect(page.getByRole('switch', { name: 'Badges' })).not.toBeChecked();
});

test('a wrong setting is told beside its field, and what was typed stays', async ({ page, project, complaints }) => {
  complaints.expect(/status of 422/);
  await page.goto(`${project.url}/-/settings`);
  await page.getByLabel('Title').fill('x'.repeat(600));
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Nothing was saved');
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Title')).toHaveValue('x'.repeat(600));
});

test('the builder is a form that asks for the page again', async ({ page, project }) => {
  await page.goto(`${project.url}/-/badge-builder`);
  const shown = async () => decode((await page.locator('#preview-light').getAttribute('src'))!);
  expect((await shown()).toString()).toContain('Production: 1.0.0');

  await page.getByLabel('Environment', { exact: true }).first().selectOption('Production');
  await page.locator('#label-project').check();
  await page.getByText('Advanced').click();
  await page.locator('#includeFailed').check();
  await page.locator('#style-flat-square').check();
  await page.getByRole('button', { name: 'Show' }).click();

  const badge = (await shown()).toString();
  expect(badge).toContain(`${project.title}: 1.1.0`);
  await expect(page.locator('#style-flat-square')).toBeChecked();
  const url = await page.locator('#snippet-url').inputValue();
  expect((await fetchBadge(url)).toString()).toBe(badge);

  await page.locator('#tenantId').selectOption('Northwind Ltd');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('#label-tenant').check();
  await page.getByRole('button', { name: 'Show' }).click();
  expect((await shown()).toString()).toContain('Northwind Ltd: 0.9.0');
});

test('texts can be selected, and no button promises what it cannot do', async ({ page, project }) => {
  await page.goto(`${project.url}/-/badge-builder`);
  for (const format of ['markdown', 'html', 'url']) {
    const box = page.locator(`#snippet-${format}`);
    await expect(box).toBeVisible();
    await expect(box).toBeEditable({ editable: false });
    await box.focus();
    await page.keyboard.press('Control+A');
    const selected = await box.evaluate((field: HTMLTextAreaElement) =>
      field.value.slice(field.selectionStart, field.selectionEnd),
    );
    expect(selected).toBe(await box.inputValue());
    expect(selected).toContain('/latest_release');
    await expect(page.locator(`#copy-${format}`)).toBeHidden();
  }
});

test('a token can be made and revoked without script', async ({ page, burgee }) => {
  const name = `paper ${Math.random().toString(36).slice(2)}`;
  await page.goto(`${burgee.url}/tokens`);
  await page.getByLabel('Name').fill(name);
  await page.locator('#scope-runs-read').check();
  await page.getByRole('button', { name: /Create/ }).click();
  const secret = await page.locator('#snippet-token').inputValue();
  const asks = () => fetch(`${burgee.url}/api/burgee/v1/runs?limit=1`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await asks()).status).toBe(200);
  await page.goto(`${burgee.url}/tokens`);
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('link', { name: /Revoke/ }).click();
  await expect(page.getByRole('heading', { name: 'No badge here uses this token' })).toBeVisible();
  await page.getByRole('button', { name: 'Revoke the token' }).click();
  await expect(page.getByRole('status')).toContainText('revoked');
  expect((await asks()).status).toBe(401);
});

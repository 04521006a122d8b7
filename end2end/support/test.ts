// The fixtures: a server per worker, a page that is signed in, and a watch that fails a test when the browser
// complains (script errors, policy violations, failed requests).
import { type BrowserContext, type Page, test as base } from '@playwright/test';
import { ADMIN, Burgee } from './burgee.ts';

export { expect } from '@playwright/test';

/** What the browser complained about. */
export class Complaints {
  readonly list: string[] = [];
  #expected: RegExp[] = [];

  constructor(context: BrowserContext) {
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.list.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.list.push(`script: ${error.error()}`));
    context.on('requestfailed', (request) => {
      // Leaving a page ends its requests.
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
        this.list.push(`request: ${request.url()} ${request.failure()?.errorText}`);
      }
    });
  }

  /** Some are what a test is about, such as the 404 of a page that is not there. */
  expect(pattern: RegExp): void {
    this.#expected.push(pattern);
  }

  get unexpected(): string[] {
    return this.list.filter((line) => !this.#expected.some((pattern) => pattern.test(line)));
  }
}

/** A project of its own for a test, with a little of everything; its badges are on. */
export interface Project {
  title: string;
  /** `default/web-shop-1`. */
  path: string;
  /** The address of its page. */
  url: string;
}

interface TestFixtures {
  /** Whether `page` is signed in; `test.use({ signedIn: false })` for visitors. */
  signedIn: boolean;
  complaints: Complaints;
  project: Project;
}

interface WorkerFixtures {
  /** A server with the account ADMIN and the sample data. */
  burgee: Burgee;
}

let projects = 0;

export const test = base.extend<TestFixtures, WorkerFixtures>({
  signedIn: [true, { option: true }],

  burgee: [
    async ({}, use) => {
      const burgee = await Burgee.start({ sample: true });
      await use(burgee);
      await burgee.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  baseURL: async ({ burgee }, use) => use(burgee.url),

  complaints: [
    async ({ context, javaScriptEnabled }, use) => {
      const complaints = new Complaints(context);
      // A browser without script does not fetch any either.
      if (!javaScriptEnabled) complaints.expect(/^request: .*\.js csp$/);
      await use(complaints);
      base.expect(complaints.unexpected, 'the browser has nothing to complain about').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, burgee, signedIn }, use) => {
    if (signedIn) await signIn(context, burgee.url, await sessionOf(burgee));
    await use(context);
  },

  project: async ({ burgee }, use, info) => {
    projects += 1;
    const title = `Web Shop ${info.workerIndex}-${projects}`;
    const run = (environment: string, release: string, status: string, more = {}) => ({
      ...{ project: title, environment, release, status, url: 'https://ci.example.org/1' },
      ...more,
    });
    const { results } = await burgee.report(
      run('Production', '1.0.0', 'succeeded'),
      run('Production', '1.1.0', 'failed'),
      run('Staging', '1.2.0-rc.1', 'running'),
      run('Production', '0.9.0', 'succeeded', { tenant: 'Northwind Ltd' }),
    );
    const path: string = results[0].run.project;
    await burgee.change(path, { badges_enabled: true });
    await use({ title, path, url: `${burgee.url}/${path}` });
  },
});

type Session = Promise<{ name: string; value: string }>;
const sessions = new WeakMap<Burgee, Map<string, Session>>();

/** The session of ADMIN or another account, begun when it is first needed. */
export function sessionOf(burgee: Burgee, account = ADMIN): Session {
  const known = sessions.get(burgee) ?? new Map<string, Session>();
  sessions.set(burgee, known);
  let session = known.get(account.username);
  if (!session) known.set(account.username, (session = burgee.signIn(account)));
  return session;
}

/** Gives a browser the session. */
export async function signIn(
  context: BrowserContext,
  url: string,
  session: { name: string; value: string },
): Promise<void> {
  await context.addCookies([{ ...session, url, httpOnly: true, sameSite: 'Lax' }]);
}

/** Waits until the islands of a page have woken. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('leptos-island [data-hydrated]').first().waitFor({ state: 'attached' });
}

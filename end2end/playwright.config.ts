// How the browser tests run: in the Chromium that tools/setup/chromium.sh found, or the one CHROMIUM_PATH names.
import { existsSync, readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const record = new URL('../.tools/chromium-path', import.meta.url);
const executablePath =
  process.env.CHROMIUM_PATH || (existsSync(record) ? readFileSync(record, 'utf8').trim() : undefined);

export default defineConfig({
  testDir: './tests',
  outputDir: '../target/e2e/results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  reporter: [['list']],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1180, height: 800 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath,
      args: [
        // The sandbox refuses root, who runs the tests in containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // A name that leads here without being a "secure context", as http://badges.internal is to its users.
        '--host-resolver-rules=MAP burgee.test 127.0.0.1',
        // Only the server under test is there to talk to.
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

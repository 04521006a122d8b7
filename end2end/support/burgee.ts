// A real `burgee serve` with a data folder of its own: started, talked to, and stopped by its own process id.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const BINARY = process.env.BURGEE_E2E_BINARY || fileURLToPath(new URL('../../target/debug/burgee', import.meta.url));
export const ADMIN: Account = { username: 'admin', password: 'a quiet berth for tests' };

/** Somebody who can sign in. */
export interface Account {
  username: string;
  password: string;
}

export interface Start {
  /** Makes the account ADMIN; without it there is only the set-up link. */
  account?: boolean;
  /** Fills the database with the sample of `burgee demo` first; with its badges, if `env` says the public URL. */
  sample?: boolean;
  /** Further environment variables: BURGEE_PUBLIC_URL and the like. */
  env?: Record<string, string>;
  /** The port on 127.0.0.1; any free one without it. */
  port?: number;
  /** A database other than SQLite in the data folder. */
  databaseUrl?: string;
}

/** A run as `POST /api/burgee/v1/runs` takes it. */
export type Report = { project: string; status: string } & Record<string, unknown>;

export class Burgee {
  /** Scheme, host and port on which it listens. */
  url = '';
  /** The one-time link for the first account, as printed. */
  setupLink?: string;
  /** The `runs:write` token in the printed `curl`. */
  starterToken?: string;
  /** Everything it wrote: standard output and standard error. */
  output = '';
  #process!: ChildProcess;
  #token?: Promise<string>;
  #gitlabToken?: Promise<string>;

  private constructor(
    readonly dataDir: string,
    readonly env: Record<string, string>,
  ) {}

  static async start(options: Start = {}): Promise<Burgee> {
    const dataDir = await mkdtemp(join(tmpdir(), 'burgee-e2e-'));
    const burgee = new Burgee(dataDir, {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      BURGEE_DATA_DIR: dataDir,
      ...(options.databaseUrl ? { BURGEE_DATABASE_URL: options.databaseUrl } : {}),
      BURGEE_LOG: 'warn',
    });
    if (options.sample) {
      const env = { ...burgee.env, ...options.env };
      await run(BINARY, ['demo', '--seed-only', '--data-dir', dataDir], { cwd: dataDir, env });
    }
    await burgee.#serve(options);
    return burgee;
  }

  /** A server that knows its own address, so that the badges of the sample are there. */
  static async startKnown(options: Start = {}): Promise<Burgee> {
    const port = await freePort();
    return Burgee.start({ ...options, port, env: { ...options.env, BURGEE_PUBLIC_URL: `http://127.0.0.1:${port}` } });
  }

  async #serve(options: Start): Promise<void> {
    const account = options.account === false ? {} : { BURGEE_ADMIN_PASSWORD: ADMIN.password };
    this.#process = spawn(BINARY, ['serve', '--listen', `127.0.0.1:${options.port ?? 0}`], {
      cwd: this.dataDir,
      env: { ...this.env, ...account, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const greeting = await this.#greeting();
    const open = /^ +Open +(\S+)$/m.exec(greeting)?.[1] ?? '';
    this.url = options.port ? `http://127.0.0.1:${options.port}` : open.replace(/\/$/, '');
    this.setupLink = /^ +Set up +(\S+)/m.exec(greeting)?.[1];
    this.starterToken = /Bearer (\S+?)'/.exec(greeting)?.[1];
  }

  /** What it prints once it listens; ends with an empty line. */
  #greeting(): Promise<string> {
    return new Promise((resolve, reject) => {
      const failed = (why: string) => reject(new Error(`burgee serve ${why}; it wrote:\n${this.output}`));
      const timer = setTimeout(() => failed('printed no address within 30 s'), 30_000);
      this.#process.on('exit', (code) => failed(`ended with ${code}`));
      this.#process.on('error', (error) => failed(`did not start: ${error.message}`));
      this.#process.stderr?.on('data', (data) => (this.output += data));
      let greeting = '';
      this.#process.stdout?.on('data', (data) => {
        this.output += data;
        greeting += data;
        if (/Open[^]*\n\n$/.test(greeting)) {
          clearTimeout(timer);
          resolve(greeting);
        }
      });
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5_000);
      await gone;
      clearTimeout(timer);
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Runs another command of the same binary on the same data; answers what it printed. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await run(BINARY, words, { cwd: this.dataDir, env: this.env });
    return stdout.trim();
  }

  /** Makes an account with `burgee user create`. */
  async account(username: string): Promise<Account> {
    const account = { username, password: `the password of ${username}` };
    const words = ['user', 'create', username, '--password-stdin'];
    const made = run(BINARY, words, { cwd: this.dataDir, env: this.env });
    made.child.stdin?.end(`${account.password}\n`);
    await made;
    return account;
  }

  /** A token that may report and change everything, made by `burgee token create`. */
  token(): Promise<string> {
    this.#token ??= this.command(
      ...['token', 'create', '--name', 'tests', '--scope', 'runs:write', '--scope', 'projects:write'],
    );
    return this.#token;
  }

  /** Calls the native API; a failure is an error that shows the answer. */
  async api(method: string, path: string, body?: unknown): Promise<any> {
    const response = await fetch(`${this.url}/api/burgee/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await this.token()}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Calls the API that is GitLab's, as an administrator or with another token. */
  async gitlab(method: string, path: string, body?: unknown, token?: string): Promise<any> {
    this.#gitlabToken ??= this.command('token', 'create', '--name', 'gitlab', '--scope', 'api');
    const response = await fetch(`${this.url}/api/v4${path}`, {
      method,
      headers: { 'private-token': token ?? (await this.#gitlabToken), 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  /** Adds a badge to a project or group, named by its full path. */
  addBadge(of: 'projects' | 'groups', path: string, badge: { name?: string; link_url: string; image_url: string }): Promise<any> {
    return this.gitlab('POST', `/${of}/${encodeURIComponent(path)}/badges`, badge);
  }

  /** Reports runs, in this order. */
  report(...runs: Report[]): Promise<any> {
    return this.api('POST', '/runs', runs);
  }

  /** Changes a project, named by its full path. */
  change(path: string, change: Record<string, unknown>): Promise<any> {
    return this.api('PATCH', `/projects/${encodeURIComponent(path)}`, change);
  }

  /** Signs in as a browser would, and answers the session's cookie. Once per server: attempts are limited. */
  async signIn(account = ADMIN): Promise<{ name: string; value: string }> {
    const response = await fetch(`${this.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...account, return_to: '/' }),
    });
    const cookie = /^(burgee_session)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '');
    if (!cookie) throw new Error(`signing in: ${response.status} ${await response.text()}`);
    return { name: cookie[1], value: cookie[2] };
  }
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

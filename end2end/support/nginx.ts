// nginx with end2end/nginx.conf, in a folder of its own; started, and stopped by its own process id.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TEMPLATE = new URL('../nginx.conf', import.meta.url);
const PATH = `${process.env.PATH}:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin`;

/** What stands in the template as `${name}`. */
export type Ports = Record<`${'root' | 'kept' | 'stripped'}_${'port' | 'burgee'}`, number>;

export class Nginx {
  #process!: ChildProcess;

  private constructor(readonly folder: string) {}

  static async start(ports: Ports): Promise<Nginx> {
    const nginx = new Nginx(await mkdtemp(join(tmpdir(), 'burgee-nginx-')));
    const { folder } = nginx;
    const template = await readFile(TEMPLATE, 'utf8');
    const text = template.replace(/\$\{(\w+)\}/g, (_, name: keyof Ports) => String(ports[name]));
    await writeFile(join(folder, 'nginx.conf'), text);
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'],
      ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')],
    ]);
    nginx.#process = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
      env: { ...process.env, PATH },
      stdio: 'ignore',
    });
    await nginx.#listening(ports.root_port);
    return nginx;
  }

  async #listening(port: number): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      if (this.#process.exitCode !== null) break;
      const socket = connect(port, '127.0.0.1');
      const open = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'error').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      if (open) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`nginx does not listen: ${await this.errors()}`);
  }

  /** What it complained about. */
  errors(): Promise<string> {
    return readFile(join(this.folder, 'error.log'), 'utf8').catch(() => 'no log');
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const gone = once(this.#process, 'exit');
      this.#process.kill('SIGTERM');
      await gone;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}

// An empty database on the PostgreSQL server that `make e2e` starts (tools/with-postgres.sh).
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';

const record = new URL('../../.tools/postgres-bin', import.meta.url);
const server = process.env.TEST_POSTGRES_URL;

/** Whether there is a server. */
export const hasPostgres = Boolean(server) && existsSync(record);

/** The URL of a new database. The server is thrown away after the tests, and its databases with it. */
export async function newDatabase(): Promise<string> {
  const name = `e2e_${randomUUID().replaceAll('-', '')}`;
  const psql = join(readFileSync(record, 'utf8').trim(), 'psql');
  await promisify(execFile)(psql, [server!, '--quiet', '--command', `CREATE DATABASE ${name}`]);
  const url = new URL(server!);
  url.pathname = `/${name}`;
  return url.toString();
}

import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The real program is the judge of what we write, cut off from the settings of whoever runs the tests. */
const environment: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Tom Moseley',
  GIT_AUTHOR_EMAIL: 'tom@example.com',
  GIT_COMMITTER_NAME: 'Tom Moseley',
  GIT_COMMITTER_EMAIL: 'tom@example.com',
};

export const gitIsThere = spawnSync('git', ['--version']).status === 0;

/** A test that needs the real program; without it, it is skipped and says so. */
export function gitTest(name: string, body: () => Promise<void>, timeout?: number): void {
  if (gitIsThere) test(name, body, timeout);
  else test.skip(`${name} (skipped: there is no git program)`, body, timeout);
}

/** Runs git in a repository and answers what it printed, without the last newline. */
export function git(repository: string, args: readonly string[], input?: string | Uint8Array): string {
  const printed = execFileSync('git', ['-C', repository, ...args], {
    env: environment,
    input,
    stdio: 'pipe',
    maxBuffer: 1 << 26,
  });
  return printed.toString('utf8').replace(/\n$/, '');
}

/** As {@link git}, while the test goes on. */
export async function gitMeanwhile(repository: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)('git', ['-C', repository, ...args], { env: environment });
}

/** A directory for one test file, removed at its end; `next()` names a path in it that does not exist yet. */
export function scratch(): { next: (suffix?: string) => string } {
  let directory = '';
  let count = 0;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-git-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return { next: (suffix = '') => join(directory, `${(count += 1)}${suffix}`) };
}

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from '../support/child-process';

const PARENT = join(__dirname, 'support', 'parent.ts');
const firstLine = async ({ lines }: Child): Promise<unknown> => {
  for await (const line of lines) return JSON.parse(line);
  throw new Error('The process said nothing.');
};

describe('the parent of the validator', () => {
  it('loads no parser and ends by itself, although a child waits for work', async () => {
    const parent = startChild(PARENT, []);

    expect(await firstLine(parent)).toEqual({ valid: true, parsers: [] });
    for await (const line of parent.lines) throw new Error(`unexpected: ${line}`);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('takes its children along when it is killed, and gives them no environment', async () => {
    const parent = startChild(PARENT, ['stay']);
    await firstLine(parent);
    const [child] = execFileSync('ps', ['-o', 'pid=', '--ppid', String(parent.pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
    const environment = readFileSync(`/proc/${child}/environ`, 'utf8')
      .split('\0')
      .filter((entry) => entry !== '');
    await parent.kill();

    expect(environment.filter((entry) => !entry.startsWith('NODE_CHANNEL_'))).toEqual([]);
    while (isAlive(child ?? 0)) await wait(10);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

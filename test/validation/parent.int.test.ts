import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
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
    const [child] = childrenOf(parent.pid);
    const cwd = readlinkSync(`/proc/${child}/cwd`);
    const environment = readFileSync(`/proc/${child}/environ`, 'utf8')
      .split('\0')
      .filter((entry) => entry !== '');
    await parent.kill();

    expect(environment).toEqual([]);
    expect(cwd).toBe(join(__dirname, '..', '..', 'src', 'validation', 'child'));
    while (isAlive(child ?? 0)) await wait(10);
  });

  onLinux('leaves no orphan behind, not even one inside a rule that never ends', async () => {
    const parent = startChild(join(__dirname, 'support', 'busy-parent.ts'), []);
    expect(await firstLine(parent)).toBe('busy');
    const [orphan = 0] = childrenOf(parent.pid);
    await parent.kill();
    const orphaned = performance.now();
    expect(isAlive(orphan)).toBe(true);
    // Four and a half seconds by the limits; a busy machine takes longer to get there.
    while (isAlive(orphan) && performance.now() - orphaned < 20_000) await wait(20);

    expect(isAlive(orphan)).toBe(false);
  });
});

function childrenOf(pid: number): readonly number[] {
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return listed.trim().split('\n').map(Number);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { git, gitIsThere } from '../git/real-git';
import { readLog } from '../server/support/agreement';
import { expectRecomputed, type Foreigner, foreigner, POINTER_FILE } from '../server/support/foreign-work';
import { dataOf } from '../server/support/graphql-client';
import { startStoppable, type StoppableServer } from '../server/support/stoppable-server';

/** Longest time in which a drift has to be seen by a server that looks as often as it does by itself. */
const SEEN_WITHIN_MS = 10_000;
const PLAN = 'document_types/implementation_plan/releases';

const described = gitIsThere ? describe : describe.skip;

described('a server that is killed while drift is resolved (needs git)', () => {
  let dataDirectory: string;
  let gitdir: string;
  let server: StoppableServer;
  let eve: Foreigner;
  beforeAll(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'slipway-kill-drift-'));
    gitdir = join(dataDirectory, 'repository.git');
    server = await startStoppable(dataDirectory, 'silent');
    eve = foreigner(gitdir);
  });
  afterAll(async () => {
    await server.end();
    rmSync(dataDirectory, { recursive: true });
  });

  const at = (ref: string): string => git(gitdir, ['rev-parse', ref]);
  const drift = async (): Promise<readonly { ref: string }[]> => {
    const answer = await server.run('{ drift { ref } }');
    return dataOf(answer!).drift as readonly { ref: string }[];
  };
  const resolve = async (remedy: string) =>
    server.run(`mutation { resolveDrift(input: { remedy: ${remedy} }) { resolved { ref } } }`);
  const killedAt = async (step: string, remedy: string): Promise<void> => {
    await server.arm(step);
    await resolve(remedy);
    expect(await server.gone).toBe('SIGKILL');
    server = await startStoppable(dataDirectory, 'silent');
  };
  const typesSince = async (count: number): Promise<readonly string[]> =>
    (await readLog(dataDirectory)).slice(count).map(({ type }) => type);

  it('sees a foreign commit within seconds', async () => {
    const ours = at('main');
    eve.push({ 'NOTES.md': 'Mine\n' });
    const began = performance.now();
    let ready = true;
    while (ready) {
      const answer = await fetch(server.url.replace('/graphql', '/readyz'));
      ready = answer.status === 200;
      if (ready) await pause(10);
    }
    const seenAfterMs = performance.now() - began;
    process.stdout.write(`a foreign commit was seen after ${String(Math.round(seenAfterMs))} ms\n`);
    expect(seenAfterMs).toBeLessThan(SEEN_WITHIN_MS);
    await resolve('HEAL');
    expect(at('main')).toBe(ours);
  });

  it.each(['kept', 'appended', 'ref moved'])('finishes a heal that was killed when it was %s', async (step) => {
    const ours = at('main');
    const foreign = eve.push({ 'NOTES.md': `${step}\n` });
    expect(await drift()).toHaveLength(1);
    await killedAt(step, 'HEAL');
    if (step === 'ref moved') expect(await drift()).toEqual([]);
    else dataOf((await resolve('HEAL'))!);
    expect(await drift()).toEqual([]);
    expect(at('main')).toBe(ours);
    expect(at(`refs/slipway/quarantine/${foreign}`)).toBe(foreign);
    await expectRecomputed(dataDirectory);
  });

  it('finishes an adoption that was killed after each of its appends, and heals nothing in between', async () => {
    const before = (await readLog(dataDirectory)).length;
    const manifest = readFileSync(join(eve.directory, PLAN, '1.0.0', 'package.yaml'), 'utf8');
    const foreign = eve.push({
      [`${PLAN}/1.1.0/package.yaml`]: manifest.replace('version: 1.0.0', 'version: 1.1.0'),
      [POINTER_FILE]: readFileSync(join(eve.directory, POINTER_FILE), 'utf8').replace(
        '"implementation_plan": "1.0.0"',
        '"implementation_plan": "1.1.0"',
      ),
    });
    expect(await drift()).toHaveLength(1);
    await killedAt('appended', 'ADOPT');
    expect(await typesSince(before)).toEqual(['ReleaseAdopted']);
    await killedAt('appended', 'ADOPT');
    expect(await typesSince(before)).toEqual(['ReleaseAdopted', 'PointerAdopted']);
    const [refused] = (await resolve('HEAL'))!.errors;
    expect(refused).toMatchObject({ message: expect.stringContaining('Finish it') as string });
    await killedAt('appended', 'ADOPT');
    expect(await drift()).toEqual([]);
    expect(await typesSince(before)).toEqual(['ReleaseAdopted', 'PointerAdopted', 'DriftResolved', 'Adopted']);
    expect(at('main')).toBe(foreign);
    await expectRecomputed(dataDirectory);
  });
});

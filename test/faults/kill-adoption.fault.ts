import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type RecordedEvent } from '../../src/domain';
import { gitIsThere } from '../git/real-git';
import { expectAgreement, readLog } from '../server/support/agreement';
import { flatRepository } from '../server/support/source-repository';
import { datedRepository } from '../server/support/irregular-history';
import { startStoppable } from '../server/support/stoppable-server';

const REGISTER = join(__dirname, '..', 'support', 'register-packed-ts.cjs');
const RANDOM_KILLS = 5;
/** A first start takes about so long here; later moments find it finished, which is a case as well. */
const LONGEST_MS = 1_800;
/** As many as the example, and the repository below, has streams: the last one seals the adoption. */
const STREAMS = 8;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'slipway-adoption-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs a script of the tests until it ends, or for a while. Answers what ended it. */
async function runScript(script: string, args: readonly string[], killAfterMs?: number): Promise<string | number> {
  const path = join(__dirname, '..', 'server', 'support', script);
  const child = spawn(process.execPath, ['-r', REGISTER, path, ...args], { stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(child, 'close');
  if (killAfterMs !== undefined) {
    await Promise.race([pause(killAfterMs), closed]);
    child.kill('SIGKILL');
  }
  const [code, signal] = (await closed) as [number, null] | [null, string];
  return signal ?? code;
}

/** Starts a server on the directory and expects a whole, usable adoption. Answers its log. */
async function startedAfter(dataDirectory: string): Promise<readonly RecordedEvent[]> {
  const server = await startStoppable(dataDirectory);
  try {
    await server.caughtUp();
    const answer = await server.run('{ viewer { roles } }');
    expect(answer?.data).toEqual({ viewer: { roles: ['admin'] } });
    return await expectAgreement(server, dataDirectory);
  } finally {
    await server.end();
  }
}

/** What an adoption says, without when it said it: streams are written side by side, so their order is left open. */
function facts(events: readonly RecordedEvent[]): readonly unknown[] {
  return events
    .map(({ stream, revision, type, data, metadata }) => ({ stream, revision, type, data, eventId: metadata.eventId }))
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
}

const killing = gitIsThere ? describe : describe.skip;

killing('a first start that is killed (needs git)', () => {
  let expected: readonly unknown[];
  beforeAll(async () => {
    expected = facts(await startedAfter(join(scratch, 'whole')));
    expect(new Set(expected.map((fact) => (fact as { stream: string }).stream)).size).toBe(STREAMS);
  });

  it.each([1, 4, STREAMS - 1, STREAMS])('is finished by the next one after %i streams', async (appends) => {
    const directory = join(scratch, `example-${appends}`);
    expect(await runScript('adopt-and-stop.ts', [directory, String(appends)])).toBe('SIGKILL');
    expect(facts(await startedAfter(directory))).toEqual(expected);
  });

  it(`is finished by the next one at any of ${RANDOM_KILLS} random moments`, async () => {
    const moments: number[] = [];
    try {
      for (let kill = 0; kill < RANDOM_KILLS; kill += 1) {
        const moment = Math.floor(Math.random() * LONGEST_MS);
        moments.push(moment);
        const directory = join(scratch, `random-${kill}`);
        expect(await runScript('serve-and-stop.ts', [directory], moment)).toBe('SIGKILL');
        expect(facts(await startedAfter(directory))).toEqual(expected);
      }
    } catch (error) {
      throw new Error(`Killed after ${moments.join(', ')} ms.`, { cause: error });
    }
  }, 60_000);
});

killing('an import that is killed (needs git)', () => {
  let source: string;
  let expected: readonly unknown[];
  beforeAll(async () => {
    source = flatRepository(join(scratch, 'source'));
    const whole = join(scratch, 'import');
    expect(await runScript('adopt-and-stop.ts', [whole, 'never', source])).toBe(0);
    expected = facts(await readLog(whole));
  });

  it.each([1, 5, STREAMS - 1, STREAMS])('is finished when it is run again after %i streams', async (appends) => {
    const directory = join(scratch, `import-${appends}`);
    expect(await runScript('adopt-and-stop.ts', [directory, String(appends), source])).toBe('SIGKILL');
    // Once it is sealed there is nothing left to run again.
    if (appends < STREAMS) expect(await runScript('adopt-and-stop.ts', [directory, 'never', source])).toBe(0);
    expect(facts(await startedAfter(directory))).toEqual(expected);
  });

  it('with its history, is finished when it is run again in the same way, and in no other', async () => {
    const dated = datedRepository(join(scratch, 'dated'));
    const whole = join(scratch, 'history');
    expect(await runScript('adopt-and-stop.ts', [whole, 'never', dated, 'history'])).toBe(0);
    const said = facts(await readLog(whole));
    expect(said).toHaveLength(9);
    const directory = join(scratch, 'half a history');
    // Once inside of the pointer's stream, then before the seal.
    expect(await runScript('adopt-and-stop.ts', [directory, '3', dated, 'history'])).toBe('SIGKILL');
    const half = facts(await readLog(directory));
    expect(await runScript('adopt-and-stop.ts', [directory, 'never', dated])).toBe(1);
    expect(facts(await readLog(directory))).toEqual(half);
    expect(await runScript('adopt-and-stop.ts', [directory, '4', dated, 'history'])).toBe('SIGKILL');
    expect(await runScript('adopt-and-stop.ts', [directory, 'never', dated, 'history'])).toBe(0);
    expect(facts(await readLog(directory))).toEqual(said);
    expect(facts((await startedAfter(directory)).slice(0, said.length))).toEqual(said);
  }, 60_000);

  it('is not taken for a first start', async () => {
    const directory = join(scratch, 'half an import');
    await runScript('adopt-and-stop.ts', [directory, '2', source]);
    const before = facts(await readLog(directory));
    await expect(startStoppable(directory)).rejects.toThrow('was interrupted here');
    expect(facts(await readLog(directory))).toEqual(before);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPinReader } from '../../../src/application/pointer/read-pins';
import { availableValidation } from '../../../src/application/releases/available-validation';
import { DEFAULT_LAYOUT } from '../../../src/domain';
import { type GitRepository } from '../../../src/git';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { type ValidationEngine } from '../../../src/validation';
import { SERVICE, treeOf } from '../../git/fixture-repository';
import { engineFromSource } from '../../validation/support/engine-from-source';

const workflows = { path: 'workflows/{id}/releases/{version}', manifest: null };
const layout = { ...DEFAULT_LAYOUT, kinds: { ...DEFAULT_LAYOUT.kinds, workflows } };
const adopted = { commit: 'commit', layout, serviceIdentity: SERVICE, commitForm: 1, previousEventId: null };

let directory: string;
let repository: GitRepository;
let engine: ValidationEngine;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'slipway-pins-'));
  repository = await initGitRepository({ gitdir: join(directory, 'repository.git') });
  engine = engineFromSource({ processes: 1, timeoutMs: 20_000 });
});
afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true, force: true });
});

/** A reader whose clock moves on by so much whenever it is looked at, and the releases it had to read. */
function reader({ tickMs = 0, validation = engine }: { tickMs?: number; validation?: ValidationEngine } = {}) {
  const asked: string[] = [];
  const available = availableValidation(validation);
  let now = Date.parse('2026-03-01T12:00:00.000Z');
  const read = createPinReader({
    repository,
    requireAdopted: () => Promise.resolve(adopted),
    clock: { now: () => new Date((now += tickMs)).toISOString() },
    validation: {
      readPins: (release) => {
        asked.push(release.package);
        return available.readPins(release);
      },
    },
  });
  return { read, asked };
}

const release = async (name: string, reference = 'prompt:task:brief:1.0.0') => ({
  package: `workflows/${name}`,
  version: '1.0.0',
  tree: await treeOf(repository, { 'definition.json': JSON.stringify({ task_ref: reference }) }),
});

describe('the reader of pins', () => {
  it('answers in the order it was asked, and reads nothing twice, not even for two at once', async () => {
    const { read, asked } = reader();
    const [a, b] = [await release('a'), await release('b', 'prompt:task:other:1.0.0')];
    const [first, second] = await Promise.all([read([a, b]), read([b, a])]);
    expect(first.map((pins) => pins?.map(({ reference }) => reference))).toEqual([
      ['prompt:task:brief:1.0.0'],
      ['prompt:task:other:1.0.0'],
    ]);
    expect(second).toEqual([...first].reverse());
    expect(await read([b])).toEqual([first[1]]);
    expect([...asked].sort()).toEqual(['workflows/a', 'workflows/b']);
  });

  it('says of content that is damaged that it cannot be told, and reads the others', async () => {
    const { read } = reader();
    const damaged = { ...(await release('a')), tree: 'f'.repeat(40) };
    expect(await read([damaged, await release('b')])).toMatchObject([null, [{ path: 'definition.json' }]]);
  });

  it('begins no other release when time is up, and gets further when it is asked again', async () => {
    const { read, asked } = reader({ tickMs: 3_000 });
    const all = [await release('a'), await release('b'), await release('c')];
    const told = async () => (await read(all)).map((pins) => pins !== null);
    expect(await told()).toEqual([true, false, false]);
    expect(await told()).toEqual([true, true, false]);
    expect(await told()).toEqual([true, true, true]);
    expect(asked).toHaveLength(3);
  });

  it('reads no more than five hundred for one answer', async () => {
    const { read } = reader();
    const same = await release('a');
    const told = await read(Array.from({ length: 502 }, () => same));
    expect(told.map((pins) => pins === null).lastIndexOf(false)).toBe(499);
    expect(told).toHaveLength(502);
  });

  it('cannot tell where no validator is available, and does not remember that', async () => {
    const closed = engineFromSource({ processes: 1 });
    await closed.close();
    const { read, asked } = reader({ validation: closed });
    const a = await release('a');
    expect([await read([a]), await read([a])]).toEqual([[null], [null]]);
    expect(asked).toHaveLength(2);
  });
});

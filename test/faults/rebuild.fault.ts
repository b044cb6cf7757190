import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContentLost } from '../../src/git';
import { type RebuildStep } from '../../src/server/rebuild-git';
import { rebuildReadModels } from '../../src/server/rebuild-read-models';
import { gitIsThere } from '../git/real-git';
import { driftOf } from '../server/support/drift-of-tests';
import { foreigner } from '../server/support/foreign-work';
import { expectSound, lose, rebuild, refsOf } from '../server/support/rebuilt-repository';
import { fillWithHistory } from '../server/support/rich-log';
import { type RunningSlipway, startSlipway } from '../server/support/running-slipway';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const REPOSITORY_SCRIPT = join(__dirname, '..', 'server', 'support', 'rebuild-and-stop.ts');
const READ_MODELS_SCRIPT = join(__dirname, 'support', 'rebuild-read-models-and-stop.ts');
const STEPS: readonly RebuildStep[] = ['begun', 'made', 'complete', 'old put aside', 'taken'];
const PROMPT = 'prompts/task.prompt.txt';
const MOVES =
  '{ activeReleases { pointer position revision } activations(first: 50) { edges { node { id reason } } } }';

const withGit = gitIsThere ? describe : describe.skip;

withGit('a rebuild (needs git)', () => {
  let slipway: RunningSlipway;
  beforeAll(async () => {
    slipway = await startSlipway({ lookEveryMs: 100 });
    await fillWithHistory(slipway);
    await slipway.published();
  });
  afterAll(() => slipway.close());

  function dies(...args: readonly string[]): void {
    const ran = spawnSync(process.execPath, ['-r', REGISTER, ...args]);
    expect(ran.signal).toBe('SIGKILL');
  }

  it('is refused where content is lost, by its name, and takes it from a clone', async () => {
    const clone = mkdtempSync(join(tmpdir(), 'slipway-clone-'));
    cpSync(join(slipway.dataDirectory, 'repository.git'), clone, { recursive: true });
    const before = refsOf(slipway);
    const blob = slipway.git('rev-parse', `main:document_types/project_discovery/releases/1.5.0/${PROMPT}`);
    await slipway.restart(async () => {
      lose(slipway, blob);
      await expect(rebuild(slipway)).rejects.toThrow(ContentLost);
      await expect(rebuild(slipway)).rejects.toThrow(new RegExp(`${blob}.*--content-from`));
      expect(refsOf(slipway)).toBe(before);
      expect((await rebuild(slipway, [clone])).differences).toEqual([]);
    });
    expect(refsOf(slipway)).toBe(before);
    expectSound(slipway);
    rmSync(clone, { recursive: true });
  });

  it('killed at whichever step, leaves a repository in use and can be run again', async () => {
    await slipway.published();
    const before = refsOf(slipway);
    for (const step of STEPS) {
      await slipway.restart(() => {
        dies(REPOSITORY_SCRIPT, slipway.dataDirectory, step);
      });
      expect({ step, refs: refsOf(slipway) }).toEqual({ step, refs: before });
    }
    expectSound(slipway);
    await slipway.restart(async () => {
      expect(await rebuild(slipway)).toMatchObject({ taken: true, differences: [] });
    });
    expect(refsOf(slipway)).toBe(before);
  });

  it('of a log that was adopted again, twice, has the same refs', async () => {
    const { seen, resolve } = driftOf(slipway);
    const eve = foreigner(join(slipway.dataDirectory, 'repository.git'));
    for (const round of ['one', 'two']) {
      eve.push({ [`notes-${round}.md`]: 'By hand.\n' });
      expect(await seen()).toHaveLength(1);
      if (round === 'one') await slipway.commands.deactivate(['implementation_plan']);
      else await slipway.commands.activate({ implementation_plan: '1.0.0' });
      await resolve('ADOPT', { reason: 'It was agreed' });
      await slipway.published();
    }
    eve.push({ 'notes-three.md': 'By hand.\n' });
    expect(await seen()).toHaveLength(1);
    await resolve('QUARANTINE', { reason: 'It was not agreed' });
    await slipway.published();
    const before = refsOf(slipway);
    expect(before).toContain('refs/heads/quarantine/');
    await slipway.restart(async () => {
      expect((await rebuild(slipway)).differences).toEqual([]);
    });
    expect(refsOf(slipway)).toBe(before);
    expect(await seen()).toEqual([]);
    expectSound(slipway);
  });

  it('of read models, killed before they are complete, leaves the old ones in use', async () => {
    const before = await slipway.ask(MOVES);
    dies(READ_MODELS_SCRIPT, slipway.dataDirectory); // beside the running server
    const rebuilding = join(slipway.dataDirectory, 'read-model.db.rebuilding');
    expect(existsSync(rebuilding)).toBe(true);
    expect(await slipway.ask(MOVES)).toEqual(before);
    await slipway.restart(() => dies(READ_MODELS_SCRIPT, slipway.dataDirectory));
    expect(existsSync(join(slipway.dataDirectory, 'read-model.db.rebuilt'))).toBe(false);
    expect(await slipway.ask(MOVES)).toEqual(before);
    await slipway.restart(async () => {
      const { taken, digest, digestBefore } = await rebuildReadModels({ dataDirectory: slipway.dataDirectory });
      expect({ taken, digest }).toEqual({ taken: true, digest: digestBefore });
    });
    expect(await slipway.ask(MOVES)).toEqual(before);
  });
});

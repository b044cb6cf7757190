import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ContentLost } from '../../src/git';
import { type GitRebuild, rebuildGit, type RebuildStep } from '../../src/server/rebuild-git';
import { gitIsThere } from '../git/real-git';
import { fillWithHistory } from './support/rich-log';
import { type RunningSlipway, startSlipway } from './support/running-slipway';
import { takeOver } from './support/taken-over';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const SCRIPT = join(__dirname, 'support', 'rebuild-and-stop.ts');
const BUNDLE =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const STEPS: readonly RebuildStep[] = ['begun', 'made', 'complete', 'old put aside', 'taken'];
const PROMPT = 'prompts/task.prompt.txt';

const withGit = gitIsThere ? describe : describe.skip;

function refsOf(slipway: RunningSlipway): string {
  return slipway.git('for-each-ref', '--format=%(objectname) %(refname)');
}

function rebuild(slipway: RunningSlipway, contentFrom: readonly string[] = [], discardOld = true): Promise<GitRebuild> {
  return rebuildGit({ dataDirectory: slipway.dataDirectory, contentFrom, discardOld });
}

function expectSound(slipway: RunningSlipway): void {
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
}

/** Takes an object away, as a disk may, out of the packs that a former rebuild has made too. */
function lose(slipway: RunningSlipway, oid: string): void {
  unpack(slipway);
  rmSync(join(slipway.dataDirectory, 'repository.git', 'objects', oid.slice(0, 2), oid.slice(2)), { force: true });
}

function unpack(slipway: RunningSlipway): void {
  const packs = join(slipway.dataDirectory, 'repository.git', 'objects', 'pack');
  const aside = mkdtempSync(join(tmpdir(), 'slipway-packs-'));
  for (const name of readdirSync(packs)) {
    cpSync(join(packs, name), join(aside, name));
    rmSync(join(packs, name));
  }
  for (const name of readdirSync(aside).filter((each) => each.endsWith('.pack'))) {
    const args = ['--git-dir', join(slipway.dataDirectory, 'repository.git'), 'unpack-objects', '-q'];
    expect(spawnSync('git', args, { input: readFileSync(join(aside, name)) }).status).toBe(0);
  }
  rmSync(aside, { recursive: true });
}

withGit('a repository that is rebuilt (needs git)', () => {
  let slipway: RunningSlipway;
  beforeAll(async () => {
    slipway = await startSlipway();
    await fillWithHistory(slipway);
    await slipway.commands.tag({ package: 'project_discovery', version: '1.5.0' }).catch(() => undefined);
    await slipway.published();
  });
  afterAll(() => slipway.close());

  it('has the same refs at the same ids, drafts and tags included', async () => {
    const before = refsOf(slipway);
    expect(before).toContain('refs/slipway/drafts/');
    await slipway.restart(async () => {
      expect(await rebuild(slipway)).toMatchObject({ taken: true, replaced: null, differences: [] });
    });
    expect(refsOf(slipway)).toBe(before);
    expectSound(slipway);
  });

  it('needs neither main nor what the log makes from the old one', async () => {
    const before = refsOf(slipway);
    const adopted = slipway.git('rev-list', '--max-parents=0', 'main');
    const made = slipway.git('log', '--first-parent', '--format=%H %T %s', `${adopted}..main`).split('\n');
    expect(made.length).toBeGreaterThan(5);
    await slipway.restart(async () => {
      for (const [commit = '', tree = '', subject = ''] of made.map((line) => line.split(' '))) {
        lose(slipway, commit);
        // The tree of a staging may be a draft's too, which the log names.
        if (subject === 'release:') lose(slipway, tree);
      }
      rmSync(join(slipway.dataDirectory, 'repository.git', 'refs', 'heads', 'main'));
      const { differences } = await rebuild(slipway);
      expect(differences.map(({ ref }) => ref)).toEqual(['refs/heads/main']);
    });
    expect(refsOf(slipway)).toBe(before);
    expectSound(slipway);
  });

  it('keeps foreign commits of main apart', async () => {
    const main = slipway.git('rev-parse', 'main');
    const foreign = slipway.git('commit-tree', '-p', 'main', '-m', 'By hand', 'main^{tree}');
    await slipway.restart(async () => {
      slipway.git('update-ref', 'refs/heads/main', foreign);
      const { differences } = await rebuild(slipway);
      expect(differences).toMatchObject([
        { ref: 'refs/heads/main', before: foreign, after: main },
        { ref: `refs/slipway/quarantine/${foreign}`, after: foreign },
      ]);
    });
    expect(slipway.git('rev-parse', 'main')).toBe(main);
    slipway.git('update-ref', '-d', `refs/slipway/quarantine/${foreign}`);
  });

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

  it('waits beside a running server for its next start, and loses nothing of what happens until then', async () => {
    const left = (await slipway.commands.start({ package: 'project_discovery' })).id;
    const ended = (await slipway.commands.start({ package: 'project_discovery' })).id;
    expect(await rebuild(slipway, [], false)).toMatchObject({ taken: false, replaced: null });
    await slipway.commands.save(left, [{ path: PROMPT, content: 'Saved while it was rebuilt.\n' }]);
    await slipway.commands.abandon(ended);
    await slipway.commands.ship('project_discovery', {
      files: { [PROMPT]: 'Shipped while it was rebuilt.\n' },
      input: { changeType: 'MINOR' },
    });
    await slipway.commands.deactivate(['implementation_plan']);
    await slipway.published();
    const before = refsOf(slipway);
    await slipway.restart();
    expect(refsOf(slipway)).toBe(before);
    expectSound(slipway);
    const old = join(slipway.dataDirectory, 'repository.git.replaced-1');
    expect([existsSync(old), existsSync(join(slipway.dataDirectory, 'repository.git.rebuilt'))]).toEqual([true, false]);
    const { draft } = await slipway.ask(`{ draft(id: "${left}") { artifact(path: "${PROMPT}") { content } } }`);
    expect(draft).toEqual({ artifact: { content: 'Saved while it was rebuilt.\n' } });
    rmSync(old, { recursive: true });
  });

  it('killed at whichever step, leaves a repository in use and can be run again', async () => {
    await slipway.published();
    const before = refsOf(slipway);
    for (const step of STEPS) {
      await slipway.restart(() => {
        const ran = spawnSync(process.execPath, ['-r', REGISTER, SCRIPT, slipway.dataDirectory, step]);
        expect(ran.signal).toBe('SIGKILL');
      });
      expect({ step, refs: refsOf(slipway) }).toEqual({ step, refs: before });
    }
    expectSound(slipway);
    await slipway.restart(async () => {
      expect(await rebuild(slipway)).toMatchObject({ taken: true, differences: [] });
    });
    expect(refsOf(slipway)).toBe(before);
  });
});

const real = gitIsThere && existsSync(BUNDLE) ? it : it.skip;

real('a real configuration repository has the same ids (skipped where the real repository is absent)', async () => {
  const { slipway } = await takeOver(BUNDLE);
  try {
    await slipway.commands.deactivate(['templates/pgc_clarifier']);
    await slipway.published();
    const before = refsOf(slipway);
    await slipway.restart(async () => {
      expect((await rebuild(slipway)).differences).toEqual([]);
    });
    expect(refsOf(slipway)).toBe(before);
    expectSound(slipway);
  } finally {
    await slipway.close();
  }
});

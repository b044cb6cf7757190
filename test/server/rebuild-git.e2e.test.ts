import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gitIsThere } from '../git/real-git';
import { expectSound, lose, rebuild, refsOf } from './support/rebuilt-repository';
import { fillWithHistory } from './support/rich-log';
import { type RunningSlipway, startSlipway } from './support/running-slipway';
import { takeOver } from './support/taken-over';

const BUNDLE =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const PROMPT = 'prompts/task.prompt.txt';

const withGit = gitIsThere ? describe : describe.skip;

withGit('a repository that is rebuilt (needs git)', () => {
  let slipway: RunningSlipway;
  beforeAll(async () => {
    slipway = await startSlipway();
    await fillWithHistory(slipway);
    await slipway.commands.tag({ package: 'project_discovery', version: '1.5.0' }).catch(() => undefined);
    await slipway.published();
  });
  afterAll(() => slipway.close());

  it('has the same refs at the same ids, drafts, tags and what was put aside included', async () => {
    const aside = slipway.git('commit-tree', '-p', 'main', '-m', 'Healed away', 'main^{tree}');
    slipway.git('update-ref', `refs/slipway/quarantine/${aside}`, aside);
    slipway.git('update-ref', `refs/heads/quarantine/${aside.slice(0, 7)}`, aside);
    const before = refsOf(slipway);
    for (const kind of ['refs/slipway/drafts/', 'refs/slipway/quarantine/', 'refs/heads/quarantine/', 'refs/tags/'])
      expect(before).toContain(kind);
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

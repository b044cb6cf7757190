import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { documentType, flatRepository, sourceRepository } from './support/source-repository';
import { expectRoundTrip, takeOver, type TakenOver } from './support/taken-over';

let scratch: string;
const opened: TakenOver[] = [];
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'slipway-shapes-'));
});
afterEach(async () => {
  for (const { slipway } of opened.splice(0)) await slipway.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

async function takenOver(source: string): Promise<TakenOver> {
  const taken = await takeOver(source);
  opened.push(taken);
  return taken;
}

const ALPHA = {
  package: 'alpha',
  from: '1.0.0',
  path: 'prompts/task.prompt.txt',
  content: 'Write it well.\n',
  releases: 'document_types/alpha/releases',
};

const shapes = gitIsThere ? describe : describe.skip;

shapes('a repository is taken over and published to as it is (needs git)', () => {
  it('with a flat pointer and no layout file', async () => {
    const taken = await takenOver(flatRepository(join(scratch, 'flat')));
    expect(taken.reading.layout.pointer.form).toBe('flat');
    await expectRoundTrip(taken, ALPHA);
  });

  it('with a layout file of its own', async () => {
    const source = sourceRepository(join(scratch, 'declared'), [
      {
        ...documentType('alpha', '1.0.0', 'packages/alpha/v/1.0.0'),
        'live/pointer.json': '{\n  "guide/style": "1.0.0",\n  "alpha": "1.0.0"\n}\n',
        'guides/style/1.0.0/guide.md': 'Be brief.\n',
        'slipway.yaml': `# Where things are.
layout:
  defaultKind: document
  kinds:
    document:
      path: packages/{id}/v/{version}
      manifest: { file: package.yaml, id: doc_type_id, version: version }
    guide: { path: 'guides/{id}/{version}', manifest: null }
  pointer: { path: live/pointer.json, form: flat }
`,
      },
    ]);
    const taken = await takenOver(source);
    const pointerFile = 'live/pointer.json';
    await expectRoundTrip(taken, { ...ALPHA, releases: 'packages/alpha/v', pointerFile });
    const style = { package: 'guide/style', from: '1.0.0', path: 'guide.md', content: 'Be briefer.\n' };
    const { slipway, reading } = taken;
    const { id } = await slipway.commands.start({ package: style.package });
    await slipway.commands.save(id, [{ path: style.path, content: style.content }]);
    await slipway.commands.commit({ draft: id, changeType: 'MINOR' });
    await slipway.commands.stage({ package: style.package, version: '1.1.0' });
    await slipway.commands.activate({ [style.package]: '1.1.0' });
    await slipway.published();
    expect(slipway.git('show', `main:${pointerFile}`)).toBe('{\n  "guide/style": "1.1.0",\n  "alpha": "1.0.0"\n}');
    expect(slipway.git('ls-tree', '--name-only', 'main', 'guides/style/')).toBe(
      'guides/style/1.0.0\nguides/style/1.1.0',
    );
    expect(reading.notAdopted).toEqual([]);
  });

  it('with a symlink, a submodule and an executable file beside its releases', async () => {
    const source = flatRepository(join(scratch, 'odd'));
    const link = git(source, ['hash-object', '-w', '--stdin'], '_active/active_releases.json');
    const script = git(source, ['hash-object', '-w', '--stdin'], '#!/bin/sh\nexit 0\n');
    const entries = [
      `120000,${link},current`,
      `160000,${git(source, ['rev-parse', 'main'])},vendor/library`,
      `100755,${script},tools/check.sh`,
    ];
    for (const entry of entries) git(source, ['update-index', '--add', '--cacheinfo', entry]);
    git(source, ['commit', '--quiet', '--message', 'Add what is no configuration']);

    const taken = await takenOver(source);
    await expectRoundTrip(taken, ALPHA);
    const listed = taken.slipway.git('ls-tree', '-r', 'main', 'current', 'vendor', 'tools');
    expect(listed).toBe(git(source, ['ls-tree', '-r', 'HEAD', 'current', 'vendor', 'tools']));
    expect(listed.split('\n')).toHaveLength(3);
  });

  it('with history that is not linear, on a branch of another name', async () => {
    const source = flatRepository(join(scratch, 'merged'));
    git(source, ['checkout', '--quiet', '-b', 'side', 'main~1']);
    git(source, ['commit', '--quiet', '--allow-empty', '--message', 'On the side']);
    git(source, ['checkout', '--quiet', 'main']);
    git(source, ['merge', '--quiet', '--no-ff', '--message', 'Merge the side', 'side']);
    git(source, ['branch', '--quiet', '--move', 'main', 'trunk']);
    const taken = await takenOver(source);
    expect(taken.reading.commit).toBe(git(source, ['rev-parse', 'trunk']));
    await expectRoundTrip(taken, ALPHA);
    expect(taken.slipway.git('rev-list', '--count', taken.reading.commit)).toBe('4');
  });
});

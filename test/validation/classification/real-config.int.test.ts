import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChangeClassification } from '../../../src/domain';
import { type ContentFile, type ValidationEngine } from '../../../src/validation';
import { DOCUMENT_TYPE } from '../support/a-release';
import { engineFromSource } from '../support/engine-from-source';

const BUNDLE =
  process.env.SLIPWAY_REAL_CONFIG ??
  join(__dirname, '..', '..', '..', '..', 'shared', 'real-config', 'config-history.bundle');
const ifPresent = existsSync(BUNDLE) ? describe : describe.skip;

/** `SLIPWAY_SHOW_TABLE=1` prints what was found for each change, to be read and judged. */
const SHOWS = process.env.SLIPWAY_SHOW_TABLE === '1';

interface Row {
  readonly where: string;
  readonly classification: ChangeClassification;
}

ifPresent('the changes of a real configuration repository', () => {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-real-changes-'));
  const git = (...args: readonly string[]): Buffer =>
    execFileSync('git', ['-C', directory, ...args], { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'ignore'] });
  const lines = (...args: readonly string[]): string[] =>
    git(...args)
      .toString()
      .trim()
      .split('\n')
      .filter(Boolean);
  let engine: ValidationEngine;

  beforeAll(() => {
    git('clone', '--quiet', '--bare', '--branch', 'main', BUNDLE, '.');
    engine = engineFromSource();
  });
  afterAll(async () => {
    await engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('between two versions of a package each have reasons, the same in every run', async () => {
    const rows = await classifyAll(versionPairs());
    show(rows);

    expect(rows.length).toBeGreaterThanOrEqual(3);
    for (const { classification } of rows) expect(classification.reasons[0]?.changeType).toBe(classification.required);
    expect(await classifyAll(versionPairs())).toEqual(rows);
  });

  it('made to a release in place, by each commit, are all compared to the end', async () => {
    const rows = await classifyAll(editsInPlace());
    show(rows);

    expect(rows.length).toBeGreaterThan(20);
    const rules = rows.flatMap(({ classification }) => classification.reasons.map(({ rule }) => rule));
    expect(rules.filter((rule) => /not-compared|not-readable|too-large/.test(rule))).toEqual([]);
  });

  function versionPairs(): Pair[] {
    const directories = releaseDirectories('main');
    return directories.flatMap((after) => {
      const earlier = directories.filter((other) => packageOf(other) === packageOf(after) && other < after);
      return earlier.map((before) => ({
        where: `${before} -> ${versionOf(after)}`,
        before: ['main', before],
        after: ['main', after],
      }));
    });
  }

  function editsInPlace(): Pair[] {
    return lines('rev-list', '--reverse', 'main').flatMap((commit) => {
      const [, parent] = lines('rev-list', '--parents', '-n', '1', commit)[0]?.split(' ') ?? [];
      if (parent === undefined) return [];
      const edited = directoriesOf(lines('diff-tree', '-r', '--name-only', parent, commit));
      const [before, after] = [parent, commit].map(releaseDirectories);
      return edited
        .filter((each) => before?.includes(each) === true && after?.includes(each) === true)
        .map((each) => ({ where: `${commit.slice(0, 7)} ${each}`, before: [parent, each], after: [commit, each] }));
    });
  }

  interface Pair {
    readonly where: string;
    readonly before: readonly string[];
    readonly after: readonly string[];
  }

  function classifyAll(pairs: readonly Pair[]): Promise<readonly Row[]> {
    return Promise.all(
      pairs.map(async ({ where, before, after }) => {
        const kind = (after[1] ?? '').split('/')[0] ?? '';
        const manifest = kind === 'document_types' ? DOCUMENT_TYPE : null;
        const files = { before: filesOf(before), after: filesOf(after) };
        return { where, classification: await engine.classifyChange({ kind, manifest, ...files }) };
      }),
    );
  }

  function filesOf([commit = '', path = '']: readonly string[]): ContentFile[] {
    return lines('ls-tree', '-r', '--name-only', commit, `${path}/`).map((file) => ({
      path: file.slice(path.length + 1),
      bytes: git('show', `${commit}:${file}`),
    }));
  }

  function releaseDirectories(commit: string): string[] {
    return directoriesOf(lines('ls-tree', '-r', '--name-only', commit));
  }
});

const directoriesOf = (paths: readonly string[]): string[] =>
  [...new Set(paths.flatMap((path) => /^(.+?\/releases\/[^/]+)\//.exec(path)?.[1] ?? []))].sort();
const packageOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));
const versionOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function show(rows: readonly Row[]): void {
  if (!SHOWS) return;
  for (const { where, classification } of rows) {
    process.stdout.write(`${String(classification.required)} ${where}\n`);
    for (const { changeType, rule, path, pointer, message, example } of classification.reasons)
      process.stdout.write(
        `    ${changeType} ${rule} ${path ?? ''} ${pointer ?? ''} ${message}${example === undefined ? '' : ` example: ${JSON.stringify(example).slice(0, 300)}`}\n`,
      );
  }
}

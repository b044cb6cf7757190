import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { git, gitIsThere } from '../git/real-git';
import { expectRoundTrip, takeOver, type TakenOver } from './support/taken-over';

const BUNDLE =
  process.env['SLIPWAY_REAL_CONFIG'] ?? resolve(__dirname, '../../../shared/real-config/config-history.bundle');
const REGISTER = join(__dirname, '..', 'support', 'register-packed-ts.cjs');
const POINTER = '_active/active_releases.json';

const real = gitIsThere && existsSync(BUNDLE) ? describe : describe.skip;
const ABSENT = 'skipped where the real repository is absent';

/** What the import of the real repository says, whichever way it came about. */
function facts({ reading }: TakenOver): unknown {
  const { commit, layout, releases, pointer } = reading;
  return { commit, layout, releases, pointer: [...pointer] };
}

real(`a real configuration repository (${ABSENT})`, () => {
  let scratch: string;
  let source: string;
  let taken: TakenOver;
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'slipway-real-'));
    source = join(scratch, 'source');
    git(scratch, ['clone', '--quiet', '--branch', 'main', BUNDLE, source]);
    taken = await takeOver(BUNDLE);
  }, 60_000);
  afterAll(async () => {
    await taken.slipway.close();
    rmSync(scratch, { recursive: true });
  });

  it('is taken over with its kinds, releases, pointer and history', async () => {
    const { slipway, reading } = taken;
    expect(Object.keys(reading.layout.kinds)).toHaveLength(8);
    expect(reading.layout.pointer).toEqual({ path: POINTER, form: 'sectioned' });
    expect(reading.commit).toBe(git(source, ['rev-parse', 'main']));
    expect(slipway.git('rev-list', '--count', 'main')).toBe('31');
    expect(slipway.git('rev-parse', 'main')).toBe(reading.commit);

    const { packages, activeReleases } = (await slipway.ask(
      `{ packages(first: 200) { totalCount nodes { id kind activeRelease { version state adopted commit } } }
         activeReleases { pointer } }`,
    )) as {
      packages: { totalCount: number; nodes: PackageView[] };
      activeReleases: { pointer: Record<string, string> };
    };
    expect(new Set(packages.nodes.map(({ kind }) => kind))).toEqual(new Set(Object.keys(reading.layout.kinds)));
    expect(packages.nodes).toHaveLength(packages.totalCount);
    expect(activeReleases.pointer).toEqual(Object.fromEntries(reading.pointer));
    expect(packages.nodes.find(({ id }) => id === 'project_discovery')?.activeRelease).toEqual({
      version: '1.4.0',
      state: 'RELEASED',
      adopted: true,
      commit: reading.commit,
    });
  });

  it('takes a change to production and back, although it has old faults, and nothing else moves by a byte', async () => {
    const change = {
      package: 'project_discovery',
      from: '1.4.0',
      path: 'prompts/task.prompt.txt',
      content: 'Ask what is known, and what is not.\n',
      releases: 'document_types/project_discovery/releases',
    };
    await expectRoundTrip(taken, change);

    const { slipway, reading } = taken;
    const manifests = ['1.4.0', '1.5.0'].map((version) =>
      slipway.git('show', `main:${change.releases}/${version}/package.yaml`),
    );
    expect(manifests[1]).toBe(manifests[0]?.replace('version: 1.4.0', 'version: 1.5.0'));
    expect(slipway.git('diff', '--stat', reading.commit, 'main', '--', '.', `:!${change.releases}/1.5.0`)).toBe('');
  });

  it('keeps the comments, sections and order of its pointer file through sets, removals and additions', async () => {
    const { slipway } = taken;
    const keys = (ref: string): unknown => {
      const file = JSON.parse(slipway.git('show', `${ref}:${POINTER}`)) as Record<string, object>;
      return Object.entries(file).map(([key, value]) => [key, typeof value === 'string' ? value : Object.keys(value)]);
    };
    const before = slipway.git('show', `main:${POINTER}`);
    const order = keys('main');
    await slipway.commands.activate({ project_discovery: '1.5.0' });
    await slipway.published();
    expect(keys('main')).toEqual(order);

    await slipway.commands.deactivate(['templates/pgc_clarifier']);
    await slipway.published();
    const lines = (text: string) => text.split('\n');
    const without = lines(slipway.git('show', `main:${POINTER}`));
    expect(lines(before).filter((line) => !without.includes(line))).toEqual(
      expect.arrayContaining([expect.stringContaining('"pgc_clarifier"')]),
    );

    await slipway.commands.activate({ 'templates/pgc_clarifier': '1.0.0' });
    await slipway.commands.rollback({ package: 'project_discovery' });
    await slipway.published();
    // It was the last of its section, and is again.
    expect(slipway.git('show', `main:${POINTER}`)).toBe(before);
    expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
  });

  it('is taken over the same when the import is killed and run again', async () => {
    const appends = 1 + Math.floor(Math.random() * 75);
    const directory = join(scratch, 'interrupted');
    const script = join(__dirname, 'support', 'adopt-and-stop.ts');
    const child = spawn(process.execPath, ['-r', REGISTER, script, directory, String(appends), BUNDLE], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
    const again = await takeOver(BUNDLE, directory);
    try {
      expect({ appends, ...(facts(again) as object) }).toEqual({ appends, ...(facts(taken) as object) });
      expect(await eventIds(again)).toEqual(await eventIds(taken));
    } finally {
      await again.slipway.close();
    }
  }, 60_000);
});

/** Ids of the adoption's events: a function of the adopted commit alone. */
async function eventIds({ slipway }: TakenOver): Promise<readonly string[]> {
  const query = `{ events(first: 200, types: ["ReleaseAdopted", "PointerAdopted", "Adopted"]) { nodes { id } } }`;
  const { events } = (await slipway.ask(query)) as { events: { nodes: { id: string }[] } };
  return events.nodes.map(({ id }) => id).sort();
}

interface PackageView {
  readonly id: string;
  readonly kind: string;
  readonly activeRelease: object | null;
}

import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckName, type CheckResult } from '../../src/git';
import { openSqlite, type SqliteDatabase } from '../../src/eventstore';
import { type Verification, verifyDataDirectory } from '../../src/server/verify-data-directory';
import { git, gitIsThere } from '../git/real-git';
import { startSlipway } from './support/running-slipway';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const RELEASE = 'document_types/project_discovery/releases/1.3.0';

/** Every test damages a copy of one data directory that was used as people use it. */
(gitIsThere ? describe : describe.skip)('slipway verify (needs the git program)', () => {
  let scratch: string;
  let used: string;
  let beside: Verification;
  let copies = 0;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), 'slipway-verify-test-'));
    used = join(scratch, 'used');
    const slipway = await startSlipway({ dataDirectory: used });
    const { commands } = slipway;
    await commands.stage({ package: 'project_discovery', version: '1.3.0' });
    await commands.activate({ project_discovery: '1.3.0' }, { reason: 'Better in the pilot' });
    await commands.tag({ package: 'project_discovery', version: '1.3.0' });
    await commands.rollback({ package: 'project_discovery', reason: 'Worse after all' });
    await slipway.published();
    beside = await verifyDataDirectory(used);
    const kept = join(scratch, 'kept');
    await slipway.restart(() => cpSync(used, kept, { recursive: true }));
    await slipway.close();
    used = kept;
  }, 60_000);
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const copy = (): string => {
    const directory = join(scratch, `copy-${String((copies += 1))}`);
    cpSync(used, directory, { recursive: true });
    return directory;
  };
  const gitdirOf = (directory: string): string => join(directory, 'repository.git');

  it('passes beside the running server and after it, and writes nothing', async () => {
    expect(beside).toMatchObject({ passed: true, unpublished: 0 });
    const directory = copy();
    const before = filesOf(directory);
    const verification = await verifyDataDirectory(directory);
    expect(failedOf(verification)).toEqual([]);
    expect(verification.checks.map(({ check }) => check)).toEqual([
      'chain',
      'commits',
      'trees',
      'pointer',
      'readModels',
      'objects',
    ]);
    expect(filesOf(directory)).toEqual(before);
  });

  it('comes to the same findings with a thread of its own for the read models', async () => {
    const directory = copy();
    onReadModel(directory, (rows) => rows.exec(`UPDATE activations SET reason = 'FORGED' WHERE action = 'ACTIVATED'`));
    const apart = (at: string) => verifyDataDirectory(at, undefined, { fromEvents: 0, execArgv: ['-r', REGISTER] });
    expect((await apart(used)).checks).toEqual((await verifyDataDirectory(used)).checks);
    expect((await apart(directory)).checks).toEqual((await verifyDataDirectory(directory)).checks);
    onLog(directory, (log) => log.exec(`DELETE FROM events WHERE type = 'Staged'`));
    expect((await apart(directory)).checks).toEqual((await verifyDataDirectory(directory)).checks);
  });

  it('passes without a read model: there is none to contradict the log, and the next start makes it', async () => {
    const directory = copy();
    rmSync(join(directory, 'read-model.db'));
    expect((await verifyDataDirectory(directory)).passed).toBe(true);
  });

  it('calls commits that are not on main yet a lag when nothing says that they were there', async () => {
    const directory = copy();
    rmSync(join(directory, 'read-model.db'));
    git(gitdirOf(directory), ['update-ref', 'refs/heads/main', 'main~1']);
    expect(await verifyDataDirectory(directory)).toMatchObject({ passed: true, unpublished: 1 });
  });

  describe('of a log that was changed', () => {
    it('names an event whose content was edited', async () => {
      const directory = copy();
      onLog(directory, (log) =>
        log.exec(`UPDATE events SET data = replace(data, 'Better in', 'FORGED in') WHERE type = 'Activated'`),
      );
      const verification = await verifyDataDirectory(directory);
      const stored = metadataOf(used, 'Activated');
      expect(resultOf(verification, 'chain').difference).toMatchObject({ event: stored.place, expected: stored.hash });
      expect(resultOf(verification, 'commits').difference).toMatchObject({
        event: stored.place,
        found: commitOf(used, 'main~1'),
      });
    });

    it('names an event that was edited and sealed anew, by the commit it has become', async () => {
      const directory = copy();
      onLog(directory, (log) =>
        log.exec(
          `UPDATE events SET metadata = json_set(metadata, '$.occurredAt', '2027-01-01T00:00:00.000Z') WHERE type = 'RolledBack'`,
        ),
      );
      const verification = await verifyDataDirectory(directory);
      const { place } = metadataOf(used, 'RolledBack');
      expect(resultOf(verification, 'chain').difference?.event).toBe(place);
      expect(resultOf(verification, 'commits').difference).toMatchObject({
        event: place,
        found: commitOf(used, 'main'),
      });
    });

    it('names the place of an event that was removed, and says what could not be checked', async () => {
      const directory = copy();
      onLog(directory, (log) => log.exec(`DELETE FROM events WHERE type = 'Staged'`));
      const verification = await verifyDataDirectory(directory);
      const { position } = metadataOf(used, 'Staged');
      const chain = resultOf(verification, 'chain');
      expect(chain.unchecked).toContain(`Position ${String(position)} is missing`);
      for (const check of ['commits', 'trees', 'pointer', 'objects'] as const) {
        expect(resultOf(verification, check)).toMatchObject({ passed: false, unchecked: chain.unchecked });
      }
    });

    it('names an event that was put in between', async () => {
      const directory = copy();
      onLog(directory, (log) => {
        const last =
          log.prepare<{ position: number }>('SELECT max(position) AS position FROM events').get()?.position ?? 0;
        log.exec(`INSERT INTO events SELECT ${String(last + 1)}, stream, revision + 7, type, 'forged', data,
          json_set(metadata, '$.eventId', 'forged') FROM events WHERE type = 'RolledBack'`);
      });
      const { difference } = resultOf(await verifyDataDirectory(directory), 'chain');
      expect(difference?.event).toMatch(/^pointer-production@\d+$/);
      expect(difference?.what).toMatch(/stands where revision \d+ should be/);
    });

    it('names the first of two events that have changed places', async () => {
      const directory = copy();
      const [a, b] = [metadataOf(used, 'Activated').position, metadataOf(used, 'RolledBack').position];
      onLog(directory, (log) => {
        log.exec(`UPDATE events SET position = 9999 WHERE position = ${String(a)}`);
        log.exec(`UPDATE events SET position = ${String(a)} WHERE position = ${String(b)}`);
        log.exec(`UPDATE events SET position = ${String(b)} WHERE position = 9999`);
      });
      const { difference } = resultOf(await verifyDataDirectory(directory), 'chain');
      expect(difference?.event).toBe(metadataOf(used, 'RolledBack').place);
    });

    it('says that main and the read models are ahead of a log whose end was cut off', async () => {
      const directory = copy();
      const { position, place } = metadataOf(used, 'RolledBack');
      onLog(directory, (log) => log.exec(`DELETE FROM events WHERE position >= ${String(position)}`));
      const verification = await verifyDataDirectory(directory);
      expect(resultOf(verification, 'chain').passed).toBe(true);
      expect(resultOf(verification, 'commits').difference).toMatchObject({
        expected: null,
        found: commitOf(used, 'main'),
      });
      expect(resultOf(verification, 'readModels').difference?.event).toBe(place);
    });

    it('says that a log that is no database cannot be read, and that nothing was checked', async () => {
      const directory = copy();
      writeFileSync(join(directory, 'events.db'), 'nothing');
      const verification = await verifyDataDirectory(directory);
      expect(verification.checks.every(({ passed, unchecked }) => !passed && unchecked !== null)).toBe(true);
    });
  });

  describe('of a repository that was changed', () => {
    it('names the event whose commit was amended on main, with the pointer file edited', async () => {
      const directory = copy();
      const gitdir = gitdirOf(directory);
      const foreign = commitWith(
        gitdir,
        'main~1',
        '_active/active_releases.json',
        '{"project_discovery": "9.9.9"}\n',
        messageOf(gitdir, 'main'),
      );
      git(gitdir, ['update-ref', 'refs/heads/main', foreign]);
      const verification = await verifyDataDirectory(directory);
      const { place } = metadataOf(used, 'RolledBack');
      expect(resultOf(verification, 'commits').difference).toEqual({
        what: expect.any(String),
        event: place,
        expected: commitOf(used, 'main'),
        found: foreign,
      });
      expect(resultOf(verification, 'pointer').difference?.what).toContain('does not name the active version');
    });

    it('names the event that main was moved back behind', async () => {
      const directory = copy();
      git(gitdirOf(directory), ['update-ref', 'refs/heads/main', 'main~1']);
      const { difference } = resultOf(await verifyDataDirectory(directory), 'commits');
      expect(difference).toMatchObject({
        event: metadataOf(used, 'RolledBack').place,
        expected: commitOf(used, 'main'),
        found: commitOf(used, 'main~1'),
      });
    });

    it('names a foreign commit on main and the release that it changes', async () => {
      const directory = copy();
      const gitdir = gitdirOf(directory);
      const foreign = commitWith(gitdir, 'main', `${RELEASE}/package.yaml`, 'version: 1.3.0\n', 'Quick fix');
      git(gitdir, ['update-ref', 'refs/heads/main', foreign]);
      const verification = await verifyDataDirectory(directory);
      expect(failedOf(verification)).toEqual(['commits', 'trees']);
      expect(resultOf(verification, 'commits').difference).toMatchObject({
        event: null,
        expected: null,
        found: foreign,
      });
      expect(resultOf(verification, 'trees').difference).toMatchObject({
        event: expect.stringMatching(/^package-project_discovery@\d+$/),
        expected: commitOf(used, `main:${RELEASE}`),
        found: git(gitdir, ['rev-parse', `main:${RELEASE}`]),
      });
    });

    it('names a tag that was moved', async () => {
      const directory = copy();
      const gitdir = gitdirOf(directory);
      const tag = git(gitdir, ['for-each-ref', '--format=%(refname)', 'refs/tags']);
      const before = git(gitdir, ['rev-parse', tag]);
      git(gitdir, ['update-ref', tag, 'main']);
      const { difference } = resultOf(await verifyDataDirectory(directory), 'objects');
      expect(difference).toMatchObject({
        event: metadataOf(used, 'Tagged').place,
        expected: before,
        found: git(gitdir, ['rev-parse', 'main']),
      });
    });

    it('says that there is no branch main', async () => {
      const directory = copy();
      git(gitdirOf(directory), ['update-ref', '-d', 'refs/heads/main']);
      const verification = await verifyDataDirectory(directory);
      expect(resultOf(verification, 'commits').difference).toMatchObject({
        expected: commitOf(used, 'main'),
        found: null,
      });
      expect(resultOf(verification, 'trees').unchecked).toContain('no branch main');
    });

    it('says that there is no repository', async () => {
      const directory = copy();
      rmSync(gitdirOf(directory), { recursive: true });
      expect(failedOf(await verifyDataDirectory(directory))).toEqual(['commits', 'trees', 'pointer', 'objects']);
    });

    it.each(['flipped', 'truncated', 'removed'] as const)(
      'names a loose object that was %s, and the release it is of',
      async (how) => {
        const directory = copy();
        const gitdir = gitdirOf(directory);
        const oid = git(gitdir, ['rev-parse', `main:${RELEASE}/package.yaml`]);
        damage(join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2)), how);
        const verification = await verifyDataDirectory(directory);
        expect(resultOf(verification, 'objects').difference).toMatchObject({ expected: oid });
        expect(resultOf(verification, 'trees').difference?.expected).toBe(oid);
        expect(resultOf(verification, 'trees').difference?.what).toContain('project_discovery');
      },
    );

    it('finds a flipped byte in a pack', async () => {
      const directory = copy();
      const gitdir = gitdirOf(directory);
      git(gitdir, ['repack', '-adq']);
      expect((await verifyDataDirectory(directory)).passed).toBe(true);
      const [pack = ''] = readdirSync(join(gitdir, 'objects', 'pack')).filter((name) => name.endsWith('.pack'));
      damage(join(gitdir, 'objects', 'pack', pack), 'flipped');
      const verification = await verifyDataDirectory(directory);
      expect(resultOf(verification, 'objects').difference?.what).toMatch(/[0-9a-f]{40}|pack/);
    });
  });

  describe('of read models that were changed', () => {
    it('names the row, as it must be and as it is, and its event', async () => {
      const directory = copy();
      onReadModel(directory, (rows) =>
        rows.exec(`UPDATE activations SET reason = 'FORGED' WHERE action = 'ACTIVATED'`),
      );
      const verification = await verifyDataDirectory(directory);
      expect(failedOf(verification)).toEqual(['readModels']);
      const { difference } = resultOf(verification, 'readModels');
      expect(difference?.event).toBe(metadataOf(used, 'Activated').place);
      expect(difference?.expected).toContain('Better in the pilot');
      expect(difference?.found).toContain('FORGED');
    });

    it('names the event for which another commit is noted', async () => {
      const directory = copy();
      onReadModel(directory, (rows) => rows.exec(`UPDATE publications SET commit_id = '${'a'.repeat(40)}'`));
      const { difference } = resultOf(await verifyDataDirectory(directory), 'readModels');
      expect(difference).toMatchObject({ event: metadataOf(used, 'Staged').place, found: 'a'.repeat(40) });
    });

    it('says that the file cannot be read when it was cut off', async () => {
      const directory = copy();
      onReadModel(directory, (rows) => rows.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
      const file = join(directory, 'read-model.db');
      truncateSync(file, Math.floor(statSync(file).size / 2));
      const verification = await verifyDataDirectory(directory);
      expect(failedOf(verification)).toEqual(['readModels']);
      expect(resultOf(verification, 'readModels').unchecked).toMatch(
        /read-model\.db cannot be (opened|read)|malformed/,
      );
    });
  });
});

function resultOf(verification: Verification, check: CheckName): CheckResult {
  const found = verification.checks.find((result) => result.check === check);
  if (found === undefined) throw new Error(`There is no result of ${check}.`);
  return found;
}

function failedOf({ checks }: Verification): readonly CheckName[] {
  return checks.filter(({ passed }) => !passed).map(({ check }) => check);
}

/** Place, position and hash of the one event of a type that the tests' log holds. */
function metadataOf(directory: string, type: string) {
  const log = openSqlite({ path: join(directory, 'events.db'), synchronous: 'NORMAL' });
  const row = log
    .prepare<{ place: string; position: number; hash: string }>(
      `SELECT stream || '@' || revision AS place, position, metadata ->> 'hash' AS hash FROM events WHERE type = ?`,
    )
    .get(type);
  log.close();
  if (row === undefined) throw new Error(`There is no ${type}.`);
  return row;
}

/** What somebody with the file and no respect for its triggers can do. */
function onLog(directory: string, change: (log: SqliteDatabase) => void): void {
  const log = openSqlite({ path: join(directory, 'events.db'), synchronous: 'FULL' });
  const triggers = log.prepare<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).all();
  for (const { name } of triggers) log.exec(`DROP TRIGGER "${name}"`);
  change(log);
  log.close();
}

function onReadModel(directory: string, change: (rows: SqliteDatabase) => void): void {
  const rows = openSqlite({ path: join(directory, 'read-model.db'), synchronous: 'NORMAL' });
  change(rows);
  rows.close();
}

function commitOf(directory: string, revision: string): string {
  return git(join(directory, 'repository.git'), ['rev-parse', revision]);
}

function messageOf(gitdir: string, revision: string): string {
  return git(gitdir, ['log', '-1', '--format=%B', revision]);
}

/** A commit that differs from another in one file. */
function commitWith(gitdir: string, parent: string, path: string, content: string, message: string): string {
  const blob = git(gitdir, ['hash-object', '-w', '--stdin'], content);
  const env = { PATH: process.env['PATH'], GIT_DIR: gitdir, GIT_INDEX_FILE: join(gitdir, 'index-of-test') };
  const run = (...args: string[]): string => execFileSync('git', args, { env, encoding: 'utf8' }).trim();
  run('read-tree', parent);
  run('update-index', '--add', '--cacheinfo', `100644,${blob},${path}`);
  const tree = run('write-tree');
  rmSync(join(gitdir, 'index-of-test'));
  return git(gitdir, ['commit-tree', tree, '-p', parent, '-m', message]);
}

function damage(path: string, how: 'flipped' | 'truncated' | 'removed'): void {
  chmodSync(path, 0o644);
  if (how === 'removed') {
    rmSync(path);
    return;
  }
  if (how === 'truncated') {
    truncateSync(path, Math.floor(statSync(path).size / 2));
    return;
  }
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  writeFileSync(path, bytes);
}

/** Names, sizes and content of everything but SQLite's own index of its write-ahead log. */
function filesOf(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/-(shm|wal)$/.test(name) && existsSync(join(directory, name)))
    .map((name) => {
      const { size, mtimeMs } = statSync(join(directory, name));
      return `${name} ${String(size)} ${String(mtimeMs)}`;
    })
    .sort();
}

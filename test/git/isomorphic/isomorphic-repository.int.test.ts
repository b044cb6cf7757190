import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ObjectMissing, RefUnavailable, RefUnreadable, RepositoryUnusable } from '../../../src/git/errors';
import { type GitRepository } from '../../../src/git/git-repository';
import { initGitRepository, openGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { git, gitTest, scratch } from '../real-git';

const { next } = scratch();
const MAIN = 'refs/heads/main';
const ONE = '1'.repeat(40);
const TWO = '2'.repeat(40);

async function fresh(): Promise<{ gitdir: string; repository: GitRepository }> {
  const gitdir = next('.git');
  return { gitdir, repository: await initGitRepository({ gitdir, lockTimeoutMs: 30 }) };
}

function put(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

describe('making and opening a repository', () => {
  gitTest('a new repository is one that git accepts', async () => {
    const { gitdir } = await fresh();
    expect(git(gitdir, ['rev-parse', '--is-bare-repository'])).toBe('true');
    expect(git(gitdir, ['symbolic-ref', 'HEAD'])).toBe(MAIN);
    expect(git(gitdir, ['config', 'gc.auto'])).toBe('0');
    expect(git(gitdir, ['config', 'receive.denyNonFastForwards'])).toBe('true');
    expect(git(gitdir, ['config', 'core.fsync'])).toBe('all');
    expect(git(gitdir, ['fsck'])).toBe('');
  });

  test('making it again changes nothing', async () => {
    const { gitdir, repository } = await fresh();
    await repository.refs.compareAndSet(MAIN, null, ONE);
    writeFileSync(join(gitdir, 'HEAD'), 'ref: refs/heads/other\n');
    const again = await initGitRepository({ gitdir });
    expect(await again.refs.read(MAIN)).toBe(ONE);
    expect(readFileSync(join(gitdir, 'HEAD'), 'utf8')).toBe('ref: refs/heads/other\n');
  });

  test.each(['HEAD', 'config', 'objects', 'refs/heads'])(
    'a making that stopped before %s is completed by another',
    async (part) => {
      const { gitdir } = await fresh();
      const whole = readdirSync(gitdir, { recursive: true }).sort();
      rmSync(join(gitdir, part), { recursive: true });
      await initGitRepository({ gitdir });
      expect(readdirSync(gitdir, { recursive: true }).sort()).toEqual(whole);
    },
  );

  test('a directory without repository is refused', async () => {
    const gitdir = next();
    await expect(openGitRepository({ gitdir })).rejects.toThrow(RepositoryUnusable);
    mkdirSync(gitdir);
    await expect(openGitRepository({ gitdir })).rejects.toThrow(RepositoryUnusable);
  });

  gitTest('a repository of another format is refused', async () => {
    const gitdir = next('.git');
    mkdirSync(gitdir);
    git(gitdir, ['init', '--quiet', '--bare', '--object-format=sha256', '.']);
    await expect(openGitRepository({ gitdir })).rejects.toThrow(RepositoryUnusable);
  });
});

describe('damaged objects', () => {
  const content = Buffer.from('kept: true\n');
  const pathOf = (gitdir: string, oid: string) => join(gitdir, 'objects', oid.slice(0, 2), oid.slice(2));

  test.each([0, 1, 10])('an object cut to %d bytes is missing, and writing it again repairs it', async (length) => {
    const { gitdir, repository } = await fresh();
    const oid = await repository.objects.writeBlob(content);
    truncateSync(pathOf(gitdir, oid), length);
    await expect(repository.objects.readBlob(oid)).rejects.toThrow(ObjectMissing);
    expect(await repository.objects.has(oid)).toBe(false);
    expect(await repository.objects.writeBlob(content)).toBe(oid);
    expect(Buffer.from(await repository.objects.readBlob(oid))).toEqual(content);
  });

  test('an object that holds another one’s bytes is missing, and writing it again repairs it', async () => {
    const { gitdir, repository } = await fresh();
    const oid = await repository.objects.writeBlob(content);
    cpSync(pathOf(gitdir, await repository.objects.writeBlob(Buffer.from('other'))), pathOf(gitdir, oid));
    await expect(repository.objects.readBlob(oid)).rejects.toThrow(ObjectMissing);
    await repository.objects.writeBlob(content);
    expect(Buffer.from(await repository.objects.readBlob(oid))).toEqual(content);
  });

  test('what the system refuses to read is not missing', async () => {
    const { gitdir, repository } = await fresh();
    const oid = await repository.objects.writeBlob(content);
    rmSync(pathOf(gitdir, oid));
    symlinkSync(pathOf(gitdir, oid), pathOf(gitdir, oid));
    await expect(repository.objects.readBlob(oid)).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(repository.objects.has(oid)).rejects.toMatchObject({ code: 'ELOOP' });
    await expect(repository.objects.writeBlob(content)).rejects.toMatchObject({ code: 'ELOOP' });
    put(join(gitdir, 'packed-refs'), `${ONE} ${MAIN}\n`);
    symlinkSync(join(gitdir, MAIN), join(gitdir, MAIN));
    await expect(repository.refs.read(MAIN)).rejects.toThrow(RefUnreadable);
  });

  test('thousands of reads and writes at once do not run out of files', async () => {
    const { repository } = await fresh();
    const ids = await Promise.all(
      Array.from({ length: 300 }, (_, i) => repository.objects.writeBlob(Buffer.from(String(i)))),
    );
    const reads = Array.from({ length: 3_000 }, (_, i) => repository.objects.readBlob(ids[i % ids.length]!));
    expect(Buffer.from((await Promise.all(reads)).at(-1)!).toString()).toBe(String(2_999 % 300));
  });

  test('no temporary file is left', async () => {
    const { gitdir, repository } = await fresh();
    await Promise.all(Array.from({ length: 50 }, (_, i) => repository.objects.writeBlob(Buffer.from(String(i)))));
    expect(readdirSync(gitdir, { recursive: true }).filter((name) => String(name).includes('tmp_obj_'))).toEqual([]);
  });
});

describe('damaged refs', () => {
  test.each(['', '\n', 'not an id\n', `${ONE}x\n`, ONE.slice(1), 'ref: refs/heads/other\n'])(
    'a ref that holds %j is unreadable, never missing',
    async (text) => {
      const { gitdir, repository } = await fresh();
      put(join(gitdir, MAIN), text);
      await expect(repository.refs.read(MAIN)).rejects.toThrow(RefUnreadable);
      await expect(repository.refs.list('refs/heads/')).rejects.toThrow(RefUnreadable);
      await expect(repository.refs.compareAndSet(MAIN, null, ONE)).rejects.toThrow(RefUnreadable);
      expect(readFileSync(join(gitdir, MAIN), 'utf8')).toBe(text);
    },
  );

  test('an empty ref does not fall back to its older packed value', async () => {
    const { gitdir, repository } = await fresh();
    put(join(gitdir, 'packed-refs'), `${ONE} ${MAIN}\n`);
    expect(await repository.refs.read(MAIN)).toBe(ONE);
    put(join(gitdir, MAIN), '');
    await expect(repository.refs.read(MAIN)).rejects.toThrow(RefUnreadable);
  });

  test.each([`${ONE} ${MAIN}`, `garbage\n${ONE} ${MAIN}\n`, `${ONE.slice(2)} ${MAIN}\n`])(
    'a packed-refs file of %j is unreadable',
    async (text) => {
      const { gitdir, repository } = await fresh();
      put(join(gitdir, 'packed-refs'), text);
      await expect(repository.refs.read(MAIN)).rejects.toThrow(RefUnreadable);
      await expect(repository.refs.list('refs/')).rejects.toThrow(RefUnreadable);
    },
  );

  test('a changed packed-refs file is read anew', async () => {
    const { gitdir, repository } = await fresh();
    const path = join(gitdir, 'packed-refs');
    put(path, `${ONE} ${MAIN}\n`);
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect(await repository.refs.read(MAIN)).toBe(ONE);
    put(path, `${TWO} ${MAIN}\n`);
    expect(await repository.refs.read(MAIN)).toBe(TWO);
  });
});

describe('locks', () => {
  test('a held lock makes a move wait and then fail, and the ref stays', async () => {
    const { gitdir, repository } = await fresh();
    await repository.refs.compareAndSet(MAIN, null, ONE);
    put(join(gitdir, `${MAIN}.lock`), '');
    await expect(repository.refs.compareAndSet(MAIN, ONE, TWO)).rejects.toThrow(RefUnavailable);
    expect(await repository.refs.read(MAIN)).toBe(ONE);
    rmSync(join(gitdir, `${MAIN}.lock`));
    await repository.refs.compareAndSet(MAIN, ONE, TWO);
  });

  test('a lock that a killed process left is removed when the repository is opened', async () => {
    const { gitdir } = await fresh();
    for (const lock of [`${MAIN}.lock`, 'refs/heads/draft/a.lock', 'packed-refs.lock']) {
      put(join(gitdir, lock), '');
      utimesSync(join(gitdir, lock), 1_700_000_000, 1_700_000_000);
    }
    const repository = await openGitRepository({ gitdir, lockTimeoutMs: 30 });
    await repository.refs.compareAndSet(MAIN, null, ONE);
    await repository.refs.compareAndSet('refs/heads/draft/a', null, ONE);
    expect((await repository.refs.list('refs/')).map(({ ref }) => ref)).toEqual(['refs/heads/draft/a', MAIN]);
  });

  test('a lock that is younger than this process may be a running program’s and is kept', async () => {
    const { gitdir } = await fresh();
    put(join(gitdir, `${MAIN}.lock`), '');
    const repository = await openGitRepository({ gitdir, lockTimeoutMs: 30 });
    await expect(repository.refs.compareAndSet(MAIN, null, ONE)).rejects.toThrow(RefUnavailable);
    expect(await repository.refs.list('refs/')).toEqual([]);
  });

  test('a refused move leaves no lock', async () => {
    const { gitdir, repository } = await fresh();
    await repository.refs.compareAndSet(MAIN, null, ONE);
    await expect(repository.refs.compareAndSet(MAIN, TWO, null)).rejects.toThrow();
    expect(readdirSync(join(gitdir, 'refs/heads'))).toEqual(['main']);
  });
});

import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { initGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';
import { GitTransfer } from '../../../src/git/program/git-transfer';
import { TransferFailed } from '../../../src/git/transfer';
import { git, gitIsThere, gitTest, scratch } from '../real-git';

const { next } = scratch();
const transfer = new GitTransfer();
const REF = 'refs/slipway/import';

/** A repository with a working tree, two commits on `main` and one more on `side`. */
function source(): string {
  const path = next();
  mkdirSync(path);
  git(path, ['init', '--quiet', '--initial-branch=main', '.']);
  for (const [branch, name] of [
    ['main', 'one'],
    ['main', 'two'],
    ['side', 'three'],
  ] as const) {
    git(path, ['checkout', '--quiet', '-B', branch]);
    writeFileSync(join(path, name), name);
    git(path, ['add', '.']);
    git(path, ['commit', '--quiet', '-m', name]);
  }
  git(path, ['tag', 'v1', 'main']);
  git(path, ['checkout', '--quiet', 'main']);
  return path;
}

async function target(): Promise<string> {
  const gitdir = next('.git');
  await initGitRepository({ gitdir });
  return gitdir;
}

describe('importing a history', () => {
  gitTest('brings the branch of HEAD and nothing else, readable by our own repository', async () => {
    const [from, into] = [source(), await target()];
    const commit = await transfer.import(from, { into, branch: null, ref: REF });
    expect(commit).toBe(git(from, ['rev-parse', 'main']));
    expect(git(into, ['for-each-ref', '--format=%(refname) %(objectname)'])).toBe(`${REF} ${commit}`);
    expect(existsSync(join(into, 'FETCH_HEAD'))).toBe(false);
    const { objects, refs } = await initGitRepository({ gitdir: into });
    expect(await refs.read(REF)).toBe(commit);
    const tree = await objects.readTree((await objects.readCommit(commit)).tree);
    expect(tree.map((entry) => entry.name)).toEqual(['one', 'two']);
    expect(Buffer.from(await objects.readBlob(tree[0]!.oid)).toString()).toBe('one');
  });

  gitTest('brings the branch that is asked for, also over another history', async () => {
    const [from, into] = [source(), await target()];
    await transfer.import(source(), { into, branch: null, ref: REF });
    const commit = await transfer.import(from, { into, branch: 'side', ref: REF });
    expect(commit).toBe(git(from, ['rev-parse', 'side']));
    expect(git(into, ['rev-parse', REF])).toBe(commit);
  });

  gitTest('reads bare repositories, detached ones and relative paths', async () => {
    const [from, bare] = [source(), next('.git')];
    git(from, ['clone', '--quiet', '--bare', from, bare]);
    git(from, ['checkout', '--quiet', '--detach', 'main~1']);
    const path = relative(process.cwd(), bare);
    expect(await transfer.import(path, { into: await target(), branch: null, ref: REF })).toBe(
      git(from, ['rev-parse', 'main']),
    );
    expect(await transfer.import(from, { into: await target(), branch: null, ref: REF })).toBe(
      git(from, ['rev-parse', 'main~1']),
    );
  });

  gitTest('of a bundle without HEAD it brings main, or the only branch', async () => {
    const from = source();
    for (const [branches, expected] of [
      [['side', 'main'], 'main'],
      [['side'], 'side'],
    ] as const) {
      const bundle = next('.bundle');
      git(from, ['bundle', 'create', '--quiet', bundle, ...branches]);
      expect(await transfer.import(bundle, { into: await target(), branch: null, ref: REF })).toBe(
        git(from, ['rev-parse', expected]),
      );
    }
  });

  gitTest('a branch that is not there is refused with those that are', async () => {
    const options = { into: await target(), branch: 'mian', ref: REF };
    await expect(transfer.import(source(), options)).rejects.toThrow(/has no branch mian; it has: main, side\./);
  });

  gitTest('a repository without commits is refused with what to do', async () => {
    const options = { into: await target(), branch: null, ref: REF };
    await expect(transfer.import(await target(), options)).rejects.toThrow(
      /holds no commit yet\. Commit its files there .* slipway serve --empty/,
    );
  });

  gitTest('a shallow repository is refused, and what was imported before is not taken for it', async () => {
    const [from, shallow, into] = [source(), next(), await target()];
    git(from, ['clone', '--quiet', '--depth=1', `file://${from}`, shallow]);
    const { objects, refs } = await initGitRepository({ gitdir: into });
    const author = { name: 'Tom', email: 'tom@slipway.invalid', seconds: 1 };
    const unrelated = {
      tree: await objects.writeTree([]),
      parents: [],
      author,
      committer: author,
      message: 'unrelated\n',
    };
    const before = await objects.writeCommit(unrelated);
    await refs.compareAndSet(REF, null, before);
    await expect(transfer.import(shallow, { into, branch: null, ref: REF })).rejects.toThrow(/is shallow/);
    expect(await refs.read(REF)).toBe(before);
  });

  gitTest('a damaged history is refused and the ref is not made', async () => {
    const [from, into] = [source(), await target()];
    const tree = git(from, ['rev-parse', 'main^{tree}']);
    const forged = `tree ${tree}\nauthor A <a@b> 1 +0000\nauthor B <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\nforged\n`;
    const commit = git(from, ['hash-object', '-t', 'commit', '-w', '--literally', '--stdin'], forged);
    git(from, ['update-ref', 'refs/heads/main', commit]);
    await expect(transfer.import(from, { into, branch: 'main', ref: REF })).rejects.toThrow(/multipleAuthors/);
    expect(git(into, ['for-each-ref'])).toBe('');
  });
});

describe('what may not happen', () => {
  test.each(['-x', '--upload-pack=touch /tmp/x', 'ext::sh -c true', 'git://example.com/a.git', 'a\0b'])(
    '%j is no source',
    async (hostile) => {
      await expect(transfer.import(hostile, { into: await target(), branch: null, ref: REF })).rejects.toThrow(
        /is not the address of a repository/,
      );
    },
  );

  test.each([
    ['a name', () => 'nowhere'],
    ['a host and a path', () => 'host:path'],
    ['two commands', () => 'a;touch b'],
    ['an address of a file', () => `file://${next()}`],
  ])('%s that leads to nothing is refused', async (_, path) => {
    await expect(transfer.import(path(), { into: await target(), branch: null, ref: REF })).rejects.toThrow(
      /cannot be read/,
    );
  });

  gitTest('a file that is no bundle is refused in the words of git', async () => {
    const file = next();
    writeFileSync(file, 'no bundle');
    const failed = transfer.import(file, { into: await target(), branch: null, ref: REF });
    await expect(failed).rejects.toThrow(TransferFailed);
    await expect(failed).rejects.toThrow(/^(fatal|error): /);
  });

  gitTest('no hook of the repository runs', async () => {
    const [from, into] = [source(), await target()];
    const ran = next();
    for (const directory of [join(from, '.git/hooks'), join(into, 'hooks')]) {
      mkdirSync(directory, { recursive: true });
      for (const hook of ['reference-transaction', 'post-checkout', 'pre-auto-gc', 'post-rewrite']) {
        writeFileSync(join(directory, hook), `#!/bin/sh\ntouch ${ran}\n`);
        chmodSync(join(directory, hook), 0o755);
      }
    }
    git(from, ['config', 'uploadpack.packObjectsHook', `touch ${ran}`]);
    await transfer.import(from, { into, branch: null, ref: REF });
    expect(existsSync(ran)).toBe(false);
  });

  gitTest('a setting that sends paths elsewhere cannot reach out', async () => {
    const [from, into] = [source(), await target()];
    const ran = next();
    git(into, ['config', `url.ext::touch ${ran} .insteadOf`, from]);
    await expect(transfer.import(from, { into, branch: null, ref: REF })).rejects.toThrow(TransferFailed);
    expect(existsSync(ran)).toBe(false);
  });

  test('without the program it says what to do', async () => {
    const file = next();
    writeFileSync(file, '');
    const without = new GitTransfer({ program: join(file, '..', 'no-such-git') });
    await expect(without.import(file, { into: await target(), branch: null, ref: REF })).rejects.toThrow(/install git/);
  });
});

const REAL = resolve(__dirname, '../../../../shared/real-config/config-history.bundle');
const realIsThere = gitIsThere && existsSync(REAL);

(realIsThere ? test : test.skip)(
  `a real history of 31 commits is imported${realIsThere ? '' : ' (skipped: it is not here)'}`,
  async () => {
    const into = await target();
    const commit = await transfer.import(REAL, { into, branch: null, ref: REF });
    expect(git(into, ['rev-list', '--count', commit])).toBe('31');
    expect(git(into, ['fsck', '--full', '--strict'])).toBe('');
    expect(readdirSync(join(into, 'objects/pack')).some((name) => name.endsWith('.pack'))).toBe(true);
    const { objects } = await initGitRepository({ gitdir: into });
    const files = async (tree: string): Promise<number> => {
      let count = 0;
      for (const entry of await objects.readTree(tree)) {
        if (entry.mode === '040000') count += await files(entry.oid);
        else count += (await objects.readBlob(entry.oid)).length >= 0 ? 1 : 0;
      }
      return count;
    };
    const { tree } = await objects.readCommit(commit);
    expect(await files(tree)).toBe(git(into, ['ls-tree', '-r', '--name-only', commit]).split('\n').length);
  },
);

describe('copying commits by id', () => {
  gitTest('brings them with all that they lead to and leaves the refs alone', async () => {
    const [from, into] = [source(), await target()];
    const commits = ['main', 'side'].map((name) => git(from, ['rev-parse', name]));
    git(from, ['update-ref', '-d', 'refs/heads/side']); // nothing names it any more
    await transfer.copyCommits(commits, { from, into });
    expect(git(into, ['for-each-ref'])).toBe('');
    expect(git(into, ['show', `${commits[1]!}:three`])).toBe('three');
    expect(git(into, ['rev-list', '--objects', ...commits]).split('\n')).toEqual(
      git(from, ['rev-list', '--objects', ...commits]).split('\n'),
    );
  });

  gitTest('brings none when one of them is not there', async () => {
    const [from, into] = [source(), await target()];
    const commit = git(from, ['rev-parse', 'main']);
    await expect(transfer.copyCommits([commit, 'f'.repeat(40)], { from, into })).rejects.toThrow(TransferFailed);
    expect(git(into, ['cat-file', '--batch-all-objects', '--batch-check'])).toBe('');
  });

  it('needs no git program for none, and says so when it is missing for some', async () => {
    const without = new GitTransfer({ program: 'no-such-git' });
    const places = { from: next(), into: await target() };
    await expect(without.copyCommits([], places)).resolves.toBeUndefined();
    await expect(without.copyCommits(['a'.repeat(40)], places)).rejects.toThrow(TransferFailed);
  });
});

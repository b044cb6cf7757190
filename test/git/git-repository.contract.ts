import { ObjectMissing, RefConflict } from '../../src/git/errors';
import { type ContentMode, type GitRepository, type Signature, type TreeEntry } from '../../src/git/git-repository';
import { git, gitMeanwhile, gitTest, scratch } from './real-git';

const tom: Signature = { name: 'Tom Moseley', email: 'tom.moseley@slipway.invalid', seconds: 1_772_360_551 };
const slipway: Signature = { name: 'Slipway', email: 'slipway@slipway.invalid', seconds: 1_772_360_551 };
const MAIN = 'refs/heads/main';
const NOWHERE = 'f'.repeat(40);

/**
 * What every adapter of {@link GitRepository} promises; the real program is the independent judge. Of objects, what shows
 * only where that program reads and writes them too: the rest is in the contract of objects.
 *
 * @param open creates a bare repository at the path and opens it.
 */
export function gitRepositoryContract(name: string, open: (gitdir: string) => Promise<GitRepository>): void {
  describe(`${name} keeps the promises of a Git repository`, () => {
    const { next } = scratch();
    let gitdir: string;
    let repository: GitRepository;

    beforeEach(async () => {
      gitdir = next('.git');
      repository = await open(gitdir);
    });

    const blob = (text: string) => repository.objects.writeBlob(Buffer.from(text));
    const file = async (path: string, text = path): Promise<TreeEntry<ContentMode>> => ({
      name: path,
      mode: '100644',
      oid: await blob(text),
    });
    const commit = async (message: string, parents: readonly string[] = []) =>
      repository.objects.writeCommit({
        tree: await repository.objects.writeTree([await file('a.txt', message)]),
        parents,
        author: tom,
        committer: slipway,
        message,
      });

    describe('objects', () => {
      gitTest('an annotated tag is read as it was written, also by git', async () => {
        const written = {
          object: await commit('one\n'),
          tag: 'project_discovery/v1.5.0',
          tagger: tom,
          message: 'Project 1.5.0\n',
        };
        const oid = await repository.objects.writeTag(written);
        await repository.refs.compareAndSet(`refs/tags/${written.tag}`, null, oid);
        expect(await repository.objects.readTag(oid)).toEqual(written);
        expect(git(gitdir, ['tag', '--format=%(taggername) %(contents:subject) %(*objectname)'])).toBe(
          `Tom Moseley Project 1.5.0 ${written.object}`,
        );
      });

      gitTest('a commit of another author is read, signature, time zone and all', async () => {
        const tree = await repository.objects.writeTree([]);
        const foreign = `tree ${tree}\nauthor A U Thor <a@b.c> 1700000000 -0730\ncommitter C <c@d.e> 1700000001 +0530\ngpgsig -----BEGIN\n author x <x@x> 1 +0000\n\n -----END\n\nsubject\n\nbody`;
        const oid = git(gitdir, ['hash-object', '-t', 'commit', '-w', '--stdin'], foreign.replace('\n\n -', '\n \n -'));
        expect(await repository.objects.readCommit(oid)).toEqual({
          tree,
          parents: [],
          author: { name: 'A U Thor', email: 'a@b.c', seconds: 1_700_000_000 },
          committer: { name: 'C', email: 'c@d.e', seconds: 1_700_000_001 },
          message: 'subject\n\nbody',
        });
      });

      /** A tree of any modes and names, as other programs may have written it. */
      const foreign = (...entries: (readonly [mode: string, name: string | Buffer, oid: string])[]) => {
        const bytes = entries.flatMap(([mode, entry, oid]) => [
          Buffer.from(`${mode} `),
          Buffer.from(entry),
          Buffer.of(0),
          Buffer.from(oid, 'hex'),
        ]);
        return git(gitdir, ['hash-object', '-t', 'tree', '-w', '--stdin', '--literally'], Buffer.concat(bytes));
      };

      gitTest('a foreign tree is read whatever it holds, old modes as today’s', async () => {
        const oid = await blob('x');
        const tree = foreign(
          ['100600', 'a', oid],
          ['100664', 'b', oid],
          ['100775', 'c', oid],
          ['120000', 'link', oid],
          ['160000', 'module', NOWHERE],
          ['100644', Buffer.from('caf\xe9', 'latin1'), oid],
        );
        expect(await repository.objects.readTree(tree)).toEqual([
          { name: 'a', mode: '100644', oid },
          { name: 'b', mode: '100644', oid },
          { name: 'c', mode: '100755', oid },
          { name: 'link', mode: '120000', oid },
          { name: 'module', mode: '160000', oid: NOWHERE },
          { name: 'caf\udce9', mode: '100644', oid },
        ]);
      });

      gitTest('a changed tree keeps every other entry byte for byte, whatever it is', async () => {
        const oid = await blob('x');
        const odd = [
          ['100644', 'README', oid],
          ['100644', 'a\\b\n', oid],
          ['100644', Buffer.from('caf\xe9', 'latin1'), oid],
          ['120000', 'link', oid],
          ['160000', 'module', NOWHERE],
          ['100664', 'old', oid],
          ['100644', 'readme', oid],
        ] as const;
        const { objects } = repository;
        const base = foreign(...odd);
        const added = await objects.changeTree(base, new Map([['new', { mode: '100644', oid }]]));
        expect(added).toBe(foreign(...odd.slice(0, 5), ['100644', 'new', oid], ...odd.slice(5)));
        expect(await objects.changeTree(added, new Map([['new', null]]))).toBe(base);
        expect(await objects.changeTree(base, new Map([['nothing', null]]))).toBe(base);
        const other = await blob('y');
        const edited = new Map(['a\\b\n', 'caf\udce9'].map((name) => [name, { mode: '100644', oid: other } as const]));
        expect(await objects.changeTree(base, edited)).toBe(
          foreign(odd[0], ['100644', 'a\\b\n', other], ['100644', odd[2][1], other], ...odd.slice(3)),
        );
        await expect(objects.changeTree(NOWHERE, new Map())).rejects.toThrow(ObjectMissing);
      });
    });

    describe('refs', () => {
      test('a ref that does not exist is null', async () => {
        expect(await repository.refs.read(MAIN)).toBeNull();
        expect(await repository.refs.list('refs/heads/')).toEqual([]);
      });

      gitTest('a ref is created, moved and deleted, and git sees it', async () => {
        const one = await commit('one\n');
        const two = await commit('two\n', [one]);
        await repository.refs.compareAndSet(MAIN, null, one);
        expect(git(gitdir, ['rev-parse', MAIN])).toBe(one);
        await repository.refs.compareAndSet(MAIN, one, two);
        expect(git(gitdir, ['rev-parse', 'HEAD'])).toBe(two);
        await repository.refs.compareAndSet(MAIN, two, null);
        expect(await repository.refs.read(MAIN)).toBeNull();
        expect(git(gitdir, ['for-each-ref'])).toBe('');
      });

      test('a ref that is not where it is expected stays where it is', async () => {
        const [one, two] = [await commit('one\n'), await commit('two\n')];
        await expect(repository.refs.compareAndSet(MAIN, one, two)).rejects.toEqual(new RefConflict(MAIN, one, null));
        await expect(repository.refs.compareAndSet(MAIN, one, null)).rejects.toThrow(RefConflict);
        await repository.refs.compareAndSet(MAIN, null, one);
        await expect(repository.refs.compareAndSet(MAIN, null, two)).rejects.toEqual(new RefConflict(MAIN, null, one));
        await expect(repository.refs.compareAndSet(MAIN, two, null)).rejects.toThrow(RefConflict);
        expect(await repository.refs.read(MAIN)).toBe(one);
      });

      test('of 200 moves at once exactly one wins each step, and the winners are one chain', async () => {
        const tree = await repository.objects.writeTree([]);
        const candidate = { tree, parents: [], author: tom, committer: slipway };
        const commits = await Promise.all(
          Array.from({ length: 200 }, (_, i) =>
            repository.objects.writeCommit({ ...candidate, message: `candidate ${i}\n` }),
          ),
        );
        const won: { from: string | null; to: string }[] = [];
        await Promise.all(
          commits.map(async (to) => {
            for (;;) {
              const from = await repository.refs.read(MAIN);
              try {
                await repository.refs.compareAndSet(MAIN, from, to);
                won.push({ from, to });
                return;
              } catch (error) {
                if (!(error instanceof RefConflict)) throw error;
                if (won.length > 5) return;
              }
            }
          }),
        );
        const nextOf = new Map(won.map(({ from, to }) => [from, to]));
        expect(nextOf.size).toBe(won.length);
        let tip: string | null = null;
        let steps = 0;
        for (let to = nextOf.get(tip); to !== undefined; to = nextOf.get(tip)) {
          tip = to;
          steps += 1;
        }
        expect(steps).toBe(won.length);
        expect(await repository.refs.read(MAIN)).toBe(tip);
      });

      gitTest('lists what is loose and what git packed, sorted, the loose one first in truth', async () => {
        const [one, two] = [await commit('one\n'), await commit('two\n')];
        const name = (id: string) => `refs/heads/draft/${id}`;
        for (const id of ['c', 'a', 'b']) await repository.refs.compareAndSet(name(id), null, one);
        await repository.refs.compareAndSet(MAIN, null, one);
        git(gitdir, ['pack-refs', '--all']);
        await repository.refs.compareAndSet(name('b'), one, two);
        await repository.refs.compareAndSet(name('aa'), null, two);
        await repository.refs.compareAndSet(name('c'), one, null);
        expect(await repository.refs.list('refs/heads/draft/')).toEqual([
          { ref: name('a'), oid: one },
          { ref: name('aa'), oid: two },
          { ref: name('b'), oid: two },
        ]);
        expect(git(gitdir, ['for-each-ref', '--format=%(refname)'])).toBe(
          [name('a'), name('aa'), name('b'), MAIN].join('\n'),
        );
      });

      gitTest('a packed annotated tag is deleted with the line that belongs to it', async () => {
        const object = await commit('one\n');
        for (const tag of ['a', 'b']) {
          const oid = await repository.objects.writeTag({ object, tag, tagger: tom, message: `${tag}\n` });
          await repository.refs.compareAndSet(`refs/tags/${tag}`, null, oid);
        }
        git(gitdir, ['pack-refs', '--all']);
        await repository.refs.compareAndSet('refs/tags/a', await repository.refs.read('refs/tags/a'), null);
        expect(git(gitdir, ['tag', '--format=%(refname) %(*objectname)'])).toBe(`refs/tags/b ${object}`);
      });

      test('a ref cannot be the directory of another, and can be once the other is gone', async () => {
        const one = await commit('one\n');
        await repository.refs.compareAndSet('refs/heads/a/b', null, one);
        await expect(repository.refs.compareAndSet('refs/heads/a', null, one)).rejects.toThrow('cannot be used');
        await expect(repository.refs.compareAndSet('refs/heads/a/b/c', null, one)).rejects.toThrow('cannot be used');
        await repository.refs.compareAndSet('refs/heads/a/b', one, null);
        await repository.refs.compareAndSet('refs/heads/a', null, one);
        expect(await repository.refs.read('refs/heads/a')).toBe(one);
      });

      gitTest('a packed ref is in the way of another just as a loose one', async () => {
        const one = await commit('one\n');
        await repository.refs.compareAndSet('refs/heads/a', null, one);
        git(gitdir, ['pack-refs', '--all']);
        await expect(repository.refs.compareAndSet('refs/heads/a/b', null, one)).rejects.toThrow('refs/heads/a exists');
      });

      test.each([
        ...[
          'main',
          'HEAD',
          '../x',
          'refs/../HEAD',
          'refs/heads/',
          'refs//x',
          'refs/heads/.x',
          'refs/heads/x.lock',
          'refs/heads/x.',
        ],
        ...[
          'refs/heads/a b',
          'refs/heads/a~1',
          'refs/heads/a^',
          'refs/heads/a:b',
          'refs/heads/@{1}',
          'refs/heads/a\nb',
          'refs/heads/a\\b',
        ],
      ])('%j is no name of a ref', async (ref) => {
        await expect(repository.refs.read(ref)).rejects.toThrow('cannot be used');
        await expect(repository.refs.compareAndSet(ref, null, NOWHERE)).rejects.toThrow('cannot be used');
      });
    });

    describe('beside the git program', () => {
      gitTest('everything stays readable and writable when git packs, collects and prunes', async () => {
        let tip: string | null = null;
        const commits: string[] = [];
        for (let round = 0; round < 3; round += 1) {
          for (let i = 0; i < 10; i += 1) {
            const made: string = await commit(`round ${round} commit ${i}\n`, tip === null ? [] : [tip]);
            await repository.refs.compareAndSet(MAIN, tip, made);
            commits.push((tip = made));
          }
          git(gitdir, round === 1 ? ['gc', '--quiet', '--prune=now'] : ['repack', '-q', '-a', '-d']);
          git(gitdir, ['pack-refs', '--all']);
          expect(await repository.refs.read(MAIN)).toBe(tip);
          for (const made of commits) {
            const { tree, message } = await repository.objects.readCommit(made);
            const [entry] = await repository.objects.readTree(tree);
            expect(Buffer.from(await repository.objects.readBlob(entry!.oid)).toString()).toBe(message);
          }
        }
        expect(git(gitdir, ['rev-list', '--count', MAIN])).toBe('30');
        expect(git(gitdir, ['fsck', '--full', '--strict', '--no-dangling'])).toBe('');
      });

      gitTest('reads go on while git collects', async () => {
        const commits = await Promise.all(Array.from({ length: 30 }, (_, i) => commit(`kept ${i}\n`)));
        for (const made of commits) await repository.refs.compareAndSet(`refs/slipway/commits/${made}`, null, made);
        const collecting = new AbortController();
        const reading = (async () => {
          while (!collecting.signal.aborted)
            for (const made of commits) expect((await repository.objects.readCommit(made)).message).toMatch(/^kept/);
        })();
        for (let i = 0; i < 3; i += 1) await gitMeanwhile(gitdir, ['gc', '--quiet', '--prune=now']);
        collecting.abort();
        await reading;
      });

      gitTest('a ref that is deleted while git packs refs does not come back', async () => {
        const one = await commit('one\n');
        const packing = new AbortController();
        const packs = (async () => {
          while (!packing.signal.aborted) await gitMeanwhile(gitdir, ['pack-refs', '--all']);
        })();
        for (let i = 0; i < 60; i += 1) {
          await repository.refs.compareAndSet(`refs/heads/draft/${i}`, null, one);
          await repository.refs.compareAndSet(`refs/heads/draft/${i}`, one, null);
        }
        packing.abort();
        await packs;
        expect(await repository.refs.list('refs/heads/draft/')).toEqual([]);
        expect(git(gitdir, ['for-each-ref'])).toBe('');
      });

      gitTest('neither loses a move of the other', async () => {
        const commits = await Promise.all(Array.from({ length: 25 }, (_, i) => commit(`ours ${i}\n`)));
        const moves: { from: string | null; to: string }[] = [];
        const ours = (async () => {
          for (const to of commits.slice(0, 15)) {
            const from = await repository.refs.read(MAIN);
            try {
              await repository.refs.compareAndSet(MAIN, from, to);
              moves.push({ from, to });
            } catch (error) {
              if (!(error instanceof RefConflict)) throw error;
            }
          }
        })();
        const theirs = (async () => {
          for (const to of commits.slice(15)) {
            const from = await repository.refs.read(MAIN);
            try {
              await gitMeanwhile(gitdir, ['update-ref', MAIN, to, from ?? '0'.repeat(40)]);
              moves.push({ from, to });
            } catch {
              continue; // Ours was faster, or held the lock.
            }
          }
        })();
        await Promise.all([ours, theirs]);
        const nextOf = new Map(moves.map(({ from, to }) => [from, to]));
        let tip: string | null = null;
        for (let to = nextOf.get(tip); to !== undefined; to = nextOf.get(tip)) tip = to;
        expect(nextOf.size).toBe(moves.length);
        expect(await repository.refs.read(MAIN)).toBe(tip);
      });
    });
  });
}

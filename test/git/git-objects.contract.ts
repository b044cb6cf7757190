import { ObjectMissing, UnsafeTreeEntry } from '../../src/git/errors';
import { type ContentMode, type GitObjects, type Signature, type TreeEntry } from '../../src/git/git-repository';
import { git, gitTest, scratch } from './real-git';

const tom: Signature = { name: 'Tom Moseley', email: 'tom.moseley@slipway.invalid', seconds: 1_772_360_551 };
const slipway: Signature = { name: 'Slipway', email: 'slipway@slipway.invalid', seconds: 1_772_360_551 };
const NOWHERE = 'f'.repeat(40);

/**
 * What every adapter of {@link GitObjects} promises; the real program is the judge of the ids.
 *
 * @param open makes a bare repository at the path, in which the program can run, and answers the objects to judge.
 */
export function gitObjectsContract(name: string, open: (gitdir: string) => Promise<GitObjects>): void {
  describe(`${name} keeps the promises of Git objects`, () => {
    const { next } = scratch();
    let gitdir: string;
    let objects: GitObjects;

    beforeEach(async () => {
      gitdir = next('.git');
      objects = await open(gitdir);
    });

    const blob = (text: string) => objects.writeBlob(Buffer.from(text));
    const file = async (path: string, text = path): Promise<TreeEntry<ContentMode>> => ({
      name: path,
      mode: '100644',
      oid: await blob(text),
    });
    const commit = async (message: string, parents: readonly string[] = []) =>
      objects.writeCommit({
        tree: await objects.writeTree([await file('a.txt', message)]),
        parents,
        author: tom,
        committer: slipway,
        message,
      });

    test.each([
      ['nothing', Buffer.alloc(0)],
      ['text', Buffer.from('Grüße\r\n')],
      ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
      ['a megabyte', Buffer.alloc(1 << 20, 'slipway')],
    ])('a blob of %s is read as it was written', async (_, content) => {
      const oid = await objects.writeBlob(content);
      expect(Buffer.compare(await objects.readBlob(oid), content)).toBe(0);
    });

    gitTest('a blob has the id that git computes', async () => {
      expect(await blob('Grüße\r\n')).toBe(git(gitdir, ['hash-object', '--stdin'], 'Grüße\r\n'));
    });

    gitTest('a tree has the id and the order of git, whatever order its entries come in', async () => {
      const empty = await objects.writeTree([]);
      const entries: TreeEntry<ContentMode>[] = [
        await file('a0'),
        { name: 'a', mode: '040000', oid: empty },
        await file('a.b'),
        await file('ä'),
        await file('Z'),
        { name: 'run', mode: '100755', oid: await blob('run') },
      ];
      const oid = await objects.writeTree(entries);
      const lines = entries.map(
        (entry) => `${entry.mode} ${entry.mode === '040000' ? 'tree' : 'blob'} ${entry.oid}\t${entry.name}\n`,
      );
      expect(oid).toBe(git(gitdir, ['mktree', '--missing'], lines.join('')));
      expect((await objects.readTree(oid)).map((entry) => entry.name)).toEqual(['Z', 'a.b', 'a', 'a0', 'run', 'ä']);
      expect(await objects.readTree(oid)).toEqual(expect.arrayContaining(entries));
    });

    gitTest('a commit has exactly the bytes that its parts say', async () => {
      const parent = await commit('feat: Begin\n');
      const message = 'release: Activate p 1.5.0\n\nActivated by: tom\n\nSlipway-Actor: tom\n';
      const oid = await commit(message, [parent]);
      const { tree } = await objects.readCommit(oid);
      const bytes = [
        `tree ${tree}`,
        `parent ${parent}`,
        'author Tom Moseley <tom.moseley@slipway.invalid> 1772360551 +0000',
        'committer Slipway <slipway@slipway.invalid> 1772360551 +0000',
        '',
        message,
      ].join('\n');
      expect(oid).toBe(git(gitdir, ['hash-object', '-t', 'commit', '--literally', '--stdin'], bytes));
    });

    gitTest('an annotated tag is read as it was written, with the id that git computes', async () => {
      const written = { object: await commit('one\n'), tag: 'p/v1.5.0', tagger: tom, message: 'Project 1.5.0\n' };
      const oid = await objects.writeTag(written);
      expect(await objects.readTag(oid)).toEqual(written);
      const bytes = [
        `object ${written.object}`,
        'type commit',
        `tag ${written.tag}`,
        'tagger Tom Moseley <tom.moseley@slipway.invalid> 1772360551 +0000',
        '',
        written.message,
      ].join('\n');
      expect(oid).toBe(git(gitdir, ['hash-object', '-t', 'tag', '--literally', '--stdin'], bytes));
    });

    test('a commit is read as it was written', async () => {
      const parents = [await commit('one\n'), await commit('two\n')];
      const written = {
        tree: await objects.writeTree([]),
        parents,
        author: tom,
        committer: slipway,
        message: 'é\n\n> x\n',
      };
      expect(await objects.readCommit(await objects.writeCommit(written))).toEqual(written);
    });

    test('writing the same object twice, also at once, gives the same id', async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => blob('same')));
      expect(new Set([...ids, await blob('same')]).size).toBe(1);
    });

    test('an object that is not there is missing, whatever it is asked for as', async () => {
      for (const oid of [NOWHERE, NOWHERE.toUpperCase(), '../../config']) {
        await expect(objects.readBlob(oid)).rejects.toThrow(ObjectMissing);
        await expect(objects.readTree(oid)).rejects.toThrow(ObjectMissing);
        await expect(objects.readCommit(oid)).rejects.toThrow(ObjectMissing);
        await expect(objects.readTag(oid)).rejects.toThrow(ObjectMissing);
      }
      expect(await objects.has(NOWHERE)).toBe(false);
      expect(await objects.has(await blob('here'))).toBe(true);
    });

    test('an object of another type is not what was asked for', async () => {
      await expect(objects.readTree(await blob('no tree'))).rejects.toThrow(ObjectMissing);
    });

    test.each([
      ...['', '.', '..', 'a/b', 'a\\b', 'a\0b', 'a\nb', 'a\u0085b', '\ud800'],
      ...[
        '.git',
        '.GIT',
        '.Git',
        '.git.',
        '.git ',
        '.git. .',
        'git~1',
        'GIT~1',
        '.g\u200cit',
        '\ufeff.git',
        '.git\u202e',
      ],
      ...['.git::$INDEX_ALLOCATION', '.git:stream', 'git~1::$DATA'],
    ])('%j cannot stand in a tree', async (hostile) => {
      await expect(objects.writeTree([{ name: hostile, mode: '100644', oid: NOWHERE }])).rejects.toThrow(
        UnsafeTreeEntry,
      );
    });

    test.each([
      ['a', 'a'],
      ['README', 'readme'],
      ['\u00e9', 'e\u0301'],
    ])('%j and %j cannot stand in one tree', async (one, other) => {
      const entries = [one, other].map((entry) => ({ name: entry, mode: '100644', oid: NOWHERE }) as const);
      await expect(objects.writeTree(entries)).rejects.toThrow(UnsafeTreeEntry);
    });

    test('names that only look hostile are kept', async () => {
      const names = ['...', '.gitignore', '.gitattributes', 'git', 'git~2', 'a b', 'über.yaml', 'c.git', '日本'];
      const tree = await objects.writeTree(await Promise.all(names.map((each) => file(each))));
      expect((await objects.readTree(tree)).map((entry) => entry.name).sort()).toEqual([...names].sort());
    });

    test('a name that a change adds is checked as any of ours, also beside foreign ones', async () => {
      const base = await objects.writeTree([await file('README')]);
      const { oid } = await file('x');
      for (const name of ['.git', 'a/b', 'a\nb', '\udce9', '', 'readme']) {
        const change = new Map([[name, { mode: '100644', oid } as const]]);
        await expect(objects.changeTree(base, change)).rejects.toThrow(UnsafeTreeEntry);
      }
      const renamed = new Map([
        ['README', null],
        ['readme', { mode: '100644', oid } as const],
      ]);
      expect(await objects.readTree(await objects.changeTree(base, renamed))).toEqual([
        { name: 'readme', mode: '100644', oid },
      ]);
    });

    test.each(['Mallory\nauthor Tom <tom@x> 1 +0000', 'a<b', 'a>b', 'a\0b', ' '])(
      '%j cannot sign a commit',
      async (hostile) => {
        const tree = await objects.writeTree([]);
        const forged = { tree, parents: [], author: { ...tom, name: hostile }, committer: slipway, message: 'x\n' };
        await expect(objects.writeCommit(forged)).rejects.toThrow('cannot stand in a commit');
      },
    );
  });
}

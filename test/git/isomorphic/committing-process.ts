import { type ObjectId, keepingRef, MAIN_REF } from '../../../src/git/git-repository';
import { openGitRepository } from '../../../src/git/isomorphic/isomorphic-repository';

/** Commits to `main` until it is killed, or as often as the second argument says; prints each commit once it is durable. */
async function commitOn(gitdir: string, times: number): Promise<void> {
  const { objects, refs } = await openGitRepository({ gitdir });
  const author = { name: 'Tom', email: 'tom@slipway.invalid', seconds: 1_772_360_551 };
  let tip = await refs.read(MAIN_REF);
  for (let i = 0; i < times; i += 1) {
    const count: number = tip === null ? 0 : Number((await objects.readCommit(tip)).message);
    const oid = await objects.writeBlob(Buffer.from(`content ${count}\n`));
    const tree = await objects.writeTree([{ name: 'file', mode: '100644', oid }]);
    const parents: ObjectId[] = tip === null ? [] : [tip];
    const commit = await objects.writeCommit({ tree, parents, author, committer: author, message: `${count + 1}\n` });
    const kept = await refs.read(keepingRef(commit));
    if (kept === null) await refs.compareAndSet(keepingRef(commit), null, commit);
    await refs.compareAndSet(MAIN_REF, tip, commit);
    tip = commit;
    process.stdout.write(`${count + 1}\n`);
  }
}

const [, , gitdir, times] = process.argv;
if (gitdir === undefined) throw new TypeError('The repository is missing.');
void commitOn(gitdir, times === undefined ? Infinity : Number(times));

import { initGitRepository } from '../../src/git/isomorphic/isomorphic-repository';
import { type GitRepository, MAIN_REF, treeFromFiles, writeRootCommit } from '../../src/git';
import { DEFAULT_LAYOUT } from '../../src/domain';

export const SERVICE = { name: 'Slipway', email: 'service@slipway.invalid' } as const;
export const TOM = { id: 'tom.moseley', name: 'Tom Moseley' } as const;
export const ANN = { id: 'ann', name: 'Ann Österberg' } as const;
export const NOW = '2026-03-01T10:22:31.114Z';

/** A bare repository whose `main` is the root commit of these files. */
export async function repositoryWith(
  gitdir: string,
  files: Readonly<Record<string, string>>,
): Promise<{ readonly repository: GitRepository; readonly root: string }> {
  const repository = await initGitRepository({ gitdir });
  const root = await writeRootCommit(repository.objects, {
    files: Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    pointerPath: DEFAULT_LAYOUT.pointer.path,
    serviceIdentity: SERVICE,
  });
  await repository.refs.compareAndSet(MAIN_REF, null, root);
  return { repository, root };
}

/** Writes a tree of text files. */
export async function treeOf({ objects }: GitRepository, files: Readonly<Record<string, string>>): Promise<string> {
  const listed = [];
  for (const [path, text] of Object.entries(files)) {
    listed.push({ path, mode: '100644' as const, oid: await objects.writeBlob(Buffer.from(text)) });
  }
  return treeFromFiles(objects, listed);
}

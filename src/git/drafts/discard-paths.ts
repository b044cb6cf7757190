import { BadUserInput } from '../../domain';
import { type GitObjects, type ObjectId } from '../git-repository';
import { listFiles } from '../trees/list-entries';
import { withEntries } from '../trees/with-entry';
import { refuseClashes } from './refuse-clashes';

/**
 * The release tree with the named files as they are in `target`, absent ones taken away.
 * @throws BadUserInput (`paths[0]`) for a file that neither tree holds, or that has no place beside the others.
 */
export async function discardPaths(
  objects: GitObjects,
  tree: ObjectId,
  target: ObjectId,
  paths: readonly string[],
): Promise<ObjectId> {
  const now = new Map((await listFiles(objects, tree)).map((file) => [file.path, file]));
  const then = new Map((await listFiles(objects, target)).map((file) => [file.path, file]));
  const restored = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const field = `paths[${index}]`;
    const before = then.get(path);
    if (before === undefined && !now.has(path)) {
      throw new BadUserInput(field, `there is no file ${JSON.stringify(path)}.`);
    }
    if (before === undefined) {
      now.delete(path);
    } else {
      now.set(path, before);
      restored.set(path, field);
    }
  }
  refuseClashes([...now.keys()], restored);
  return withEntries(objects, tree, new Map(paths.map((path) => [path, then.get(path) ?? null])));
}

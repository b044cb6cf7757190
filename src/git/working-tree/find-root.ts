import { lstat, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inOneLine } from '../../domain';
import { NotADirectory, WorkingTreeUnreadable } from '../working-tree.errors';

/** Where a directory stands. All paths are absolute, with links resolved. */
export interface Whereabouts {
  /** The directory itself. */
  readonly directory: string;
  /** The configuration repository around it. */
  readonly root: string;
  /** The Git working tree around that, which need not be the same; the root where there is none. */
  readonly checkout: string;
}

const MARKS = [join('_active', 'active_releases.json'), 'slipway.yaml', '.git'];

/**
 * The repository a directory belongs to: the nearest directory at or above it that holds a pointer file, a
 * `slipway.yaml` or a `.git`; without any, the directory itself.
 * @throws NotADirectory; WorkingTreeUnreadable
 */
export async function findRoot(given: string): Promise<Whereabouts> {
  const directory = await existingDirectory(given);
  const root = (await nearest(directory, MARKS)) ?? directory;
  return { directory, root, checkout: (await nearest(root, ['.git'])) ?? root };
}

async function existingDirectory(given: string): Promise<string> {
  try {
    const directory = await realpath(given);
    if ((await stat(directory)).isDirectory()) return directory;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) throw new NotADirectory(`There is no directory ${inOneLine(given)}.`);
    throw new WorkingTreeUnreadable(`${inOneLine(given)} cannot be read.`, { cause: error });
  }
  throw new NotADirectory(`${inOneLine(given)} is a file. Give the directory that holds it.`);
}

async function nearest(from: string, marks: readonly string[]): Promise<string | null> {
  for (const mark of marks) if (await exists(join(from, mark))) return from;
  const above = dirname(from);
  return above === from ? null : nearest(above, marks);
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw new WorkingTreeUnreadable(`${inOneLine(path)} cannot be read.`, { cause: error });
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

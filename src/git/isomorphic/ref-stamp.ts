import { type BigIntStats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './durable-fs';

/** What changed this recently may change again within the tick of its time stamp: it has no stamp yet. */
const SETTLED_MS = 2_000;

/**
 * Differs from an earlier answer when refs below a prefix that ends in `/` were made, moved or deleted by a program that replaces files, as
 * Git does; not when a file was written in place. Reads directories and no ref.
 *
 * @returns null for a moment after a change, when nothing can be told.
 */
export async function refStamp(gitdir: string, prefix: string): Promise<string | null> {
  const stats = [await statOrNull(join(gitdir, 'packed-refs')), ...(await directories(join(gitdir, prefix)))];
  const youngest = Math.max(0, ...stats.map((each) => Number(each?.mtimeMs ?? 0n)));
  if (Date.now() - youngest < SETTLED_MS) return null;
  return stats.map((each) => (each === null ? '' : [each.ino, each.mtimeNs, each.ctimeNs, each.size].join(':'))).join();
}

async function directories(path: string): Promise<readonly (BigIntStats | null)[]> {
  const own = await statOrNull(path);
  if (own?.isDirectory() !== true) return [own];
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
  const below: (BigIntStats | null)[] = [];
  for (const entry of entries) if (entry.isDirectory()) below.push(...(await directories(join(path, entry.name))));
  return [own, ...below];
}

async function statOrNull(path: string): Promise<BigIntStats | null> {
  try {
    return await stat(path, { bigint: true });
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

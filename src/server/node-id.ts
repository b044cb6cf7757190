import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNodeId } from '../git';
import { BadConfiguration } from './config';
import { syncDirectory } from '../git/isomorphic/durable-fs';

/** File of the data directory that names its node among those that share its log. */
export function nodeIdFile(dataDirectory: string): string {
  return join(dataDirectory, 'node-id');
}

/**
 * The id of a data directory's node. The first call makes it, and it stays: written aside, it comes whole or not at all.
 * Call it where the directory is held.
 * @throws BadConfiguration where the file holds something else.
 */
export async function ensureNodeId(dataDirectory: string): Promise<string> {
  const file = nodeIdFile(dataDirectory);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return makeNodeId(dataDirectory);
  const id = text.trim();
  if (isNodeId(id)) return id;
  throw new BadConfiguration(
    `${file} must hold the id of this node, 12 digits of 0-9a-f. Write it again as the trailer Slipway-Node of this node's drafts names it; where no draft lives here, remove the file.`,
  );
}

async function makeNodeId(dataDirectory: string): Promise<string> {
  const id = randomBytes(6).toString('hex');
  const file = nodeIdFile(dataDirectory);
  const aside = `${file}.tmp`;
  await writeFile(aside, `${id}\n`, { mode: 0o600, flush: true });
  await rename(aside, file);
  await syncDirectory(dataDirectory);
  return id;
}

import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refused } from './outcome';

/**
 * Writes a file aside, as `PATH.partial`, and gives it its name when it is complete and on disk: whoever sees the file sees
 * all of it.
 *
 * @returns its size in bytes.
 * @throws Refused where there is a file already, unless it may be overwritten; nothing is left behind.
 */
export async function writeAside(
  path: string,
  parts: AsyncIterable<string>,
  { overwrite }: { readonly overwrite: boolean },
): Promise<number> {
  const refuseTaken = (): void => {
    if (!overwrite && existsSync(path))
      throw new Refused(`${path} exists. Give another file, or overwrite it with --force.`);
  };
  refuseTaken();
  if (!existsSync(dirname(path))) throw new Refused(`${dirname(path)} is no directory. Make it first.`);
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    let bytes = 0;
    try {
      // Lines are small: many are handed to the system at once.
      let waiting: Buffer[] = [];
      let size = 0;
      const flush = async (): Promise<void> => {
        await file.writev(waiting);
        bytes += size;
        [waiting, size] = [[], 0];
      };
      for await (const part of parts) {
        const chunk = Buffer.from(part);
        waiting.push(chunk);
        size += chunk.length;
        if (size >= FLUSH_BYTES || waiting.length >= FLUSH_PARTS) await flush();
      }
      if (waiting.length > 0) await flush();
      await file.sync();
    } finally {
      await file.close();
    }
    refuseTaken();
    await rename(partial, path);
    return bytes;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

const FLUSH_BYTES = 256 * 1024;
const FLUSH_PARTS = 500;

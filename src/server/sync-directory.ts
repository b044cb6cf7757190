import { open } from 'node:fs/promises';

/** Brings the names in a directory to disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const opened = await open(directory, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

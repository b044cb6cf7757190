import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** File in the data directory that says where the running server answers; for commands on the same machine. */
export function endpointFile(dataDirectory: string): string {
  return join(dataDirectory, 'endpoint');
}

/** Says where the server answers; the returned function takes it back. */
export async function announceEndpoint(dataDirectory: string, url: string): Promise<() => Promise<void>> {
  const file = endpointFile(dataDirectory);
  await writeFile(file, `${url}\n`);
  return () => rm(file, { force: true });
}

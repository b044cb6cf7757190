import { createReadStream } from 'node:fs';
import { Refused } from '../outcome';

const CHUNK_BYTES = 1024 * 1024;

/** The bytes of an export, piece by piece. @throws Refused when the file cannot be read. */
export async function* readExportFile(path: string): AsyncIterable<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>; // no encoding is set
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new Refused(`${path} cannot be read: ${why}. Give a file that slipway export has written.`);
  }
}

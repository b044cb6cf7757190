import { createHash } from 'node:crypto';
import { canonicalJson } from '../../eventstore';
import { type ExportLine, MEMBERS } from './export-form';

/** A line of an export as it stands in a file. */
export interface ReadLine {
  /** From 1. */
  readonly number: number;
  /** Null where it is none of this format. */
  readonly line: ExportLine | null;
  /** What is wrong with how it is written; null when nothing is. */
  readonly fault: string | null;
  /** Hex SHA-256 of the bytes of the line before it; null for the first. */
  readonly before: string | null;
}

/** Reads the lines of an export from the bytes of a file, one in memory at a time. */
export async function* readExportLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  let number = 0;
  let before: string | null = null;
  for await (const { bytes, ended } of split(chunks)) {
    number += 1;
    const read = parseLine(bytes);
    yield {
      number,
      before,
      ...read,
      fault: read.fault ?? (ended ? null : 'It does not end in a newline: the file is cut off.'),
    };
    before = createHash('sha256')
      .update(bytes)
      .update(ended ? '\n' : '')
      .digest('hex');
  }
}

function parseLine(bytes: Buffer): Pick<ReadLine, 'line' | 'fault'> {
  let value: unknown;
  try {
    // A byte order mark is a byte like any other here.
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    if (!Buffer.from(canonicalJson(value)).equals(bytes))
      return { line: null, fault: 'It is not canonical JSON (RFC 8785).' };
  } catch {
    return { line: null, fault: 'It is not JSON.' };
  }
  if (!isExportLine(value)) return { line: null, fault: 'It is no line of this format.' };
  return { line: value, fault: null };
}

/** Looks at kind and members; what they say is for the checks. */
function isExportLine(value: unknown): value is ExportLine {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const { kind } = value;
  const members = typeof kind === 'string' && Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind as ExportLine['kind']] : null;
  return members !== null && Object.keys(value).sort().join() === members.join();
}

async function* split(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly bytes: Buffer; readonly ended: boolean }> {
  let parts: Uint8Array[] = [];
  for await (const chunk of chunks) {
    let at = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
      yield { bytes: Buffer.concat([...parts, chunk.subarray(at, end)]), ended: true };
      parts = [];
      at = end + 1;
    }
    if (at < chunk.length) parts.push(chunk.subarray(at));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), ended: false };
}

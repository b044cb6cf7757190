import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnRecord } from './own-record';

/** Directories of one test file, removed at its end, and the records of its clients, which stand beside them. */
export function scratch(): { readonly next: (name?: string) => string; readonly record: () => OwnRecord } {
  let directory = '';
  let count = 0;
  const records: OwnRecord[] = [];
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-faults-'));
  });
  afterAll(() => {
    for (const record of records) record.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const next = (name = 'data'): string => join(directory, `${(count += 1)}-${name}`);
  return {
    next,
    record: () => {
      const record = new OwnRecord(next('record.jsonl'));
      records.push(record);
      return record;
    },
  };
}

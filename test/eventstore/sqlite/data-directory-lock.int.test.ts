import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirectoryInUse, StoreUnavailable } from '../../../src/eventstore';
import { lockDataDirectory } from '../../../src/eventstore/sqlite/data-directory-lock';
import { startChild } from '../../support/child-process';

describe('the lock of a data directory', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'slipway-lock-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('refuses a second process, naming directory and holder, and is free when the holder was killed', async () => {
    const holder = startChild(join(__dirname, 'hold-lock.ts'), [directory]);
    try {
      for await (const line of holder.lines) {
        expect(line).toBe('locked');
        break;
      }
      expect(() => lockDataDirectory(directory)).toThrow(
        `The data directory ${directory} is in use by another process (pid ${holder.pid}). Stop it first, or choose another directory.`,
      );
      expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse);
    } finally {
      await holder.kill();
    }
    lockDataDirectory(directory).release();
  });

  it('is refused to a second holder in the same process, until it is released', () => {
    const lock = lockDataDirectory(directory);
    expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse);
    lock.release();
    expect(existsSync(join(directory, 'lock.pid'))).toBe(false);
    lockDataDirectory(directory).release();
  });

  it('cannot be had of a directory that does not exist', () => {
    expect(() => lockDataDirectory(join(directory, 'missing'))).toThrow(StoreUnavailable);
  });
});

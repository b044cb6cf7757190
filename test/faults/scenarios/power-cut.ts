import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endState, type EndState } from '../support/end-state';
import { type FaultyNode, type NodeOptions, startFaulty } from '../support/faulty-node';
import { startLoad } from '../support/kill-at-random';
import { type mounts } from '../support/machine';
import { OwnRecord } from '../support/own-record';

const IMAGE_BYTES = 96 * 1024 * 1024;

/** A disk of its own for a data directory, whose power can be cut: what a cut leaves is a copy of the image, taken while it is in use. */
export interface Disk {
  /** Where the data directory is. */
  readonly dataDirectory: string;
  /** The disk as it would be found if the power went now: mounted, with a data directory that nobody has. */
  cut(): { readonly dataDirectory: string; readonly remove: () => void };
}

export function makeDisk(directory: string, { image, unmount }: ReturnType<typeof mounts>): Disk {
  const file = `${directory}.img`;
  execFileSync('truncate', ['-s', String(IMAGE_BYTES), file]);
  execFileSync('mkfs.ext4', ['-q', '-F', file]);
  image(file, directory);
  let cuts = 0;
  return {
    dataDirectory: join(directory, 'data'),
    cut: () => {
      const [copy, at] = [`${directory}-cut-${(cuts += 1)}.img`, `${directory}-cut-${cuts}`];
      execFileSync('cp', ['--sparse=always', file, copy]);
      image(copy, at);
      const remove = (): void => {
        unmount(at);
        execFileSync('rm', [copy]);
      };
      return { dataDirectory: join(at, 'data'), remove };
    },
  };
}

/** Cuts the power of a server under load at moments that `waitMs` gives, and starts another on what each cut left. */
export async function* powerCuts(
  disk: Disk,
  options: {
    readonly record: OwnRecord;
    readonly cutRecord: (cut: number) => string;
    readonly recordPath: string;
    readonly seed: number;
    readonly waitMs: readonly number[];
    readonly node?: NodeOptions;
  },
): AsyncIterable<{ readonly state: EndState | null; readonly refusal: string | null }> {
  const node = await startFaulty(disk.dataDirectory, options.node);
  const load = startLoad(options.record, options.seed);
  load.serve(node);
  try {
    for (const [index, wait] of options.waitMs.entries()) {
      await pause(wait);
      node.signal('SIGSTOP');
      // Answers that were on their way are written down before the record is read.
      await pause(30);
      const kept = options.cutRecord(index);
      const cut = disk.cut();
      copyFileSync(options.recordPath, kept);
      node.signal('SIGCONT');
      try {
        yield await stateAfter(cut.dataDirectory, kept, options.node);
      } finally {
        cut.remove();
      }
    }
  } finally {
    load.serve(null);
    await node.kill();
    await load.stop();
  }
}

async function stateAfter(
  dataDirectory: string,
  record: string,
  options: NodeOptions | undefined,
): Promise<{ readonly state: EndState | null; readonly refusal: string | null }> {
  const known = new OwnRecord(record);
  let node: FaultyNode | null = null;
  try {
    node = await startFaulty(dataDirectory, options);
    return { state: await endState(node, dataDirectory, known), refusal: null };
  } catch (error) {
    return { state: null, refusal: error instanceof Error ? error.message : String(error) };
  } finally {
    await node?.kill();
    known.close();
  }
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitRebuild, rebuildGit } from '../../../src/server/rebuild-git';
import { type RunningSlipway } from './running-slipway';

/** Every ref and where it stands. */
export function refsOf(slipway: RunningSlipway): string {
  return slipway.git('for-each-ref', '--format=%(objectname) %(refname)');
}

/** Rebuilds the repository of a server, without the old one unless it is to stay. */
export function rebuild(
  slipway: RunningSlipway,
  contentFrom: readonly string[] = [],
  discardOld = true,
): Promise<GitRebuild> {
  return rebuildGit({ dataDirectory: slipway.dataDirectory, contentFrom, discardOld });
}

/** Expects that git finds nothing wrong. */
export function expectSound(slipway: RunningSlipway): void {
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
}

/** Takes an object away, as a disk may, out of the packs that a former rebuild has made too. */
export function lose(slipway: RunningSlipway, oid: string): void {
  unpack(slipway);
  rmSync(join(slipway.dataDirectory, 'repository.git', 'objects', oid.slice(0, 2), oid.slice(2)), { force: true });
}

function unpack(slipway: RunningSlipway): void {
  const packs = join(slipway.dataDirectory, 'repository.git', 'objects', 'pack');
  const aside = mkdtempSync(join(tmpdir(), 'slipway-packs-'));
  for (const name of readdirSync(packs)) {
    cpSync(join(packs, name), join(aside, name));
    rmSync(join(packs, name));
  }
  for (const name of readdirSync(aside).filter((each) => each.endsWith('.pack'))) {
    const args = ['--git-dir', join(slipway.dataDirectory, 'repository.git'), 'unpack-objects', '-q'];
    expect(spawnSync('git', args, { input: readFileSync(join(aside, name)) }).status).toBe(0);
  }
  rmSync(aside, { recursive: true });
}

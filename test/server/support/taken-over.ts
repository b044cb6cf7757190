import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AdoptedSource } from '../../../src/application';
import { importRepository } from '../../../src/server/adopt-source';
import { openFoundation } from '../../../src/server/open-foundation';
import { type RunningSlipway, startSlipway } from './running-slipway';

const REGISTER = join(__dirname, '..', '..', 'support', 'register-packed-ts.cjs');

/** An imported repository and a server on it. */
export interface TakenOver {
  readonly slipway: RunningSlipway;
  readonly reading: AdoptedSource;
}

/** Imports a repository, into a new data directory unless one is given, and serves it. */
export async function takeOver(
  source: string,
  dataDirectory?: string,
  { withHistory = false }: { readonly withHistory?: boolean } = {},
): Promise<TakenOver> {
  const directory = dataDirectory ?? mkdtempSync(join(tmpdir(), 'slipway-taken-over-'));
  const validation = { execArgv: ['--allow-addons', '-r', REGISTER], processes: 1, timeoutMs: 20_000 };
  const foundation = await openFoundation(directory, { validation });
  try {
    const reading = await importRepository(foundation, { path: source, branch: null, layout: undefined, withHistory });
    await foundation.close();
    return { reading, slipway: await startSlipway({ dataDirectory: directory }) };
  } finally {
    await foundation.close();
  }
}

/** A change of one package that goes to production and back. */
export interface Change {
  readonly package: string;
  /** Its active release. */
  readonly from: string;
  readonly path: string;
  readonly content: string;
  /** Where its releases are: `document_types/alpha/releases`. */
  readonly releases: string;
  readonly pointerFile?: string;
}

/** Takes a change to production and back and expects that nothing else in the repository moved by a byte. */
export async function expectRoundTrip({ slipway, reading }: TakenOver, change: Change): Promise<void> {
  const { package: id, from, path, content, releases, pointerFile = '_active/active_releases.json' } = change;
  const adopted = reading.commit;
  const draft = await slipway.commands.start({ package: id });
  await slipway.commands.save(draft.id, [{ path, content }]);
  const { release } = await slipway.commands.commit({ draft: draft.id, changeType: 'MINOR' });
  const { version } = release;
  const { staged, report } = await slipway.commands.stage({ package: id, version });
  expect({ staged, findings: staged ? [] : report.findings }).toEqual({ staged: true, findings: [] });

  const activated = await slipway.commands.activate({ [id]: version });
  expect(activated.pointer[id]).toBe(version);
  await slipway.published();
  expect(changedSince(slipway, adopted, pointerFile)).toEqual([`1 1 ${pointerFile}`]);
  expect(changedSince(slipway, adopted, '.').filter((line) => !line.endsWith(` ${pointerFile}`))).toEqual(
    changedSince(slipway, adopted, `${releases}/${version}`),
  );
  expect(slipway.git('show', `main:${releases}/${version}/${path}`)).toBe(content.trimEnd());
  // Where its directory already was, bytes and modes: only additions beside it.
  expect(slipway.git('diff', '--name-status', '--no-renames', adopted, 'main', '--', releases)).not.toMatch(/^[^A]/m);

  const rolledBack = await slipway.commands.rollback({ package: id });
  expect(rolledBack.pointer[id]).toBe(from);
  await slipway.published();
  expect(slipway.git('show', `main:${pointerFile}`)).toBe(slipway.git('show', `${adopted}:${pointerFile}`));
  expect(slipway.git('fsck', '--full', '--strict', '--no-dangling')).toBe('');
  expect(slipway.git('merge-base', adopted, 'main')).toBe(adopted);
}

/** `ADDED REMOVED PATH` of every file that differs, as plain git tells. */
function changedSince(slipway: RunningSlipway, commit: string, path: string): readonly string[] {
  const printed = slipway.git('diff', '--numstat', '--no-renames', commit, 'main', '--', path);
  return printed === '' ? [] : printed.split('\n').map((line) => line.replaceAll('\t', ' '));
}

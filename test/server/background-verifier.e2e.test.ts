import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSqlite } from '../../src/eventstore';
import { gitIsThere } from '../git/real-git';
import { type RunningSlipway, startSlipway } from './support/running-slipway';

const REGISTER = join(__dirname, '..', 'support', 'register-ts.cjs');
const QUERY = `{ verification { passed startedAt durationMs events position unpublished
  checks { check passed compared unchecked difference { what event expected found } } } }`;
const VERIFYING = { verifyEvery: 60, verifierArgv: ['-r', REGISTER] };

(gitIsThere ? describe : describe.skip)('The verification in the background (needs the git program)', () => {
  let slipway: RunningSlipway;
  afterEach(() => slipway.close());

  it('answers the query, `/readyz` and `/metrics`, and takes the node out of service when the proof fails', async () => {
    slipway = await startSlipway(VERIFYING);
    const first = await finished(slipway);
    expect(first).toMatchObject({ passed: true, unpublished: 0 });
    expect(first.checks.map(({ check }) => check)).toEqual([
      'chain',
      'commits',
      'trees',
      'pointer',
      'readModels',
      'objects',
    ]);
    expect(await fetch(new URL('/readyz', slipway.url)).then((answer) => answer.json())).toMatchObject({
      status: 'ready',
      verification: { passed: true, failed: [], failure: null },
    });
    expect(await metrics(slipway)).toMatch(/^slipway_verification_ok 1$/m);

    await slipway.restart(() => {
      const rows = openSqlite({ path: join(slipway.dataDirectory, 'read-model.db'), synchronous: 'NORMAL' });
      rows.exec(`UPDATE packages SET display_name = 'FORGED'`);
      rows.close();
    });
    expect(await finished(slipway)).toMatchObject({ passed: false });
    const ready = await fetch(new URL('/readyz', slipway.url));
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ verification: { passed: false, failed: ['readModels'] } });
    expect(await metrics(slipway)).toMatch(/^slipway_verification_ok 0$/m);
  });

  it('is off in a server that nobody has asked for it', async () => {
    slipway = await startSlipway();
    expect(await slipway.ask(QUERY)).toEqual({ verification: null });
    expect(await metrics(slipway)).toMatch(/^slipway_verification_ok -1$/m);
    expect(await metrics(slipway)).toMatch(/^slipway_publisher_lag_events 0$/m);
  });
});

interface Shown {
  readonly passed: boolean;
  readonly events: number;
  readonly checks: readonly { readonly check: string }[];
}

async function finished(slipway: RunningSlipway): Promise<Shown> {
  for (;;) {
    const { verification } = (await slipway.ask(QUERY)) as { verification: Shown | null };
    if (verification !== null) return verification;
    await pause(50);
  }
}

async function metrics({ url }: RunningSlipway): Promise<string> {
  return (await fetch(new URL('/metrics', url))).text();
}

import { discoveryFile } from './bundled-example';
import { discoveryDrafts, DISCOVERY } from './discovery-drafts';
import { furtherReleases } from './further-release';
import { type RunningSlipway } from './running-slipway';

/** Several of everything: failed stagings of 1.4.1, moves to and from 1.5.0, drafts that were left. */
export async function fillWithHistory(slipway: RunningSlipway): Promise<void> {
  const { edited, commit } = discoveryDrafts(slipway);
  const { further } = furtherReleases(slipway);
  const broken = await edited();
  // A test that is not there: nothing that production reads differs, so that a patch is enough.
  const content = `${discoveryFile('package.yaml')}tests:\n  fixtures: [tests/missing.json]\n`;
  await slipway.commands.save(broken, [{ path: 'package.yaml', content }]);
  await commit(broken);
  for (let times = 0; times < 3; times++) await slipway.commands.stage({ package: DISCOVERY, version: '1.4.1' });
  for (let drafts = 0; drafts < 3; drafts++) await edited();
  const version = await further(DISCOVERY);
  for (let times = 0; times < 3; times++) {
    await slipway.commands.activate({ [DISCOVERY]: version });
    await slipway.commands.rollback({ package: DISCOVERY });
  }
  await slipway.published();
}

import { discoveryDrafts, DISCOVERY } from './support/discovery-drafts';
import { driftOf } from './support/drift-of-tests';
import { slipwayOfFile } from './support/running-slipway';

/** As often as it can: what is seen of our own moves is never taken for somebody else's. */
const slipway = slipwayOfFile({ lookEveryMs: 1 });
const { edited, commit, touch } = discoveryDrafts(slipway);
const { seen, follow, readyz } = driftOf(slipway);

const ROUNDS = 2;

it('sees no drift in what the server itself does, however busy it is', async () => {
  const changes = await follow();
  await slipway.commands.stage({ package: DISCOVERY, version: '1.3.0' });
  const moving = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS * 6; round += 1) {
      await slipway.commands.activate({ [DISCOVERY]: '1.3.0' });
      await slipway.commands.activate({ [DISCOVERY]: '1.4.0' });
    }
  };
  const staging = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { version } = await commit(await edited({ baseVersion: '1.4.0' }));
      await slipway.commands.stage({ package: DISCOVERY, version });
      await slipway.commands.tag({ package: DISCOVERY, version });
    }
  };
  const drafting = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS * 2; round += 1) {
      const draft = await edited({ baseVersion: '1.4.0' });
      await commit(draft, { changeType: 'MINOR' });
      await touch(draft);
      await commit(draft, { changeType: 'MINOR' });
      await slipway.commands.abandon(draft);
    }
  };
  const asking = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS * 4; round += 1) expect(await seen()).toEqual([]);
  };
  await Promise.all([moving(), staging(), drafting(), asking()]);
  await slipway.published();

  expect(await seen()).toEqual([]);
  expect(changes.pending).toEqual([]);
  expect(slipway.logged).toEqual([]);
  expect((await readyz()).status).toBe(200);
}, 60_000);

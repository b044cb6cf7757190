import { startSlipway } from './support/running-slipway';

/** A connection that a client keeps alive would last 72 s. */
const IN_ORDER_WITHIN_MS = 15_000;

it('ends soon after the last answer, though its client keeps the connection', async () => {
  let release: () => void = () => undefined;
  let held: () => void = () => undefined;
  const isHeld = new Promise<void>((resolve) => (held = resolve));
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slipway = await startSlipway({
    step: async (name) => {
      if (name !== 'appended') return;
      held();
      await gate;
    },
  });
  const under = slipway.commands.deactivate(['implementation_plan']);
  await isHeld;
  const began = performance.now();
  const closed = slipway.close();
  release();
  expect((await under).pointer).not.toHaveProperty('implementation_plan');
  await closed;
  expect(performance.now() - began).toBeLessThan(IN_ORDER_WITHIN_MS);
});

/** True in `npm run test:hostile`, which takes its time: `npm test` makes fewer cases, and still one of each kind. */
export const IS_THOROUGH = process.env.SLIPWAY_THOROUGH === '1';

/** How many cases a random test makes: usually, and when it may take its time. */
export function runs(usually: number, thoroughly: number): number {
  return IS_THOROUGH ? thoroughly : usually;
}

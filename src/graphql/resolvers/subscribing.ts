import { type GraphqlContext } from '../context';

/** What a subscription starts from. */
export interface Subscribing<Args> {
  readonly args: Args;
  readonly context: GraphqlContext;
}

/** Options of the argument `after` of a subscription. */
export const RESUME = {
  nullable: true,
  description:
    'Begin behind this position: first what came after it, then what happens from now on, without a gap and without ' +
    'repeating anything. By default only what happens from now on.',
};

import { Unavailable } from '../../domain';
import { LogDamaged, StoreUnavailable } from '../../eventstore';
import { type DriftChange, type DriftWatch, RefUnreadable } from '../../git';
import { type Application } from '../application';
import { type Projected } from '../ports';
import { damaged } from '../streams/store-access';
import { type AdoptDependencies } from './adopt-drift';
import { createDescribeDrift } from './describe-drift';
import { type DriftChangeAnswer } from './drift-answer';
import { createResolveDrift } from './resolve-drift';

/** Looking at drift, and resolving it. */
export function createDriftUseCases(
  dependencies: AdoptDependencies & { readonly driftWatch: DriftWatch; readonly projected: Projected },
): Pick<Application, 'drifts' | 'driftChanges' | 'resolveDrift'> {
  const { driftWatch } = dependencies;
  const describe = createDescribeDrift(dependencies);
  const resolve = createResolveDrift(dependencies);

  async function* described(changes: AsyncIterable<DriftChange>): AsyncGenerator<DriftChangeAnswer> {
    for await (const { transition, drift } of changes) yield { transition, drift: await describe(drift) };
  }
  return {
    drifts: async () => Promise.all((await available(driftWatch.look())).map(describe)),
    driftChanges: (signal) => described(driftWatch.changes(signal)),
    resolveDrift: (input, context) => available(resolve(input, context)),
  };
}

/** @throws Unavailable for a ref or a log that cannot be read right now, and for a log that is damaged. */
async function available<T>(looking: Promise<T>): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof LogDamaged) throw damaged(error.message, error);
    if (!(error instanceof RefUnreadable || error instanceof StoreUnavailable)) throw error;
    throw new Unavailable(`${error.message} Nothing can be said of drift until it can.`, {}, { cause: error });
  }
}

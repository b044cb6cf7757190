import { DomainError } from './domain-error';

/** Nothing of what was named differs from what the log predicts. */
export class DriftNotFound extends DomainError {
  readonly code = 'DRIFT_NOT_FOUND';
  constructor(place: string | null, ref: string | null) {
    const where = [ref, place === null ? null : `(${place})`].filter((part) => part !== null).join(' ');
    super(
      where === ''
        ? 'Every ref is what the log predicts: there is nothing to resolve.'
        : `${where} is what the log predicts: there is nothing to resolve. Ask for the list with \`slipway drift\`.`,
      { place, ref },
    );
  }
}

/** A remedy that cannot be applied to a drift; the reasons say what stands against it. Nothing was written. */
export class DriftNotResolvable extends DomainError {
  readonly code = 'DRIFT_NOT_RESOLVABLE';
  constructor(
    drift: { readonly remedy: string; readonly place: string; readonly ref: string },
    readonly reasons: readonly string[],
    options?: ErrorOptions,
  ) {
    const { remedy, place, ref } = drift;
    super(`${ref} (${place}) cannot be resolved by ${remedy}. ${reasons.join(' ')}`, { ...drift, reasons }, options);
  }
}

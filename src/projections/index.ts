export { ACTIVATION_ACTION } from './actions';
export * from './create-projections';
export * from './page';
export * from './read-model';
export * from './rebuild-read-model';
export * from './rows';
export { digestReadModel } from './tables/digest-read-model';
export { PoisonEvent } from './tables/poison-event';
export { type TableSet } from './tables/table-set';

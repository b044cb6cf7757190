export * from './repository-history';
export * from './walk-history';

export * from './page';
export * from './read-model';
export * from './rows';

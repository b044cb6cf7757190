export * from './answers';
export * from './application';
export * from './command-context';
export * from './ports';

export * from './adoption/adopt-repository';
export * from './adoption/nothing-to-adopt';
export * from './adoption/read-source';
export * from './answers';
export * from './application';
export * from './command-context';
export * from './create-application';
export * from './ports';

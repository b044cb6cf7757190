export * from './date-time.scalar';
export * from './json.scalar';
export * from './position.scalar';

export * from './first-different-row';
export * from './kept-read-model';
export * from './publications-check';
export * from './read-model-check';

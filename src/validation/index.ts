export { NOT_COMPARED } from './classification/unfinished-classification';
export { createValidationEngine, type ValidationEngineOptions } from './engine';
export { LIMITS } from './limits';
export * from './validation-engine';

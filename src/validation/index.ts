export { createValidationEngine, type ValidationEngineOptions } from './engine';
export { LIMITS } from './limits';
export * from './validation-engine';

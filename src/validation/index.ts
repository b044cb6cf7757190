export { NOT_COMPARED } from './classification/unfinished-classification';
export { createValidationEngine, type ValidationEngineOptions } from './engine';
export { LIMITS } from './limits';
export { type NotActive, pinNotActive, pinsVersions } from './references/pins';
export * from './validation-engine';

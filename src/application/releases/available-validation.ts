import { Unavailable } from '../../domain';
import { type ValidationEngine, ValidatorUnavailable } from '../../validation';

/** The engine, with "no validator can be started" as the refusal it is to callers: it is no verdict on any content. */
export function availableValidation(engine: ValidationEngine): ValidationEngine {
  return {
    rulesetDigest: (policy) => engine.rulesetDigest(policy),
    rules: engine.rules,
    validate: (request) => translated(engine.validate(request)),
    classifyChange: (request) => translated(engine.classifyChange(request)),
    readPins: (release) => translated(engine.readPins(release)),
    readManifest: (manifest, layout) => translated(engine.readManifest(manifest, layout)),
    readManifests: (manifests) => translated(engine.readManifests(manifests)),
    readYaml: (bytes) => translated(engine.readYaml(bytes)),
    faultsOfPolicy: (policy) => translated(engine.faultsOfPolicy(policy)),
    rewriteVersion: (manifest, layout, version) => translated(engine.rewriteVersion(manifest, layout, version)),
    close: () => engine.close(),
  };
}

async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ValidatorUnavailable)
      throw new Unavailable('Content cannot be validated right now. Try again.');
    throw error;
  }
}

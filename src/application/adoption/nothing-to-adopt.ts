import { type SourceReading } from './read-source';

/** Where releases were looked for there is none: most likely they are somewhere else. */
export class NothingToAdopt extends Error {
  override readonly name = 'NothingToAdopt';

  constructor({ layout, hasPointerFile, notAdopted }: SourceReading) {
    const places = Object.entries(layout.kinds).map(([kind, { path }]) => `${path} (${kind})`);
    const pointer = `The pointer file is ${hasPointerFile ? '' : 'missing too; it was '}looked for at ${layout.pointer.path}.`;
    const [flawed] = notAdopted;
    super(
      [
        `There is no release at ${places.join(' or ')}.`,
        pointer,
        ...(flawed === undefined ? [] : [`Not a release: ${flawed.path} (${flawed.why}).`]),
        'Say where they are with --layout FILE or in slipway.yaml of that repository.',
        'For a new repository use slipway serve --empty.',
      ].join(' '),
    );
  }
}

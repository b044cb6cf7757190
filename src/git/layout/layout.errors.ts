/** A layout that was written down is malformed. `field` names the place, for example `layout.kinds.roles.path`. */
export class LayoutInvalid extends Error {
  constructor(
    readonly field: string,
    readonly why: string,
  ) {
    super(`${field}: ${why}`);
    this.name = 'LayoutInvalid';
  }
}

/** The places of a section's releases cannot be told from the repository alone. */
export class LayoutUndecidable extends Error {
  constructor(
    readonly section: string,
    /** Path patterns that are possible, sorted. */
    readonly candidates: readonly string[],
  ) {
    super(
      `It cannot be decided where the releases of ${JSON.stringify(section)} are: ` +
        `${candidates.length === 0 ? 'no directory holds all of them' : candidates.join(' or ')}. ` +
        'Say it in slipway.yaml under layout.kinds, or give a layout file.',
    );
    this.name = 'LayoutUndecidable';
  }
}

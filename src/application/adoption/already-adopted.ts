/** The log holds an adoption already, finished or of another commit. */
export class AlreadyAdopted extends Error {
  override readonly name = 'AlreadyAdopted';
}

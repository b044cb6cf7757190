import { ObjectMissing } from './errors';
import { type ObjectId } from './git-repository';
import { type ObjectType } from './object-form/object-bytes';

/** An object byte for byte, without its header. */
export interface WholeObject {
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

/** The objects of a repository byte for byte, whoever wrote them: for whoever copies them, or has to prove what is there. */
export interface ObjectSource {
  /** @throws ObjectMissing for an object that is not there, or whose bytes do not have its id. */
  readWhole(oid: ObjectId): Promise<WholeObject>;
}

/** Where objects are copied to. */
export interface ObjectSink {
  has(oid: ObjectId): Promise<boolean>;
  /** As durable as every other write. */
  writeWhole(object: WholeObject): Promise<ObjectId>;
}

/** Why an object cannot be read, in the words of {@link ObjectMissing}. */
export function missing(oid: ObjectId, why: string): ObjectMissing {
  return new ObjectMissing(oid, { cause: new RangeError(why) });
}

import { type ObjectId } from './git-repository';
import { type ObjectType } from './object-form/object-bytes';

/** An object byte for byte, without its header. */
export interface WholeObject {
  readonly type: ObjectType;
  readonly bytes: Buffer;
}

/** Where objects are copied from: whoever wrote them, they stay as they are. */
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

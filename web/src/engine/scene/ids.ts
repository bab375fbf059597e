import { type ShapeId, shapeId } from "./scene";

const DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

/** Makes ids of shapes from a source of random bytes: 12 characters, 60 bits. */
export const shapeIds = (random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) => (): ShapeId => {
  const bytes = random(new Uint8Array(12));
  return shapeId(Array.from(bytes, byte => DIGITS[byte & 31]).join(""));
};

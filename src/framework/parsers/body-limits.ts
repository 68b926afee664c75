import type { BodyLimits } from './parser.js';

/** Django's limits, and those that keep recursion and memory small. */
export const DEFAULT_BODY_LIMITS: BodyLimits = Object.freeze({
  bodyLimit: 2_621_440,
  depth: 32,
  nodes: 100_000,
  formFields: 1_000,
  uploadLimit: 104_857_600,
  fileSize: 26_214_400,
  files: 100,
  fileMemory: 2_621_440,
  fileNameLength: 255,
});

#!/usr/bin/env node
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import generatorHelper from '@prisma/generator-helper';
import { describeModels } from './metadata.js';
import { renderModels } from './render.js';

/**
 * The Prisma generator: writes `models.ts` into the folder that the schema names as `output`.
 *
 * @example
 * generator models {
 *   provider = "nest-rest-generator"
 *   output   = "../src/generated"
 * }
 */
generatorHelper.generatorHandler({
  onManifest: () => ({ prettyName: 'nest-rest-framework models', defaultOutput: '../src/generated' }),
  async onGenerate({ generator, dmmf, datamodel }) {
    const folder = generator.output?.value;
    if (!folder) throw new Error('The generator of nest-rest-framework needs an `output` folder.');
    const file = join(folder, 'models.ts');
    const source = renderModels(describeModels(dmmf.datamodel, datamodel));
    // A file that has not changed is left alone, so that nothing is compiled anew.
    if ((await readFile(file, 'utf8').catch(() => undefined)) === source) return;
    await mkdir(folder, { recursive: true });
    await writeFile(file, source);
  },
});

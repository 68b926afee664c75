import { getDMMF } from '@prisma/get-dmmf';
import type { DMMF } from '@prisma/generator-helper';
import { ScriptTarget, transpileModule } from 'typescript';
import type { Model } from '../../../src/framework/models/model.js';
import { describeModels } from '../../../src/generator/metadata.js';
import { renderModels } from '../../../src/generator/render.js';

/** What Prisma's parser hands to a generator for these models. */
export function parseSchema(models: string): DMMF.Datamodel {
  const parsed = getDMMF({ datamodel: `datasource db {\n  provider = "postgresql"\n}\n${models}` });
  if (!('datamodel' in parsed)) throw parsed.error;
  return parsed.datamodel;
}

/** The file of models that the generator writes for a schema. */
export const render = (schema: string): string => renderModels(describeModels(parseSchema(schema)));

/** The models of such a file, as an application imports them. */
export async function run(source: string): Promise<Record<string, Model>> {
  const { outputText } = transpileModule(source, { compilerOptions: { target: ScriptTarget.ES2023, module: 99 } });
  const module = (await import(`data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`)) as { models: Record<string, Model> };
  return module.models;
}

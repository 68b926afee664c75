import { getDMMF } from '@prisma/get-dmmf';
import type { DMMF } from '@prisma/generator-helper';

/** What Prisma's parser hands to a generator for these models. */
export function parseSchema(models: string): DMMF.Datamodel {
  const parsed = getDMMF({ datamodel: `datasource db {\n  provider = "postgresql"\n}\n${models}` });
  if (!('datamodel' in parsed)) throw parsed.error;
  return parsed.datamodel;
}

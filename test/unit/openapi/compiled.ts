import type { Model } from '../../../src/framework/models/model.js';
import { Routes } from '../../../src/framework/routers/routes.js';
import type { CompileEnvironment } from '../../../src/framework/serializers/compiled/compile-environment.js';
import { CompiledSerializer } from '../../../src/framework/serializers/compiled/compiled-serializer.js';
import { MODEL } from '../../../src/framework/serializers/model-serializer.js';
import type { Serializer, SerializerClass } from '../../../src/framework/serializers/serializer.js';
import { Clock } from '../../../src/framework/settings/clock.js';
import { resolveSettings } from '../../../src/framework/settings/resolve-settings.js';

const known = new Map<SerializerClass, CompiledSerializer>();

const environment: CompileEnvironment = {
  settings: resolveSettings({ authentication: [], permissions: [] }),
  routes: new Routes(),
  clock: new Clock(),
  compiled: (serializer: SerializerClass) => compiled(serializer as never),
  validator: (validator) => new validator(),
  constraint: (constraint) => new constraint(),
};

/** A serializer as boot makes it ready, without an application. */
export function compiled(serializer: new () => Serializer): CompiledSerializer {
  let made = known.get(serializer);
  if (!made)
    known.set(serializer, (made = new CompiledSerializer(new serializer(), (serializer as { [MODEL]?: Model })[MODEL] ?? null, environment)));
  return made;
}

const FRAMEWORK_ACTION = Symbol('rest.frameworkAction');

/** Marks a function of the mixins: boot knows by it that a class has not overridden the function. Copies of it for routes are marked too. */
export const FrameworkAction: MethodDecorator = (_target, _property, { value }) => {
  Reflect.defineMetadata(FRAMEWORK_ACTION, true, value as object);
};

export const isFrameworkAction = (handler: unknown): boolean => typeof handler === 'function' && Reflect.hasMetadata(FRAMEWORK_ACTION, handler);

export { Answers } from './answers.decorator.js';
export { openApiDocument, type OpenApiInfo } from './open-api-document.js';
export { serveOpenApi, type OpenApiOptions } from './serve-open-api.js';

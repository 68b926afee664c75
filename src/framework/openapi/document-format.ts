import { MediaType } from '../negotiation/media-type.js';

/** How the document is sent. */
export interface DocumentFormat {
  readonly syntax: 'json' | 'yaml';
  readonly mediaType: string;
}

const JSON_TYPE: DocumentFormat = { syntax: 'json', mediaType: 'application/vnd.oai.openapi+json' };
const YAML_TYPE: DocumentFormat = { syntax: 'yaml', mediaType: 'application/vnd.oai.openapi' };
/** What browsers show instead of saving it. */
const PLAIN: DocumentFormat = { syntax: 'json', mediaType: 'application/json' };

const BY_NAME: Readonly<Record<string, DocumentFormat>> = { json: JSON_TYPE, yaml: YAML_TYPE };
const OFFERED: readonly DocumentFormat[] = [JSON_TYPE, PLAIN, YAML_TYPE, { syntax: 'yaml', mediaType: 'application/yaml' }];

/** The format that a client asks for, by `?format=` or by `Accept`: JSON where it names none of ours. Undefined for a format that there is not. */
export function documentFormat(format: string | undefined, accept: string | undefined): DocumentFormat | undefined {
  if (format) return Object.hasOwn(BY_NAME, format) ? BY_NAME[format] : undefined;
  const accepted = (accept ?? '*/*').split(',').map((text) => MediaType.parse(text));
  if (accepted.some(({ full }) => full === 'text/html')) return PLAIN;
  const quality = ({ params }: MediaType) => Number(params.get('q') ?? 1) || 0;
  const wanted = accepted.filter((type) => quality(type) > 0).sort((a, b) => quality(b) - quality(a) || b.precedence - a.precedence);
  for (const { type, subtype } of wanted) {
    const match = OFFERED.find(({ mediaType }) => MediaType.parse(`${type}/${subtype}`).matches(MediaType.parse(mediaType)));
    if (match) return match;
  }
  return JSON_TYPE;
}

import type { Catalogue } from '../catalogue.js';

/** French, in the words of Django's and Django REST framework's translators where they have some. */
export const french: Catalogue = {
  language: 'fr',
  messages: {
    // authentication
    'Invalid basic header. No credentials provided.': "En-tête « basic » non valide. Informations d'identification non fournies.",
    'Invalid basic header. Credentials string should not contain spaces.':
      "En-tête « basic » non valide. Les informations d'identification ne doivent pas contenir d'espaces.",
    'Invalid username/password.': "Nom d'utilisateur et/ou mot de passe non valide(s).",
    'User inactive or deleted.': 'Utilisateur inactif ou supprimé.',
    'Invalid basic header. Credentials not correctly base64 encoded.':
      "En-tête « basic » non valide. Encodage base64 des informations d'identification incorrect.",
    'No data provided': 'Aucune donnée fournie',
    'Invalid data. Expected a dictionary, but got {datatype}.': 'Donnée non valide. Attendait un dictionnaire, a reçu {datatype}.',
    'This field is required.': 'Ce champ est obligatoire.',
    'This field may not be null.': 'Ce champ ne peut être nul.',
    'Not a valid string.': 'Chaîne de caractère invalide.',
    'This field may not be blank.': 'Ce champ ne peut être vide.',
    'Null characters are not allowed.': 'Le caractère nul n’est pas autorisé.',
    'Surrogate characters are not allowed: U+{code_point}.': 'Les caractères de substitution ne sont pas autorisés : U+{code_point}.',
    'Unable to log in with provided credentials.': "Impossible de se connecter avec les informations d'identification fournies.",
    'Invalid token header. No credentials provided.': "En-tête « token » non valide. Informations d'identification non fournies.",
    'Invalid token header. Token string should not contain spaces.': "En-tête « token » non valide. Un token ne doit pas contenir d'espaces.",
    'Invalid token header. Token string should not contain invalid characters.':
      'En-tête « token » non valide. Un token ne doit pas contenir de caractères invalides.',
    'Invalid token.': 'Token non valide.',
    // exceptions
    'A server error occurred.': 'Une erreur du serveur est survenue.',
    'Invalid input.': 'Saisie invalide.',
    'Malformed request.': 'Requête malformée.',
    'Incorrect authentication credentials.': "Informations d'authentification incorrectes.",
    'Authentication credentials were not provided.': "Informations d'authentification non fournies.",
    'You do not have permission to perform this action.': "Vous n'avez pas la permission d'effectuer cette action.",
    'Not found.': 'Non trouvé.',
    'Method not allowed.': 'Méthode non autorisée.',
    'Method "{method}" not allowed.': 'Méthode « {method} » non autorisée.',
    'Could not satisfy the request Accept header.': "L'en-tête « Accept » n'a pas pu être satisfaite.",
    'The request conflicts with the current state.': "La requête est en conflit avec l'état actuel.",
    'Request body is too large.': 'Le corps de la requête est trop volumineux.',
    'Unsupported media type in request.': 'Type de média non supporté.',
    'Unsupported media type "{media_type}" in request.': 'Type de média « {media_type} » non supporté.',
    'Request was throttled.': 'Requête ralentie.',
    '{detail} Expected available in {wait} seconds.': {
      by: 'wait',
      one: '{detail} Disponible à nouveau dans {wait} seconde.',
      other: '{detail} Disponible à nouveau dans {wait} secondes.',
    },
    'The service is temporarily unavailable.': 'Le service est temporairement indisponible.',
    'The address is too long.': "L'adresse est trop longue.",
    'No {model} matches the given query.': 'Aucun objet {model} ne correspond à la requête.',
    // fields
    'A valid biginteger is required.': 'Un grand nombre entier valide est requis.',
    'String value too large.': 'Chaîne de caractères trop longue.',
    'Must be a valid boolean.': 'Doit être un booléen valide.',
    '"{input}" is not a valid choice.': "« {input} » n'est pas un choix valide.",
    'Date has wrong format. Use one of these formats instead: {format}.':
      "La date n'a pas le bon format. Utilisez un des formats suivants : {format}.",
    'Datetime has wrong format. Use one of these formats instead: {format}.':
      "La date + heure n'a pas le bon format. Utilisez un des formats suivants : {format}.",
    'Datetime value out of range.': "Valeur de date et heure hors de l'intervalle.",
    'A valid number is required.': 'Un nombre valide est requis.',
    'Ensure that there are no more than {max_digits} digits in total.': {
      by: 'max_digits',
      one: "Assurez-vous qu'il n'y a pas plus de {max_digits} chiffre au total.",
      other: "Assurez-vous qu'il n'y a pas plus de {max_digits} chiffres au total.",
    },
    'Ensure that there are no more than {max_decimal_places} decimal places.': {
      by: 'max_decimal_places',
      one: "Assurez-vous qu'il n'y a pas plus de {max_decimal_places} chiffre après la virgule.",
      other: "Assurez-vous qu'il n'y a pas plus de {max_decimal_places} chiffres après la virgule.",
    },
    'Ensure that there are no more than {max_whole_digits} digits before the decimal point.': {
      by: 'max_whole_digits',
      one: "Assurez-vous qu'il n'y a pas plus de {max_whole_digits} chiffre avant la virgule.",
      other: "Assurez-vous qu'il n'y a pas plus de {max_whole_digits} chiffres avant la virgule.",
    },
    'Duration has wrong format. Use one of these formats instead: {format}.':
      "La durée n'a pas le bon format. Utilisez l'un des formats suivants : {format}.",
    'The number of days must be between {min_days} and {max_days}.': 'Le nombre de jours doit être entre {min_days} et {max_days}.',
    'Enter a valid email address.': 'Saisissez une adresse e-mail valide.',
    'Invalid value ({code}).': 'Valeur non valide ({code}).',
    'Integer value too large to convert to float': 'Nombre entier trop grand pour être converti en nombre à virgule flottante',
    'A valid integer is required.': 'Un nombre entier valide est requis.',
    'Value must be valid JSON.': 'La valeur doit être un JSON valide.',
    'Ensure this field has no more than {max_length} elements.': {
      by: 'max_length',
      one: "Assurez-vous que ce champ n'a pas plus de {max_length} élément.",
      other: "Assurez-vous que ce champ n'a pas plus de {max_length} éléments.",
    },
    'Ensure this field has at least {min_length} elements.': {
      by: 'min_length',
      one: 'Assurez-vous que ce champ a au moins {min_length} élément.',
      other: 'Assurez-vous que ce champ a au moins {min_length} éléments.',
    },
    'Expected a list of items but got type "{input_type}".': "Attendait une liste d'éléments mais a reçu « {input_type} ».",
    'This list may not be empty.': 'Cette liste ne peut pas être vide.',
    'This value does not match the required pattern.': 'Cette valeur ne satisfait pas le motif imposé.',
    'Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.':
      "Ce champ ne doit contenir que des lettres, des nombres, des tirets bas _ et des traits d'union.",
    'Enter a valid "slug" consisting of Unicode letters, numbers, underscores, or hyphens.':
      "Ce champ ne doit contenir que des lettres Unicode, des nombres, des tirets bas _ et des traits d'union.",
    'Time has wrong format. Use one of these formats instead: {format}.':
      "L'heure n'a pas le bon format. Utilisez un des formats suivants : {format}.",
    'Enter a valid URL.': 'Saisissez une URL valide.',
    'Must be a valid UUID.': 'Doit être un UUID valide.',
    // filters
    'Select a valid choice. {value} is not one of the available choices.': 'Sélectionnez un choix valide. {value} n’en fait pas partie.',
    'Enter a valid date.': 'Saisissez une date valide.',
    'Enter a valid date/time.': 'Saisissez une date et une heure valides.',
    'At most {limit} values are allowed.': {
      by: 'limit',
      one: 'Au plus {limit} valeur est autorisée.',
      other: 'Au plus {limit} valeurs sont autorisées.',
    },
    'Range query expects two values.': 'Une plage attend deux valeurs.',
    'Select a valid choice. That choice is not one of the available choices.':
      'Sélectionnez un choix valide. Ce choix ne fait pas partie de ceux disponibles.',
    '“{pk}” is not a valid value.': '« {pk} » n’est pas une valeur correcte.',
    'Enter a number.': 'Saisissez un nombre.',
    'At most {limit} search terms are allowed.': {
      by: 'limit',
      one: 'Au plus {limit} terme de recherche est autorisé.',
      other: 'Au plus {limit} termes de recherche sont autorisés.',
    },
    'Unknown parameter.': 'Paramètre inconnu.',
    'Unknown parameter. Did you mean "{nearest}"?': 'Paramètre inconnu. Vouliez-vous dire « {nearest} » ?',
    'Enter a valid time.': 'Saisissez une heure valide.',
    'Enter a valid UUID.': 'Saisissez un UUID valide.',
    // pagination
    'Invalid cursor': 'Curseur non valide',
    'Invalid page.': 'Page non valide.',
    // parsers
    'unknown encoding: {charset}': 'encodage inconnu : {charset}',
    "'{charset}' codec can't decode the body": "le codec '{charset}' ne peut pas décoder le corps",
    'invalid start byte': 'octet de début non valide',
    'unexpected end of data': 'fin inattendue des données',
    'invalid continuation byte': 'octet de suite non valide',
    "'utf-8' codec can't decode bytes in position {first}-{last}: {reason}":
      "le codec 'utf-8' ne peut pas décoder les octets aux positions {first}-{last} : {reason}",
    "'utf-8' codec can't decode byte {byte} in position {position}: {reason}":
      "le codec 'utf-8' ne peut pas décoder l'octet {byte} à la position {position} : {reason}",
    'Form parse error - more than {limit} fields.': {
      by: 'limit',
      one: "Erreur d'analyse du formulaire - plus de {limit} champ.",
      other: "Erreur d'analyse du formulaire - plus de {limit} champs.",
    },
    'JSON parse error - {reason}': "Erreur d'analyse JSON - {reason}",
    '{reason}: line {line} column {column} (char {char})': '{reason} : ligne {line}, colonne {column} (caractère {char})',
    'Unexpected UTF-8 BOM (decode using utf-8-sig)': 'BOM UTF-8 inattendu (à décoder avec utf-8-sig)',
    'Extra data': 'Données en trop',
    'Expecting property name enclosed in double quotes': 'Nom de propriété entre guillemets doubles attendu',
    'The key "{key}" is not allowed.': 'La clé « {key} » n’est pas autorisée.',
    "Expecting ':' delimiter": "Séparateur ':' attendu",
    "Expecting ',' delimiter": "Séparateur ',' attendu",
    'Unterminated string starting at': 'Chaîne non terminée qui commence à',
    'Invalid control character at': 'Caractère de contrôle non valide à',
    'Invalid \\uXXXX escape': 'Échappement \\uXXXX non valide',
    'Invalid \\escape': 'Échappement \\ non valide',
    'Expecting value': 'Valeur attendue',
    "Out of range float values are not JSON compliant: '{value}'": "Les nombres hors de l'intervalle ne sont pas conformes à JSON : '{value}'",
    'Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use sys.set_int_max_str_digits() to increase the limit':
      "Dépasse la limite ({limit} chiffres) de conversion d'un entier : la valeur a {digits} chiffres",
    'Nested too deeply: more than {limit} levels.': {
      by: 'limit',
      one: 'Imbrication trop profonde : plus de {limit} niveau.',
      other: 'Imbrication trop profonde : plus de {limit} niveaux.',
    },
    'Too many values: more than {limit}.': 'Trop de valeurs : plus de {limit}.',
    'more than {limit} fields.': { by: 'limit', one: 'plus de {limit} champ.', other: 'plus de {limit} champs.' },
    'more than {limit} files.': { by: 'limit', one: 'plus de {limit} fichier.', other: 'plus de {limit} fichiers.' },
    'too many parts.': 'trop de parties.',
    'Invalid boundary in multipart: {boundary}': 'Délimiteur non valide dans multipart : {boundary}',
    'Multipart form parse error - {reason}': "Erreur d'analyse du formulaire multipart - {reason}",
    'The request ended before its body was complete.': "La requête s'est terminée avant la fin de son corps.",
    // prisma
    'Invalid value.': 'Valeur non valide.',
    'A row with these values already exists.': 'Un objet avec ces valeurs existe déjà.',
    'Other rows refer to this one.': "D'autres objets se réfèrent à celui-ci.",
    'Object does not exist.': "L'objet n'existe pas.",
    // relations
    'Invalid hyperlink - No URL match.': "Lien non valide : pas d'URL correspondante.",
    'Invalid hyperlink - Incorrect URL match.': 'Lien non valide : URL correspondante incorrecte.',
    'Invalid hyperlink - Object does not exist.': "Lien non valide : l'objet n'existe pas.",
    'Incorrect type. Expected URL string, received {data_type}.': 'Type incorrect. Attendait une URL, a reçu {data_type}.',
    'Invalid pk "{pk_value}" - object does not exist.': "Clé primaire « {pk_value} » non valide - l'objet n'existe pas.",
    'Incorrect type. Expected pk value, received {data_type}.': 'Type incorrect. Attendait une clé primaire, a reçu {data_type}.',
    '“{value}” is not a valid UUID.': 'La valeur « {value} » n’est pas un UUID valide.',
    'Object with {slug_name}={value} does not exist.': "L'objet avec {slug_name}={value} n'existe pas.",
    // routers
    'Request header fields are too large.': 'Les en-têtes de la requête sont trop volumineux.',
    'The request took too long to arrive.': 'La requête a mis trop de temps à arriver.',
    // serializers
    'Enter a valid value.': 'Saisissez une valeur valide.',
    '{model_name} with this {field_label} already exists.': 'Un objet {model_name} avec ce champ {field_label} existe déjà.',
    'The fields {field_names} must make a unique set.': 'Les champs {field_names} doivent former un ensemble unique.',
    // validators
    'Ensure this value is less than or equal to {max_value}.': 'Assurez-vous que cette valeur est inférieure ou égale à {max_value}.',
    'Ensure this value is greater than or equal to {min_value}.': 'Assurez-vous que cette valeur est supérieure ou égale à {min_value}.',
    'Ensure this field has no more than {max_length} characters.': {
      by: 'max_length',
      one: 'Assurez-vous que ce champ comporte au plus {max_length} caractère.',
      other: 'Assurez-vous que ce champ comporte au plus {max_length} caractères.',
    },
    'Ensure this field has at least {min_length} characters.': {
      by: 'min_length',
      one: 'Assurez-vous que ce champ comporte au moins {min_length} caractère.',
      other: 'Assurez-vous que ce champ comporte au moins {min_length} caractères.',
    },
  },
};
